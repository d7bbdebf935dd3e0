package site

import (
	"fmt"
	"html/template"

	"github.com/replaygen/replaygen/generator/pathmap"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
)

// A MoveView says in words what a line of the path map shows.
type MoveView struct {
	From, Letter, To string // the names of places, and of the choice
	Word             string // the grade in words
}

// KnowsPicks reports whether a debrief knows every pick that led to it.
func (v *ReplayView) KnowsPicks() bool { return v.machine.Detail == trail.ByPicks }

// RoundsMap draws which rounds there are and which may follow which, and gives
// nothing away; "" where there is too much to draw.
func (v *ReplayView) RoundsMap() template.HTML {
	m := v.pathMap(nil).Outline()
	m.Title = v.locale.table.Text("map_rounds")
	return drawn(m)
}

// WholeMap draws where every choice leads, graded; "" where there is too much to draw.
func (v *ReplayView) WholeMap() template.HTML { return drawn(v.pathMap(nil)) }

// PathMap is the whole map of a debrief, in which the moves that the reader is
// known to have made have the class "on".
func (p *Page) PathMap() (template.HTML, error) {
	if p.Kind != "debrief" || p.slots == nil {
		return "", fmt.Errorf("PathMap is for debriefs; other pages have Replay.RoundsMap and Replay.WholeMap")
	}
	return drawn(p.Replay.pathMap(func(round, choice int) string {
		return p.slots.mark(hole{kind: pickHole, round: int32(round), choice: int32(choice)})
	})), nil
}

func drawn(m pathmap.Map) template.HTML {
	svg, _ := m.SVG("map")
	return template.HTML(svg) //nolint:gosec // the package escapes
}

// pathMap returns the map of a replay. class may give the moves of choices further classes.
func (v *ReplayView) pathMap(class func(round, choice int) string) pathmap.Map {
	table, r := v.locale.table, v.machine.Replay
	m := pathmap.Map{Title: table.Text("map_paths"), Stops: []pathmap.Stop{{Name: table.Text("briefing"), Kind: pathmap.Start}}}
	var names []string
	for _, round := range v.Rounds {
		kind := pathmap.Round
		if round.Closing {
			kind = pathmap.Closing
		}
		names = append(names, round.Name)
		m.Stops = append(m.Stops, pathmap.Stop{Label: table.Text("round", words.String("label", round.Label)), Name: round.Title, Kind: kind})
	}
	m.About = join(table, names)
	for _, ending := range v.Endings {
		m.Stops = append(m.Stops, pathmap.Stop{Name: ending.Title, Kind: pathmap.End})
	}
	if v.leadsToDebrief() {
		m.Stops = append(m.Stops, pathmap.Stop{Name: table.Text("debrief"), Kind: pathmap.End})
	}
	if len(v.Rounds) > 0 {
		m.Moves = append(m.Moves, pathmap.Move{From: 0, To: 1})
	}
	for i, round := range r.Rounds {
		if round.Closing() {
			m.Moves = append(m.Moves, pathmap.Move{From: i + 1, To: v.stopOf(replay.Debrief)})
		}
		for j, choice := range round.Choices {
			move := pathmap.Move{
				From: i + 1, To: v.stopOf(v.machine.NextRound(i, j)),
				Letter: string(choice.Letter), Grade: mapGrades[choice.Outcome.Grade],
			}
			if class != nil {
				move.Class = class(i, j)
			}
			m.Moves = append(m.Moves, move)
		}
	}
	return m
}

// mapGrades are the grades in the words of the map.
var mapGrades = [...]pathmap.Grade{replay.Miss: pathmap.Miss, replay.Good: pathmap.Good, replay.Best: pathmap.Best}

// stopOf returns the stop on the map that stands for where a choice leads, as in
// [replay.Outcome].
func (v *ReplayView) stopOf(next int) int {
	if next >= 0 {
		return 1 + next
	}
	if ending, ok := replay.EndingOf(next); ok {
		return 1 + len(v.Rounds) + ending
	}
	return 1 + len(v.Rounds) + len(v.Endings)
}

// leadsToDebrief reports whether anything leads to a debrief without words of its own.
func (v *ReplayView) leadsToDebrief() bool {
	for i, round := range v.machine.Replay.Rounds {
		if round.Closing() {
			return true
		}
		for j := range round.Choices {
			if v.machine.NextRound(i, j) == replay.Debrief {
				return true
			}
		}
	}
	return false
}

// Moves says in words what the whole map shows.
func (v *ReplayView) Moves() (moves []MoveView) {
	m := v.pathMap(nil)
	for i, round := range v.Rounds {
		for j, choice := range round.Choices {
			stop := m.Stops[v.stopOf(v.machine.NextRound(i, j))]
			to := stop.Label
			if to == "" {
				to = stop.Name
			}
			moves = append(moves, MoveView{From: m.Stops[i+1].Label, Letter: choice.Letter, To: to, Word: choice.Word})
		}
	}
	return moves
}

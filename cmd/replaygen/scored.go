package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// scored is what score answers; its JSON field names are a contract.
type scored struct {
	Replay   string     `json:"replay"`
	Title    string     `json:"title"`
	State    string     `json:"state"`
	Place    string     `json:"place"`
	Trail    string     `json:"trail"`
	Detail   string     `json:"detail"`
	Clock    *int       `json:"clock_minutes"`
	Score    *int       `json:"score"`
	Misses   *int       `json:"misses"`
	Beaten   *int       `json:"beaten_percent"`
	Median   *exact     `json:"median_minutes"`
	Followed string     `json:"followed"`
	Left     string     `json:"left"`
	Problem  string     `json:"problem"`
	Notes    []string   `json:"notes"`
	Path     []played   `json:"path"`
	Best     []bestStep `json:"best_path"`

	where string // the place in words
}

// played is what a state knows of a round.
type played struct {
	Round  string `json:"round"`
	Title  string `json:"title"`
	Picks  []pick `json:"picks"`
	Exact  bool   `json:"exact"`
	Misses *int   `json:"misses"`
	Grade  string `json:"grade"` // "" if not known

	record trail.Record
}

type pick struct {
	Letter string `json:"letter"`
	Text   string `json:"text"`
	Grade  string `json:"grade"`
	Cost   exact  `json:"cost_minutes"`
}

type bestStep struct {
	Round  string `json:"round"`
	Title  string `json:"title"`
	Letter string `json:"letter"`
	Text   string `json:"text"`
	Cost   exact  `json:"cost_minutes"`
	Clock  exact  `json:"clock_minutes"`
}

// exact is a number of minutes: rounded for people, not for tools.
type exact struct{ *big.Rat }

// MarshalJSON writes a number that may have decimals.
func (e exact) MarshalJSON() ([]byte, error) { return json.Marshal(float(e.Rat)) }

func (e exact) String() string { return minutes(e.Rat) }

// newScored explains the state that a link was resolved to.
func newScored(m *trail.Machine, a trail.Address, res trail.Resolution) *scored {
	i := res.State
	s := &scored{
		Replay: m.Replay.Slug, Title: m.Replay.Title, State: m.Name(i), Place: m.PlaceID(m.Place(i)), Trail: m.Trail(i),
		Detail: m.Detail.String(), Clock: known(m.Clock(i)), Score: known(m.Score(i)), Misses: known(m.Misses(i)),
		Followed: res.Followed, Left: res.Left, Problem: res.Problem, Notes: []string{}, Path: []played{},
		where: where(m, m.Place(i)),
	}
	s.compare(a)
	s.compareWithOthers(m, i)
	for _, round := range m.Met(i) {
		s.Path = append(s.Path, newPlayed(m, i, round))
	}
	s.Best = bestPath(m)
	return s
}

func known(value int, ok bool) *int {
	if !ok {
		return nil
	}
	return &value
}

// compare notes where the numbers that the link carries are not the state's.
func (s *scored) compare(a trail.Address) {
	differs := func(says int, is *int) bool { return says >= 0 && (is == nil || says != *is) }
	if !differs(a.Clock, s.Clock) && !differs(a.Score, s.Score) {
		return
	}
	var says []string
	if a.Clock >= 0 {
		says = append(says, fmt.Sprintf("%d min", a.Clock))
	}
	if a.Score >= 0 {
		says = append(says, fmt.Sprintf("score %d", a.Score))
	}
	note := "the link says " + strings.Join(says, ", ")
	switch {
	case s.Left != "":
		note += " at its end"
	case s.Clock == nil:
		note += ", but the replay now keeps no clock"
	default:
		note += fmt.Sprintf(", but the replay now comes to %d min, score %d", *s.Clock, *s.Score)
	}
	s.Notes = append(s.Notes, note)
}

// compareWithOthers says at a debrief how a random responder does.
func (s *scored) compareWithOthers(m *trail.Machine, i int) {
	if m.Place(i).Kind != trail.Debrief || s.Clock == nil {
		return
	}
	stats, err := m.Stats(nil)
	if err != nil {
		s.Notes = append(s.Notes, err.Error())
		return
	}
	beaten := stats.BeatenPercent(m, i)
	s.Beaten, s.Median = &beaten, &exact{stats.Quantile(big.NewRat(1, 2)).Minutes}
}

// newPlayed says what state i knows of a round that the reader has met.
func newPlayed(m *trail.Machine, i, round int) played {
	r := m.Replay.Rounds[round]
	picks, all := m.Picked(i, round)
	p := played{Round: r.Label, Title: r.Title, Picks: []pick{}, Exact: all, record: m.Record(i, round)}
	misses, worst := 0, replay.Best
	for _, c := range inOrder(m, round, picks) {
		choice := r.Choices[c]
		grade := choice.Outcome.Grade
		p.Picks = append(p.Picks, pick{
			Letter: string(choice.Letter), Text: choice.Text.Plain(), Grade: grade.String(), Cost: exact{m.Cost(round, c)},
		})
		if worst = min(worst, grade); grade == replay.Miss {
			misses++
		}
	}
	switch {
	case all:
		p.Misses = &misses
		if len(p.Picks) > 0 {
			p.Grade = worst.String()
		}
	case p.record.Visited:
		p.Grade = p.record.Worst.String()
		p.Misses = known(p.record.Misses, p.record.Detail <= trail.ByRounds || p.record.Worst > replay.Miss)
	}
	return p
}

// inOrder lists picks as they must have been made, as far as that is known: what
// leads back to its round before what leads on.
func inOrder(m *trail.Machine, round int, picks trail.Picks) (order []int) {
	var onward []int
	for c := range m.Replay.Rounds[round].Choices {
		switch {
		case !picks.Has(c):
		case m.NextRound(round, c) == round:
			order = append(order, c)
		default:
			onward = append(onward, c)
		}
	}
	return append(order, onward...)
}

// bestPath is what always picking the best choice does.
func bestPath(m *trail.Machine) []bestStep {
	steps := []bestStep{}
	clock := new(big.Rat)
	for _, i := range m.BestPath() {
		r := m.Replay.Rounds[i]
		for c, choice := range r.Choices {
			if choice != r.Best() {
				continue
			}
			clock = new(big.Rat).Add(clock, m.Cost(i, c))
			steps = append(steps, bestStep{
				Round: r.Label, Title: r.Title, Letter: string(choice.Letter), Text: choice.Text.Plain(),
				Cost: exact{m.Cost(i, c)}, Clock: exact{clock},
			})
		}
	}
	return steps
}

// where puts a place in words.
func where(m *trail.Machine, p trail.Place) string {
	name := ""
	if p.Round >= 0 && p.Round < len(m.Replay.Rounds) {
		name = roundName(m.Replay.Rounds[p.Round].Label, m.Replay.Rounds[p.Round].Title)
	}
	switch p.Kind {
	case trail.Briefing:
		return "At the briefing"
	case trail.Round:
		return "In " + name
	case trail.Outcome:
		return fmt.Sprintf("After choice %c in %s", m.Replay.Rounds[p.Round].Choices[p.Choice].Letter, name)
	case trail.Closing:
		return "In the closing round, " + name
	}
	if ending, ok := p.Ending(); ok {
		return "At the debrief: " + m.Replay.Endings[ending].Title
	}
	if p.Round >= 0 {
		return "At the debrief, after " + name
	}
	return "At the debrief"
}

// roundName is "Round 2: First Triage Data".
func roundName(label, title string) string {
	if title == "" {
		return "Round " + label
	}
	return "Round " + label + ": " + title
}

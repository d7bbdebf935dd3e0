package trail

import (
	"slices"

	"github.com/replaygen/replaygen/generator/replay"
)

// PlaceKind is the kind of a place.
type PlaceKind int

// The kinds of places, in the order in which a reader meets them.
const (
	Briefing PlaceKind = iota
	Round
	Outcome
	Closing
	Debrief
)

// A Place is where a reader can be, whatever brought them there. Pages of one
// place share everything but the trail.
type Place struct {
	Kind   PlaceKind
	Round  int // index of the round; of a debrief the closing round before it, else -1
	Choice int // index of an outcome's choice; of a debrief 1 + the index of its ending, else 0
}

// Ending returns the index of a debrief's ending, if it has one of its own.
func (p Place) Ending() (i int, ok bool) { return p.Choice - 1, p.Kind == Debrief && p.Choice > 0 }

// graph is what the machine needs of a replay: where choices lead and what can
// still be reached.
type graph struct {
	grades [][]replay.Grade
	next   [][]int // by round and choice: index of a round, or negative: see replay.Outcome
	// shown holds the misses that show what works and lead on (on_miss: continue).
	shown []Picks
	// reach holds, by round, the rounds that can be played from it, itself included.
	reach []set
	// tellsClock says of which details the records determine the clock: always of
	// picks, never of grades and total, and of rounds if equal grades cost the same.
	tellsClock [ByNone + 1]bool
	// bestPath lists the rounds met by always picking the best choice.
	bestPath []int
}

// set is a set of rounds.
type set []uint64

func newSet(n int) set       { return make(set, (n+63)/64) }
func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }
func (s set) union(t set) (grew bool) {
	for i := range s {
		grew = grew || t[i]&^s[i] != 0
		s[i] |= t[i]
	}
	return grew
}

func newGraph(r *replay.Replay, onMiss OnMiss) *graph {
	g := &graph{}
	for i, round := range r.Rounds {
		grades, next, shown := make([]replay.Grade, len(round.Choices)), make([]int, len(round.Choices)), Picks(0)
		best := round.Best()
		for j, c := range round.Choices {
			grades[j], next[j] = c.Outcome.Grade, c.Outcome.Next
			if onMiss == Continue && grades[j] == replay.Miss && next[j] == i && !c.Outcome.NextGiven && best != nil {
				next[j], shown = best.Outcome.Next, shown.With(j)
			}
		}
		g.grades, g.next, g.shown = append(g.grades, grades), append(g.next, next), append(g.shown, shown)
	}
	g.findReach()
	g.findBestPath(r)
	return g
}

// findReach is the backward fixed point of liveness: a round can be played from
// itself and from every round with a choice that leads to one that reaches it.
func (g *graph) findReach() {
	n := len(g.next)
	g.reach = make([]set, n)
	for i := range g.reach {
		g.reach[i] = newSet(n)
		if len(g.next[i]) > 0 {
			g.reach[i].add(i)
		}
	}
	for grew := true; grew; {
		grew = false
		for i := n - 1; i >= 0; i-- {
			for _, to := range g.next[i] {
				if to >= 0 && to != i && g.reach[i].union(g.reach[to]) {
					grew = true
				}
			}
		}
	}
}

func (g *graph) findBestPath(r *replay.Replay) {
	seen := newSet(len(r.Rounds))
	for i := 0; i >= 0 && i < len(r.Rounds) && !seen.has(i); {
		best := r.Rounds[i].Best()
		if best == nil {
			return
		}
		seen.add(i)
		g.bestPath = append(g.bestPath, i)
		i = best.Outcome.Next
	}
}

// leads reports whether a way leads from a round, or from where the incident has
// ended, to another round, which may be a closing one.
func (g *graph) leads(from, to int) bool {
	if from < 0 || from >= len(g.next) {
		return false
	}
	if from == to {
		return true
	}
	for i := range g.next {
		if g.reach[from].has(i) && slices.Contains(g.next[i], to) {
			return true
		}
	}
	return false
}

// live returns the rounds whose tried choices a reader at p may meet again; nil
// is the empty set.
func (g *graph) live(p Place) set {
	switch p.Kind {
	case Briefing:
		if len(g.reach) > 0 {
			return g.reach[0]
		}
	case Round:
		return g.reach[p.Round]
	case Outcome:
		if to := g.next[p.Round][p.Choice]; to >= 0 {
			return g.reach[to]
		}
	}
	return nil
}

// retries reports whether choice c of a round leads back to that round, so that
// its outcome page offers the round's choices again.
func (g *graph) retries(round, choice int) bool { return g.next[round][choice] == round }

// enter returns the place of a round that is entered, or of the debrief.
func (g *graph) enter(round int) Place {
	switch {
	case round < 0:
		return Place{Kind: Debrief, Round: -1, Choice: replay.Debrief - round}
	case len(g.next[round]) == 0:
		return Place{Kind: Closing, Round: round}
	default:
		return Place{Kind: Round, Round: round}
	}
}

// entry returns the round at which p is reached, len(next) and more for debriefs
// that no closing round leads to, and -1 for the briefing.
func (g *graph) entry(p Place) int {
	switch {
	case p.Kind == Briefing:
		return -1
	case p.Kind == Debrief && p.Round < 0:
		return len(g.next) + p.Choice
	default:
		return p.Round
	}
}

// passed reports whether every path from the first round to the target goes
// through round: without it the target cannot be reached.
func (g *graph) passed(target, round int) bool {
	if target < 0 || target == round {
		return false
	}
	seen := newSet(len(g.next))
	todo := []int{0}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if i < 0 {
			i = len(g.next) + replay.Debrief - i
		}
		if i == target {
			return false
		}
		if i == round || i >= len(g.next) || seen.has(i) {
			continue
		}
		seen.add(i)
		todo = append(todo, g.next[i]...)
	}
	return true
}

package trail

import (
	"slices"

	"github.com/replaygen/replaygen/generator/replay"
)

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
	// graded holds, by round and grade, the choices of that grade.
	graded []gradedPicks
	// spots are all places by number. Each round is entered at a place of entrances;
	// the debriefs that no closing round leads to are those from debriefs on.
	spots     []spot
	entrances []int32
	debriefs  int32
}

// set is a set of rounds.
type set []uint64

func newSet(n int) set  { return make(set, (n+63)/64) }
func (s set) add(i int) { s[i/64] |= 1 << (i % 64) }

// has reports whether i is in the set; nil is the empty set.
func (s set) has(i int) bool { return i/64 < len(s) && s[i/64]>>(i%64)&1 == 1 }

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
		g.graded = append(g.graded, byGrade(grades))
	}
	g.findReach()
	g.findBestPath(r)
	g.layOut(len(r.Endings))
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

// once reports whether a round, once left, cannot be played again.
func (g *graph) once(round int) bool {
	return !slices.ContainsFunc(g.next[round], func(to int) bool {
		return to >= 0 && to != round && g.reach[to].has(round)
	})
}

// retries reports whether choice c of a round leads back to that round, so that
// its outcome page offers the round's choices again.
func (g *graph) retries(round, choice int) bool { return g.next[round][choice] == round }

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

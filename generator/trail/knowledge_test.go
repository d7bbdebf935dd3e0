package trail_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestKnowledge walks beside the naive interpreter: what a state knows of a
// round is what was picked in it, and it claims to know all only where it does.
func TestKnowledge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		m := compile(t, r, rapid.SampledFrom(trail.Details()).Draw(t, "detail"))
		at, i := reader{place: trail.Place{Kind: trail.Briefing}}, 0
		been := map[int]bool{}
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			var open []int
			next, states := at.after(m), links(m, i)
			for k, to := range states {
				if to >= 0 {
					open = append(open, k)
				}
			}
			if len(open) == 0 {
				break
			}
			k := rapid.SampledFrom(open).Draw(t, "link")
			at, i = next[k], states[k]
			if at.place.Kind == trail.Round {
				been[at.place.Round] = true
			}
			met := m.Met(i)
			for round := range r.Rounds {
				picks, all := m.Picked(i, round)
				if all && picks != at.picks[round] || picks&^at.picks[round] != 0 {
					t.Fatalf("%s %s: round %d was picked %b, the state knows %b (all: %v)", m.Detail, m.Name(i), round, at.picks[round], picks, all)
				}
				if m.Detail == trail.ByPicks && !all {
					t.Fatalf("%s: not all picks of round %d are known", m.Name(i), round)
				}
				if claimed := slices.Contains(met, round); claimed && !been[round] || !claimed && picks != 0 {
					t.Fatalf("%s %s: the state knows the rounds %v; the reader was in %v", m.Detail, m.Name(i), met, been)
				}
			}
		}
	})
}

func TestMet(t *testing.T) {
	for _, test := range []struct {
		detail trail.Detail
		path   string // see follow
		want   string
	}{
		{trail.ByPicks, "", "[]"},
		{trail.ByPicks, "-", "[0]"},
		{trail.ByPicks, "-BA-", "[0 1]"},
		{trail.ByRounds, "-BA-A-A--", "[0 1 2]"},
		{trail.ByTotal, "-BA-A-", "[0 1 2]"}, // known only because every way leads there
		{trail.ByNone, "-BA-A-A--", "[0 1 2]"},
	} {
		m := compile(t, straight(3, 3), test.detail)
		if got := fmt.Sprint(m.Met(follow(m, test.path))); got != test.want {
			t.Errorf("detail %s, path %q: %s, want %s", test.detail, test.path, got, test.want)
		}
	}
}

// TestSteps: in every state that tells minutes, the steps of all rounds add up
// to the clock, and no round has more of them than were picked on some way there.
func TestSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		m := compile(t, r, rapid.SampledFrom(trail.Details()).Draw(t, "detail"))
		if want := m.Detail == trail.ByPicks; want != m.TellsMinutes() && m.Detail != trail.ByRounds {
			t.Fatalf("detail %s: TellsMinutes is %v", m.Detail, !want)
		}
		if !m.TellsMinutes() {
			return
		}
		for i := range m.Len() {
			if clock, _ := m.ExactClock(i); clock.Cmp(m.Longest()) > 0 || m.Scoring.Worst.Cmp(m.Longest()) > 0 {
				t.Fatalf("detail %s %s: the clock %v or the worst time %v is later than the longest, %v", m.Detail, m.Name(i), clock, m.Scoring.Worst, m.Longest())
			}
			sum, misses := new(big.Rat), 0
			for round := range r.Rounds {
				for _, step := range m.Steps(round, m.Record(i, round)) {
					sum.Add(sum, step.Minutes)
					if step.Grade == replay.Miss {
						misses++
					}
				}
			}
			if clock, _ := m.ExactClock(i); clock.Cmp(sum) != 0 {
				t.Fatalf("detail %s %s: the steps take %v, the clock says %v", m.Detail, m.Name(i), sum, clock)
			}
			if known, _ := m.Misses(i); known != misses {
				t.Fatalf("detail %s %s: %d steps are misses, want %d", m.Detail, m.Name(i), misses, known)
			}
		}
	})
}

// TestExtremes: no debrief has less or more time on the clock.
func TestExtremes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := compile(t, anyReplay(t), rapid.SampledFrom(trail.Details()).Draw(t, "detail"))
		best, worst, ok := m.Extremes()
		debriefs := 0
		least, _ := m.ExactClock(best)
		most, _ := m.ExactClock(worst)
		for i := range m.Len() {
			if m.Place(i).Kind != trail.Debrief {
				continue
			}
			debriefs++
			if clock, _ := m.ExactClock(i); clock.Cmp(least) < 0 || clock.Cmp(most) > 0 {
				t.Fatalf("%s has %v on the clock, the extremes are %v and %v", m.Name(i), clock, least, most)
			}
		}
		if ok != (debriefs > 0) || ok && (m.Place(best).Kind != trail.Debrief || m.Place(worst).Kind != trail.Debrief) {
			t.Fatalf("ok is %v with %d debriefs; the extremes are %s and %s", ok, debriefs, m.Name(best), m.Name(worst))
		}
	})
}

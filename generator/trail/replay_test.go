package trail_test

import (
	"fmt"
	"math/big"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// choice is a choice of a replay under test: where it leads (own round if
// equal, -1 the debrief, less an ending), how good it is, and its cost in half minutes (0: none).
type choice struct {
	next  int
	grade replay.Grade
	cost  int64
}

// newReplay builds a replay from the choices of its rounds; a round without any
// is a closing round.
func newReplay(rounds ...[]choice) *replay.Replay {
	r := &replay.Replay{
		Source: diag.NewSource("test.md", nil), Slug: "test", Title: "Test",
		Optimal: big.NewRat(12, 1), Worst: big.NewRat(60, 1),
		Endings: []replay.Ending{{Title: "Data lost"}, {Title: "Saved!"}},
	}
	for i, choices := range rounds {
		round := &replay.Round{Label: fmt.Sprint(i + 1)}
		for j, c := range choices {
			out := replay.Outcome{Grade: c.grade, Next: c.next}
			if c.cost != 0 {
				out.Cost = big.NewRat(c.cost, 2)
			}
			round.Choices = append(round.Choices, &replay.Choice{Letter: byte('A' + j), Outcome: out})
		}
		r.Rounds = append(r.Rounds, round)
	}
	return r
}

// straight is the shape of the table in the design: rounds of four choices, one
// best that leads on and three misses that lead back, then a closing round.
func straight(rounds, choices int) *replay.Replay {
	var all [][]choice
	for i := range rounds {
		round := []choice{{next: i + 1, grade: replay.Best}}
		for range choices - 1 {
			round = append(round, choice{next: i, grade: replay.Miss})
		}
		all = append(all, round)
	}
	return newReplay(append(all, nil)...)
}

// anyReplay generates replays with branches, loops, merges, early endings,
// several closing rounds and endings, unequal costs and rounds that lead nowhere but back.
func anyReplay(t *rapid.T) *replay.Replay {
	n := rapid.IntRange(1, 4).Draw(t, "rounds")
	closings := rapid.IntRange(0, 2).Draw(t, "closings")
	unequal := rapid.Bool().Draw(t, "unequal")
	all := make([][]choice, n+closings)
	for i := range n {
		count := rapid.IntRange(1, 4).Draw(t, "choices")
		best := rapid.IntRange(0, count-1).Draw(t, "best")
		for j := range count {
			c := choice{next: rapid.IntRange(replay.NextEnding(1), n+closings-1).Draw(t, "next"), grade: replay.Miss}
			if rapid.Bool().Draw(t, "retry") {
				c.next = i
			}
			switch {
			case j == best:
				c.grade = replay.Best
			case rapid.Bool().Draw(t, "good"):
				c.grade = replay.Good
			}
			if unequal {
				c.cost = rapid.Int64Range(0, 9).Draw(t, "cost")
			}
			all[i] = append(all[i], c)
		}
	}
	r := newReplay(all...)
	if rapid.Bool().Draw(t, "continue") {
		r.OnMiss = "continue"
	}
	return r
}

func compile(t interface {
	Helper()
	Fatalf(string, ...any)
}, r *replay.Replay, detail trail.Detail) *trail.Machine {
	t.Helper()
	var list diag.List
	m := trail.Compile(r, trail.Options{Detail: detail.String(), MaxPages: trail.CountLimit}, &list)
	if list.HasErrors() {
		t.Fatalf("compile: %v", list.Sorted()[0].Message)
	}
	if m.Detail != detail {
		t.Fatalf("compiled with detail %s, want %s", m.Detail, detail)
	}
	return m
}

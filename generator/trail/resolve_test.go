package trail_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/trail"
)

// TestResolve follows every trail of generated replays back to a state that
// carries it, and every name to its state.
func TestResolve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		d := rapid.SampledFrom(trail.Details()).Draw(t, "detail")
		m := compile(t, r, d)
		for range 20 {
			i := rapid.IntRange(0, m.Len()-1).Draw(t, "state")
			got := m.Resolve(m.Trail(i))
			if got.Problem != "" || m.Trail(got.State) != m.Trail(i) {
				t.Fatalf("detail %s: the trail %s of %s leads to %s, %s", d, m.Trail(i), m.Name(i), m.Name(got.State), got.Problem)
			}
			if j, ok := m.Find(strings.ToUpper(m.Name(i))); !ok || j != i {
				t.Fatalf("detail %s: the name %s leads to state %d (%v), want %d", d, m.Name(i), j, ok, i)
			}
		}
	})
}

func TestResolveAsFarAsItGoes(t *testing.T) {
	m := compile(t, straight(3, 4), trail.ByPicks)
	for _, test := range []struct{ trail, name, left, problem string }{
		{"", "round-1", "", ""},
		{"start", "round-1", "", ""},
		{"1-A", "round-2.1-a", "", ""},
		{"1-AC.2-ABD.3-A", "debrief-4.1-ac.2-abd.3-a", "", ""},
		{"1-AC.2-BF", "round-2.1-ac", "2-BF", "Round 2 has no choice F: its choices are A to D"},
		{"1-AC.7-A", "round-2.1-ac", "7-A", "there is no Round 7"},
		{"1-2x.2-0x.30m", "index", "1-2x.2-0x.30m", `Round 1 cannot be left so: "2x"`},
		{"hello", "index", "hello", `"hello" is no part of a trail: expected a round and what was picked in it, such as 1-AC`},
	} {
		got := m.Resolve(test.trail)
		if m.Name(got.State) != test.name || got.Left != test.left || got.Problem != test.problem {
			t.Errorf("%q leads to %s, left %q, problem %q; want %s, %q, %q",
				test.trail, m.Name(got.State), got.Left, got.Problem, test.name, test.left, test.problem)
		}
	}
	m = compile(t, straight(3, 4), trail.ByRounds)
	if got := m.Resolve("1-2x.2-0x.99m"); m.Name(got.State) != "round-3.1-2x.2-0x" || got.Left != "99m" {
		t.Errorf("a trail with another clock leads to %s, left %q", m.Name(got.State), got.Left)
	}
}

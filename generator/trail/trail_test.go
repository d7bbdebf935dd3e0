package trail_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestPageCounts checks the machine against the numbers of its design, which
// were found by formula: see generator/ARCHITECTURE.md.
func TestPageCounts(t *testing.T) {
	for _, test := range []struct {
		rounds int
		want   [5]int // by detail; 0 is over the limit
	}{
		{3, [5]int{2558, 486, 334, 198, 45}},
		{5, [5]int{163838, 7846, 2382, 538, 73}},
		{8, [5]int{0, 502438, 32014, 1363, 115}},
	} {
		var list diag.List
		m := trail.Compile(straight(test.rounds, 4), trail.Options{}, &list)
		for _, d := range trail.Details() {
			got, ok := m.Count(d)
			if !ok {
				got = 0
			}
			if want := test.want[d]; got != want {
				t.Errorf("%d rounds, detail %s: %d pages, want %d", test.rounds, d, got, want)
			}
		}
	}
}

func TestAutoDetail(t *testing.T) {
	for _, test := range []struct {
		rounds, max int
		want        trail.Detail
	}{
		{3, 1000, trail.ByRounds}, {3, 5000, trail.ByPicks}, {3, 400, trail.ByGrades},
		{3, 200, trail.ByTotal}, {3, 50, trail.ByNone}, {5, 0, trail.ByTotal},
	} {
		var list diag.List
		m := trail.Compile(straight(test.rounds, 4), trail.Options{MaxPages: test.max}, &list)
		if m.Detail != test.want || list.HasErrors() {
			t.Errorf("%d rounds within %d pages: detail %s, want %s", test.rounds, test.max, m.Detail, test.want)
		}
		if test.max > 0 && m.Len() > test.max {
			t.Errorf("%d rounds: %d pages, more than the %d allowed", test.rounds, m.Len(), test.max)
		}
	}
}

func TestTooManyPages(t *testing.T) {
	for _, test := range []struct {
		detail string
		max    int
		want   string
	}{
		{"picks", 1000, "detail picks needs more than the 1000 pages allowed (pages needed: picks 2558, rounds 486, grades 334, total 198, none 45)"},
		{"auto", 10, "detail none needs more than the 10 pages allowed (pages needed: none 45)"},
	} {
		var list diag.List
		r := straight(3, 4)
		m := trail.Compile(r, trail.Options{Detail: test.detail, MaxPages: test.max}, &list)
		if list.Len() != 1 || list.Sorted()[0].Message != test.want {
			t.Errorf("detail %s within %d pages: %v, want %q", test.detail, test.max, list.Sorted(), test.want)
		}
		if m.Len() == 0 || m.Len() > test.max {
			t.Errorf("detail %s within %d pages: the machine has %d", test.detail, test.max, m.Len())
		}
	}
}

// TestNames shows what names and trails look like, and that an exact clock in a
// name is a fraction, not a rounding.
func TestNames(t *testing.T) {
	r := newReplay(
		[]choice{{next: 1, grade: replay.Best}, {next: 0}, {next: 0}},
		[]choice{{next: 2, grade: replay.Best}, {next: 1}},
		nil)
	r.Rounds[1].Label = "2.b"
	r.Worst = big.NewRat(22, 1) // three misses share ten minutes, two best steps twelve
	for _, test := range []struct {
		detail trail.Detail
		path   string // letters picked, "-" for the one onward link
		name   string
		trail  string
		clock  int
	}{
		{trail.ByPicks, "", "index", "start", 0},
		{trail.ByPicks, "-", "round-1", "start", 0},
		{trail.ByPicks, "-CB", "outcome-1b.1-bc", "1-BC", 7},
		{trail.ByPicks, "-CA-", "round-2-b.1-ac", "1-AC", 9},
		{trail.ByPicks, "-CA-A--", "debrief-3.1-ac.2-b-a", "1-AC.2-b-A", 15},
		{trail.ByRounds, "-CA-A--", "debrief-3.1-1x.2-b-0x", "1-1x.2-b-0x", 15},
		{trail.ByGrades, "-CA-A--", "debrief-3.1-miss.2-b-best.15m1of3", "1-miss.2-b-best.15m1of3", 15},
		{trail.ByTotal, "-CA-A--", "debrief-3.15m1of3", "15m1of3", 15},
		{trail.ByTotal, "-CB", "outcome-1b.1-bc.6m2of3", "1-BC.6m2of3", 7},
		{trail.ByNone, "-CA-A--", "debrief-3", "start", 0},
	} {
		m := compile(t, r, test.detail)
		i := follow(m, test.path)
		clock, _ := m.Clock(i)
		got := fmt.Sprint(m.Name(i), " ", m.Trail(i), " ", clock)
		if want := fmt.Sprint(test.name, " ", test.trail, " ", test.clock); got != want {
			t.Errorf("detail %s, path %q: got %s, want %s", test.detail, test.path, got, want)
		}
	}
}

// follow plays a path from the briefing.
func follow(m *trail.Machine, path string) int {
	i := 0
	for _, step := range path {
		if step == '-' {
			i, _ = m.Next(i)
		} else {
			i = m.Links(i)[step-'A'].To
		}
	}
	return i
}

// TestNamesAreUnique checks that names tell all states apart, on file systems
// that ignore case too, and stay short.
func TestNamesAreUnique(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		for _, d := range trail.Details() {
			m := compile(t, r, d)
			names := map[string]int{}
			for i := range m.Len() {
				name := m.Name(i)
				if other, taken := names[name]; taken {
					t.Fatalf("detail %s: states %d and %d are both called %s", d, other, i, name)
				}
				if name != strings.ToLower(name) || len(name) > 150 {
					t.Fatalf("detail %s: the name %q is not short and lower-case", d, name)
				}
				names[name] = i
			}
		}
	})
}

// TestLoop shows that what was tried before a loop is still tried after it, and
// that picking it again costs nothing.
func TestLoop(t *testing.T) {
	r := newReplay(
		[]choice{{next: 1, grade: replay.Best}, {next: 0}},
		[]choice{{next: 2, grade: replay.Best}, {next: 0}}, // B leads back to round 1
		nil)
	m := compile(t, r, trail.ByTotal)
	before := follow(m, "-BA-B") // a miss, the best, then back
	after := follow(m, "-BA-B-")
	if m.Tried(after) != 0b11 {
		t.Errorf("round 1 after the loop: tried %b, want both", m.Tried(after))
	}
	got := m.Links(after)
	if got[1].To != -1 || !got[0].Tried || got[0].To < 0 {
		t.Errorf("round 1 after the loop offers %+v; want A open and tried, B closed", got)
	}
	again := follow(m, "-BA-B-A-B")
	if again != before {
		t.Errorf("round 2 after the loop is %s, want the same page %s as before it: nothing was added", m.Name(again), m.Name(before))
	}
}

// TestScoring follows the design's formulas through explicit and shared costs.
func TestScoring(t *testing.T) {
	r := newReplay(
		[]choice{{next: 1, grade: replay.Best, cost: 8}, {next: 0, cost: 20}, {next: 1, grade: replay.Good}},
		[]choice{{next: 2, grade: replay.Best}, {next: 1}, {next: 1}},
		nil)
	m := compile(t, r, trail.ByPicks)
	var got []string
	for i, round := range r.Rounds {
		for c := range round.Choices {
			got = append(got, m.Cost(i, c).RatString())
		}
	}
	// Optimal 12: 4 are written, 8 are left for one step. Worst − optimal 48: 10
	// are written, 38 are left for two misses. Good: its round's best step and half a miss.
	if diff := cmp.Diff([]string{"4", "10", "27/2", "8", "19", "19"}, got); diff != "" {
		t.Errorf("costs (-want +got):\n%s", diff)
	}
	for path, want := range map[string]string{
		"-A": "4 100", "-B": "10 100", "-BA-A--": "22 79", "-BA-BCA--": "60 0", "-C-A--": "22 80",
	} {
		i := follow(m, path)
		clock, _ := m.Clock(i)
		score, _ := m.Score(i)
		if got := fmt.Sprint(clock, score); got != want {
			t.Errorf("path %s: clock and score %s, want %s", path, got, want)
		}
	}
}

func TestAssumedTimes(t *testing.T) {
	r := straight(2, 3)
	r.Optimal, r.Worst = nil, nil
	var list diag.List
	m := trail.Compile(r, trail.Options{}, &list)
	if got := m.Scoring.Optimal.RatString() + " " + m.Scoring.Worst.RatString(); got != "10 50" || list.Count(diag.Note) != 2 {
		t.Errorf("assumed times %s with %d notes, want 10 50 with 2", got, list.Count(diag.Note))
	}
	r.Optimal, r.Worst = big.NewRat(30, 1), big.NewRat(20, 1)
	list = diag.List{}
	m = trail.Compile(r, trail.Options{}, &list)
	if got := m.Scoring.Worst.RatString(); got != "70" || list.Count(diag.Warning) != 1 {
		t.Errorf("a worst time below the optimal one: %s with %d warnings, want 70 with 1", got, list.Count(diag.Warning))
	}
}

// TestContinue shows that in continue mode a miss costs its best step too and
// leads where that leads.
func TestContinue(t *testing.T) {
	r := straight(2, 3)
	r.OnMiss = "continue"
	m := compile(t, r, trail.ByPicks)
	i := follow(m, "-B")
	if next, ok := m.Next(i); !ok || m.Place(next).Round != 1 || m.Links(i) != nil {
		t.Errorf("after a miss: next %d %v, want round 2 and no choices", next, ok)
	}
	if got := m.Cost(0, 1).RatString(); got != "18" {
		t.Errorf("a miss costs %s, want 6 for the step and 12 for the miss", got)
	}
}

// TestPath follows the shortest path to every state of generated replays, and
// finds none that is shorter.
func TestPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := compile(t, anyReplay(t), trail.ByPicks)
		distance := map[int]int{0: 0}
		for i := range m.Len() { // states are numbered breadth first
			for _, to := range links(m, i) {
				if _, seen := distance[to]; !seen && to >= 0 {
					distance[to] = distance[i] + 1
				}
			}
		}
		for end := range m.Len() {
			i, steps := 0, 0
			picks := m.Path(end)
			for i != end {
				if next, ok := m.Next(i); ok {
					i = next
				} else if len(picks) > 0 && picks[0].Round == m.Place(i).Round {
					i, picks = m.Links(i)[picks[0].Choice].To, picks[1:]
				} else {
					t.Fatalf("the path %v to %s ends at %s", m.Path(end), m.Name(end), m.Name(i))
				}
				steps++
			}
			if len(picks) > 0 || steps != distance[end] {
				t.Fatalf("the path %v to %s takes %d steps, want %d", m.Path(end), m.Name(end), steps, distance[end])
			}
		}
	})
	m := compile(t, straight(2, 3), trail.ByPicks)
	if got := m.Reached(follow(m, "-CA-B")); got != "reached by C, A, B" {
		t.Errorf("got %q", got)
	}
	if got := m.Reached(follow(m, "-")); got != "" {
		t.Errorf("the first round is %q", got)
	}
}

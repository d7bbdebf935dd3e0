package trail_test

import (
	"testing"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestFirstExtremes: where several debriefs have the least time, or the most, the
// first stands for them.
func TestFirstExtremes(t *testing.T) {
	m := compile(t, newReplay(
		[]choice{{next: 1, grade: replay.Best, cost: 24}, {next: 1, grade: replay.Good, cost: 24}, {next: 1, grade: replay.Good, cost: 48}, {next: 1, grade: replay.Good, cost: 48}},
		nil), trail.ByPicks)
	best, worst, ok := m.Extremes()
	if !ok || m.Trail(best) != "1-A" || m.Trail(worst) != "1-C" {
		t.Errorf("the extremes are %s and %s, want 1-A and 1-C", m.Trail(best), m.Trail(worst))
	}
}

// TestFiveReasons: of what makes a replay have too many pages the five largest parts
// are named.
func TestFiveReasons(t *testing.T) {
	for rounds, want := range map[int]int{3: 3, 5: 5, 7: 5} {
		var list diag.List
		trail.Compile(straight(rounds, 4), trail.Options{Detail: "picks", MaxPages: 10}, &list)
		if got := len(list.Sorted()[0].Related); got != want {
			t.Errorf("of %d rounds %d are named, want %d", rounds, got, want)
		}
	}
}

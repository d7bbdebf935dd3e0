package trail_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestCostsAboveTheTimes: where the costs that are written take more than there is to
// share, nothing is left for the others; none costs less than nothing.
func TestCostsAboveTheTimes(t *testing.T) {
	r := newReplay( // optimal 12 minutes, worst 60
		[]choice{{next: 1, grade: replay.Best, cost: 30}, {next: 0, cost: 100}},
		[]choice{{next: 2, grade: replay.Best}, {next: 1}, {next: 2, grade: replay.Good}},
		nil)
	m := compile(t, r, trail.ByTotal)
	var got []string
	for i, round := range r.Rounds {
		for c := range round.Choices {
			got = append(got, m.Cost(i, c).RatString())
		}
	}
	if diff := cmp.Diff([]string{"15", "50", "0", "0", "0"}, got); diff != "" {
		t.Errorf("costs in minutes (-want +got):\n%s", diff)
	}
	// Of the 48 minutes between optimal and worst, 3 and 53 are spent too many.
	for path, want := range map[string]int{"-A-A--": 94, "-BA-A--": 0} {
		if got, _ := m.Score(follow(m, path)); got != want {
			t.Errorf("path %s scores %d, want %d", path, got, want)
		}
	}
}

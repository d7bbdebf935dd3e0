package trail_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// cycle returns a replay whose rounds 2 and 3 lead back to round 1. Who has picked all
// of rounds 1 and 2 and comes there again goes round until chance leads on to round 3.
func cycle() *replay.Replay {
	return newReplay(
		[]choice{{next: 1, grade: replay.Best}, {next: 0}},
		[]choice{{next: 0}, {next: 2, grade: replay.Best}},
		[]choice{{next: 0}, {next: 3, grade: replay.Best}},
		nil)
}

// TestStatsOfACycle checks the statistics of a cycle against what they are on paper.
// Best steps take 4 minutes each, misses 16. The miss of round 2 brings that of round
// 1 with it, and the miss of round 3 both.
func TestStatsOfACycle(t *testing.T) {
	s, err := compile(t, cycle(), trail.ByTotal).Stats(nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range s.Ends {
		got = append(got, fmt.Sprintf("%s min: %s", e.Minutes.RatString(), e.Probability.RatString()))
	}
	if diff := cmp.Diff([]string{"12 min: 1/8", "28 min: 1/8", "44 min: 1/4", "60 min: 1/2"}, got); diff != "" {
		t.Errorf("ends (-want +got):\n%s", diff)
	}
	if got, want := s.Mean(), big.NewRat(46, 1); got.Cmp(want) != 0 {
		t.Errorf("the mean is %v min, want %v", got, want)
	}
}

// TestStatsOfCyclesAgreeWithWalking compares cycles with walking round in them, also
// where several cross and some way leads out of each.
func TestStatsOfCyclesAgreeWithWalking(t *testing.T) {
	for name, r := range map[string]*replay.Replay{
		"one way out": cycle(),
		"circles that cross": newReplay(
			[]choice{{next: 1, grade: replay.Best}, {next: 2}},
			[]choice{{next: 0}, {next: 2, grade: replay.Best}, {next: 3}},
			[]choice{{next: 0}, {next: 1}, {next: 3, grade: replay.Best}},
			[]choice{{next: 1}, {next: 2}, {next: 4, grade: replay.Best}},
			nil),
	} {
		t.Run(name, func(t *testing.T) {
			m := compile(t, r, trail.ByTotal)
			for _, p := range []*big.Rat{nil, big.NewRat(0, 1), big.NewRat(3, 4)} {
				s, err := m.Stats(p)
				if err != nil {
					t.Fatal(err)
				}
				if sum := total(s); sum.Cmp(big.NewRat(1, 1)) != 0 {
					t.Errorf("with skill %v all ends together have probability %v", p, sum)
				}
				agreeWithWalking(t, m, s, p)
			}
		})
	}
}

package trail_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestStats checks the statistics of a replay that is small enough to work out
// on paper: one round, the best choice A, two misses of 24 minutes each.
func TestStats(t *testing.T) {
	m := compile(t, straight(1, 3), trail.ByNone)
	s, err := m.Stats(nil)
	if err != nil {
		t.Fatal(err)
	}
	// A; BA, CA; BCA, CBA: each length is equally likely.
	if s.Paths.Int64() != 5 || len(s.Ends) != 3 {
		t.Fatalf("%v paths with %d ends, want 5 with 3", s.Paths, len(s.Ends))
	}
	for i, want := range []struct {
		minutes int64
		score   int
	}{{12, 100}, {36, 50}, {60, 0}} {
		e := s.Ends[i]
		if e.Minutes.Cmp(big.NewRat(want.minutes, 1)) != 0 || e.Score != want.score || e.Probability.Cmp(big.NewRat(1, 3)) != 0 {
			t.Errorf("end %d: %v min, score %d, probability %v; want %d, %d, 1/3", i, e.Minutes, e.Score, e.Probability, want.minutes, want.score)
		}
	}
	for i, got := range s.Tenths() {
		want := new(big.Rat)
		if i == trail.Tenth(0) || i == trail.Tenth(50) || i == trail.Tenth(100) {
			want.SetFrac64(1, 3)
		}
		if got.Cmp(want) != 0 {
			t.Errorf("scores from %d on have probability %v, want %v", 10*i, got, want)
		}
	}
	if got := s.Quantile(big.NewRat(1, 2)); got.Score != 50 {
		t.Errorf("the median score is %d, want 50", got.Score)
	}
	total := compile(t, straight(1, 3), trail.ByTotal)
	clean := follow(total, "-A--")
	if got := s.BeatenPercent(total, clean); got != 66 {
		t.Errorf("the clean path beats %d %% of all, want 66: two thirds, rounded down", got)
	}
	sure, err := m.Stats(big.NewRat(1, 1))
	if err != nil || len(sure.Ends) != 1 || sure.Ends[0].Score != 100 {
		t.Errorf("who always picks the best ends at %v (%v), want only at 100", sure.Ends, err)
	}
}

// TestStatsAgreeWithWalking lets probability flow through the naive interpreter
// until none is left on the way, and compares where it ended.
func TestStatsAgreeWithWalking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		var list diag.List
		m := trail.Compile(r, trail.Options{}, &list)
		var p *big.Rat
		if rapid.Bool().Draw(t, "skilled") {
			p = big.NewRat(rapid.Int64Range(0, 4).Draw(t, "p"), 4)
		}
		s, err := m.Stats(p)
		if err != nil {
			t.Skip(err)
		}
		agreeWithWalking(t, m, s, p)
	})
}

// agreeWithWalking compares statistics with where the probability goes that flows
// through the naive interpreter.
func agreeWithWalking(t rapid.TB, m *trail.Machine, s *trail.Stats, p *big.Rat) {
	t.Helper()
	mass := map[reader]float64{{place: trail.Place{Kind: trail.Briefing}}: 1}
	ends := map[string]float64{}
	for range 3000 {
		next := map[reader]float64{}
		for at, share := range mass {
			if at.place.Kind == trail.Debrief {
				ends[at.clock(m).RatString()] += share
				continue
			}
			for to, weight := range policy(m, at, p) {
				if weight > 0 {
					next[to] += share * weight
				}
			}
		}
		mass = next
	}
	if len(ends) != len(s.Ends) && len(mass) == 0 {
		t.Fatalf("%d different ends, naively %d", len(s.Ends), len(ends))
	}
	ended := 0.0
	for _, share := range ends {
		ended += share
	}
	if sum := total(s); ended > 1-1e-9 && sum.Cmp(big.NewRat(1, 1)) != 0 {
		t.Fatalf("all ends together have probability %v, naively %v", sum, ended)
	}
	for _, e := range s.Ends {
		got, _ := e.Probability.Float64()
		if want := ends[e.Minutes.RatString()]; math.Abs(got-want) > 1e-6 {
			t.Fatalf("ending after %v min has probability %v, naively %v", e.Minutes, got, want)
		}
	}
}

// total adds up the probabilities of all ends.
func total(s *trail.Stats) *big.Rat {
	sum := new(big.Rat)
	for _, e := range s.Ends {
		sum.Add(sum, e.Probability)
	}
	return sum
}

// TestStatsOfLongReplays checks the statistics where numbers are large: in n
// rounds of k choices, one of them best, every number of misses from none to
// k−1 is as likely as any other, round by round.
func TestStatsOfLongReplays(t *testing.T) {
	for _, test := range []struct{ rounds, choices int }{{5, 4}, {12, 8}, {24, 12}} {
		m := compile(t, straight(test.rounds, test.choices), trail.ByNone)
		s, err := m.Stats(nil)
		if err != nil {
			t.Fatal(err)
		}
		ways := []*big.Int{big.NewInt(1)} // by number of misses
		for range test.rounds {
			more := make([]*big.Int, len(ways)+test.choices-1)
			for i := range more {
				more[i] = new(big.Int)
				for _, n := range ways[max(0, i-test.choices+1):min(i+1, len(ways))] {
					more[i].Add(more[i], n)
				}
			}
			ways = more
		}
		all := new(big.Int).Exp(big.NewInt(int64(test.choices)), big.NewInt(int64(test.rounds)), nil)
		if len(s.Ends) != len(ways) {
			t.Fatalf("%+v: %d ends, want %d", test, len(s.Ends), len(ways))
		}
		for misses, e := range s.Ends {
			if want := new(big.Rat).SetFrac(ways[misses], all); e.Probability.Cmp(want) != 0 {
				t.Errorf("%+v: %d misses have probability %v, want %v", test, misses, e.Probability, want)
			}
		}
		orders := big.NewInt(1) // of picking some of the misses of a round
		for k := range test.choices - 1 {
			orders.Add(orders.Mul(orders, big.NewInt(int64(k+1))), big.NewInt(1))
		}
		if want := orders.Exp(orders, big.NewInt(int64(test.rounds)), nil); s.Paths.Cmp(want) != 0 {
			t.Errorf("%+v: %v paths, want %v", test, s.Paths, want)
		}
		if skilled, err := m.Stats(big.NewRat(123_456_789, 1_000_000_007)); err != nil || total(skilled).Cmp(big.NewRat(1, 1)) != 0 {
			t.Errorf("%+v: all ends of a skilled responder have probability %v (%v)", test, total(skilled), err)
		}
	}
}

// policy is what a responder does next, written down a second time.
func policy(m *trail.Machine, at reader, p *big.Rat) map[reader]float64 {
	next := at.after(m)
	if !at.offers(m) {
		return map[reader]float64{next[0]: 1}
	}
	tried := at.picks[at.place.Round]
	var fresh, open []reader
	best := -1
	for c, to := range next {
		if !tried.Has(c) {
			if m.Replay.Rounds[at.place.Round].Choices[c].Outcome.Grade == replay.Best {
				best = len(fresh)
			}
			fresh = append(fresh, to)
		} else if to.place.Kind >= 0 {
			open = append(open, to)
		}
	}
	if len(fresh) == 0 {
		fresh, best = open, -1
	}
	weights := map[reader]float64{}
	for i, to := range fresh {
		switch skill, n := 0.0, float64(len(fresh)); {
		case p == nil || best < 0 || n == 1:
			weights[to] = 1 / n
		default:
			skill, _ = p.Float64()
			weights[to] = (1 - skill) / (n - 1)
			if i == best {
				weights[to] = skill
			}
		}
	}
	return weights
}

// TestRegrets checks what picks give away: misses of 24 of 48 minutes give away
// half the score each, the best choice nothing, a detour what it costs more.
func TestRegrets(t *testing.T) {
	m := compile(t, straight(1, 3), trail.ByPicks)
	regrets := m.Regrets()
	for path, want := range map[string]int{"-": -1, "-A": 0, "-B": 50, "-BC": 50, "-BA": 0} {
		if got := regrets[follow(m, path)]; got != want {
			t.Errorf("path %s: regret %d, want %d", path, got, want)
		}
	}
	detour := newReplay(
		[]choice{{next: 2, grade: replay.Best}, {next: 1, grade: replay.Good, cost: 30}},
		[]choice{{next: 2, grade: replay.Best, cost: 6}},
		nil)
	m = compile(t, detour, trail.ByTotal)
	// Best ends after 12 minutes; the detour after 15 + 3: 6 of 48 are 12.5 points.
	if got := m.Regrets()[follow(m, "-B")]; got != 12 && got != 13 {
		t.Errorf("the detour gives away %d points, want 12 or 13", got)
	}
}

// TestPathsAgreeWithListing lists the paths of replays without loops one by one.
func TestPathsAgreeWithListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := trail.Compile(anyReplay(t), trail.Options{}, &diag.List{})
		s, err := m.Stats(nil)
		if err != nil {
			t.Fatal(err)
		}
		if want, ok := listPaths(m, reader{place: trail.Place{Kind: trail.Briefing}}); ok && s.Paths.Cmp(big.NewInt(want)) != 0 {
			t.Fatalf("%v paths, but there are %d", s.Paths, want)
		}
	})
}

// listPaths counts the paths of a reader to a debrief. It gives up where a
// round is entered again.
func listPaths(m *trail.Machine, at reader) (paths int64, ok bool) {
	if at.place.Kind == trail.Debrief {
		return 1, true
	}
	if at.place.Kind == trail.Round && at.picks[at.place.Round] != 0 {
		return 0, false
	}
	for c, next := range at.after(m) {
		if at.offers(m) && at.picks[at.place.Round].Has(c) {
			continue
		}
		n, ok := listPaths(m, next)
		if !ok {
			return 0, false
		}
		paths += n
	}
	return paths, true
}

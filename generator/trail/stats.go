package trail

import (
	"cmp"
	"errors"
	"math/big"
	"slices"
)

// StatsLimit is the number of states beyond which [Machine.Stats] gives up. It
// counts exact clocks, whatever the detail of the pages, but not the states
// within rounds that are entered once.
const StatsLimit = 50_000

// ErrTooLarge is returned by [Machine.Stats] for a replay beyond [StatsLimit].
var ErrTooLarge = errors.New("too many states for exact path statistics")

// Stats are exact statistics over all paths through a replay, for a responder
// who never repeats a choice while another is left.
type Stats struct {
	// Paths is the number of distinct paths: sequences of choices picked for the
	// first time, up to a debrief.
	Paths *big.Int
	// Ends is the distribution of the clock at the debrief, fastest first.
	Ends []End
}

// An End is one value of the clock at the debrief.
type End struct {
	Minutes     *big.Rat // exact
	Score       int      // 0 to 100
	Probability *big.Rat // of ending so; all add up to 1

	clock int64
	share fraction // Probability; those of all ends have the same denominator
	later int      // percent that end so or later, rounded down
}

// Stats computes the statistics of a responder who picks the best choice with
// probability p where it is untried, and else one of the other untried choices,
// all alike. A nil p makes all untried choices alike.
func (m *Machine) Stats(p *big.Rat) (*Stats, error) {
	c, ok := newChain(m, p, StatsLimit)
	if !ok {
		return nil, ErrTooLarge
	}
	s := &Stats{Paths: c.paths(), Ends: c.distribution()}
	shares := make([]fraction, len(s.Ends))
	for i, e := range s.Ends {
		shares[i] = e.share
	}
	whole, later := inCommon(shares), natural{}
	for i, share := range slices.Backward(shares) {
		later = later.plus(share.of)
		e := &s.Ends[i]
		e.share, e.Probability, e.later = share, share.rat(), percent(later, whole)
		e.Minutes, e.Score = big.NewRat(e.clock, m.Scoring.unit), m.Scoring.score(e.clock)
	}
	return s, nil
}

// distribution returns the clocks at debriefs, earliest first, and their shares.
func (c *chain) distribution() (ends []End) {
	clocks := newPool[int64](0)
	for i, visits := range c.visits() {
		if !c.ends(i) || visits.of.isZero() {
			continue
		}
		n, isNew := clocks.number(c.states.all[i].clock)
		if isNew {
			ends = append(ends, End{clock: clocks.all[n]})
		}
		ends[n].share = ends[n].share.plus(visits)
	}
	slices.SortFunc(ends, func(a, b End) int { return cmp.Compare(a.clock, b.clock) })
	return ends
}

// percent returns 100 · of / whole, rounded down.
func percent(of, whole natural) int {
	return int(of.times(natural{word: 100}).over(whole).word)
}

// Paths returns [Stats.Paths] alone; ok is false for a replay of more than limit
// states.
func (m *Machine) Paths(limit int) (paths *big.Int, ok bool) {
	c, ok := newChain(m, nil, limit)
	if !ok {
		return nil, false
	}
	return c.paths(), true
}

// BeatenPercent returns how many percent of the paths end with a later clock
// than the debrief state i of m, rounded down.
func (s *Stats) BeatenPercent(m *Machine, i int) int {
	clock := m.Units(i)
	at, _ := slices.BinarySearchFunc(s.Ends, clock+1, func(e End, clock int64) int { return cmp.Compare(e.clock, clock) })
	if at == len(s.Ends) {
		return 0
	}
	return s.Ends[at].later
}

// Quantile returns the first end at which the probability of ending no later
// reaches q; 1/2 is the median. There must be an end.
func (s *Stats) Quantile(q *big.Rat) End {
	sum := new(big.Rat)
	for _, e := range s.Ends {
		if sum.Add(sum, e.Probability).Cmp(q) >= 0 {
			return e
		}
	}
	return s.Ends[len(s.Ends)-1]
}

// Tenths returns how likely the scores 0 to 9, 10 to 19 and so on are, and at
// last 90 to 100; together they are 1.
func (s *Stats) Tenths() (tenths [10]*big.Rat) {
	var sums [10]fraction
	for _, e := range s.Ends {
		sum := &sums[Tenth(e.Score)]
		*sum = sum.plus(e.share)
	}
	for i, sum := range sums {
		tenths[i] = sum.rat()
	}
	return tenths
}

// Tenth returns which of [Stats.Tenths] a score belongs to.
func Tenth(score int) int { return min(score/10, 9) }

// Mean returns the expected clock at the debrief, in exact minutes.
func (s *Stats) Mean() *big.Rat {
	sum := new(big.Rat)
	for _, e := range s.Ends {
		sum.Add(sum, new(big.Rat).Mul(e.Minutes, e.Probability))
	}
	return sum
}

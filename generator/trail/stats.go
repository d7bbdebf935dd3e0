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
	later *big.Rat // probability of ending so or later
}

// Stats computes the statistics of a responder who picks the best choice with
// probability p where it is untried, and else one of the other untried choices,
// all alike. A nil p makes all untried choices alike.
func (m *Machine) Stats(p *big.Rat) (*Stats, error) {
	c, ok := newChain(m, p, StatsLimit)
	if !ok {
		return nil, ErrTooLarge
	}
	s := &Stats{Paths: c.paths()}
	byClock := map[int64]*big.Rat{}
	for i, probability := range c.visits() {
		if c.nodes[i].place.Kind != Debrief {
			continue
		}
		clock := c.nodes[i].clock
		if byClock[clock] == nil {
			byClock[clock] = new(big.Rat)
		}
		byClock[clock].Add(byClock[clock], probability)
	}
	for clock, probability := range byClock {
		if probability.Sign() > 0 {
			s.Ends = append(s.Ends, End{
				Minutes: big.NewRat(clock, m.Scoring.unit), Score: m.Scoring.score(clock),
				Probability: probability, clock: clock,
			})
		}
	}
	slices.SortFunc(s.Ends, func(a, b End) int { return cmp.Compare(a.clock, b.clock) })
	later := new(big.Rat)
	for i := range slices.Backward(s.Ends) {
		later = new(big.Rat).Add(later, s.Ends[i].Probability)
		s.Ends[i].later = later
	}
	return s, nil
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
	clock := m.states[i].clock
	at, _ := slices.BinarySearchFunc(s.Ends, clock+1, func(e End, clock int64) int { return cmp.Compare(e.clock, clock) })
	if at == len(s.Ends) {
		return 0
	}
	percent := new(big.Rat).Mul(s.Ends[at].later, big.NewRat(100, 1))
	return int(new(big.Int).Quo(percent.Num(), percent.Denom()).Int64())
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
	for i := range tenths {
		tenths[i] = new(big.Rat)
	}
	for _, e := range s.Ends {
		tenth := tenths[Tenth(e.Score)]
		tenth.Add(tenth, e.Probability)
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

// bestEnds returns, by state, the earliest clock at a debrief that can still be
// reached, or -1. It walks backwards from the debriefs, earliest first, so that
// the first visit of a state is its best.
func (m *Machine) bestEnds() []int64 {
	before := make([][]int32, len(m.states))
	var ends []int
	best := make([]int64, len(m.states))
	for i := range m.states {
		best[i] = -1
		for _, to := range m.states[i].to {
			if to >= 0 {
				before[to] = append(before[to], int32(i))
			}
		}
		if m.states[i].place.Kind == Debrief {
			ends = append(ends, i)
		}
	}
	slices.SortStableFunc(ends, func(a, b int) int { return cmp.Compare(m.states[a].clock, m.states[b].clock) })
	for _, end := range ends {
		clock := m.states[end].clock
		todo := []int{end}
		for len(todo) > 0 {
			i := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if best[i] >= 0 {
				continue
			}
			best[i] = clock
			for _, j := range before[i] {
				todo = append(todo, int(j))
			}
		}
	}
	return best
}

// Regrets returns, by state, what the pick that led to an outcome gave away: the
// best score that could still be reached before it minus the best after it. It
// is -1 for other places and where the detail does not know the clock.
func (m *Machine) Regrets() []int {
	regrets := make([]int, len(m.states))
	for i := range regrets {
		regrets[i] = -1
	}
	if m.Detail == ByNone {
		return regrets
	}
	best := m.bestEnds()
	for i := range m.states {
		for _, l := range m.Links(i) {
			if l.Tried || best[i] < 0 || best[l.To] < 0 {
				continue
			}
			lost := m.Scoring.score(best[i]) - m.Scoring.score(best[l.To])
			regrets[l.To] = max(regrets[l.To], lost)
		}
	}
	return regrets
}

package trail

import (
	"math/big"
	"math/bits"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

const (
	codeAssumedTimes diag.Code = "times-assumed"
	codeWorstTime    diag.Code = "worst-not-above-optimal"
	codeFineCosts    diag.Code = "costs-too-fine"
)

// Minutes assumed for a best step and a miss where the damage report does not say.
const (
	assumedBest = 5
	assumedMiss = 10
)

// maxUnit bounds the clock's resolution, so that no sum of costs can overflow.
const maxUnit = 1 << 30

// Scoring turns picks into minutes and minutes into a score (design, section 5).
//
// Best steps share the optimal time equally and misses share what separates
// the worst time from it, as exact fractions; costs written by the author win
// and the rest share what is left. A good choice costs a best step and half a
// miss. Where a miss leads on by showing what works, it costs that best step too.
type Scoring struct {
	Optimal, Worst *big.Rat     // minutes, as used; Worst >= Optimal
	Assumed        bool         // whether one of them was assumed
	Costs          [][]*big.Rat // minutes by round and choice, each picked once

	// BestShare and MissShare are what a best step and a miss without a cost
	// of their own take, in minutes.
	BestShare, MissShare *big.Rat

	unit           int64     // the clock counts 1/unit minutes, exactly
	units          [][]int64 // Costs in units
	optimal, worst int64     // in units
}

// score computes the costs of every choice of r; g tells where choices lead.
func score(r *replay.Replay, g *graph, list *diag.List) *Scoring {
	s := &Scoring{}
	s.setTimes(r, g, list)
	s.setShares(r, g)
	s.setCosts(r, g)
	if !s.setUnits() {
		list.Errorf(codeFineCosts, r.TitleSpan, "write costs in whole minutes or seconds",
			"the costs have no common unit that is coarse enough to count in")
		s.Optimal, s.Worst = big.NewRat(0, 1), big.NewRat(0, 1)
		for _, round := range s.Costs {
			for i := range round {
				round[i] = new(big.Rat)
			}
		}
		s.setUnits()
	}
	g.tellsClock = [...]bool{ByPicks: true, ByRounds: s.evenCosts(g), ByNone: true}
	return s
}

// evenCosts reports whether in every round choices of the same grade cost the same.
func (s *Scoring) evenCosts(g *graph) bool {
	for i, grades := range g.grades {
		cost := map[replay.Grade]int64{}
		for j, grade := range grades {
			if before, ok := cost[grade]; ok && before != s.units[i][j] {
				return false
			}
			cost[grade] = s.units[i][j]
		}
	}
	return true
}

// setTimes settles the optimal and the worst time.
func (s *Scoring) setTimes(r *replay.Replay, g *graph, list *diag.List) {
	misses := 0
	for _, round := range r.Rounds {
		for _, c := range round.Choices {
			if c.Outcome.Grade == replay.Miss {
				misses++
			}
		}
	}
	above := func(optimal *big.Rat) *big.Rat {
		return new(big.Rat).Add(optimal, big.NewRat(int64(assumedMiss*misses), 1))
	}
	s.Optimal, s.Worst = r.Optimal, r.Worst
	if len(r.Rounds) == 0 {
		list = &diag.List{} // nobody misses times where nothing could be read
	}
	if s.Optimal == nil {
		s.Assumed = true
		s.Optimal = big.NewRat(int64(assumedBest*len(g.bestPath)), 1)
		list.Notef(codeAssumedTimes, r.OptimalSpan, "write it in the damage report, “**Optimal resolution time:** 12 minutes”, or as `optimal: 12m` in the front matter",
			"no optimal time could be read; %d minutes a best step are assumed, %s in all", assumedBest, s.Optimal.RatString())
	}
	if s.Worst == nil {
		s.Assumed = true
		s.Worst = above(s.Optimal)
		list.Notef(codeAssumedTimes, r.WorstSpan, "write it in the damage report, “**If every wrong choice was made:** 60 minutes”, or as `worst: 60m` in the front matter",
			"no worst time could be read; %d minutes a miss are assumed, %s in all", assumedMiss, s.Worst.RatString())
	}
	if misses > 0 && s.Worst.Cmp(s.Optimal) <= 0 {
		worst := above(s.Optimal)
		list.Warnf(codeWorstTime, r.WorstSpan, "mend one of the two times",
			"the worst time, %s minutes, is not above the optimal time, %s; %s is used", s.Worst.RatString(), s.Optimal.RatString(), worst.RatString())
		s.Assumed, s.Worst = true, worst
	}
	if s.Worst.Cmp(s.Optimal) < 0 {
		s.Worst = s.Optimal
	}
}

// setShares divides what explicit costs leave of the two times.
func (s *Scoring) setShares(r *replay.Replay, g *graph) {
	left := new(big.Rat).Set(s.Optimal)
	var best []*replay.Choice
	for _, round := range g.bestPath {
		best = append(best, r.Rounds[round].Best())
	}
	s.BestShare = share(left, best)

	left = new(big.Rat).Sub(s.Worst, s.Optimal)
	var misses []*replay.Choice
	for _, round := range r.Rounds {
		for _, c := range round.Choices {
			if c.Outcome.Grade == replay.Miss {
				misses = append(misses, c)
			}
		}
	}
	s.MissShare = share(left, misses)
}

// share subtracts the explicit costs of choices from total and divides the rest
// among the others; it is never negative.
func share(total *big.Rat, choices []*replay.Choice) *big.Rat {
	open := int64(0)
	for _, c := range choices {
		if c.Outcome.Cost != nil {
			total.Sub(total, c.Outcome.Cost)
		} else {
			open++
		}
	}
	if open == 0 || total.Sign() <= 0 {
		return new(big.Rat)
	}
	return total.Quo(total, big.NewRat(open, 1))
}

// setCosts gives every choice its cost.
func (s *Scoring) setCosts(r *replay.Replay, g *graph) {
	halfMiss := new(big.Rat).Quo(s.MissShare, big.NewRat(2, 1))
	for i, round := range r.Rounds {
		best := s.BestShare
		if b := round.Best(); b != nil && b.Outcome.Cost != nil {
			best = b.Outcome.Cost
		}
		costs := make([]*big.Rat, len(round.Choices))
		for j, c := range round.Choices {
			switch {
			case c.Outcome.Cost != nil:
				costs[j] = c.Outcome.Cost
			case c.Outcome.Grade == replay.Best:
				costs[j] = s.BestShare
			case c.Outcome.Grade == replay.Good:
				costs[j] = new(big.Rat).Add(best, halfMiss)
			case g.shown[i].Has(j):
				costs[j] = new(big.Rat).Add(best, s.MissShare)
			default:
				costs[j] = s.MissShare
			}
		}
		s.Costs = append(s.Costs, costs)
	}
}

// setUnits finds the unit in which all costs and times are whole. It reports
// false if that unit is finer than maxUnit.
func (s *Scoring) setUnits() bool {
	unit := big.NewInt(1)
	all := append([]*big.Rat{s.Optimal, s.Worst}, flatten(s.Costs)...)
	for _, q := range all {
		d := q.Denom()
		gcd := new(big.Int).GCD(nil, nil, unit, d)
		unit.Mul(unit, new(big.Int).Quo(d, gcd))
		if unit.BitLen() > 31 || unit.Int64() > maxUnit {
			return false
		}
	}
	s.unit = unit.Int64()
	s.optimal, s.worst = s.inUnits(s.Optimal), s.inUnits(s.Worst)
	s.units = nil
	for _, round := range s.Costs {
		units := make([]int64, len(round))
		for j, cost := range round {
			units[j] = s.inUnits(cost)
		}
		s.units = append(s.units, units)
	}
	return true
}

func flatten(rows [][]*big.Rat) (all []*big.Rat) {
	for _, row := range rows {
		all = append(all, row...)
	}
	return all
}

func (s *Scoring) inUnits(minutes *big.Rat) int64 {
	return new(big.Int).Quo(new(big.Int).Mul(minutes.Num(), big.NewInt(s.unit)), minutes.Denom()).Int64()
}

// minutes rounds a clock in units to whole minutes, half up.
func (s *Scoring) minutes(clock int64) int {
	whole, rest := clock/s.unit, clock%s.unit
	if 2*rest >= s.unit {
		whole++
	}
	return int(whole)
}

// score is 100 × (worst − clock) / (worst − optimal), from the exact clock,
// rounded half up and clamped to 0–100.
func (s *Scoring) score(clock int64) int {
	if clock <= s.optimal {
		return 100
	}
	if clock >= s.worst {
		return 0
	}
	span := uint64(s.worst - s.optimal)
	high, low := bits.Mul64(200, uint64(s.worst-clock))
	low, carry := bits.Add64(low, span, 0)
	quotient, _ := bits.Div64(high+carry, low, 2*span)
	return int(quotient)
}

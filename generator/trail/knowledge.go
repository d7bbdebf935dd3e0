package trail

import (
	"math/big"

	"github.com/replaygen/replaygen/generator/replay"
)

// Picked returns which choices of a round state i knows to have been picked, and
// whether those are all. Where not all are known, [Machine.Record] may still say
// how the round went.
func (m *Machine) Picked(i, round int) (picks Picks, all bool) {
	at := m.spot(i)
	switch {
	case at.live.has(round), m.Detail == ByPicks:
		return Picks(m.Remembered(i, round)), true
	case at.Kind == Outcome && at.Round == round:
		return Picks(0).With(at.Choice), false
	}
	return 0, false
}

// Met returns the rounds with choices, in the order of the text, that state i
// knows the reader has been in.
func (m *Machine) Met(i int) (rounds []int) {
	place := m.Place(i)
	for round, r := range m.Replay.Rounds {
		if r.Closing() {
			continue
		}
		picks, _ := m.Picked(i, round)
		here := place.Kind == Round && place.Round == round
		if here || picks != 0 || m.Record(i, round).Visited || m.Passed(place, round) {
			rounds = append(rounds, round)
		}
	}
	return rounds
}

// TellsMinutes reports whether every state knows what each round has taken, and
// not only what all of them have together.
func (m *Machine) TellsMinutes() bool {
	return m.Detail != ByNone && m.g.tellsClock[m.Detail]
}

// Longest returns the exact minutes of the worst time, or of the latest clock if
// that is later: a good choice can cost more than the report counts on.
func (m *Machine) Longest() *big.Rat {
	latest := m.Scoring.worst
	for _, s := range m.states.all {
		latest = max(latest, s.clock)
	}
	return big.NewRat(latest, m.Scoring.unit)
}

// A Step is a choice that was picked in a round, as far as the clock shows it.
type Step struct {
	Grade   replay.Grade
	Minutes *big.Rat // exact
}

// Steps returns what a record says was picked in a round: misses first, since
// what ends a round comes last. The machine must tell minutes, see
// [Machine.TellsMinutes]; then the steps of all rounds add up to the clock.
func (m *Machine) Steps(round int, rec Record) (steps []Step) {
	left := [...]int{replay.Miss: rec.Misses, replay.Good: rec.Goods, replay.Best: rec.Bests}
	for _, grade := range []replay.Grade{replay.Miss, replay.Good, replay.Best} {
		for i, g := range m.g.grades[round] {
			// Where picks are not known, choices of a grade cost the same.
			if g == grade && left[g] > 0 && (!rec.Exact() || rec.Picks.Has(i)) {
				left[g]--
				steps = append(steps, Step{Grade: g, Minutes: m.Cost(round, i)})
			}
		}
	}
	return steps
}

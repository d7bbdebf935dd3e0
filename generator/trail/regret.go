package trail

import (
	"math"
	"slices"
)

// Regrets returns, by state, what the pick that led to an outcome gave away: the
// best score that could still be reached before it minus the best after it. It
// is -1 for other places and where the detail does not know the clock.
func (m *Machine) Regrets() []int {
	regrets := make([]int, m.Len())
	for i := range regrets {
		regrets[i] = -1
	}
	if m.Detail == ByNone {
		return regrets
	}
	best := m.bestScores()
	for i := range regrets {
		if !m.spot(i).offers {
			continue
		}
		tried := m.Tried(i)
		for choice, to := range m.states.links(i) {
			if !tried.Has(choice) && best[i] >= 0 && best[to] >= 0 {
				regrets[to] = max(regrets[to], int(best[i]-best[to]))
			}
		}
	}
	return regrets
}

// bestScores returns, by state, the best score at a debrief that can still be
// reached, or -1.
func (m *Machine) bestScores() []int8 {
	ends := m.bestEnds()
	scores := make([]int8, len(ends))
	for i, clock := range ends {
		scores[i] = -1
		if clock != never {
			scores[i] = int8(m.Scoring.score(clock))
		}
	}
	return scores
}

// never is the clock of a debrief that cannot be reached.
const never = math.MaxInt64

// bestEnds returns, by state, the earliest clock at a debrief that can still be
// reached, or never. It goes backwards over the states as long as that changes
// anything: nearly all links lead to a later state, so a few times.
func (m *Machine) bestEnds() []int64 {
	best := make([]int64, m.Len())
	for i, s := range m.states.all {
		best[i] = never
		if m.g.spots[s.place].Kind == Debrief {
			best[i] = s.clock
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range slices.Backward(best) {
			for _, to := range m.states.links(i) {
				if to >= 0 && best[to] < best[i] {
					best[i], changed = best[to], true
				}
			}
		}
	}
	return best
}

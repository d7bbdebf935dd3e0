package trail

// Picked returns which choices of a round state i knows to have been picked, and
// whether those are all. Where not all are known, [Machine.Record] may still say
// how the round went.
func (m *Machine) Picked(i, round int) (picks Picks, all bool) {
	s := &m.states[i]
	live := m.g.live(s.place)
	switch {
	case live != nil && live.has(round):
		return Picks(s.memory.get(round)), true
	case m.Detail == ByPicks:
		return m.Record(i, round).Picks, true
	case s.place.Kind == Outcome && s.place.Round == round:
		return Picks(0).With(s.place.Choice), false
	}
	return 0, false
}

// Met returns the rounds with choices, in the order of the text, that state i
// knows the reader has been in.
func (m *Machine) Met(i int) (rounds []int) {
	place := m.states[i].place
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

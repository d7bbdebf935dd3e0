package trail

import "strings"

// Nearest returns the state that comes closest to a page that was published
// under name and is no longer made: the first state, in breadth-first order, of
// the round that the name speaks of, so one with as little behind it as can be;
// the briefing, if it speaks of no round that can be played.
func (m *Machine) Nearest(name string) int {
	round := m.namedRound(name)
	for _, kind := range []PlaceKind{Round, Closing} {
		if i, ok := m.First(kind, round); ok {
			return i
		}
	}
	return 0
}

// namedRound returns the round that a page's name speaks of, see
// [Machine.placeName], or -1. A debrief is no part of its round: who was there
// had played to the end.
func (m *Machine) namedRound(name string) int {
	place, _, _ := strings.Cut(name, ".")
	kind, label, _ := strings.Cut(place, "-")
	switch {
	case kind == "round" || kind == "closing":
	case kind == "outcome" && label != "":
		label = label[:len(label)-1] // the choice's letter
	default:
		return -1
	}
	for i := range m.Replay.Rounds {
		if m.labelName(i) == label {
			return i
		}
	}
	return -1
}

package trail

import (
	"encoding/binary"
	"slices"
)

// A state is one page. Its identity is (place, clock, memory); to is derived.
type state struct {
	place  Place
	clock  int64 // in units of the scoring; 0 under ByNone
	memory memory
	to     []int32 // by choice: state or -1 where closed; else the one onward state
	from   int32   // the state before it on a shortest path from the briefing
}

// memory is what is remembered about rounds, by ascending round, without rounds
// of which nothing is. A live round's value is its [Picks], another's its packed
// [Record]; which of the two it is follows from the place.
type memory []remembered

type remembered struct {
	round int32
	value uint32
}

func (m memory) find(round int) (int, bool) {
	return slices.BinarySearchFunc(m, round, func(r remembered, round int) int { return int(r.round) - round })
}

func (m memory) get(round int) uint32 {
	if i, ok := m.find(round); ok {
		return m[i].value
	}
	return 0
}

// with returns a copy in which round has value.
func (m memory) with(round int, value uint32) memory {
	i, ok := m.find(round)
	if ok {
		m = slices.Clone(m)
		m[i].value = value
		return m
	}
	return slices.Insert(slices.Clip(m), i, remembered{int32(round), value})
}

// appendKey appends the identity of a state.
func (s *state) appendKey(key []byte) []byte {
	key = binary.AppendUvarint(key, uint64(s.place.Kind))
	key = binary.AppendUvarint(key, uint64(s.place.Round+1))
	key = binary.AppendUvarint(key, uint64(s.place.Choice))
	key = binary.AppendUvarint(key, uint64(s.clock))
	for _, r := range s.memory {
		key = binary.AppendUvarint(key, uint64(r.round))
		key = binary.AppendUvarint(key, uint64(r.value))
	}
	return key
}

// move returns the state of a reader who goes from s to place: rounds that can
// no longer be played are condensed to what the detail keeps of them.
func (m *Machine) move(s *state, place Place) state {
	before, after := m.g.live(s.place), m.g.live(place)
	next := state{place: place, clock: s.clock, memory: s.memory}
	copied := false
	for i, r := range s.memory {
		round := int(r.round)
		if before == nil || !before.has(round) || after != nil && after.has(round) {
			continue
		}
		if !copied {
			next.memory, copied = slices.Clone(s.memory), true
		}
		next.memory[i].value = recordOf(m.Detail, m.g.grades[round], Picks(r.value)).pack()
	}
	if copied {
		next.memory = slices.DeleteFunc(next.memory, func(r remembered) bool { return r.value == 0 })
	}
	return next
}

// pick returns the state on the outcome page of a choice that is open in s.
// Picking a choice again costs nothing and adds nothing.
func (m *Machine) pick(s *state, choice int) state {
	round := s.place.Round
	picks := Picks(s.memory.get(round))
	picked := *s
	if !picks.Has(choice) {
		picked.memory = s.memory.with(round, uint32(picks.With(choice)))
		if m.Detail != ByNone {
			picked.clock += m.Scoring.units[round][choice]
		}
	}
	return m.move(&picked, Place{Kind: Outcome, Round: round, Choice: choice})
}

// successors calls yield for every link of s in order, with ok false for a
// choice that is closed.
func (m *Machine) successors(s *state, yield func(next state, ok bool)) {
	p := s.place
	switch {
	case m.offers(p):
		picks := Picks(s.memory.get(p.Round))
		for c := range m.g.next[p.Round] {
			if picks.Has(c) && m.g.retries(p.Round, c) {
				yield(state{}, false)
				continue
			}
			yield(m.pick(s, c), true)
		}
	case p.Kind == Briefing && len(m.g.next) > 0:
		yield(m.move(s, m.g.enter(0)), true)
	case p.Kind == Outcome:
		yield(m.move(s, m.g.enter(m.g.next[p.Round][p.Choice])), true)
	case p.Kind == Closing:
		yield(m.move(s, Place{Kind: Debrief, Round: p.Round}), true)
	}
}

// explore finds all states under detail d, breadth first. Counting them first
// keeps it from running away.
func (m *Machine) explore(d Detail) {
	m.Detail, m.states = d, []state{{place: Place{Kind: Briefing}}}
	known := map[string]int32{string(m.states[0].appendKey(nil)): 0}
	var key []byte
	for i := 0; i < len(m.states); i++ {
		s := m.states[i]
		var to []int32
		m.successors(&s, func(next state, ok bool) {
			if !ok {
				to = append(to, -1)
				return
			}
			key = next.appendKey(key[:0])
			id, seen := known[string(key)]
			if !seen {
				id = int32(len(m.states))
				known[string(key)] = id
				next.from = int32(i)
				m.states = append(m.states, next)
			}
			to = append(to, id)
		})
		m.states[i].to = to
	}
}

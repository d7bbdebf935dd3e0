package trail

import "slices"

// A state is one page, told from all others by where the reader is and what
// they remember.
type state struct {
	place  int32 // number of a spot
	memory memory
	clock  int64 // in units of the scoring; 0 under ByNone
}

// states are the states of a machine and where their links lead, all in a few
// arrays: some 40 bytes a state, memories included.
type states struct {
	all      []state
	memories memories
	// from holds, by state, the one before it on a shortest path from the briefing.
	from []int32
	// to holds, for one state after another, the state that each way of its place
	// leads to, or -1 where it is closed. Those of state i begin at first[i].
	to    []int32
	first []int32
}

// links returns where the ways of state i lead.
func (s *states) links(i int) []int32 { return s.to[s.first[i]:s.first[i+1]] }

// A walk is an exploration under way.
type walk struct {
	g        *graph
	detail   Detail
	memories *memoryPool
	states   *pool[state]
}

// newWalk returns a walk that has met the briefing, with room for n states.
func newWalk(g *graph, d Detail, n int) *walk {
	w := &walk{g: g, detail: d, memories: newMemoryPool(), states: newPool[state](n)}
	w.states.number(state{})
	return w
}

// look returns where s is, and which of the choices that are offered there were
// picked before.
func (w *walk) look(s state) (at *spot, tried Picks) {
	at = &w.g.spots[s.place]
	if at.offers {
		tried = Picks(w.memories.get(s.memory, at.Round))
	}
	return at, tried
}

// take returns the state behind the i-th way from s, which must be open. Picking
// a choice again costs nothing and adds nothing. Rounds that cannot be played any
// more are condensed to what the detail keeps of them.
func (w *walk) take(s state, at *spot, i int, tried Picks) state {
	way := &at.ways[i]
	next := state{way.to, s.memory, s.clock}
	if !at.offers {
		return next
	}
	if !tried.Has(i) {
		next.clock += w.cost(way)
	}
	value := uint32(tried.With(i))
	if way.dies {
		value = w.keep(at.Round, tried.With(i))
	}
	next.memory = w.memories.with(s.memory, at.Round, value)
	for _, round := range way.settles {
		picks := Picks(w.memories.get(next.memory, round))
		next.memory = w.memories.with(next.memory, round, w.keep(round, picks))
	}
	return next
}

// cost returns what the clock counts for a pick.
func (w *walk) cost(way *way) int64 {
	if w.detail == ByNone {
		return 0
	}
	return way.cost
}

// keep returns what the detail keeps of a round, packed.
func (w *walk) keep(round int, picks Picks) uint32 {
	return recordOf(w.detail, w.g.graded[round], picks).pack()
}

// explore finds all states under detail d, breadth first, or reports false if
// there are more than limit. Where their number and that of their links is known
// already no array has to grow; else n is 0.
func (m *Machine) explore(d Detail, n count, limit int) bool {
	w := newWalk(m.g, d, n.pages)
	found := states{from: make([]int32, 1, max(1, n.pages)), first: make([]int32, 1, n.pages+1), to: make([]int32, 0, n.links)}
	for i := 0; i < len(w.states.all); i++ {
		if len(w.states.all) > limit {
			return false
		}
		s := w.states.all[i]
		at, tried := w.look(s)
		for j := range at.ways {
			to := int32(-1)
			if at.ways[j].open(tried.Has(j)) {
				var isNew bool
				if to, isNew = w.states.number(w.take(s, at, j, tried)); isNew {
					found.from = append(found.from, int32(i))
				}
			}
			found.to = append(found.to, to)
		}
		found.first = append(found.first, int32(len(found.to)))
	}
	found.all, found.memories = tight(w.states.all), tight(w.memories.all)
	found.from, found.first, found.to = tight(found.from), tight(found.first), tight(found.to)
	m.Detail, m.states = d, found
	return true
}

// tight returns s without room for more.
func tight[T any](s []T) []T {
	if cap(s) == len(s) {
		return s
	}
	return slices.Clone(s)
}

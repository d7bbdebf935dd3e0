package trail

import (
	"slices"
	"sync"
)

// CountLimit is the number of pages beyond which [Machine.Count] stops counting.
const CountLimit = 1_000_000

// counted is a number of pages, found when it is first asked for.
type counted struct {
	once  sync.Once
	pages int
	ok    bool
}

// Count returns how many pages the replay would have under detail d; ok is
// false beyond [CountLimit]. States of a finer detail tell apart all that those
// of a coarser one do, so that there are never fewer of them.
func (m *Machine) Count(d Detail) (pages int, ok bool) {
	c := &m.counts[d]
	c.once.Do(func() {
		if d < ByNone {
			if _, fits := m.Count(d + 1); !fits {
				return
			}
		}
		if n, fits := m.countUpTo(d, CountLimit); fits {
			c.pages, c.ok = n, true
		}
	})
	return c.pages, c.ok
}

// countUpTo counts the states under detail d without visiting each: a round
// that cannot be entered twice is counted by formula, and only the distinct
// ways to leave it are followed. It stops beyond limit. Going breadth first and
// counting states as they are found, it gets there before it holds many.
func (m *Machine) countUpTo(d Detail, limit int) (pages int, ok bool) {
	if m.exceeds(d, limit) {
		return limit + 1, false
	}
	c := &Machine{Replay: m.Replay, Scoring: m.Scoring, OnMiss: m.OnMiss, g: m.g, Detail: d}
	once := make([]bool, len(m.g.next))
	for round := range once {
		once[round] = m.g.once(round)
	}
	effects := map[Place][]effect{}
	known := map[string]bool{}
	var key []byte
	var todo []state
	visit := func(next state, ok bool) {
		if !ok || pages > limit {
			return
		}
		key = next.appendKey(key[:0])
		if known[string(key)] {
			return
		}
		known[string(key)] = true
		todo = append(todo, next)
		if next.place.Kind == Round && once[next.place.Round] {
			pages += pagesWithin(m.g.retryCount(next.place.Round), limit)
		} else {
			pages++
		}
	}
	visit(state{place: Place{Kind: Briefing}}, true)
	for ; len(todo) > 0 && pages <= limit; todo = todo[1:] {
		s := todo[0]
		if s.place.Kind == Round && once[s.place.Round] {
			c.leave(&s, effects, limit, visit)
		} else {
			c.successors(&s, visit)
		}
	}
	return pages, pages <= limit
}

// pagesWithin is the number of pages of one visit to a round with k choices that
// lead back to it: the round, and for each of those its outcome with every set
// of the others tried, k·2^(k−1). Beyond limit any larger number will do.
func pagesWithin(k, limit int) int {
	if k == 0 {
		return 1
	}
	if k > 20 {
		return limit + 1
	}
	return 1 + k<<(k-1)
}

// an effect is what a visit to a round leaves behind.
type effect struct {
	record uint32 // packed
	clock  int64
}

// leave visits the outcomes through which a reader leaves a round that they
// entered with nothing tried.
func (m *Machine) leave(s *state, effects map[Place][]effect, limit int, visit func(state, bool)) {
	round := s.place.Round
	for choice := range m.g.next[round] {
		if m.g.retries(round, choice) {
			continue
		}
		place := Place{Kind: Outcome, Round: round, Choice: choice}
		all, ok := effects[place]
		if !ok {
			all = m.effects(round, choice, limit)
			effects[place] = all
		}
		left := m.move(s, place)
		for _, e := range all {
			next := left
			next.clock += e.clock
			if e.record != 0 {
				next.memory = left.memory.with(round, e.record)
			}
			visit(next, true)
		}
	}
}

// effects returns the distinct effects of leaving a round by choice, after any
// set of the choices that lead back. The sets are built up a choice at a time,
// keeping only what the detail tells apart, until there are more than limit.
func (m *Machine) effects(round, choice, limit int) []effect {
	type partial struct {
		picks Picks // a representative
		effect
	}
	grades := m.g.grades[round]
	extend := func(p partial, c int) partial {
		p.picks = p.picks.With(c)
		p.record = recordOf(m.Detail, grades, p.picks).pack()
		if m.Detail != ByNone {
			p.clock += m.Scoring.units[round][c]
		}
		return p
	}
	all := []partial{extend(partial{}, choice)}
	for c := range m.g.next[round] {
		if !m.g.retries(round, c) {
			continue
		}
		known := map[effect]bool{}
		var grown []partial
		for _, p := range all {
			for _, q := range []partial{p, extend(p, c)} {
				if !known[q.effect] {
					known[q.effect] = true
					grown = append(grown, q)
				}
			}
		}
		if all = grown; len(all) > limit {
			break
		}
	}
	effects := make([]effect, len(all))
	for i, p := range all {
		effects[i] = p.effect
	}
	return effects
}

// once reports whether a round, once left, cannot be played again.
func (g *graph) once(round int) bool {
	return !slices.ContainsFunc(g.next[round], func(to int) bool {
		return to >= 0 && to != round && g.reach[to].has(round)
	})
}

func (g *graph) retryCount(round int) (k int) {
	for c := range g.next[round] {
		if g.retries(round, c) {
			k++
		}
	}
	return k
}

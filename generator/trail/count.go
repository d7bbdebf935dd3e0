package trail

import "sync"

// CountLimit is the number of pages beyond which [Machine.Count] stops counting.
const CountLimit = 1_000_000

// counted is a number of pages, found when it is first asked for.
type counted struct {
	once  sync.Once
	pages int
	ok    bool
}

// A count is how many states there are, and how many ways lead on from them.
type count struct{ pages, links int }

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
		if m.exceeds(d, CountLimit) {
			return
		}
		if n, fits := m.countUpTo(d, CountLimit); fits {
			c.pages, c.ok = n.pages, true
		}
	})
	return c.pages, c.ok
}

// countUpTo counts the states under detail d without visiting each: a round
// that cannot be entered twice is counted by formula, and only the distinct
// ways to leave it are followed. It stops beyond limit. Going breadth first and
// counting states as they are found, it gets there before it holds many.
func (m *Machine) countUpTo(d Detail, limit int) (n count, ok bool) {
	c := newCounter(m.g, d, limit)
	for i := 0; i < len(c.states.all) && c.count.pages <= limit; i++ {
		s := c.states.all[i]
		at, tried := c.look(s)
		if at.once {
			c.leave(s, at)
			continue
		}
		for j, way := range at.ways {
			if way.open(tried.Has(j)) {
				c.visit(c.take(s, at, j, tried))
			}
		}
	}
	return c.count, c.count.pages <= limit
}

// A counter is a walk that passes over the states within rounds that cannot be
// entered twice.
type counter struct {
	*walk
	limit   int
	count   count
	effects [][]effect // by the number of an outcome through which such a round is left
}

func newCounter(g *graph, d Detail, limit int) *counter {
	c := &counter{walk: newWalk(g, d, 0), limit: limit, effects: make([][]effect, len(g.spots))}
	c.count.add(1, len(g.spots[0].ways)) // the briefing
	return c
}

// add adds pages with so many links each.
func (c *count) add(pages, links int) {
	c.pages += pages
	c.links += pages * links
}

// visit counts the pages of a state that was not met before.
func (c *counter) visit(s state) {
	if _, isNew := c.states.number(s); !isNew {
		return
	}
	at := &c.g.spots[s.place]
	pages := 1
	if at.once {
		pages = pagesWithin(c.g.retryCount(at.Round), c.limit)
	}
	c.count.add(pages, len(at.ways))
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

// leave visits the outcomes through which a reader leaves a round that they
// entered with nothing tried.
func (c *counter) leave(s state, at *spot) {
	for choice, way := range at.ways {
		if way.again {
			continue
		}
		if c.effects[way.to] == nil {
			c.effects[way.to] = c.effectsOf(at, choice, c.limit)
		}
		for _, e := range c.effects[way.to] {
			if c.count.pages > c.limit {
				return
			}
			c.visit(state{way.to, c.memories.with(s.memory, at.Round, e.record), s.clock + e.clock})
		}
	}
}

// an effect is what a visit to a round leaves behind.
type effect struct {
	record uint32 // packed
	clock  int64
}

// effectsOf returns the distinct effects of leaving a round by choice, after any
// set of the choices that lead back. The sets are built up a choice at a time,
// keeping only what the detail tells apart, until there are more than limit.
func (w *walk) effectsOf(at *spot, choice, limit int) []effect {
	known := newPool[effect](0)
	var picks []Picks // by effect: a set that has it
	add := func(before effect, tried Picks, c int) {
		tried = tried.With(c)
		e := effect{w.keep(at.Round, tried), before.clock + w.cost(&at.ways[c])}
		if _, isNew := known.number(e); isNew {
			picks = append(picks, tried)
		}
	}
	add(effect{}, 0, choice)
	for c, way := range at.ways {
		if !way.again || len(picks) > limit {
			continue
		}
		for i, tried := range picks { // those without c
			add(known.all[i], tried, c)
		}
	}
	return known.all
}

func (g *graph) retryCount(round int) (k int) {
	for c := range g.next[round] {
		if g.retries(round, c) {
			k++
		}
	}
	return k
}

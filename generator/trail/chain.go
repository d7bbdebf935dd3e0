package trail

import (
	"math/big"
	"slices"

	"github.com/replaygen/replaygen/generator/replay"
)

// chain is a replay as a responder walks it: a Markov chain over the states
// under [ByTotal], which tell apart all clocks.
//
// Where a round has untried choices one of them is picked, so the set of tried
// choices grows with every such step. Only in an exhausted round, which a loop
// led back to, a choice that stayed open is picked again; such steps change
// neither clock nor tried choices and may form cycles.
//
// A round that cannot be entered twice is not walked through pick by pick: what
// can happen in it is one step, with the probability of every way to leave it.
type chain struct {
	*walk
	odds    *odds
	leaving []*leaving // by round; nil until a round is met that is left in one step
	// chances say, by state, how likely what it leads to is. That is in to, for one
	// state after another; for state i it begins at first[i].
	chances []*chances
	to      []int32
	first   []int32
}

// newChain explores the chain of m for a responder who picks the best choice
// with probability p; a nil p is no preference. It reports false if the chain
// has more than limit states.
func newChain(m *Machine, p *big.Rat, limit int) (c *chain, ok bool) {
	c = &chain{walk: newWalk(m.g, ByTotal, 0), odds: newOdds(p), leaving: make([]*leaving, len(m.g.next)), first: []int32{0}}
	for i := 0; i < len(c.states.all); i++ {
		if len(c.states.all) > limit {
			return nil, false
		}
		s := c.states.all[i]
		at, tried := c.look(s)
		if at.once && c.leavable(at) {
			c.chances = append(c.chances, c.leave(s, at))
		} else {
			c.chances = append(c.chances, c.choose(s, at, tried))
		}
		c.first = append(c.first, int32(len(c.to)))
	}
	return c, true
}

// next returns where state i leads.
func (c *chain) next(i int) []int32 { return c.to[c.first[i]:c.first[i+1]] }

// choose adds what a responder may do in a state, one pick at a time: what is
// untried, or where nothing is, what is open.
func (c *chain) choose(s state, at *spot, tried Picks) *chances {
	fresh, best := 0, -1
	var again []int32
	for i := range at.ways {
		if !at.ways[i].open(tried.Has(i)) {
			continue
		}
		to, _ := c.states.number(c.take(s, at, i, tried))
		if tried.Has(i) {
			again = append(again, to)
			continue
		}
		if at.offers && c.g.grades[at.Round][i] == replay.Best {
			best = fresh
		}
		fresh++
		c.to = append(c.to, to)
	}
	if fresh > 0 {
		return c.odds.chances(fresh, best, at.offers)
	}
	c.to = append(c.to, again...)
	return c.odds.chances(len(again), -1, false)
}

// leave adds the ways to leave a round that was entered with nothing tried.
func (c *chain) leave(s state, at *spot) *chances {
	l := c.leaving[at.Round]
	if l == nil {
		l = c.leavingOf(at)
		c.leaving[at.Round] = l
	}
	for _, e := range l.exits {
		to, _ := c.states.number(state{at.ways[e.choice].to, s.memory, s.clock + e.clock})
		c.to = append(c.to, to)
	}
	return &l.chances
}

// paths counts the sequences of first picks that end at a debrief. Steps that
// pick nothing new do not tell paths apart: from an exhausted round the ways on
// are the distinct states, with something new to pick or a debrief, that such
// steps lead to.
func (c *chain) paths() *big.Int {
	alike := newPool[state](0) // but for the clock, on which paths do not depend
	var known []natural        // by number in alike
	var from func(i int) natural
	from = func(i int) (sum natural) {
		s := c.states.all[i]
		n, isNew := alike.number(state{place: s.place, memory: s.memory})
		if !isNew {
			return known[n]
		}
		known = append(known, sum)
		for _, j := range c.frontier(i) {
			if c.ends(j) {
				sum = sum.plus(natural{word: 1})
			}
			for k, to := range c.next(j) {
				sum = sum.plus(c.chances[j].ways[k].times(from(int(to))))
			}
		}
		known[n] = sum
		return sum
	}
	return new(big.Int).Set(from(0).int())
}

// ends reports whether state i is a debrief.
func (c *chain) ends(i int) bool { return c.g.spots[c.states.all[i].place].Kind == Debrief }

// frontier returns the distinct states that i leads to without a first pick and
// that make one or end.
func (c *chain) frontier(i int) (states []int) {
	met := []int{i}
	for k := 0; k < len(met); k++ {
		j := met[k]
		if len(c.next(j)) == 0 || c.chances[j].ways != nil {
			states = append(states, j)
			continue
		}
		for _, to := range c.next(j) {
			if !slices.Contains(met, int(to)) {
				met = append(met, int(to))
			}
		}
	}
	return states
}

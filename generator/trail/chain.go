package trail

import (
	"cmp"
	"maps"
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
	m     *Machine
	p     *big.Rat // probability of picking the best; nil for no preference
	nodes []state
	steps [][]arrow
}

type arrow struct {
	to          int
	probability *big.Rat
	ways        *big.Int // in how many orders something is picked for the first time; nil if nothing is
}

// newChain explores the chain of m. It reports false if that has more than
// limit states.
func newChain(m *Machine, p *big.Rat, limit int) (c *chain, ok bool) {
	c = &chain{m: &Machine{Replay: m.Replay, Scoring: m.Scoring, OnMiss: m.OnMiss, g: m.g, Detail: ByTotal}, p: p}
	known := map[string]int{}
	var key []byte
	node := func(s state) int {
		key = s.appendKey(key[:0])
		id, seen := known[string(key)]
		if !seen {
			id = len(c.nodes)
			known[string(key)] = id
			c.nodes = append(c.nodes, s)
		}
		return id
	}
	leaving := map[int][]exit{} // by round
	node(state{place: Place{Kind: Briefing}})
	for i := 0; i < len(c.nodes); i++ {
		if len(c.nodes) > limit {
			return nil, false
		}
		s := c.nodes[i]
		round := s.place.Round
		if s.place.Kind != Round || !c.inOneStep(round) {
			c.steps = append(c.steps, c.options(&s, node))
			continue
		}
		if leaving[round] == nil {
			leaving[round] = c.exits(round)
		}
		var arrows []arrow
		for _, e := range leaving[round] {
			next := c.m.move(&s, Place{Kind: Outcome, Round: round, Choice: e.choice})
			next.clock += e.clock
			arrows = append(arrows, arrow{node(next), e.probability, e.ways})
		}
		c.steps = append(c.steps, arrows)
	}
	return c, true
}

// options returns what a responder may do in a state, one pick at a time.
func (c *chain) options(s *state, node func(state) int) []arrow {
	if !c.m.offers(s.place) {
		var arrows []arrow
		c.m.successors(s, func(next state, _ bool) {
			arrows = append(arrows, arrow{to: node(next), probability: big.NewRat(1, 1)})
		})
		return arrows
	}
	round := s.place.Round
	tried := Picks(s.memory.get(round))
	var fresh, again []arrow
	best, choice := -1, 0
	c.m.successors(s, func(next state, open bool) {
		switch {
		case !tried.Has(choice):
			if c.m.g.grades[round][choice] == replay.Best {
				best = len(fresh)
			}
			fresh = append(fresh, arrow{to: node(next), ways: big.NewInt(1)})
		case open:
			again = append(again, arrow{to: node(next)})
		}
		choice++
	})
	if len(fresh) == 0 {
		fresh, best = again, -1
	}
	for j := range fresh {
		fresh[j].probability = c.weight(len(fresh), j == best, best >= 0)
	}
	return fresh
}

// weight is the probability of one of n options.
func (c *chain) weight(n int, isBest, hasBest bool) *big.Rat {
	switch {
	case n == 1:
		return big.NewRat(1, 1)
	case c.p == nil || !hasBest:
		return big.NewRat(1, int64(n))
	case isBest:
		return c.p
	}
	rest := new(big.Rat).Sub(big.NewRat(1, 1), c.p)
	return rest.Quo(rest, big.NewRat(int64(n-1), 1))
}

// inOneStep reports whether what happens in a round can be said in closed form:
// it is entered once, can be left, and its best choice leaves it, so that the
// choices that lead back are all alike to a responder.
func (c *chain) inOneStep(round int) bool {
	left := false
	for choice, grade := range c.m.g.grades[round] {
		retries := c.m.g.retries(round, choice)
		if retries && grade == replay.Best {
			return false
		}
		left = left || !retries
	}
	return left && c.m.g.once(round)
}

// an exit is one way to leave a round: by a choice, with a clock.
type exit struct {
	choice      int
	clock       int64
	probability *big.Rat
	ways        *big.Int
}

// tries is a number of choices that led back, and what they cost in all.
type tries struct {
	picked int
	clock  int64
}

// exits returns the ways to leave a round. Of n choices, the chance that a
// certain one is picked behind s certain others, in any order, is
// s! · w(n)·w(n−1)···w(n−s+1) · w'(n−s), where w(m) is the chance of one of m
// untried choices that is not the best and w' that of the last one.
func (c *chain) exits(round int) (exits []exit) {
	g := c.m.g
	n := len(g.next[round])
	sets := map[tries]*big.Int{{}: big.NewInt(1)} // how many sets of choices that lead back
	hasBest := false
	for choice, cost := range c.m.Scoring.units[round] {
		hasBest = hasBest || g.grades[round][choice] == replay.Best
		if !g.retries(round, choice) {
			continue
		}
		grown := maps.Clone(sets)
		for t, count := range sets {
			more := tries{t.picked + 1, t.clock + cost}
			if grown[more] == nil {
				grown[more] = new(big.Int)
			}
			grown[more] = new(big.Int).Add(grown[more], count)
		}
		sets = grown
	}
	for choice, cost := range c.m.Scoring.units[round] {
		if g.retries(round, choice) {
			continue
		}
		isBest := g.grades[round][choice] == replay.Best
		for t, count := range sets {
			ways := new(big.Int).MulRange(1, int64(t.picked))
			ways.Mul(ways, count)
			probability := new(big.Rat).SetInt(ways)
			for picked := range t.picked {
				probability.Mul(probability, c.weight(n-picked, false, hasBest))
			}
			probability.Mul(probability, c.weight(n-t.picked, isBest, hasBest))
			exits = append(exits, exit{choice, t.clock + cost, probability, ways})
		}
	}
	slices.SortFunc(exits, func(a, b exit) int {
		return cmp.Or(cmp.Compare(a.choice, b.choice), cmp.Compare(a.clock, b.clock))
	})
	return exits
}

// visits returns how often each state is visited on the average: for debriefs,
// which end a path, that is the probability of ending there.
func (c *chain) visits() []*big.Rat {
	visits := make([]*big.Rat, len(c.steps))
	for i := range visits {
		visits[i] = new(big.Rat)
	}
	visits[0].SetInt64(1)
	components := c.components()
	for _, component := range slices.Backward(components) { // sources first
		if len(component) > 1 {
			c.solve(component, visits)
		}
		inside := map[int]bool{}
		for _, i := range component {
			inside[i] = len(component) > 1
		}
		for _, i := range component {
			if visits[i].Sign() == 0 {
				continue
			}
			for _, a := range c.steps[i] {
				if !inside[a.to] {
					visits[a.to].Add(visits[a.to], new(big.Rat).Mul(visits[i], a.probability))
				}
			}
		}
	}
	return visits
}

// solve replaces the visits that enter a component from outside by the visits
// of its states: v = entering + v·P, by Gaussian elimination. A component that
// cannot be left has no solution and keeps nothing.
func (c *chain) solve(component []int, visits []*big.Rat) {
	n := len(component)
	at := map[int]int{}
	for k, i := range component {
		at[i] = k
	}
	rows := make([][]*big.Rat, n) // (I − Pᵀ) v = entering
	for k, i := range component {
		rows[k] = make([]*big.Rat, n+1)
		for j := range n {
			rows[k][j] = new(big.Rat)
		}
		rows[k][k].SetInt64(1)
		rows[k][n] = new(big.Rat).Set(visits[i])
	}
	for k, i := range component {
		for _, a := range c.steps[i] {
			if row, ok := at[a.to]; ok {
				rows[row][k].Sub(rows[row][k], a.probability)
			}
		}
	}
	for col := range n {
		pivot := slices.IndexFunc(rows[col:], func(row []*big.Rat) bool { return row[col].Sign() != 0 })
		if pivot < 0 {
			for _, i := range component {
				visits[i].SetInt64(0)
			}
			return
		}
		rows[col], rows[col+pivot] = rows[col+pivot], rows[col]
		eliminate(rows, col)
	}
	for k, i := range component {
		visits[i].Set(rows[k][n])
	}
}

// eliminate normalises row col and clears its column from every other row.
func eliminate(rows [][]*big.Rat, col int) {
	inverse := new(big.Rat).Inv(rows[col][col])
	for _, q := range rows[col] {
		q.Mul(q, inverse)
	}
	for k, row := range rows {
		if k == col || row[col].Sign() == 0 {
			continue
		}
		factor := new(big.Rat).Set(row[col])
		for j, q := range row {
			q.Sub(q, new(big.Rat).Mul(factor, rows[col][j]))
		}
	}
}

// components returns the strongly connected components, each before those that
// lead to it (Tarjan's algorithm, without recursion).
func (c *chain) components() (components [][]int) {
	n := len(c.steps)
	index, low := make([]int, n), make([]int, n) // from 1; 0 is unvisited
	onStack := make([]bool, n)
	var stack []int
	type frame struct{ state, step int }
	count := 0
	for root := range n {
		if index[root] != 0 {
			continue
		}
		frames := []frame{{root, 0}}
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			if f.step == 0 {
				count++
				index[f.state], low[f.state] = count, count
				stack, onStack[f.state] = append(stack, f.state), true
			}
			if f.step < len(c.steps[f.state]) {
				to := c.steps[f.state][f.step].to
				f.step++
				if index[to] == 0 {
					frames = append(frames, frame{to, 0})
				} else if onStack[to] {
					low[f.state] = min(low[f.state], index[to])
				}
				continue
			}
			done := f.state
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				parent := frames[len(frames)-1].state
				low[parent] = min(low[parent], low[done])
			}
			if low[done] == index[done] {
				var component []int
				for onStack[done] {
					top := stack[len(stack)-1]
					stack, onStack[top] = stack[:len(stack)-1], false
					component = append(component, top)
				}
				components = append(components, component)
			}
		}
	}
	return components
}

// paths counts the sequences of first picks that end at a debrief. Steps that
// pick nothing new do not tell paths apart: from an exhausted round the ways on
// are the distinct states, with something new to pick or a debrief, that such
// steps lead to.
func (c *chain) paths() *big.Int {
	memo := make([]*big.Int, len(c.steps))
	var from func(i int) *big.Int
	from = func(i int) *big.Int {
		if memo[i] != nil {
			return memo[i]
		}
		sum := new(big.Int)
		for _, j := range c.frontier(i) {
			if len(c.steps[j]) == 0 {
				if c.nodes[j].place.Kind == Debrief {
					sum.Add(sum, big.NewInt(1))
				}
				continue
			}
			for _, a := range c.steps[j] {
				sum.Add(sum, new(big.Int).Mul(a.ways, from(a.to)))
			}
		}
		memo[i] = sum
		return sum
	}
	return from(0)
}

// frontier returns the distinct states that i leads to without a first pick and
// that make one or end.
func (c *chain) frontier(i int) (states []int) {
	seen := map[int]bool{i: true}
	todo := []int{i}
	for len(todo) > 0 {
		j := todo[0]
		todo = todo[1:]
		if len(c.steps[j]) == 0 || c.steps[j][0].ways != nil {
			states = append(states, j)
			continue
		}
		for _, a := range c.steps[j] {
			if !seen[a.to] {
				seen[a.to] = true
				todo = append(todo, a.to)
			}
		}
	}
	return states
}

package trail

import (
	"math/big"
	"slices"

	"github.com/replaygen/replaygen/generator/replay"
)

// chain is a machine as a responder walks it: a Markov chain over its states.
//
// Where a round has untried choices one of them is picked, so the set of tried
// choices grows with every such step. Only in an exhausted round, which a loop
// led back to, a choice that stayed open is picked again; such steps change
// neither clock nor tried choices and may form cycles.
type chain struct {
	m     *Machine
	steps [][]arrow
}

type arrow struct {
	to          int
	probability *big.Rat
	first       bool // whether a choice is picked for the first time
}

func newChain(m *Machine, p *big.Rat) *chain {
	c := &chain{m: m, steps: make([][]arrow, len(m.states))}
	one := big.NewRat(1, 1)
	for i := range m.states {
		if next, ok := m.Next(i); ok {
			c.steps[i] = []arrow{{to: next, probability: one}}
			continue
		}
		c.steps[i] = c.options(i, p)
	}
	return c
}

// options returns what a responder may do in a state that offers choices.
func (c *chain) options(i int, p *big.Rat) []arrow {
	links := c.m.Links(i)
	if links == nil {
		return nil
	}
	grades := c.m.g.grades[c.m.states[i].place.Round]
	var fresh, again []arrow
	best := -1
	for _, l := range links {
		switch {
		case !l.Tried:
			if grades[l.Choice] == replay.Best {
				best = len(fresh)
			}
			fresh = append(fresh, arrow{to: l.To, first: true})
		case l.To >= 0:
			again = append(again, arrow{to: l.To})
		}
	}
	if len(fresh) == 0 {
		fresh, best = again, -1
	}
	for j := range fresh {
		fresh[j].probability = weight(len(fresh), j == best, best >= 0, p)
	}
	return fresh
}

// weight is the probability of one of n options.
func weight(n int, isBest, hasBest bool, p *big.Rat) *big.Rat {
	switch {
	case n == 1:
		return big.NewRat(1, 1)
	case p == nil || !hasBest:
		return big.NewRat(1, int64(n))
	case isBest:
		return p
	}
	rest := new(big.Rat).Sub(big.NewRat(1, 1), p)
	return rest.Quo(rest, big.NewRat(int64(n-1), 1))
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
				if c.m.states[j].place.Kind == Debrief {
					sum.Add(sum, big.NewInt(1))
				}
				continue
			}
			for _, a := range c.steps[j] {
				sum.Add(sum, from(a.to))
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
		if len(c.steps[j]) == 0 || c.steps[j][0].first {
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

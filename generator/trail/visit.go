package trail

import (
	"math/big"
	"slices"
)

// visits returns how often each state is visited on the average: for debriefs,
// which end a path, that is the probability of ending there.
func (c *chain) visits() []fraction {
	visits := make([]fraction, len(c.chances))
	visits[0] = fraction{natural{word: 1}, natural{word: 1}}
	components := c.components()
	for _, component := range slices.Backward(components.all) { // sources first
		if len(component) > 1 {
			c.solve(component, visits)
		}
		for _, i := range component {
			c.pass(int(i), visits, components)
		}
	}
	return visits
}

// pass adds the visits of a state to those of the states that it leads to,
// outside of its component.
func (c *chain) pass(i int, visits []fraction, components components) {
	v, chances := visits[i], c.chances[i]
	if v.of.isZero() {
		return
	}
	whole := v.whole.times(chances.whole)
	for k, to := range c.next(i) {
		if components.of[i] != components.of[to] {
			visits[to] = visits[to].plus(fraction{v.of.times(chances.of[k]), whole})
		}
	}
}

// solve replaces the visits that enter a component from outside by the visits
// of its states: v = entering + v·P, by Gaussian elimination. A component that
// cannot be left has no solution and keeps nothing.
func (c *chain) solve(component []int32, visits []fraction) {
	n := len(component)
	at := map[int32]int{}
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
		rows[k][n] = visits[i].rat()
		visits[i] = fraction{}
	}
	for k, i := range component {
		for j, to := range c.next(int(i)) {
			if row, ok := at[to]; ok {
				chance := fraction{c.chances[i].of[j], c.chances[i].whole}
				rows[row][k].Sub(rows[row][k], chance.rat())
			}
		}
	}
	if !eliminate(rows) {
		return
	}
	solved := make([]fraction, n)
	for k := range solved {
		solved[k] = newFraction(rows[k][n])
	}
	inCommon(solved)
	for k, i := range component {
		visits[i] = solved[k]
	}
}

// eliminate solves a system of linear equations: it leaves the solution in the
// last column, or reports false if there is none.
func eliminate(rows [][]*big.Rat) bool {
	for col := range rows {
		pivot := slices.IndexFunc(rows[col:], func(row []*big.Rat) bool { return row[col].Sign() != 0 })
		if pivot < 0 {
			return false
		}
		rows[col], rows[col+pivot] = rows[col+pivot], rows[col]
		clearColumn(rows, col)
	}
	return true
}

// clearColumn normalises row col and clears its column from every other row. The
// columns before are clear already.
func clearColumn(rows [][]*big.Rat, col int) {
	own := rows[col][col:]
	inverse := new(big.Rat).Inv(own[0])
	for _, q := range own {
		q.Mul(q, inverse)
	}
	for k, row := range rows {
		if k == col || row[col].Sign() == 0 {
			continue
		}
		factor := new(big.Rat).Set(row[col])
		for j, q := range own {
			if q.Sign() != 0 {
				row[col+j].Sub(row[col+j], new(big.Rat).Mul(factor, q))
			}
		}
	}
}

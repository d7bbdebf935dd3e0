package trail

import "math/big"

// A fraction is a probability, or how often something happens on the average. It
// need not be in lowest terms: fractions that are added mostly have the same
// denominator, and then adding them takes no division. The zero fraction is 0.
type fraction struct{ of, whole natural }

func newFraction(q *big.Rat) fraction { return fraction{newNatural(q.Num()), newNatural(q.Denom())} }

func (f fraction) rat() *big.Rat {
	if f.of.isZero() {
		return new(big.Rat)
	}
	return new(big.Rat).SetFrac(f.of.int(), f.whole.int())
}

func (f fraction) plus(o fraction) fraction {
	switch {
	case f.of.isZero():
		return o
	case !f.whole.equal(o.whole):
		whole := multiple(f.whole, o.whole)
		f, o = f.with(whole), o.with(whole)
	}
	return fraction{f.of.plus(o.of), f.whole}
}

// with returns f with a denominator that is a multiple of its own.
func (f fraction) with(whole natural) fraction {
	if !f.of.isZero() && !f.whole.equal(whole) {
		f.of = f.of.times(whole.over(f.whole))
	}
	return fraction{f.of, whole}
}

// multiple returns the least common multiple of two numbers, which are not 0.
func multiple(a, b natural) natural { return a.times(b.over(a.divisor(b))) }

// inCommon gives all fractions the same denominator, which it returns.
func inCommon(all []fraction) (whole natural) {
	whole = natural{word: 1}
	for _, f := range all {
		if !f.of.isZero() && !f.whole.equal(whole) {
			whole = multiple(whole, f.whole)
		}
	}
	for i, f := range all {
		all[i] = f.with(whole)
	}
	return whole
}

package trail

import (
	"math/big"
	"slices"
)

// odds say how likely a responder picks what.
type odds struct {
	// The probability of picking the best choice where it is untried, and of not
	// doing so, as numerators and their denominator, which is 0 for no preference.
	best, other, whole natural
	known              map[options]*chances
}

// options are choices that a responder has.
type options struct {
	n     int
	best  int  // which is the best, or -1
	fresh bool // whether they are untried
}

// chances are the probabilities of what can happen next, as numerators and their
// denominator.
type chances struct {
	of    []natural
	whole natural
	// ways are in how many orders something is picked for the first time; nil if
	// nothing is picked so.
	ways []natural
}

// newOdds returns the odds of a responder who picks the best choice with
// probability p; nil is no preference.
func newOdds(p *big.Rat) *odds {
	o := &odds{known: map[options]*chances{}}
	if p != nil {
		o.best, o.whole = newNatural(p.Num()), newNatural(p.Denom())
		o.other = newNatural(new(big.Int).Sub(p.Denom(), p.Num()))
	}
	return o
}

// chances returns those of n options of which one may be the best.
func (o *odds) chances(n, best int, fresh bool) *chances {
	key := options{n, best, fresh}
	if c := o.known[key]; c != nil {
		return c
	}
	likely, other, whole := o.weights(n, best >= 0)
	c := &chances{of: slices.Repeat([]natural{other}, n), whole: whole}
	if best >= 0 {
		c.of[best] = likely
	}
	if fresh {
		c.ways = slices.Repeat([]natural{{word: 1}}, n)
	}
	o.known[key] = c
	return c
}

// weights returns the probabilities of the best of n options, if it is one of
// them, and of any other, as numerators and their denominator.
func (o *odds) weights(n int, hasBest bool) (best, other, whole natural) {
	if n == 1 || o.whole.isZero() || !hasBest {
		return natural{word: 1}, natural{word: 1}, natural{word: uint64(n)}
	}
	others := natural{word: uint64(n - 1)}
	return o.best.times(others), o.other, o.whole.times(others)
}

// A turn is the pick of a choice behind a number of certain others, in any order.
type turn struct {
	best, other natural // numerators of the probability of it if it is the best choice, and if not
	orders      natural // in how many orders the others can have been picked
}

// turns returns the turns behind none to last others in a round of n choices,
// and the denominator of their probabilities. Behind s others, which are not the
// best, the probability is s! · w(n)·w(n−1)···w(n−s+1) · w'(n−s), where w(m) is
// the chance of one of m untried choices that is not the best and w' that of the
// last one.
func (o *odds) turns(n, last int, hasBest bool) (turns []turn, whole natural) {
	whole = natural{word: 1}
	before, orders := whole, whole
	for s := range last + 1 {
		best, other, of := o.weights(n-s, hasBest)
		for i := range turns {
			turns[i].best = turns[i].best.times(of)
			turns[i].other = turns[i].other.times(of)
		}
		whole = whole.times(of)
		turns = append(turns, turn{before.times(best), before.times(other), orders})
		next := natural{word: uint64(s + 1)}
		before, orders = before.times(other).times(next), orders.times(next)
	}
	return turns, reduce(turns, whole)
}

// reduce takes out what divides the probabilities of all turns and their
// denominator, of which it returns the rest.
func reduce(turns []turn, whole natural) natural {
	divisor := whole
	for _, t := range turns {
		divisor = divisor.divisor(t.best).divisor(t.other)
	}
	for i := range turns {
		turns[i].best = turns[i].best.over(divisor)
		turns[i].other = turns[i].other.over(divisor)
	}
	return whole.over(divisor)
}

package trail

import (
	"math/big"
	"math/bits"
)

// A natural is a natural number of any size. Most that statistics need fit a
// machine word, and then nothing is allocated.
type natural struct {
	word uint64
	big  *big.Int // the number, if it does not fit word; never changed
}

// newNatural returns n, which must not be negative.
func newNatural(n *big.Int) natural {
	if n.IsUint64() {
		return natural{word: n.Uint64()}
	}
	return natural{big: n}
}

// int returns n as a number that must not be changed.
func (n natural) int() *big.Int {
	if n.big != nil {
		return n.big
	}
	return new(big.Int).SetUint64(n.word)
}

func (n natural) isZero() bool { return n.big == nil && n.word == 0 }

func (n natural) equal(o natural) bool {
	if n.big == nil || o.big == nil {
		return n == o
	}
	return n.big.Cmp(o.big) == 0
}

func (n natural) plus(o natural) natural {
	if n.big == nil && o.big == nil {
		if sum, carry := bits.Add64(n.word, o.word, 0); carry == 0 {
			return natural{word: sum}
		}
	}
	return newNatural(new(big.Int).Add(n.int(), o.int()))
}

func (n natural) times(o natural) natural {
	if n.big == nil && o.big == nil {
		if high, low := bits.Mul64(n.word, o.word); high == 0 {
			return natural{word: low}
		}
	}
	return newNatural(new(big.Int).Mul(n.int(), o.int()))
}

// over returns n / o, rounded down; o must not be 0.
func (n natural) over(o natural) natural {
	if n.big == nil && o.big == nil {
		return natural{word: n.word / o.word}
	}
	return newNatural(new(big.Int).Quo(n.int(), o.int()))
}

// divisor returns the greatest common divisor of two numbers.
func (n natural) divisor(o natural) natural {
	if n.big == nil && o.big == nil {
		a, b := n.word, o.word
		for b != 0 {
			a, b = b, a%b
		}
		return natural{word: a}
	}
	return newNatural(new(big.Int).GCD(nil, nil, n.int(), o.int()))
}

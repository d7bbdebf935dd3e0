package specimen

import (
	"math/rand/v2"
	"slices"
)

// A deck deals cards in a random order. When it is empty it is shuffled anew, so
// that every card comes as often as the others, and never twice in a row.
type deck[T any] struct {
	rng   *rand.Rand
	cards []T
	next  int
}

func newDeck[T any](rng *rand.Rand, hands ...[]T) *deck[T] {
	cards := slices.Concat(hands...)
	return &deck[T]{rng: rng, cards: cards, next: len(cards)}
}

func (d *deck[T]) deal() T {
	if d.next == len(d.cards) {
		d.shuffle()
	}
	card := d.cards[d.next]
	d.next++
	return card
}

// shuffle mixes the cards; the one that lay last does not come first.
func (d *deck[T]) shuffle() {
	d.next = 0
	last := len(d.cards) - 1
	if last < 1 {
		return
	}
	d.rng.Shuffle(last, d.swap)
	d.swap(last, 1+d.rng.IntN(last))
}

func (d *deck[T]) swap(i, j int) { d.cards[i], d.cards[j] = d.cards[j], d.cards[i] }

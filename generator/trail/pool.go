package trail

import "hash/maphash"

// A pool numbers distinct values from 0, in the order in which it meets them. It
// holds each value once, where a map would hold it beside the list, and its
// table can be let go of alone: explorations are made of little else.
type pool[T comparable] struct {
	all   []T     // by number
	slots []int32 // 1 + the number of a value, 0 where free; open addressing
	seed  maphash.Seed
}

// newPool returns a pool with room for n values; it grows beyond that.
func newPool[T comparable](n int) *pool[T] {
	p := &pool[T]{all: make([]T, 0, n), seed: maphash.MakeSeed()}
	p.rehash(n)
	return p
}

// number returns the number of v, and whether v is new.
func (p *pool[T]) number(v T) (n int32, isNew bool) {
	if len(p.all) > p.room() {
		p.rehash(2 * len(p.all))
	}
	slot := p.find(v)
	if n := *slot; n > 0 {
		return n - 1, false
	}
	p.all = append(p.all, v)
	*slot = int32(len(p.all))
	return *slot - 1, true
}

// find returns the slot that holds v, or the free one where it belongs.
func (p *pool[T]) find(v T) *int32 {
	last := len(p.slots) - 1
	for at := int(maphash.Comparable(p.seed, v)); ; at++ {
		slot := &p.slots[at&last]
		if *slot == 0 || p.all[*slot-1] == v {
			return slot
		}
	}
}

// room is how many values the slots are for: two thirds of them.
func (p *pool[T]) room() int { return len(p.slots) / 3 * 2 }

// rehash makes slots for n values and fills in those that are there.
func (p *pool[T]) rehash(n int) {
	size := 16
	for size/3*2 < n {
		size *= 2
	}
	p.slots = make([]int32, size)
	for i, v := range p.all {
		*p.find(v) = int32(i + 1)
	}
}

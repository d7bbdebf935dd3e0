package cache

import (
	"cmp"
	"os"
	"slices"
)

// maxPacks is how many packs there may be that are worth a file of their own.
const maxPacks = 16

// publish makes what was put a pack, and removes the packs that it absorbed.
func (s *Store) publish() error {
	absorbed := s.absorb()
	err := s.draft.publish(s.generation())
	for _, p := range s.packs {
		p.file.Close() // was only read
		if err == nil && slices.Contains(absorbed, p) {
			os.Remove(p.file.Name()) // what cannot be removed is absorbed another time
		}
	}
	return err
}

// generation returns the generation of the next pack.
func (s *Store) generation() uint64 {
	if len(s.packs) == 0 {
		return 1
	}
	return s.packs[0].generation + 1
}

// absorb adds to the draft what it is to take along from the packs that it returns:
// what was used first, then what is newest. If the packs together are too large,
// these are all, and a quarter of the limit is left free, so that not every store
// has to do that.
func (s *Store) absorb() []*pack {
	packs, limit := s.small(), s.limit
	if s.size() > s.limit {
		packs, limit = s.packs, s.limit-s.limit/4
	}
	for _, used := range []bool{true, false} {
		for _, p := range s.packs {
			if slices.Contains(packs, p) && !s.take(p, used, limit) {
				return packs
			}
		}
	}
	return packs
}

// size returns the size in bytes of the draft and all packs.
func (s *Store) size() int64 {
	size := s.draft.size()
	for _, p := range s.packs {
		size += p.size
	}
	return size
}

// small returns the packs that are not worth a file of their own beside the draft:
// those of at most twice its size, with what it takes along. So each pack that stays
// is more than twice as large as the next, and there are few; a value is copied each
// time that the pack it is in grows by half, which is seldom.
func (s *Store) small() []*pack {
	size := s.draft.size()
	if size == 0 {
		return nil
	}
	packs := slices.SortedFunc(slices.Values(s.packs), func(a, b *pack) int { return cmp.Compare(a.size, b.size) })
	for i, p := range packs {
		if p.size > 2*size && len(packs)-i < maxPacks {
			return packs[:i]
		}
		size += p.size
	}
	return packs
}

// take adds the values of a pack that were used, or those that were not, to the
// draft. It reports whether all had room. What is damaged, or was put again since,
// is left behind.
func (s *Store) take(p *pack, used bool, limit int64) bool {
	var value []byte
	for _, i := range p.inOrder() {
		if p.used[i].Load() != used {
			continue
		}
		key := p.key(i)
		if _, again := s.draft.find(key); again {
			continue
		}
		if newest, _ := s.find(key); newest != p {
			continue
		}
		var ok bool
		if value, ok = p.read(i, value[:0]); ok && !s.draft.add(key, value, limit) {
			return false
		}
	}
	return true
}

// Package cache keeps results on disk from one run of the program to the next,
// by a hash of all that they are made of.
//
// A cache is a directory. Whatever happens to it, a lookup gives a value that
// was kept by the same key, or nothing: the directory may be deleted, cut short
// or overwritten at any time, processes may die while they write, and any number
// of them may use it at once. So all that can be lost is time.
//
// Values stand in packs, files that get their names when they are complete and do
// not change from then on. A store adds one pack, when it is closed, and takes
// along the values of packs that are not worth a file of their own beside it; those
// it removes. Two processes that do so at once leave values twice, and the next one
// keeps them once.
package cache

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"os"
	"slices"
	"sync"
)

// A Key identifies a value by what it is made of.
type Key [16]byte

// KeyOf returns the key of what is made of parts, in their order. Different parts
// have different keys.
func KeyOf(parts ...[]byte) Key {
	hash := sha256.New()
	var length [8]byte
	for _, part := range parts {
		binary.LittleEndian.PutUint64(length[:], uint64(len(part)))
		hash.Write(length[:]) // never fails
		hash.Write(part)
	}
	return Key(hash.Sum(nil)[:len(Key{})])
}

// Options say how to keep values.
type Options struct {
	// Limit is how many bytes the packs may have once a store is closed; 0 is 128 MiB.
	// Stores that are open at the same time keep to it each for itself; the next one
	// counts what all of them left.
	Limit int64
}

// defaultLimit is the highlighted code of some 30,000 blocks.
const defaultLimit = 128 << 20

// A Store is an open cache. It is safe for concurrent use. A nil Store is empty and
// keeps nothing.
type Store struct {
	limit int64   // bytes
	packs []*pack // the newest first
	draft *draft  // of the next pack: what was put
	close func() error
}

// Open opens the cache in a directory, which is made if it does not exist. It fails
// if there can be no such directory; what is in it, and whether it can be written
// to, is no reason.
func Open(dir string, opts Options) (*Store, error) {
	// Who can write there decides what is published, so it is the user's alone.
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		writeTag(dir)
	}
	s := &Store{limit: cmp.Or(opts.Limit, defaultLimit), draft: newDraft(dir)}
	for _, e := range entries {
		s.open(dir, e)
	}
	slices.SortFunc(s.packs, newestFirst)
	s.close = sync.OnceValue(s.publish)
	return s, nil
}

// open opens a pack and clears away an abandoned draft. Other files are not ours.
func (s *Store) open(dir string, e fs.DirEntry) {
	switch {
	case !e.Type().IsRegular():
	case isPack(e.Name()):
		if p := openPack(dir, e.Name()); p != nil {
			s.packs = append(s.packs, p)
		}
	case isDraft(e.Name()):
		clearAbandoned(dir, e)
	}
}

// Get appends the value that is kept by a key to buf. If there is none, or it is
// damaged, ok is false and buf comes back as it is. If several were put it is the
// last one; of those put by processes that ran at the same time it is any.
func (s *Store) Get(key Key, buf []byte) (value []byte, ok bool) {
	if s == nil {
		return buf, false
	}
	if r, ok := s.draft.find(key); ok {
		return s.draft.read(key, r, buf)
	}
	p, i := s.find(key)
	if p == nil {
		return buf, false
	}
	p.used[i].Store(true)
	return p.read(i, buf)
}

// find returns the newest pack that holds a key, and where; or nil.
func (s *Store) find(key Key) (p *pack, i int) {
	for _, p := range s.packs {
		if i, ok := p.find(key); ok {
			return p, i
		}
	}
	return nil, 0
}

// Put keeps a value. It is dropped if all that was put since the store was opened
// would exceed the limit.
func (s *Store) Put(key Key, value []byte) {
	if s != nil {
		s.draft.add(key, value, s.limit)
	}
}

// Close writes what was put, and drops what is too much: of what nobody got since
// the store was opened, the oldest. If that fails, the cache stays as it was. After
// Close the store is empty and keeps nothing.
func (s *Store) Close() error {
	if s == nil {
		return nil
	}
	return s.close()
}

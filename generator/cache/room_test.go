package cache_test

import (
	"bytes"
	"testing"

	"github.com/replaygen/replaygen/generator/cache"
)

// TestRoom: a cache that has grown too large is made smaller than it has to be, so that
// the next runs need not do so again.
func TestRoom(t *testing.T) {
	dir := t.TempDir()
	opts := cache.Options{Limit: 20_000}
	const tag = 500 // bytes that CACHEDIR.TAG has at most
	var before int64
	shrunk := 0
	for run := range 20 {
		s := open(t, dir, opts)
		for i := range 2 {
			s.Put(key(2*run+i), bytes.Repeat(value(2*run+i, 0), 1000)[:1000])
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		size := sizeOf(t, dir)
		if size < before {
			if shrunk++; size > opts.Limit*3/4+tag {
				t.Errorf("after run %d the cache has %d bytes, a quarter of %d is not free", run, size, opts.Limit)
			}
		}
		before = size
	}
	if shrunk < 2 || shrunk > 6 {
		t.Errorf("in 20 runs the cache was made smaller %d times", shrunk)
	}
}

package watch_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/replaygen/replaygen/generator/watch"
)

// TestCameAndWent: whoever reads in between knows something that is not there.
func TestCameAndWent(t *testing.T) {
	t.Chdir(t.TempDir())
	mkdir(t, "content")
	batches := start(t, watch.Options{}, "content")
	for range 20 {
		write(t, "content/x", "for a moment")
		remove(t, "content/x")
		expect(t, batches, "content", "content/x")
	}
}

// TestReadingMeanwhile: a reader who reads while files come and go ends with
// exactly what is on disk, too.
func TestReadingMeanwhile(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Chdir(t.TempDir())
			mkdir(t, "content")
			mkdir(t, "linked")
			changes := changer{t: t, rand: rand.New(rand.NewPCG(seed, 1))}
			changes.make(50)
			batches := start(t, watch.Options{}, "content")
			known := readAll("content")
			changed := make(chan struct{})
			go func() {
				defer close(changed)
				changes.make(2000)
			}()
			late := time.After(2 * deadline)
			for ended := false; !ended || !maps.Equal(known, readAll("content")); {
				select {
				case b := <-batches:
					for _, p := range b.Paths {
						known.readBelow(p)
					}
				case <-changed:
					ended, changed = true, nil
				case <-late:
					t.Fatalf("what the reader knows (-) is not what is on disk (+):\n%s", cmp.Diff(known, readAll("content")))
				}
			}
		})
	}
}

// readBelow reads a path and what is known to lie below it.
func (r reader) readBelow(path string) {
	r.read(path)
	for name := range r {
		if strings.HasPrefix(name, filepath.ToSlash(path)+"/") {
			r.read(name)
		}
	}
}

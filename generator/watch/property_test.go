package watch_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/replaygen/replaygen/generator/watch"
)

// TestReadingReportedPathsIsEnough makes 1,000 changes at random and checks the
// promise of the package: a reader who reads again just what is reported ends
// with exactly what is on disk.
func TestReadingReportedPathsIsEnough(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			inBothModes(t, func(t *testing.T, opts watch.Options) {
				mkdir(t, "content")
				mkdir(t, "linked")
				mkdir(t, "signal")
				changes := changer{t: t, rand: rand.New(rand.NewPCG(seed, 0))}
				changes.make(50)
				batches := start(t, opts, "content", "signal")
				known := readAll("content")
				for range 10 {
					changes.make(100)
					if changes.rand.IntN(2) == 0 { // read in the middle of it
						write(t, "signal/x", fmt.Sprint(changes.rand.Int()))
						known.follow(t, batches, func() bool { return known["signal/x"] == readPath("signal/x") })
						delete(known, "signal/x")
					}
				}
				want := readAll("content")
				known.follow(t, batches, func() bool {
					delete(known, "signal") // a folder may be named for what is in it
					return maps.Equal(known, want)
				})
			})
		})
	}
}

// A reader knows what it read of every path that exists.
type reader map[string]string

// readPath returns what there is at path; "" is nothing.
func readPath(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	if info.IsDir() {
		return "directory"
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return "file: " + string(text)
}

func (r reader) read(path string) {
	if text := readPath(path); text != "" {
		r[filepath.ToSlash(path)] = text
	} else {
		delete(r, filepath.ToSlash(path))
	}
}

// follow reads what is reported until the reader is done.
func (r reader) follow(t *testing.T, batches <-chan watch.Batch, done func() bool) {
	t.Helper()
	late := time.After(deadline)
	for !done() {
		select {
		case b := <-batches:
			for _, p := range b.Paths {
				r.read(p)
			}
		case <-late:
			t.Fatalf("what the reader knows (-) is not what is on disk (+):\n%s", cmp.Diff(r, readAll("content")))
		}
	}
}

// readAll reads everything below dir, behind links too, but not where one leads
// up and round.
func readAll(dir string) reader {
	r := reader{}
	var walk func(path string, above []string)
	walk = func(path string, above []string) {
		r.read(path)
		real, err := filepath.EvalSymlinks(path)
		up := func(dir string) bool { return strings.HasPrefix(dir+"/", real+"/") }
		if err != nil || slices.ContainsFunc(above, up) {
			return
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return // not a directory
		}
		for _, e := range entries {
			if !watch.Ignored(e.Name()) {
				walk(filepath.Join(path, e.Name()), append(slices.Clip(above), real))
			}
		}
	}
	walk(dir, nil)
	return r
}

// A changer changes files below content/ and linked/, at random.
type changer struct {
	t    *testing.T
	rand *rand.Rand
	n    int
}

func (c *changer) make(n int) {
	for range n {
		c.n++
		c.one()
	}
}

// one makes one change. Names are few, so that they meet again; what is not
// possible, such as to move a directory into itself, is not made.
func (c *changer) one() {
	path, other := c.path(), c.path()
	text := fmt.Sprintf("%06d", c.n) // always the same size, and soon the same time
	switch c.rand.IntN(16) {
	case 0, 1, 2, 3:
		_ = os.WriteFile(path, []byte(text), 0o666)
	case 4, 5:
		if os.WriteFile(path+".tmp", []byte(text), 0o666) == nil {
			_ = os.Rename(path+".tmp", path)
			_ = os.Remove(path + ".tmp")
		}
	case 6, 7:
		_ = os.MkdirAll(path, 0o777)
	case 8:
		_ = os.MkdirAll(filepath.Dir(path), 0o777)
		_ = os.WriteFile(path, []byte(text), 0o666)
	case 9, 10, 11:
		_ = os.Rename(path, other)
	case 12:
		_ = os.Remove(path)
	case 13:
		_ = os.RemoveAll(path)
	case 14:
		_ = os.Chtimes(path, time.Now(), time.Now().Add(-time.Hour))
	case 15:
		if target, err := filepath.Abs(filepath.Join("linked", c.name(), c.name())); err == nil {
			_ = os.Symlink(target, filepath.Join("content", "link"+c.name()))
		}
	}
}

// path returns a path of one to four names, rarely a root.
func (c *changer) path() string {
	path := []string{"content", "content", "linked"}[c.rand.IntN(3)]
	for range 1 + c.rand.IntN(4) {
		path = filepath.Join(path, c.name())
	}
	if c.rand.IntN(200) == 0 {
		path = "content"
	}
	return path
}

func (c *changer) name() string {
	names := []string{"a", "b", "c", "d", "e", "x.md", "y.md", "linka", "linkb"}
	return names[c.rand.IntN(len(names))]
}

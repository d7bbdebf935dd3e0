package publish_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
)

// sites draws a site from few paths and contents, so that builds share, change
// and drop files, and files become directories.
func sites() *rapid.Generator[tree] {
	paths := rapid.SampledFrom([]string{
		"index.html", "404.html", "feed.xml", "a", "a/index.html", "a/round.html", "a/b/c.svg", "b/index.html", "b", "b/a/b/a.html",
	})
	contents := rapid.SampledFrom([]string{"", "x", "y", "longer"})
	return rapid.Custom(func(t *rapid.T) tree {
		drawn := tree{}
		for path, content := range rapid.MapOf(paths, contents).Draw(t, "files") {
			drawn[path] = content
		}
		for path := range drawn {
			for other := range drawn {
				if strings.HasPrefix(other, path+"/") {
					delete(drawn, other) // path is a file, so nothing is below it
				}
			}
		}
		return drawn
	})
}

// restyle changes all files of a site that are not empty.
func restyle(site tree) tree {
	styled := tree{}
	for name, content := range site {
		styled[name] = content + content
	}
	return styled
}

// Publishing sites one after the other is publishing the last one.
func TestSequenceEqualsLast(t *testing.T) {
	foreign := tree{"README.md": "about", "a.txt": "mine", "d/notes.txt": "mine"}
	rapid.Check(t, func(r *rapid.T) {
		parent, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		inPlace, clean := filepath.Join(parent, "in-place"), filepath.Join(parent, "clean")
		foreign.write(t, inPlace)
		var last tree
		for _, next := range rapid.SliceOfN(sites(), 1, 5).Draw(r, "sites") {
			if last != nil && rapid.Bool().Draw(r, "the same in another style") {
				next = restyle(last)
			}
			last = next
			opts := publish.Options{Dir: inPlace, Workers: rapid.IntRange(1, 4).Draw(r, "workers")}
			if rapid.Bool().Draw(r, "without exchanges") {
				opts = opts.WithExchange(func() error { return errors.ErrUnsupported })
			}
			if _, err := publishAll(context.Background(), shuffled(r, last), opts); err != nil {
				r.Fatal(err)
			}
		}
		put(t, clean, last)
		if diff := cmp.Diff(read(t, clean).with(foreign), read(t, inPlace)); diff != "" {
			r.Errorf("one after the other (+) and the last alone (-):\n%s", diff)
		}
		if diff := cmp.Diff(manifestOf(t, clean), manifestOf(t, inPlace)); diff != "" {
			r.Errorf("manifest of one after the other (+) and of the last alone (-):\n%s", diff)
		}
	})
}

// shuffled yields a site's files in any order.
func shuffled(r *rapid.T, t tree) iter.Seq[site.File] {
	order := rapid.Permutation(slices.Sorted(mapKeys(t))).Draw(r, "order")
	return func(yield func(site.File) bool) {
		for _, path := range order {
			if !yield(file(path, t[path])) {
				return
			}
		}
	}
}

// manifestOf returns the manifest, which is not there as long as nothing was published.
func manifestOf(tb testing.TB, dir string) string {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join(dir, publish.ManifestName))
	if err != nil && !os.IsNotExist(err) {
		tb.Fatal(err)
	}
	return string(content)
}

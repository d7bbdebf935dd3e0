package generator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/cache"
)

// TestIncrementalEqualsClean edits a site again and again: texts, settings, the
// theme, files that pages link to; others meddle with the output; the cache is lost.
// After each edit the build that kept what it knew gives, byte for byte, what one
// gives that knows nothing.
func TestIncrementalEqualsClean(t *testing.T) {
	for seed := range uint64(2) {
		incremental(t, seed, 12)
	}
}

func FuzzIncremental(f *testing.F) {
	f.Fuzz(func(t *testing.T, seed uint64) { incremental(t, seed, 4) })
}

func incremental(t *testing.T, seed uint64, edits int) {
	s := newSource(t)
	w := &workplace{history: newHistory(seed), source: s, cache: t.TempDir()}
	base := "" // with a base URL there are pictures
	if seed%2 == 1 {
		base = "https://example.org/replays/"
	}
	for range edits {
		w.change()
		clean := newSource(t)
		if err := os.CopyFS(clean.dir, os.DirFS(s.dir)); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(clean.dir, "public")); err != nil {
			t.Fatal(err)
		}
		want := clean.build(generator.Options{Drafts: w.drafts, BaseURL: base})
		store := openStore(t, w.cache)
		got := s.build(generator.Options{Drafts: w.drafts, BaseURL: base, Cache: store, Program: "test", Verify: w.meddled})
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		for _, folder := range []string{"public", "content/names"} {
			if diff := cmp.Diff(readTree(t, filepath.Join(clean.dir, folder)), readTree(t, filepath.Join(s.dir, folder))); diff != "" {
				t.Fatalf("seed %d: %s of a clean build (-) and of one after the other (+) differ after\n%s\n%s", seed, folder, strings.Join(w.log, "\n"), diff)
			}
		}
		if diff := cmp.Diff(messages(want), messages(got)); diff != "" || want.Names != got.Names {
			t.Fatalf("seed %d: what a clean build says (-) and what one after the other (+): %+v, %+v\n%s", seed, want.Names, got.Names, diff)
		}
	}
}

// openStore opens a cache.
func openStore(t *testing.T, dir string) *cache.Store {
	t.Helper()
	store, err := cache.Open(dir, cache.Options{Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// messages returns what a build said.
func messages(r *generator.Report) (all []string) {
	for _, d := range r.Diagnostics.Sorted() {
		all = append(all, fmt.Sprint(d.Span.Path(), d.Span.Position(), d.Severity, d.Code, d.Message, d.Hint))
	}
	for _, f := range r.Replays {
		all = append(all, fmt.Sprintf("%+v", f))
	}
	return all
}

// A workplace is a source that is edited in every way there is.
type workplace struct {
	*history
	source  *source
	cache   string // folder
	title   int
	style   int
	notes   int  // 0: there is no such file
	drafts  bool // are published
	meddled bool // somebody changed a file of the output so that only reading it shows
}

// change makes one edit and writes the source.
func (w *workplace) change() {
	w.meddled = false
	switch w.IntN(12) {
	case 0:
		w.title++
		w.log = append(w.log, "change the settings")
	case 1:
		w.style++
		w.log = append(w.log, "change the theme")
	case 2:
		w.notes = w.IntN(3)
		w.log = append(w.log, "change a file that pages link to")
	case 3:
		w.drafts = !w.drafts
		w.log = append(w.log, "drafts or none")
	case 4:
		w.log = append(w.log, "lose the cache")
		if err := os.RemoveAll(w.cache); err != nil {
			w.source.t.Fatal(err)
		}
	case 5, 6, 7:
		w.meddle()
	default:
		w.edit()
	}
	files := w.files()
	files["site.yaml"] += fmt.Sprintf("title: Site %d\ntheme: own\n", w.title)
	files["../themes/own/styles/00.css"] = fmt.Sprintf("body{margin:%dpx}", w.style)
	if w.notes > 0 {
		files["notes.csv"] = fmt.Sprint(w.notes)
	}
	for name, text := range files {
		files[name] = strings.Replace(text, "- **Time:** now\n", "- **Time:** now, see [notes](notes.csv) and [the other](second.md)\n", 1)
	}
	w.source.write(files)
}

// meddle changes, removes or adds a file of the output.
func (w *workplace) meddle() {
	t := w.source.t
	out := filepath.Join(w.source.dir, "public")
	if _, err := os.Stat(out); err != nil {
		return // nothing was published yet
	}
	pages := readTree(t, out)
	delete(pages, ".replaygen-manifest")
	if len(pages) == 0 {
		return
	}
	names := make([]string, 0, len(pages))
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	name := names[w.IntN(len(names))]
	path := filepath.Join(out, filepath.FromSlash(name))
	info, err := os.Stat(path)
	if err == nil {
		switch w.IntN(3) {
		case 0:
			w.log = append(w.log, "remove "+name)
			err = os.Remove(path)
		case 1:
			w.log = append(w.log, "write to "+name)
			err = os.WriteFile(path, []byte(strings.ToUpper(pages[name])), 0o644)
			if err == nil {
				err = os.Chtimes(path, time.Time{}, info.ModTime().Add(time.Duration(1+w.IntN(9))*time.Second))
			}
		case 2:
			w.log, w.meddled = append(w.log, "forge "+name), true
			err = os.WriteFile(path, []byte(strings.ToUpper(pages[name])), 0o644)
			if err == nil {
				err = os.Chtimes(path, time.Time{}, info.ModTime())
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestSizesAndTimes: a build trusts sizes and times of what it published, and reads
// it if asked to.
func TestSizesAndTimes(t *testing.T) {
	s := newSource(t)
	s.write(map[string]string{"a.md": small("A", 'B', "detail: none")})
	store := openStore(t, t.TempDir())
	defer store.Close()
	opts := generator.Options{Cache: store, Program: "test"}
	s.build(opts)
	page := filepath.Join(s.dir, "public", "a", "index.html")
	info, err := os.Stat(page)
	if err != nil {
		t.Fatal(err)
	}
	published, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, []byte(strings.Repeat("x", len(published))), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(page, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if report := s.build(opts); report.Published.Written != 0 {
		t.Errorf("%d files were written, though nothing shows a change", report.Published.Written)
	}
	opts.Verify = true
	if report := s.build(opts); report.Published.Written != 1 {
		t.Errorf("%d files were written, want the one that was changed", report.Published.Written)
	}
	if again, err := os.ReadFile(page); err != nil || string(again) != string(published) {
		t.Errorf("the page is not what it was: %v", err)
	}
}

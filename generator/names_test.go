package generator_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator"
)

// TestNamesLast edits a published site twenty times: letters and rounds come,
// go and move, texts, costs and settings change, replays vanish and return.
// After each edit every link ever published still answers.
func TestNamesLast(t *testing.T) {
	for seed := range uint64(4) {
		namesLast(t, seed)
	}
}

func FuzzNamesLast(f *testing.F) { f.Fuzz(namesLast) }

func namesLast(t *testing.T, seed uint64) {
	s := newSource(t)
	h := newHistory(seed)
	ever := map[string]bool{}
	retired := 0
	for range 21 {
		s.write(h.files())
		report := s.build(generator.Options{})
		retired += report.Names.Retired
		tombstones := 0
		files := readTree(t, filepath.Join(s.dir, "public"))
		for name, body := range files {
			ever[name] = ever[name] || strings.Contains(body, " data-replay=")
		}
		for name := range ever {
			if !ever[name] {
				continue // no page of a replay
			}
			if isTombstone(files[name]) {
				tombstones++
			}
			if problem := follow(files, name); problem != "" {
				t.Fatalf("seed %d: after these edits, %s %s:\n%s", seed, name, problem, strings.Join(h.log, "\n"))
			}
		}
		if tombstones != report.Names.Tombstones {
			t.Fatalf("seed %d: %d tombstones, but the report says %d", seed, tombstones, report.Names.Tombstones)
		}
		if again := s.build(generator.Options{}); again.Names.Retired != 0 || again.Names.Written != 0 || again.Published.Written != 0 {
			t.Fatalf("seed %d: a second build finds something to do: %+v, %+v", seed, again.Names, again.Published)
		}
		h.edit()
	}
	if retired == 0 {
		t.Errorf("seed %d: nothing was ever retired:\n%s", seed, strings.Join(h.log, "\n"))
	}
	t.Logf("seed %d: %d pages were ever published; edits retired %d times", seed, len(ever), retired)
}

// follow says what is wrong with a page that was published once: it must be a
// living page or lead on to one, of its own replay if that is still published.
func follow(files map[string]string, name string) (problem string) {
	body, ok := files[name]
	switch {
	case !ok:
		return "is gone"
	case isLiving(body):
		return ""
	case !isTombstone(body):
		return "is neither a living page nor a tombstone"
	}
	href := nearest(body)
	to := path.Join(path.Dir(name), href)
	if briefing := path.Join(path.Dir(name), "index.html"); !isLiving(files[briefing]) {
		if to != "index.html" {
			return "leads on to " + to + " instead of the index"
		}
		return ""
	}
	if !isLiving(files[to]) || path.Dir(to) != path.Dir(name) {
		return "leads on to " + to + ", which is no living page of its replay"
	}
	return ""
}

func isLiving(body string) bool    { return strings.Contains(body, " data-place=") }
func isTombstone(body string) bool { return strings.Contains(body, " data-tombstone=") }

// nearest returns the file that a tombstone leads on to, or "".
func nearest(body string) string {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return ""
	}
	for n := range doc.Descendants() {
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		if _, ok := attr["data-nearest"]; ok {
			file, _, _ := strings.Cut(attr["href"], "?")
			return file
		}
	}
	return ""
}

// A source is a folder with content that is built again and again.
type source struct {
	t   *testing.T
	dir string
}

func newSource(t *testing.T) *source { return &source{t, t.TempDir()} }

// write makes files all that the content folder holds, but for names/.
func (s *source) write(files map[string]string) {
	s.t.Helper()
	content := filepath.Join(s.dir, "content")
	old, err := filepath.Glob(filepath.Join(content, "*.*"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			s.t.Fatal(err)
		}
	}
	for name, text := range files {
		name = filepath.Join(content, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			s.t.Fatal(err)
		}
	}
}

// build builds the source, which must have no errors.
func (s *source) build(opts generator.Options) *generator.Report {
	s.t.Helper()
	opts.Source = s.dir
	report, err := generator.Build(context.Background(), opts)
	for _, d := range report.Diagnostics.Sorted() {
		if err != nil {
			s.t.Errorf("%s:%v: %s", d.Span.Path(), d.Span.Position(), d.Message)
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

// locks returns the text of every lock without its comments, by slug.
func (s *source) locks() map[string]string {
	s.t.Helper()
	locks := map[string]string{}
	for name, text := range readTree(s.t, filepath.Join(s.dir, "content", "names")) {
		var names []string
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "#") {
				names = append(names, strings.TrimSpace(line))
			}
		}
		locks[strings.TrimSuffix(name, ".names")] = strings.Join(names, ", ")
	}
	return locks
}

// small returns a replay of one round with the choices A to last, A being best,
// that remembers nothing: its pages are index, debrief, closing-2, round-1 and
// an outcome for each choice, which remember what else was tried.
func small(title string, last byte, settings string) string {
	text := "---\n" + settings + "\n---\n# Incident Replay: " + title + "\n## Setup\n- **Time:** now\n## Round 1: Start\n"
	for letter := byte('A'); letter <= last; letter++ {
		text += "- " + string(letter) + ") Do " + string(letter) + "\n"
	}
	text += "### If you chose A (recommended):\n> *[Result: Done.]*\n"
	for letter := byte('B'); letter <= last; letter++ {
		text += "### If you chose " + string(letter) + ":\n> *[Result: Not so.]*\n"
	}
	return text + "## Damage Report\n- **Optimal resolution time:** 4 minutes\n- **If every wrong choice was made:** 16 minutes\n"
}

const (
	twoChoices = "debrief, index, outcome-1a, outcome-1b.1-b, round-1"
	retiredTwo = "debrief retired, index retired, outcome-1a retired, outcome-1b.1-b retired, round-1 retired"
)

func TestNames(t *testing.T) {
	a, b := small("A", 'B', "detail: none"), small("B", 'B', "detail: none")
	draft := small("B", 'B', "detail: none\ndraft: true")
	for _, test := range []struct {
		name   string
		before []map[string]string // built one after the other
		files  map[string]string   // built last, with opts
		opts   generator.Options
		want   generator.Names
		locks  map[string]string
	}{
		{
			name:  "a first build",
			files: map[string]string{"a.md": a, "b.md": b},
			want:  generator.Names{Written: 2},
			locks: map[string]string{"a": twoChoices, "b": twoChoices},
		},
		{
			name:   "a choice goes",
			before: []map[string]string{{"a.md": small("A", 'C', "detail: none")}},
			files:  map[string]string{"a.md": a},
			want:   generator.Names{Retired: 3, Tombstones: 3, Written: 1},
			locks:  map[string]string{"a": "debrief, index, outcome-1a, outcome-1b.1-b, outcome-1b.1-bc retired, outcome-1c.1-bc retired, outcome-1c.1-c retired, round-1"},
		},
		{
			name:   "and comes back",
			before: []map[string]string{{"a.md": small("A", 'C', "detail: none")}, {"a.md": a}},
			files:  map[string]string{"a.md": small("A", 'C', "detail: none")},
			want:   generator.Names{Written: 1},
			locks:  map[string]string{"a": "debrief, index, outcome-1a, outcome-1b.1-b, outcome-1b.1-bc, outcome-1c.1-bc, outcome-1c.1-c, round-1"},
		},
		{
			name:   "words change",
			before: []map[string]string{{"a.md": a}},
			files:  map[string]string{"a.md": strings.ReplaceAll(a, "Do", "Try")},
			locks:  map[string]string{"a": twoChoices},
		},
		{
			name:   "a replay goes",
			before: []map[string]string{{"a.md": a, "b.md": b}},
			files:  map[string]string{"a.md": a},
			want:   generator.Names{Retired: 5, Tombstones: 5, Written: 1},
			locks:  map[string]string{"a": twoChoices, "b": retiredTwo},
		},
		{
			name:   "what went before is not retired again",
			before: []map[string]string{{"a.md": a, "b.md": b}, {"a.md": a}},
			files:  map[string]string{"a.md": a},
			want:   generator.Names{Tombstones: 5},
			locks:  map[string]string{"a": twoChoices, "b": retiredTwo},
		},
		{
			name:   "a replay becomes a draft",
			before: []map[string]string{{"a.md": a, "b.md": b}},
			files:  map[string]string{"a.md": a, "b.md": draft},
			want:   generator.Names{Retired: 5, Tombstones: 5, Written: 1},
			locks:  map[string]string{"a": twoChoices, "b": retiredTwo},
		},
		{
			name:  "a draft is previewed",
			files: map[string]string{"a.md": a, "b.md": draft},
			opts:  generator.Options{Drafts: true},
			want:  generator.Names{Written: 1},
			locks: map[string]string{"a": twoChoices},
		},
		{
			name:   "a draft that was published is previewed with more and less",
			before: []map[string]string{{"a.md": a, "b.md": b}},
			files:  map[string]string{"a.md": a, "b.md": strings.ReplaceAll(small("B", 'C', "detail: none\ndraft: true"), "Round 1", "Round 7")},
			opts:   generator.Options{Drafts: true},
			want:   generator.Names{Tombstones: 3},
			locks:  map[string]string{"a": twoChoices, "b": twoChoices},
		},
		{
			name:   "forgetting",
			before: []map[string]string{{"a.md": small("A", 'C', "detail: none"), "b.md": b}, {"a.md": a, "b.md": b}},
			files:  map[string]string{"a.md": a},
			opts:   generator.Options{Forget: true},
			want:   generator.Names{Forgotten: 8, Written: 2},
			locks:  map[string]string{"a": twoChoices},
		},
		{
			name:   "forgetting while a draft is previewed",
			before: []map[string]string{{"a.md": a, "b.md": small("B", 'C', "detail: none")}},
			files:  map[string]string{"a.md": a, "b.md": draft},
			opts:   generator.Options{Forget: true, Drafts: true},
			want:   generator.Names{},
			locks:  map[string]string{"a": twoChoices, "b": "debrief, index, outcome-1a, outcome-1b.1-b, outcome-1b.1-bc, outcome-1c.1-bc, outcome-1c.1-c, round-1"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSource(t)
			for _, files := range test.before {
				s.write(files)
				s.build(generator.Options{})
			}
			s.write(test.files)
			got := s.build(test.opts).Names
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.locks, s.locks()); diff != "" {
				t.Errorf("locks (-want +got):\n%s", diff)
			}
			tombstones := 0
			for _, body := range readTree(t, filepath.Join(s.dir, "public")) {
				if isTombstone(body) {
					tombstones++
				}
			}
			if tombstones != got.Tombstones {
				t.Errorf("%d tombstones were published, the report says %d", tombstones, got.Tombstones)
			}
		})
	}
}

// TestBrokenContentKeepsLocks changes no lock while anything is wrong, in a
// replay or in a lock.
func TestBrokenContentKeepsLocks(t *testing.T) {
	good := small("A", 'C', "detail: none")
	for name, files := range map[string]map[string]string{
		"a replay":               {"a.md": small("A", 'B', "detial: none")},
		"an unfinished merge":    {"a.md": small("A", 'B', "detail: none"), "names/a.names": "<<<<<<< HEAD\nround-1\n=======\nround-2\n>>>>>>> edit\n"},
		"another replay's names": {"a.md": small("A", 'B', "detail: none"), "names/b.names": "Round 1\n"},
		"names of no replay":     {"a.md": small("A", 'B', "detail: none"), "names/B!.names": "round-1\n"},
	} {
		for _, forget := range []bool{false, true} {
			s := newSource(t)
			s.write(map[string]string{"a.md": good})
			s.build(generator.Options{})
			s.write(files)
			before := readTree(t, s.dir)
			report, err := generator.Build(context.Background(), generator.Options{Source: s.dir, Forget: forget})
			if !errors.Is(err, generator.ErrContent) || report.Names != (generator.Names{}) {
				t.Errorf("%s: error %v, names %+v", name, err, report.Names)
			}
			after := readTree(t, s.dir)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))); diff != "" || !maps.Equal(before, after) {
				t.Errorf("%s: files changed:\n%s", name, diff)
			}
		}
	}
}

// TestNamesThatCannotBeKept says so: the site is there, but its links would not last.
func TestNamesThatCannotBeKept(t *testing.T) {
	s := newSource(t)
	s.write(map[string]string{"a.md": small("A", 'B', "detail: none")})
	if err := os.Mkdir(filepath.Join(s.dir, "content", "names"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(s.dir, "content", "names", "a.names", "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := generator.Build(context.Background(), generator.Options{Source: s.dir})
	if err == nil || !strings.Contains(err.Error(), "the site is published, but the names of its pages could not be kept") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "public", "a", "index.html")); err != nil {
		t.Error(err)
	}
}

package library_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
)

// text is a replay of one round with a title, and a front matter or none.
func text(title, settings string) string {
	if settings != "" {
		settings = "---\n" + settings + "\n---\n"
	}
	return settings + "# Incident Replay: " + title + `

## Setup
- **Time:** Sunday

## Round 1: Writes Fail
A full disk.

**Choose your action:**
- A) Delete logs, as in [the other](two.md)
- B) List open files

### If you chose B (recommended):
> *[Result: Found it.]*

### If you chose A:
> *[Result: Not there.]*

## Damage Report
- **Optimal resolution time:** 4 minutes
- **If every wrong choice was made:** 16 minutes
`
}

// source is a small source; tests change it.
func source() fstest.MapFS {
	return fstest.MapFS{
		"content/one.md": {Data: []byte(text("One", ""))},
		"content/two.md": {Data: []byte(text("Two", "slug: second"))},
	}
}

func open(t *testing.T, files fstest.MapFS, opts library.Options) *library.Edition {
	t.Helper()
	content, err := fs.Sub(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	return library.Open(library.Files{Source: files, Content: content}, opts)
}

// said returns "path:line:column severity code" of each diagnostic.
func said(list *diag.List) (all []string) {
	for _, d := range list.Sorted() {
		p := d.Span.Position()
		all = append(all, fmt.Sprintf("%s:%d:%d %s %s", d.Span.Path(), p.Line, p.Column, d.Severity, d.Code))
	}
	return all
}

// page returns the page of a replay's first round.
func page(t *testing.T, e *library.Edition, slug string) string {
	t.Helper()
	r := e.Find(slug)
	if r == nil {
		t.Fatalf("no replay has the slug %s", slug)
	}
	body, err := e.Pages(r).Page(1).Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestReplaysSideBySide(t *testing.T) {
	files := source()
	files["content/three.md"] = &fstest.MapFile{Data: []byte(text("Two", "slug: second"))}
	want := []string{
		"content/two.md:4:20 error same-slug",
		"content/two.md:4:20 warning same-title",
	}
	if diff := cmp.Diff(want, said(open(t, files, library.Options{}).Diagnose(t.Context()))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDraftsAreLeftOut(t *testing.T) {
	files := source()
	files["content/one.md"] = &fstest.MapFile{Data: []byte(text("One", "draft: true"))}
	for drafts, want := range map[bool]int{false: 1, true: 2} {
		if got := len(open(t, files, library.Options{Drafts: drafts}).Replays()); got != want {
			t.Errorf("drafts %v: %d replays, want %d", drafts, got, want)
		}
	}
}

// TestAfter changes a source in every way and holds that the next edition says
// and shows what a fresh one does, and keeps what has not changed.
func TestAfter(t *testing.T) {
	put := func(name, text string) func(fstest.MapFS) {
		return func(files fstest.MapFS) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	}
	remove := func(name string) func(fstest.MapFS) {
		return func(files fstest.MapFS) { delete(files, name) }
	}
	for name, test := range map[string]struct {
		change func(fstest.MapFS)
		paths  []string
		keeps  bool // whether the replay one is kept as it is
	}{
		"nothing":            {func(fstest.MapFS) {}, []string{"content/one.md"}, true},
		"another replay":     {put("content/two.md", text("Two again", "slug: second")), []string{"content/two.md"}, true},
		"the replay":         {put("content/one.md", text("One again", "")), []string{"content/one.md"}, false},
		"a slug it links to": {put("content/two.md", text("Two", "slug: other")), []string{"content/two.md"}, true},
		"a new replay":       {put("content/deep/er/new.md", text("New", "")), []string{"content/deep"}, true},
		"a replay is gone":   {remove("content/two.md"), []string{"content/two.md"}, true},
		"settings":           {put("content/site.yaml", "title: Other\n"), []string{"content/site.yaml"}, true},
		"trail settings":     {put("content/site.yaml", "trail: {detail: none}\n"), []string{"content/site.yaml"}, false},
		"broken settings":    {put("content/site.yaml", "titel: Other\n"), []string{"content/site.yaml"}, true},
		"a theme":            {put("themes/default/layouts/round.html", "<title>own</title>"), []string{"themes/default/layouts/round.html"}, true},
		"a theme that is named": {func(f fstest.MapFS) {
			put("content/site.yaml", "theme: x\n")(f)
			put("themes/x/styles/1.css", "p{}")(f)
		}, []string{"content", "themes/x"}, true},
		"a theme that is not": {put("content/site.yaml", "theme: x\n"), []string{"content/site.yaml"}, true},
		"everything":          {put("content/one.md", text("One again", "")), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			files := source()
			before := open(t, files, library.Options{})
			before.Diagnose(t.Context())
			one := before.Find("one")
			test.change(files)
			after, fresh := before.After(test.paths), open(t, files, library.Options{})
			if diff := cmp.Diff(said(fresh.Diagnose(t.Context())), said(after.Diagnose(t.Context()))); diff != "" {
				t.Errorf("what is said (-fresh +after):\n%s", diff)
			}
			if diff := cmp.Diff(fresh.Cards(), after.Cards()); diff != "" {
				t.Errorf("cards (-fresh +after):\n%s", diff)
			}
			if diff := cmp.Diff(page(t, fresh, "one"), page(t, after, "one")); diff != "" {
				t.Errorf("page (-fresh +after):\n%s", diff)
			}
			if kept := after.Find("one") == one; kept != test.keeps {
				t.Errorf("the replay is kept: %v, want %v", kept, test.keeps)
			}
		})
	}
}

// TestAfterKeepsTheSite: an edit of one replay's text makes no other page anew.
// One of its title does, since debriefs of others may lead on to it.
func TestAfterKeepsTheSite(t *testing.T) {
	files := source()
	before := open(t, files, library.Options{})
	files["content/two.md"] = &fstest.MapFile{Data: bytes.Replace(files["content/two.md"].Data, []byte("Found it."), []byte("Found."), 1)}
	after := before.After([]string{"content/two.md"})
	if before.Site() != after.Site() || before.Pages(before.Find("one")) != after.Pages(after.Find("one")) {
		t.Error("an edit of another replay made the pages of this one anew")
	}
	files["content/two.md"] = &fstest.MapFile{Data: []byte(text("Two again", "slug: second"))}
	if after.Site() == after.After([]string{"content/two.md"}).Site() {
		t.Error("a title changed, but the site did not, whose debriefs name it")
	}
	files["content/x.png"] = &fstest.MapFile{}
	if after.Site() == after.After([]string{"content/x.png"}).Site() {
		t.Error("a picture changed, but the site that refers to it did not")
	}
}

// TestKeep: replays that leave the shelf are compiled again, to the same pages.
func TestKeep(t *testing.T) {
	e := open(t, source(), library.Options{Keep: 1})
	first := page(t, e, "one")
	machine := e.Machine(e.Find("one"))
	page(t, e, "second")
	if e.Machine(e.Find("one")) == machine {
		t.Error("two replays stay in memory where one should")
	}
	if diff := cmp.Diff(first, page(t, e, "one")); diff != "" {
		t.Errorf("the page differs when it is made again:\n%s", diff)
	}
}

func TestSourceWithoutContent(t *testing.T) {
	e := library.Open(library.Dir(t.TempDir()), library.Options{})
	if e.Err() == nil || !strings.Contains(e.Err().Error(), "no content folder") {
		t.Errorf("said %v", e.Err())
	}
}

// TestPipesAreNoReplays: who reads one waits until somebody writes to it.
func TestPipesAreNoReplays(t *testing.T) {
	files := source()
	files["content/pipe.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	files["content/null.md"] = &fstest.MapFile{Mode: fs.ModeDevice | fs.ModeCharDevice}
	var found []string
	for _, r := range open(t, files, library.Options{}).Replays() {
		found = append(found, r.Path)
	}
	if diff := cmp.Diff([]string{"content/one.md", "content/two.md"}, found); diff != "" {
		t.Errorf("replays (-want +got):\n%s", diff)
	}
}

// TestUnreadableReplay: a file that cannot be read is said of itself alone, and
// stays said after edits elsewhere.
func TestUnreadableReplay(t *testing.T) {
	dir := t.TempDir()
	for name, f := range source() {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("nowhere.md", filepath.Join(dir, "content", "three.md")); err != nil {
		t.Skip(err)
	}
	e := library.Open(library.Dir(dir), library.Options{})
	for range 2 {
		if e.Broken() != nil || e.Err() == nil {
			t.Errorf("the site as a whole: %v; in all: %v", e.Broken(), e.Err())
		}
		if diff := cmp.Diff([]string{"content/three.md:1:1 error unreadable"}, said(e.Problems(e.Find("three")))); diff != "" {
			t.Errorf("of the replay (-want +got):\n%s", diff)
		}
		if list := e.Problems(e.Find("one")); list.HasErrors() {
			t.Errorf("of another: %q", said(list))
		}
		e = e.After([]string{"content/one.md"})
	}
}

// forgetful is a source whose content folder, read while a file is renamed,
// lacks the file: the next few readings say that it is not there, though it is.
type forgetful struct {
	fstest.MapFS
	lacks string
	times *int
}

func (f forgetful) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.MapFS.ReadDir(name)
	if *f.times == 0 {
		return entries, err
	}
	*f.times--
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == f.lacks }), err
}

// TestListingDuringRename: a replay that is there stays, one that is gone goes.
func TestListingDuringRename(t *testing.T) {
	times := 0
	files := forgetful{MapFS: source(), lacks: "two.md", times: &times}
	e := library.Open(library.Files{Source: files, Content: files}, library.Options{})
	times = 1
	if e = e.After([]string{"content/one.md"}); e.Find("second") == nil {
		t.Error("a replay that one listing lacked is gone")
	}
	delete(files.MapFS, "content/two.md")
	if e = e.After([]string{"content/two.md"}); e.Find("second") != nil {
		t.Error("a replay that was removed is still there")
	}
}

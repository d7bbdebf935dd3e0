package library_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/trail"
)

// leads returns what the debriefs of a replay lead on to, as "tag: path title".
func leads(t *testing.T, e *library.Edition, slug string) string {
	t.Helper()
	pages := e.Pages(e.Find(slug))
	for i := range pages.Machine().Len() {
		if pages.Machine().Place(i).Kind != trail.Debrief {
			continue
		}
		body, err := pages.Page(i).Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		_, after, found := strings.Cut(string(body), "NEXT[")
		if next, _, closed := strings.Cut(after, "]"); found && closed {
			return next
		}
		return ""
	}
	t.Fatalf("%s has no debrief", slug)
	return ""
}

// circle is a source of four replays, whose theme says plainly where debriefs lead.
func circle() fstest.MapFS {
	return fstest.MapFS{
		"themes/default/layouts/debrief.html": {Data: []byte(`<p>{{.Slot "title"}}</p>NEXT[{{with .NextReplay}}{{.Tag}}: {{.Path}} {{.Title}}{{end}}]`)},
		"content/a.md":                        {Data: []byte(text("Newest", "date: 2026-04-01\ntags: [dns, Linux]"))},
		"content/b.md":                        {Data: []byte(text("Second", "date: 2026-03-01\ntags: [bgp]"))},
		"content/c.md":                        {Data: []byte(text("Third", "date: 2026-02-01\ntags: [linux, disk]"))},
		"content/d.md":                        {Data: []byte(text("Undated", "tags: [disk, linux, raid]"))},
	}
}

// TestNextReplay: most tags in common, then the order of lists, going round; the
// same whether the others have been compiled or not.
func TestNextReplay(t *testing.T) {
	for slug, want := range map[string]string{
		"a": "Linux: c/index.html Third",   // of two with one tag in common the next
		"b": ": c/index.html Third",        // nothing in common: the next
		"c": "linux: d/index.html Undated", // two in common
		"d": "disk: c/index.html Third",    // backwards
	} {
		lazy, read := open(t, circle(), library.Options{}), open(t, circle(), library.Options{})
		read.Diagnose(t.Context())
		for _, e := range []*library.Edition{lazy, read} {
			if got := leads(t, e, slug); got != want {
				t.Errorf("%s leads on to %q, want %q", slug, got, want)
			}
		}
		if n := lazy.Unread(); n != 3 {
			t.Errorf("%d replays are unread, want all but the one whose debrief it is", n)
		}
	}
	alone := circle()
	for _, name := range []string{"b", "c", "d"} {
		delete(alone, "content/"+name+".md")
	}
	if got := leads(t, open(t, alone, library.Options{}), "a"); got != "" {
		t.Errorf("the only replay leads on to %q", got)
	}
}

// TestNextReplayAfterEdits: debriefs follow what changes in other replays.
func TestNextReplayAfterEdits(t *testing.T) {
	for name, edit := range map[string]struct{ from, to, want string }{
		"title":           {"Replay: Third", "Replay: Disk", "Linux: c/index.html Disk"},
		"tags":            {"[linux, disk]", "[disk]", "Linux: d/index.html Undated"},
		"slug":            {"date: 2026-02-01", "date: 2026-02-01\nslug: see", "Linux: see/index.html Third"},
		"date":            {"date: 2026-02-01", "date: 2025-02-01", "Linux: c/index.html Third"},
		"draft":           {"date: 2026-02-01", "draft: true", "Linux: d/index.html Undated"},
		"body":            {"A full disk.", "An empty disk.", "Linux: c/index.html Third"},
		"title and tags":  {"[linux, disk]\n---\n# Incident Replay: Third", "[linux, dns]\ntitle: Name\n---\n# X", "dns: c/index.html Name"},
		"no front matter": {"---\ndate: 2026-02-01\ntags: [linux, disk]\n---\n", "", "Linux: d/index.html Undated"},
	} {
		files := circle()
		before := open(t, files, library.Options{})
		leads(t, before, "a")
		changed := strings.Replace(string(files["content/c.md"].Data), edit.from, edit.to, 1)
		files["content/c.md"] = &fstest.MapFile{Data: []byte(changed)}
		if got := leads(t, before.After([]string{"content/c.md"}), "a"); got != edit.want {
			t.Errorf("%s: leads on to %q, want %q", name, got, edit.want)
		}
		if got := leads(t, open(t, files, library.Options{}), "a"); got != edit.want {
			t.Errorf("%s: a fresh start leads on to %q, want %q", name, got, edit.want)
		}
	}
}

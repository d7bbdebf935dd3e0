package library_test

import (
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/library"
)

// TestFirstOfSeveral: of replays with one slug the first is found, by the paths of
// their files.
func TestFirstOfSeveral(t *testing.T) {
	e := open(t, fstest.MapFS{
		"content/b.md": {Data: []byte(text("B", "slug: same"))},
		"content/a.md": {Data: []byte(text("A", "slug: same"))},
		"content/c.md": {Data: []byte(text("C", "slug: same"))},
	}, library.Options{})
	if got := e.Find("same").Path; got != "content/a.md" {
		t.Errorf("found %s", got)
	}
}

// TestNextOfOneDay: replays of one day follow each other by their slugs, wherever
// their files are.
func TestNextOfOneDay(t *testing.T) {
	files := circle()
	for name, settings := range map[string]string{"a": "slug: z", "b": "slug: y", "c": "slug: x", "d": "slug: w"} {
		files["content/"+name+".md"] = &fstest.MapFile{Data: []byte(text(name, "date: 2026-04-01\n"+settings))}
	}
	e := open(t, files, library.Options{})
	for slug, want := range map[string]string{"w": ": x/index.html c", "x": ": y/index.html b", "y": ": z/index.html a", "z": ": w/index.html d"} {
		if got := leads(t, e, slug); got != want {
			t.Errorf("%s leads on to %q, want %q", slug, got, want)
		}
	}
}

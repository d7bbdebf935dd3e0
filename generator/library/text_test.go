package library_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/library"
)

// TestReread: a text that is read again, and is not the one that was there, is an
// error and never another replay's pages.
func TestReread(t *testing.T) {
	files := circle()
	for _, known := range []bool{false, true} {
		source := fstest.MapFS{}
		for name, file := range files {
			source[name] = file
		}
		e := open(t, source, library.Options{Reread: true, Keep: 1})
		a := e.Find("a")
		if known {
			e.Pages(a)
			e.Pages(e.Find("b")) // now a is no longer in memory
		}
		source["content/a.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["content/a.md"].Data), "Round 1", "Round 7", 1))}
		e.Pages(a)
		if list := e.Problems(a); !list.HasErrors() || !strings.Contains(list.Sorted()[0].Message, "changed") {
			t.Errorf("compiled before %v: a text that has changed is no error: %v", known, list.Sorted())
		}
	}
}

// TestRereadAssets: a file that a replay links to is published as it was when its
// name was made of its bytes, or not at all.
func TestRereadAssets(t *testing.T) {
	for _, reread := range []bool{false, true} {
		source := fstest.MapFS{
			"content/a.md":       {Data: []byte(strings.Replace(text("A", ""), "A full disk.", "A full disk: [the graph](graph.csv).", 1))},
			"content/graph.csv":  {Data: []byte("one,2\n")},
			"content/unused.csv": {Data: []byte("nobody links here")},
		}
		e := open(t, source, library.Options{Reread: reread})
		e.Pages(e.Find("a"))
		files := e.Content().Assets()
		if len(files) != 1 {
			t.Fatalf("%d files are published, not 1", len(files))
		}
		if body, err := files[0].Append([]byte(">")); err != nil || string(body) != ">one,2\n" {
			t.Errorf("reread %v: published as %q, %v", reread, body, err)
		}
		source["content/graph.csv"] = &fstest.MapFile{Data: []byte("one,3\n")}
		var unread *fs.PathError
		if body, err := files[0].Append(nil); errors.As(err, &unread) != reread || err == nil && string(body) != "one,2\n" {
			t.Errorf("reread %v: after a change published as %q, %v", reread, body, err)
		}
	}
}

package library_test

import (
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

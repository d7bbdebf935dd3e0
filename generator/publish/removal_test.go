package publish_test

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/publish"
)

// TestRemovalKeepsPagesWhole takes a replay out of a site. Nothing links to it any
// more, but a reader may be in it: until its way in goes, all that this leads to is
// there, and until a page goes, what it shows is.
func TestRemovalKeepsPagesWhole(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	// A line of a page is a path that it refers to.
	put(t, out, tree{
		"index.html":       "dns/index.html\n",
		"assets/map.svg":   "",
		"assets/style.css": "",
		"dns/debrief.html": "assets/style.css\n",
		"dns/index.html":   "assets/style.css\ndns/round-1.html\n",
		"dns/plan/map.svg": "",
		"dns/round-1.html": "assets/map.svg\ndns/plan/map.svg\ndns/debrief.html\n",
	})
	steps := putNoting(t, out, tree{"index.html": ""}, publish.Options{}, func(step string) {
		site := read(t, out)
		for name, content := range site {
			for line := range strings.Lines(content) {
				to := strings.TrimSpace(line)
				if _, there := site[to]; !there && (path.Base(name) == "index.html" || path.Ext(to) != ".html") {
					t.Errorf("before %q, %s lacks %s", step, name, to)
				}
			}
		}
	})
	if last := "remove dns"; !strings.Contains(strings.Join(steps, "\n"), last) {
		t.Errorf("there was no step %q among %q", last, steps)
	}
	wantTree(t, out, tree{"index.html": ""})
}

// TestLinksLookLikeFiles: links stand in the place of published files, each as long as
// the file was, and lead to a file that holds the same. They are somebody's all the
// same: a file that is published takes the place of one, and none is removed.
func TestLinksLookLikeFiles(t *testing.T) {
	const page = "../elsewhere/page.html" // is what it holds and where the links lead
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	put(t, out, tree{"index.html": "1", "page.html": page, "retired.html": page})
	tree{"page.html": page}.write(t, filepath.Join(parent, "elsewhere"))
	for _, name := range []string{"page.html", "retired.html"} {
		if err := errors.Join(os.Remove(filepath.Join(out, name)), os.Symlink(page, filepath.Join(out, name))); err != nil {
			t.Fatal(err)
		}
	}
	put(t, out, tree{"index.html": "2", "page.html": page})
	wantTree(t, parent, tree{
		"elsewhere/page.html": page, "public/index.html": "2", "public/page.html": page, "public/retired.html": "-> " + page,
	})
}

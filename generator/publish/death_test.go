package publish_test

import (
	"context"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/publish"
)

// slipped is a file that somebody writes at the last moment into a folder that is
// exchanged.
const slipped = "dns/slipped.txt"

// The sites of the death tests. Every line of a page is a path that the page
// refers to, but for the last, which only tells versions apart.
var (
	firstSite = tree{
		"index.html":           "dns/index.html\ntls/index.html\nassets/style-1.css\nversion 1",
		"404.html":             "index.html\nversion 1",
		"feed.xml":             "dns/index.html\ntls/index.html\nversion 1",
		"assets/style-1.css":   "version 1",
		"dns/index.html":       "dns/round-1.html\nassets/style-1.css\nversion 1",
		"dns/round-1.html":     "dns/debrief-1.html\nassets/style-1.css\nversion 1",
		"dns/debrief-1.html":   "index.html\nassets/style-1.css\nversion 1",
		"tls/index.html":       "tls/end/debrief.html\nversion 1",
		"tls/end/debrief.html": "index.html\nversion 1",
	}
	secondSite = tree{
		"index.html":         "dns/index.html\nbgp/index.html\nassets/style-2.css\nversion 2",
		"404.html":           "index.html\nversion 2",
		"feed.xml":           "dns/index.html\nbgp/index.html\nversion 2",
		"assets/style-2.css": "version 2",
		"dns/index.html":     "dns/round-1.html\nassets/style-2.css\nversion 2",
		"dns/round-1.html":   "dns/debrief-2.html\nassets/style-2.css\nversion 2",
		"dns/debrief-2.html": "index.html\nassets/style-2.css\nversion 2",
		"bgp/index.html":     "bgp/map/east.svg\nbgp/debrief.html\nversion 2",
		"bgp/map/east.svg":   "version 2",
		"bgp/debrief.html":   "index.html\nversion 2",
	}
	builds = map[string]tree{"first": firstSite, "second": secondSite, "styled": styled, "restyled": restyled}

	foreignFiles = tree{"README.md": "about", "dns/notes.txt": "mine"}
)

const (
	dieAt   = "PUBLISH_TEST_DIE_AT"
	dieSite = "PUBLISH_TEST_DIE_SITE"
	dieDir  = "PUBLISH_TEST_DIE_DIR"
)

// TestMain lets the test binary be the build that gets killed.
func TestMain(m *testing.M) {
	if at := os.Getenv(dieAt); at != "" {
		publishAndDie(at)
		return
	}
	os.Exit(m.Run())
}

func publishAndDie(at string) {
	left, err := strconv.Atoi(at)
	if err != nil {
		panic(err)
	}
	dir := os.Getenv(dieDir)
	// One worker, so that step n is the same in every run.
	opts := publish.Options{Dir: dir, Workers: 1}.WithStep(func(step string) {
		if step == "exchange dns" {
			if err := os.WriteFile(filepath.Join(dir, slipped), []byte("mine"), 0o644); err != nil {
				panic(err)
			}
		}
		if left--; left < 0 {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			panic(err) // not reached: no signal is quicker than this one
		}
	})
	if _, err := publishAll(context.Background(), builds[os.Getenv(dieSite)].files(), opts); err != nil {
		panic(err)
	}
}

// buildKilled runs a build in a process of its own that is killed before its
// n-th step. It reports false if the build was done before that.
func buildKilled(t *testing.T, dir, name string, n int) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), dieAt+"="+strconv.Itoa(n), dieSite+"="+name, dieDir+"="+dir)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return false
	}
	if len(out) > 0 {
		t.Fatalf("the build was not killed but failed: %s", out)
	}
	return true
}

// wantWhole checks that everything the entry page leads to is there, and that
// the foreign files are untouched.
func wantWhole(t *testing.T, dir string, foreign tree) {
	t.Helper()
	got := read(t, dir)
	for name, content := range foreign {
		if got[name] != content {
			t.Errorf("%s of someone else became %q", name, got[name])
		}
	}
	if _, entered := got["index.html"]; !entered {
		return // nobody gets in
	}
	seen := map[string]bool{}
	todo := []string{"index.html", "404.html", "feed.xml"}
	for len(todo) > 0 {
		page := todo[0]
		todo = todo[1:]
		if seen[page] {
			continue
		}
		seen[page] = true
		content, there := got[page]
		if !there {
			t.Errorf("%s is missing", page)
		}
		if ext := path.Ext(page); ext == ".html" || ext == ".xml" {
			lines := strings.Split(content, "\n")
			todo = append(todo, lines[:len(lines)-1]...)
		}
	}
}

// findSlipped returns the file that slipped in, if it is in the output or the workshop.
func findSlipped(t *testing.T, parent string) tree {
	t.Helper()
	for name, content := range read(t, parent) {
		if path.Base(name) == path.Base(slipped) {
			return tree{slipped: content}
		}
	}
	return nil
}

func TestDeathAtEveryStep(t *testing.T) {
	for _, test := range []struct {
		name          string
		before        tree // published first, if any
		foreign       tree
		killed, other string
		atLeast       int  // steps, so that the hook cannot go missing unnoticed
		entryAlways   bool // the entry page is there all the time
		nothingBefore bool // the output does not exist until it is whole
	}{
		{name: "first build", killed: "first", other: "second", atLeast: 10, nothingBefore: true},
		{name: "first build beside foreign files", foreign: foreignFiles, killed: "first", other: "second", atLeast: 15},
		{name: "rebuild", before: firstSite, foreign: foreignFiles, killed: "second", other: "first", atLeast: 20, entryAlways: true},
		{name: "rebuild of the same", before: firstSite, killed: "first", other: "second", atLeast: 9, entryAlways: true},
		{name: "rebuild in another style", before: styled, foreign: tree{"README.md": "about"}, killed: "restyled", other: "styled", atLeast: 20, entryAlways: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			killed, other := builds[test.killed], builds[test.other]
			n := 0
			for ; ; n++ {
				parent := t.TempDir()
				out := filepath.Join(parent, "public")
				test.foreign.write(t, out)
				if test.before != nil {
					put(t, out, test.before)
				}
				done := !buildKilled(t, out, test.killed, n)
				foreign := test.foreign.with(findSlipped(t, parent))
				if done {
					wantTree(t, out, killed.with(foreign))
					break
				}
				_, err := os.Stat(out)
				switch {
				case test.nothingBefore && err == nil:
					t.Errorf("killed at step %d, the output exists", n)
				case err == nil:
					wantWhole(t, out, test.foreign)
				}
				if _, err := os.Stat(filepath.Join(out, "index.html")); test.entryAlways && err != nil {
					t.Errorf("killed at step %d, the site has no entry page", n)
				}
				// The next build puts things right, whichever site it builds.
				next := killed
				if n%2 == 1 {
					next = other
				}
				put(t, out, next)
				wantTree(t, out, next.with(foreign))
				wantOnly(t, parent, "public")
				if t.Failed() {
					t.Fatalf("killed at step %d", n)
				}
			}
			if n < test.atLeast {
				t.Errorf("the build had %d steps, want at least %d", n, test.atLeast)
			}
		})
	}
}

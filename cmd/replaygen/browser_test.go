package main_test

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestInBrowser plays and examines the sample site in Chromium. Page scripts
// are off, except where axe has to run.
func TestInBrowser(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	s := serveSite(t, buildSample(t))
	click := func(t *testing.T, selector string) { b.follow(t, chromedp.Click(chromedp.CSS(selector))) }
	press := func(t *testing.T, selector string) {
		b.tabTo(t, selector)
		b.follow(t, chromedp.KeyEvent(kb.Enter))
	}
	replay := s.longestReplay(t)
	t.Run("game under a sub-path", func(t *testing.T) { play(t, b, s, s.url, replay, click) })
	t.Run("game from disk", func(t *testing.T) { play(t, b, s, s.disk+"index.html", replay, click) })
	t.Run("best game by keyboard", func(t *testing.T) { playBest(t, b, s, s.url, replay, press) })
	testPages(t, b, s)
	t.Run("every place at 320 px", func(t *testing.T) {
		for some := range slices.Chunk(s.places(), 20) {
			var urls []string
			for _, p := range some {
				urls = append(urls, s.url+p.path)
			}
			reportAll(t, b.framedReflowFaults(t, urls))
		}
	})
	t.Run("accesskeys", func(t *testing.T) { testAccesskey(t, b, s, s.kinds(t)) })
	t.Run("screenshots", func(t *testing.T) { takeScreenshots(t, b, s, "") })
}

// TestDocsInBrowser examines a site with the theme docs, after it has shown that
// the checks refuse what they should.
func TestDocsInBrowser(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	t.Run("checks can fail", func(t *testing.T) { testBrowserChecksCanFail(t, b) })
	s := serveSite(t, buildDocs(t))
	t.Run("game", func(t *testing.T) {
		play(t, b, s, s.url, s.longestReplay(t), func(t *testing.T, selector string) { b.follow(t, chromedp.Click(chromedp.CSS(selector))) })
	})
	testPages(t, b, s)
	t.Run("in a frame", func(t *testing.T) { testInFrame(t, b, s) })
	t.Run("screenshots", func(t *testing.T) { takeScreenshots(t, b, s, "docs-") })
}

// servedSite is a site on disk, behind a server that acts like GitHub Pages.
type servedSite struct {
	*published
	url  string // of its index, below /some/repo/; ends in a slash
	disk string // the same as a file: URL
}

func serveSite(t *testing.T, dir string) servedSite {
	t.Helper()
	site, err := readSite(os.DirFS(dir), sampleBase, nil)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := pagesHost(os.DirFS(dir), site.base.Path)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	disk := url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/"}
	return servedSite{site, server.URL + site.base.Path, disk.String()}
}

// testPages examines a page of every kind.
func testPages(t *testing.T, b *browser, s servedSite) {
	for _, kind := range s.kinds(t) {
		t.Run(kind.name, func(t *testing.T) {
			reportAll(t, b.keyboardFaults(t, s.url+kind.path))
			reportAll(t, b.printFaults(t, s.url+kind.path))
			reportAll(t, b.reflowFaults(t, s.url+kind.path))
			reportAll(t, b.axeFaults(t, s.url+kind.path))
		})
	}
}

func reportAll(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

// longestReplay returns the replay with the most distinct places.
func (s *published) longestReplay(t *testing.T) string {
	t.Helper()
	count := map[string]int{}
	longest := ""
	for _, p := range s.places() {
		if p.state == nil {
			continue
		}
		r := p.state.replay
		if count[r]++; longest == "" || count[r] > count[longest] || count[r] == count[longest] && r < longest {
			longest = r
		}
	}
	if longest == "" {
		t.Fatal("the site has no replay")
	}
	return longest
}

// places returns, for every place of every replay, the largest page of those
// that show it, and every page that is no state. What can go wrong with a
// layout goes wrong on the largest page.
func (s *published) places() []*page {
	largest := map[string]*page{}
	var order []string
	for _, name := range s.order {
		p := s.pages[name]
		key := name
		if p.state != nil {
			key = p.state.replay + " " + p.state.place
		}
		if largest[key] == nil {
			order = append(order, key)
		}
		if largest[key] == nil || p.size > largest[key].size {
			largest[key] = p
		}
	}
	pages := make([]*page, len(order))
	for i, key := range order {
		pages[i] = largest[key]
	}
	return pages
}

// pageKind is one layout of the theme and where a browser finds it.
type pageKind struct {
	name, path string
}

// kinds returns the largest page of every kind. The 404 page is looked at where
// a host serves it: at an address that does not exist.
func (s *published) kinds(t *testing.T) []pageKind {
	t.Helper()
	largest := map[string]*page{}
	for _, p := range s.places() {
		if p.state == nil {
			continue
		}
		kind := p.kind()
		if largest[kind] == nil || p.size > largest[kind].size {
			largest[kind] = p
		}
	}
	kinds := []pageKind{{"index", "index.html"}, {"404", "no/such/page.html"}}
	for _, kind := range []string{"briefing", "round", "miss", "outcome", "closing", "debrief"} {
		if largest[kind] == nil {
			t.Fatalf("the site has no %s page", kind)
		}
		kinds = append(kinds, pageKind{kind, largest[kind].path})
	}
	return append(kinds, s.otherKinds()...)
}

// otherKinds returns the largest page of every kind that not every site has.
func (s *published) otherKinds() (kinds []pageKind) {
	largest := map[string]*page{}
	for _, name := range s.order {
		kind := map[string]string{"a-z.html": "letters", "difficulty.html": "levels", "tags/index.html": "tags"}[name]
		switch {
		case kind != "":
		case path.Dir(name) == "tags":
			kind = "tag"
		case path.Base(name) == "facilitator.html":
			kind = "sheet"
		case s.pages[name].tombstone:
			kind = "moved"
		default:
			continue
		}
		if p := s.pages[name]; largest[kind] == nil || p.size > largest[kind].size {
			largest[kind] = p
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(largest)) {
		kinds = append(kinds, pageKind{kind, largest[kind].path})
	}
	return kinds
}

// takeScreenshots keeps pictures of every kind of page, for people.
func takeScreenshots(t *testing.T, b *browser, s servedSite, prefix string) {
	if os.Getenv("REPLAYGEN_SCREENSHOTS") == "" {
		t.Skip("REPLAYGEN_SCREENSHOTS names no folder for them")
	}
	defer b.look(t, "light", "screen")
	for _, kind := range s.kinds(t) {
		for device, width := range map[string]int64{"phone": 390, "desktop": 1280} {
			for _, scheme := range []string{"light", "dark"} {
				b.size(t, width, 900)
				b.look(t, scheme, "screen")
				takeScreenshot(t, b, fmt.Sprintf("%s%s-%s-%s", prefix, kind.name, device, scheme), s.url+kind.path)
			}
		}
	}
}

// takeScreenshot keeps a picture of a page in the folder that
// REPLAYGEN_SCREENSHOTS names, if it names one.
func takeScreenshot(t *testing.T, b *browser, name, url string) {
	t.Helper()
	dir := os.Getenv("REPLAYGEN_SCREENSHOTS")
	if dir == "" {
		return
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	b.open(t, url)
	if err := os.WriteFile(filepath.Join(dir, name+".png"), run(t, b, chromedp.FullScreenshot(100)), 0o666); err != nil {
		t.Fatal(err)
	}
}

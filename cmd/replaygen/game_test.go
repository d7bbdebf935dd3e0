package main_test

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// player is a browser in which a game is played.
type player interface {
	visit(t *testing.T, url string)
	page(t *testing.T) openPage
	takeRequests() []string // the URLs asked for since the last call
}

// openPage is what an open page says of itself, in a browser rather than on disk.
type openPage struct {
	URL                         string
	Replay, Place, Clock, Score string
}

const readOpenPage = `(() => { const d = document.querySelector('main').dataset; return {
	URL: location.href, Replay: d.replay ?? '', Place: d.place ?? '', Clock: d.clock ?? '', Score: d.score ?? ''} })()`

// visit opens a page at the size of a desktop.
func (b *browser) visit(t *testing.T, url string) {
	t.Helper()
	b.size(t, 1280, 900)
	if status := b.open(t, url); status != 200 {
		t.Fatalf("%s: status %d", url, status)
	}
}

func (b *browser) page(t *testing.T) openPage {
	t.Helper()
	return evaluate[openPage](t, b, readOpenPage)
}

// game is a replay that is being played in a browser as a reader would: from
// the site's index and by links alone.
type game struct {
	player
	site   servedSite
	replay string
	home   string // the URL of the site's top, ending in a slash
	follow func(t *testing.T, selector string)

	used   map[string]int // how often each link of each page was taken
	misses int
}

// play plays one replay to its debrief, every miss before the choice that leads
// on, with follow to take a link.
func play(t *testing.T, p player, s servedSite, index, replay string, follow func(t *testing.T, selector string)) {
	g := &game{player: p, site: s, replay: replay, home: strings.TrimSuffix(index, "index.html"), follow: follow, used: map[string]int{}}
	g.play(t, index, func(here *page) step { return s.nextStep(t, here, g.used) })
	if g.misses == 0 {
		t.Error("the game had no miss to take")
	}
}

// playBest is like play, and takes the shortest path without a fault.
func playBest(t *testing.T, p player, s servedSite, index, replay string, follow func(t *testing.T, selector string)) {
	g := &game{player: p, site: s, replay: replay, home: strings.TrimSuffix(index, "index.html"), follow: follow, used: map[string]int{}}
	path := s.bestPath(t, replay)
	g.play(t, index, func(*page) (next step) {
		next, path = path[0], path[1:]
		return next
	})
}

// play goes to a debrief. At each step it compares what the link said, what the
// URL says and what the page says.
func (g *game) play(t *testing.T, index string, choose func(here *page) step) {
	g.takeRequests()
	g.visit(t, index)
	g.follow(t, fmt.Sprintf(`main a[href="%s/index.html"]`, g.replay))
	const limit = 300 // steps; a game of 8 rounds takes some 50
	for range limit {
		here := g.here(t)
		if here.kind() == "debrief" {
			checkRequests(t, g.takeRequests(), g.home)
			return
		}
		g.step(t, here, choose(here))
	}
	t.Fatalf("no debrief after %d steps", limit)
}

// here returns the page that is open, which must say what its file says.
func (g *game) here(t *testing.T) *page {
	t.Helper()
	got := g.page(t)
	name, _, _ := strings.Cut(strings.TrimPrefix(got.URL, g.home), "?")
	p := g.site.pages[name]
	if p == nil || p.state == nil {
		t.Fatalf("%s is no state of the replay", got.URL)
	}
	want := openPage{URL: got.URL, Replay: g.replay, Place: p.state.place, Clock: p.state.clock, Score: p.state.score}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the page in the browser is not the page on disk (-disk +browser):\n%s", diff)
	}
	return p
}

// step takes one link.
func (g *game) step(t *testing.T, here *page, next step) {
	t.Helper()
	if g.site.misses(here, next) {
		g.misses++
	}
	g.used[here.path+next.href]++
	selector := "a[data-next]"
	if next.choice != "" {
		selector = fmt.Sprintf("a[data-choice=%q]", next.choice)
	}
	g.follow(t, selector)
	checkArrival(t, g.page(t), g.home+path.Dir(here.path)+"/"+next.href)
}

// checkArrival compares the page that was reached with the link to it.
func checkArrival(t *testing.T, got openPage, link string) {
	t.Helper()
	if got.URL != link {
		t.Errorf("the browser is at %s, the link led to %s", got.URL, link)
	}
	u, err := url.Parse(got.URL)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	if query.Get("trail") == "" || query.Get("clock") != got.Clock || query.Get("score") != got.Score {
		t.Errorf("%s shows clock %s and score %s", got.URL, got.Clock, got.Score)
	}
}

// checkRequests wants nothing to have been loaded from outside the site.
func checkRequests(t *testing.T, requests []string, home string) {
	t.Helper()
	for _, r := range requests {
		if !strings.HasPrefix(r, home) && !strings.HasPrefix(r, "data:") {
			t.Errorf("the browser asked for %s", r)
		}
	}
}

// misses reports whether a step is a choice after which the reader has to choose again.
func (s *published) misses(p *page, st step) bool {
	to := s.target(p, st.href)
	return st.choice != "" && to != nil && to.kind() == "miss"
}

// nextStep returns what the reader of the game does at a page: misses first,
// then on, and where everything has been tried, whatever was used least.
func (s *published) nextStep(t *testing.T, p *page, used map[string]int) step {
	t.Helper()
	rank := func(st step) int {
		uses := used[p.path+st.href]
		switch {
		case st.tried:
			return 2000 + uses
		case !s.misses(p, st):
			return 1000 + uses
		default:
			return uses
		}
	}
	var best *step
	for i, st := range p.steps {
		if st.href != "" && (best == nil || rank(st) < rank(*best)) {
			best = &p.steps[i]
		}
	}
	if best == nil {
		t.Fatalf("%s leads nowhere", p.path)
	}
	return *best
}

// bestPath returns the steps of a shortest path from the briefing of a replay to
// a debrief with the score 100.
func (s *published) bestPath(t *testing.T, replay string) []step {
	t.Helper()
	start := s.pages[replay+"/index.html"]
	path := map[*page][]step{start: nil}
	for queue := []*page{start}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		if here.kind() == "debrief" && here.state.score == "100" {
			return path[here]
		}
		for _, st := range here.steps {
			to := s.target(here, st.href)
			if _, known := path[to]; st.href != "" && to != nil && to.state != nil && !known {
				path[to] = append(slices.Clone(path[here]), st)
				queue = append(queue, to)
			}
		}
	}
	t.Fatalf("no path of %s ends with the score 100", replay)
	return nil
}

// testAccesskey follows a choice by its letter, with the browser's modifier.
func testAccesskey(t *testing.T, b *browser, s servedSite, kinds []pageKind) {
	for _, kind := range kinds {
		p := s.pages[kind.path]
		if p == nil || p.state == nil {
			continue
		}
		for _, st := range p.steps {
			if st.choice == "" || st.href == "" {
				continue
			}
			b.open(t, s.url+kind.path)
			b.follow(t, accessKey(st.accesskey))
			checkArrival(t, b.page(t), s.url+path.Dir(p.path)+"/"+st.href)
		}
	}
}

// accessKey presses a key with the modifier that Chromium wants for accesskeys.
// (chromedp.KeyEvent does not say which text the key has without a modifier,
// and that is what Chromium compares.)
func accessKey(letter string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		modifiers := kb.ModifierAlt
		if runtime.GOOS == "darwin" {
			modifiers |= kb.ModifierCtrl
		}
		code := strings.ToUpper(letter)
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
			if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{
				Type: kind, Modifiers: int64(modifiers), Key: letter, UnmodifiedText: letter,
				Code: "Key" + code, WindowsVirtualKeyCode: int64(code[0]),
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

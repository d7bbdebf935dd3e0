package main_test

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"runtime"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// openPage is what an open page says of itself, in Chromium rather than on disk.
type openPage struct {
	URL                         string
	Replay, Place, Clock, Score string
}

const readOpenPage = `(() => { const d = document.querySelector('main').dataset; return {
	URL: location.href, Replay: d.replay ?? '', Place: d.place ?? '', Clock: d.clock ?? '', Score: d.score ?? ''} })()`

// game is a replay that is being played in the browser as a reader would: from
// the site's index, by links alone, every miss before the choice that leads on.
type game struct {
	site   servedSite
	replay string
	home   string // the URL of the site's top, ending in a slash
	follow func(t *testing.T, selector string)

	used   map[string]int // how often each link of each page was taken
	misses int
}

// play plays one replay to its debrief, with follow to take a link. At each
// step it compares what the link said, what the URL says and what the page says.
func play(t *testing.T, b *browser, s servedSite, index, replay string, follow func(t *testing.T, selector string)) {
	g := &game{site: s, replay: replay, home: strings.TrimSuffix(index, "index.html"), follow: follow, used: map[string]int{}}
	b.size(t, 1280, 900)
	b.takeRequests()
	if status := b.open(t, index); status != 200 {
		t.Fatalf("%s: status %d", index, status)
	}
	follow(t, fmt.Sprintf(`main a[href="%s/index.html"]`, replay))
	const limit = 300 // steps; a game of 8 rounds takes some 50
	for range limit {
		here := g.here(t, b)
		if here.kind() == "debrief" {
			if g.misses == 0 {
				t.Error("the game had no miss to take")
			}
			checkRequests(t, b, g.home)
			return
		}
		g.step(t, b, here)
	}
	t.Fatalf("no debrief after %d steps", limit)
}

// here returns the page that is open, which must say what its file says.
func (g *game) here(t *testing.T, b *browser) *page {
	t.Helper()
	got := evaluate[openPage](t, b, readOpenPage)
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
func (g *game) step(t *testing.T, b *browser, here *page) {
	t.Helper()
	next := g.site.nextStep(t, here, g.used)
	if g.site.misses(here, next) {
		g.misses++
	}
	g.used[here.path+next.href]++
	selector := "a[data-next]"
	if next.choice != "" {
		selector = fmt.Sprintf("a[data-choice=%q]", next.choice)
	}
	g.follow(t, selector)
	checkArrival(t, b, g.home+path.Dir(here.path)+"/"+next.href)
}

// checkArrival compares the page that was reached with the link to it.
func checkArrival(t *testing.T, b *browser, link string) {
	t.Helper()
	got := evaluate[openPage](t, b, readOpenPage)
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
func checkRequests(t *testing.T, b *browser, home string) {
	t.Helper()
	for _, r := range b.takeRequests() {
		if !strings.HasPrefix(r, home) && !strings.HasPrefix(r, "data:") && path.Base(r) != "favicon.ico" {
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
			checkArrival(t, b, s.url+path.Dir(p.path)+"/"+st.href)
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

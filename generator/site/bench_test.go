package site_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/specimen"
	"github.com/replaygen/replaygen/generator/trail"
)

// specimens compiles generated replays of about 500 pages without code blocks, which
// would take most of the time.
func specimens(tb testing.TB, n int) (machines []*trail.Machine) {
	tb.Helper()
	library := specimen.Library{Replays: n, CodeBlocks: -1}
	var list diag.List
	for i := range n {
		name, text := library.Replay(i)
		machines = append(machines, trail.Compile(replay.Parse(diag.NewSource("content/"+name, text), &list), trail.Options{}, &list))
	}
	if list.HasErrors() {
		tb.Fatal(list.Sorted())
	}
	return machines
}

// newSite returns a site with a theme of its own, which knows nothing yet.
func newSite(tb testing.TB, cfg site.Config, own fstest.MapFS, list *diag.List) *site.Site {
	tb.Helper()
	theme, err := site.LoadTheme("own", own, list)
	if err != nil {
		tb.Fatal(err)
	}
	return site.New(cfg, theme, site.NewContent(site.Directory{}, fstest.MapFS{}), list)
}

// prepared prepares and renders the pages of a machine.
func prepared(tb testing.TB, s *site.Site, m *trail.Machine, list *diag.List) *site.Replay {
	tb.Helper()
	pages := s.Replay(m, list)
	if err := pages.Render(); err != nil {
		tb.Fatal(err)
	}
	return pages
}

// BenchmarkAppend stitches pages of rendered replays. Nothing is allocated for them.
func BenchmarkAppend(b *testing.B) {
	var list diag.List
	s := newSite(b, site.DefaultConfig(), nil, &list)
	var replays []*site.Replay
	for _, m := range specimens(b, 8) {
		replays = append(replays, prepared(b, s, m, &list))
	}
	var buf []byte
	bytes, turn, state := 0, 0, 0
	b.ReportAllocs()
	for b.Loop() {
		if state == replays[turn].Machine().Len() {
			turn, state = (turn+1)%len(replays), 0
		}
		buf, _ = replays[turn].AppendPage(buf[:0], state)
		bytes += len(buf)
		state++
	}
	b.ReportMetric(float64(bytes)/float64(b.N), "B/page")
}

// BenchmarkRender renders all that the pages of a replay are stitched from, with
// templates that have run before. It tells how often a template runs for one.
func BenchmarkRender(b *testing.B) {
	var list diag.List
	machines := specimens(b, 16)
	s := newSite(b, site.DefaultConfig(), nil, &list)
	known, shells := map[any]bool{}, 0
	for _, m := range machines {
		shells += prepared(b, s, m, &list).Shells(known)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		prepared(b, s, machines[i%len(machines)], &list)
	}
	b.ReportMetric(float64(shells)/float64(len(machines)), "renderings/replay")
}

// BenchmarkRendered renders replays in which everything has been rendered: what
// finding that out costs a state.
func BenchmarkRendered(b *testing.B) {
	var list diag.List
	s := newSite(b, site.DefaultConfig(), nil, &list)
	var replays []*site.Replay
	states := 0
	for _, m := range specimens(b, 8) {
		replays = append(replays, prepared(b, s, m, &list))
		states += m.Len()
	}
	for b.Loop() {
		for _, pages := range replays {
			if err := pages.Render(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*states), "ns/state")
}

// BenchmarkCut cuts a page of 8 kB at 30 markers.
func BenchmarkCut(b *testing.B) {
	markers, cut := site.Cutter(30)
	text := []byte(strings.Join(markers, strings.Repeat("<p>what stands between</p> ", 10)))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if holes := cut(text); holes != len(markers) {
			b.Fatal(holes)
		}
	}
}

package site_test

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// twoRounds has misses of one cost in its first round; those in its second cost
// what is filled in.
const twoRounds = `# Incident Replay: Two Rounds

## Round 1: Start

**Choose your action:**
- A) One
- B) Two
- C) Three
- D) Four

### If you chose A (recommended):
> *[Result: Yes. Proceed to Round 2.]*

### If you chose B: {grade=good cost=7m}
> *[Result: Rather. Proceed to Round 2.]*

### If you chose C:
> *[Result: No.]*

### If you chose D:
> *[Result: No.]*

## Round 2: Go On

**Choose your action:**
- A) One
- B) Two
- C) Three

### If you chose B (recommended):
> *[Result: Yes. Proceed to Round 3.]*

### If you chose A: {cost=%s}
> *[Result: No.]*

### If you chose C: {cost=%s}
> *[Result: No.]*

## Round 3: End
**Actions:**
1. Rest

## Damage Report
- **Optimal resolution time:** 10 minutes
- **If every wrong choice was made:** 45 minutes
`

// played is a replay with its pages.
type played struct {
	machine *trail.Machine
	pages   *site.Replay
}

// play prepares the pages of a replay under a detail, with a theme of one's own.
func play(t *testing.T, text, detail string, own fstest.MapFS) played {
	t.Helper()
	var list diag.List
	cfg := site.DefaultConfig()
	theme, err := site.LoadTheme("own", own, &list)
	if err != nil {
		t.Fatal(err)
	}
	src := diag.NewSource("content/two.md", []byte(text))
	assets := site.NewContent(site.Directory{Slugs: map[string]string{src.Path: "two"}}, fstest.MapFS{})
	s := site.New(cfg, theme, assets, &list)
	m := trail.Compile(replay.Parse(src, &list), trail.Options{Detail: detail, MaxPages: 10_000}, &list)
	p := played{machine: m, pages: s.Replay(m, &list)}
	if err := p.pages.Render(); err != nil || list.HasErrors() {
		t.Fatal(err, list.Sorted())
	}
	return p
}

// piece is a drawn piece of a timeline.
type piece struct {
	grade string
	share *big.Rat // of the whole width
}

// pieces returns what is drawn in the trail panel of a page.
func pieces(t *testing.T, page string) (drawn []piece) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for panel := range doc.Descendants() {
		if panel.Data != "aside" {
			continue
		}
		for n := range panel.Descendants() {
			class := strings.Fields(attribute(n, "class"))
			if n.Data != "svg" || len(class) < 2 || class[0] != "piece" {
				continue
			}
			width := strings.TrimSuffix(attribute(n, "width"), "%")
			share, ok := new(big.Rat).SetString(width)
			if !ok {
				t.Fatalf("a piece is %q wide", width)
			}
			drawn = append(drawn, piece{class[1], share.Quo(share, big.NewRat(100, 1))})
		}
	}
	return drawn
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestTimeline: on every page the pieces are as wide together as the clock says,
// and never wider; by grade they are what the state knows, or one piece where it
// does not.
func TestTimeline(t *testing.T) {
	for _, test := range []struct {
		detail, a, c string // and the costs of the misses in round 2
		byRound      bool
	}{
		{"picks", "3m", "8m", true},
		{"rounds", "4m", "4m", true},
		{"rounds", "3m", "8m", false},
		{"grades", "4m", "4m", false},
		{"total", "4m", "4m", false},
	} {
		p := play(t, fmt.Sprintf(twoRounds, test.a, test.c), test.detail, nil)
		if p.machine.Detail.String() != test.detail || p.machine.TellsMinutes() != test.byRound {
			t.Fatalf("detail %s: TellsMinutes is %v", p.machine.Detail, p.machine.TellsMinutes())
		}
		for i := range p.machine.Len() {
			body, err := p.pages.Page(i).Append(nil)
			if err != nil {
				t.Fatal(err)
			}
			drawn := pieces(t, string(body))
			sum, misses := new(big.Rat), 0
			for _, piece := range drawn {
				sum.Add(sum, piece.share)
				if piece.grade == "miss" {
					misses++
				}
				if (piece.grade == "spent") == test.byRound {
					t.Errorf("%s %s: a piece is %q", test.detail, p.machine.Name(i), piece.grade)
				}
			}
			checkSum(t, p.machine, i, sum, len(drawn))
			if known, ok := p.machine.Misses(i); ok && test.byRound && known != misses {
				t.Errorf("%s %s: %d misses are drawn, want %d", test.detail, p.machine.Name(i), misses, known)
			}
		}
	}
}

// checkSum compares the width of a timeline with the clock: the whole bar is drawn
// from whole minutes, and each piece is rounded down to hundredths of a percent.
func checkSum(t *testing.T, m *trail.Machine, i int, sum *big.Rat, pieces int) {
	t.Helper()
	clock, _ := m.ExactClock(i)
	if !m.TellsMinutes() {
		shown, _ := m.Clock(i)
		clock = big.NewRat(int64(shown), 1)
	}
	want := new(big.Rat).Quo(clock, m.Longest())
	least := new(big.Rat).Sub(want, big.NewRat(int64(pieces), 10_000))
	if sum.Cmp(big.NewRat(1, 1)) > 0 || sum.Cmp(want) > 0 || sum.Cmp(least) < 0 {
		t.Errorf("%s %s: %d pieces are %s wide, want %s", m.Detail, m.Name(i), pieces, sum.FloatString(4), want.FloatString(4))
	}
}

// TestNoTimeline where no clock is known.
func TestNoTimeline(t *testing.T) {
	p := play(t, fmt.Sprintf(twoRounds, "3m", "8m"), "none", nil)
	for i := range p.machine.Len() {
		body, _ := p.pages.Page(i).Append(nil)
		if strings.Contains(string(body), `class="piece`) || strings.Contains(string(body), `class="histogram`) {
			t.Errorf("%s draws what is not known", p.machine.Name(i))
		}
	}
}

// TestSpansAreFew: a theme that draws spans only has one rendering for each way in
// which a round can stand, not one for each state.
func TestSpansAreFew(t *testing.T) {
	own := fstest.MapFS{"slots/span.html": {Data: []byte(`<b id="{{printf "%p" .Pieces}}"></b>`)}}
	p := play(t, fmt.Sprintf(twoRounds, "3m", "8m"), "picks", own)
	seen, distinct := map[string]bool{}, map[string]bool{}
	for i := range p.machine.Len() {
		body, _ := p.pages.Page(i).Append(nil)
		doc, err := html.Parse(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if id := attribute(n, "id"); n.Data == "b" && strings.HasPrefix(id, "0x") {
				seen[id] = true
			}
		}
		for round := range 2 {
			place := p.machine.Place(i)
			here := place.Round == round && (place.Kind == trail.Round || place.Kind == trail.Outcome)
			distinct[strconv.Itoa(round)+strconv.FormatBool(here)+fmt.Sprint(p.machine.Record(i, round))] = true
		}
	}
	if len(seen) == 0 || len(seen) > len(distinct) || len(distinct) >= p.machine.Len()/4 {
		t.Errorf("%d spans for %d ways to stand and %d states", len(seen), len(distinct), p.machine.Len())
	}
}

// TestHistogram: the bars of a debrief add up, and the reader's is the one that
// the verdict names.
func TestHistogram(t *testing.T) {
	own := fstest.MapFS{"partials/histogram.html": {Data: []byte(
		`{{range .}}<i class="bar" title="{{.Number}} {{.From}} {{.To}} {{.Percent}} {{.Rare}} {{.X}} {{.Y}} {{.Height}}"></i>{{end}}`)}}
	p := play(t, fmt.Sprintf(twoRounds, "3m", "8m"), "picks", own)
	for i := range p.machine.Len() {
		if p.machine.Place(i).Kind != trail.Debrief {
			continue
		}
		body, _ := p.pages.Page(i).Append(nil)
		doc, err := html.Parse(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		score, _ := p.machine.Score(i)
		band, bars, percents, highest := -1, 0, 0, 0
		for n := range doc.Descendants() {
			if class := attribute(n, "class"); strings.HasPrefix(class, "verdict ") {
				fmt.Sscanf(class[strings.Index(class, "band-"):], "band-%d", &band)
			}
			if attribute(n, "class") != "bar" {
				continue
			}
			var number, from, to, percent, x, y, height int
			var rare bool
			fmt.Sscan(attribute(n, "title"), &number, &from, &to, &percent, &rare, &x, &y, &height)
			bars, percents, highest = bars+1, percents+percent, max(highest, height)
			if y+height != 100 || percent > 0 && height == 0 || rare && percent != 0 || x != 10*number {
				t.Errorf("bar %d: %s", number, attribute(n, "title"))
			}
			if number == band && (score < from || score > to || height == 0) {
				t.Errorf("score %d is said to be in the band from %d to %d", score, from, to)
			}
		}
		if bars != 10 || percents != 100 || highest != 100 || band < 0 {
			t.Errorf("%s: %d bars of %d %%, the highest %d, the reader's number %d", p.machine.Name(i), bars, percents, highest, band)
		}
	}
}

package site_test

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// everything is a layout that shows all that pages of a place may differ in.
const everything = `<!doctype html><title>{{.Slot "title"}}</title>
<meta name="description" content="{{.Slot "description"}}"><meta name="other" content="{{.Slot "description"}} {{.Slot "social"}}">
<img alt="" src="{{.Slot "image"}}"><main {{.Slot "facts"}}>
<a href="{{.Slot "next"}}">{{.Slot "trail"}}</a> {{.Slot "minutes"}} <a href="{{.Slot "self"}}">{{.Slot "url"}}</a>
{{.Slot "clock"}}{{.Slot "verdict"}}{{.Slot "span"}}{{if .Suggests}}<a href="{{.Slot "suggest"}}">?</a>{{end}}
{{range .Replay.Rounds}}{{$.Slot "mark" .}}{{$.Slot "step" .}}{{if $.Replay.KnowsMinutes}}{{$.Slot "span" .}}{{end}}{{end}}
{{if .Offers}}{{.Slot "choices"}}{{end}}{{if eq .Kind "outcome"}}{{if .Replay.KnowsClock}}{{.Slot "regret"}}{{end}}{{end}}
{{if eq .Kind "debrief"}}{{.PathMap}}{{end}}</main>`

// showsEverything is a theme with that layout for all places. Its Arabic words set
// what is put into them apart in some ways.
func showsEverything() fstest.MapFS {
	own := map[string]string{"words/ar.yaml": "standing_open: \"\u2068{minutes} {score}\u2069\"\n"}
	for _, name := range []string{"briefing", "round", "outcome", "closing", "debrief"} {
		own["layouts/"+name+".html"] = everything
	}
	return folderOf(own)
}

// anyReplay generates replays with branches, loops, early ends, several closing rounds,
// endings with and without verdicts, unequal costs, and words in three languages.
func anyReplay(t *rapid.T) *replay.Replay {
	r := &replay.Replay{
		Source: diag.NewSource("content/any.md", nil), Slug: "any", Title: "A & <B>",
		Language: rapid.SampledFrom([]string{"", "de", "ar"}).Draw(t, "language"),
		Optimal:  big.NewRat(10, 1), Worst: big.NewRat(60, 1),
		Endings: []replay.Ending{{Title: "\"Lost\"", Verdict: "Gone"}, {Title: "Saved"}},
	}
	rounds, closings := rapid.IntRange(1, 3).Draw(t, "rounds"), rapid.IntRange(0, 2).Draw(t, "closings")
	unequal := rapid.Bool().Draw(t, "unequal")
	for i := range rounds + closings {
		round := &replay.Round{Label: fmt.Sprint(i + 1), Title: strings.Repeat("T", i)}
		r.Rounds = append(r.Rounds, round)
		if i >= rounds {
			continue // a closing round
		}
		for j := range rapid.IntRange(1, 3).Draw(t, "choices") {
			outcome := replay.Outcome{Next: i, Grade: replay.Miss}
			if j == 0 {
				outcome.Grade = replay.Best
			} else {
				outcome.Grade = rapid.SampledFrom([]replay.Grade{replay.Miss, replay.Good}).Draw(t, "grade")
			}
			if j == 0 || rapid.Bool().Draw(t, "leads on") {
				outcome.Next = rapid.IntRange(replay.NextEnding(1), rounds+closings-1).Draw(t, "next")
			}
			if unequal {
				outcome.Cost = big.NewRat(rapid.Int64Range(0, 9).Draw(t, "cost"), 2)
			}
			round.Choices = append(round.Choices, &replay.Choice{Letter: byte('A' + j), Outcome: outcome})
		}
	}
	return r
}

// TestPagesAlone: a page is the same whether it is the first of its replay to be asked
// for, so that all it shows is found by all it depends on, or comes after others, when
// what these have in common with it is taken from them.
func TestPagesAlone(t *testing.T) {
	var list diag.List
	cfg := site.DefaultConfig()
	cfg.BaseURL, cfg.Suggest = "https://example.org/", "https://example.org/new?at={file}:{line}&state={state}"
	s := newSite(t, cfg, showsEverything(), &list)
	for _, d := range list.Sorted() {
		t.Fatalf("the theme: %s: %s", d.Span.Path(), d.Message)
	}
	rapid.Check(t, func(t *rapid.T) {
		detail := rapid.SampledFrom(trail.Details()).Draw(t, "detail")
		m := trail.Compile(anyReplay(t), trail.Options{Detail: detail.String(), MaxPages: 150}, &list)
		together := s.Replay(m, &list)
		for i := range m.Len() {
			page, err := together.AppendPage(nil, i)
			if err != nil {
				t.Fatal(err)
			}
			alone, err := s.Replay(m, &list).AppendPage([]byte("x"), i)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(page, alone[1:]) {
				t.Fatalf("page %s of detail %s differs after others:\n%s\nalone it is\n%s", m.Name(i), m.Detail, page, alone[1:])
			}
		}
		if err := together.Render(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAppendPage: pages and their paths take no memory but the buffer's.
func TestAppendPage(t *testing.T) {
	var list diag.List
	s := newSite(t, site.DefaultConfig(), nil, &list)
	for _, detail := range trail.Details() {
		m := trail.Compile(replay.Parse(diag.NewSource("content/disk-full.md", []byte(diskFull)), &list), trail.Options{Detail: detail.String()}, &list)
		pages := prepared(t, s, m, &list)
		for i := range m.Len() {
			f := pages.Page(i)
			body, err := f.Append(nil)
			if err != nil {
				t.Fatal(err)
			}
			path, page := make([]byte, 0, 2*len(f.Path)), make([]byte, 0, 2*len(body))
			if n := testing.AllocsPerRun(10, func() {
				path = pages.AppendPath(path[:0], i)
				page, err = pages.AppendPage(page[:0], i)
			}); n > 0 || err != nil {
				t.Errorf("%s of detail %s: %v allocations (%v)", f.Path, detail, n, err)
			}
			if string(path) != f.Path || !bytes.Equal(page, body) {
				t.Errorf("%s of detail %s: the file differs from what is appended", f.Path, detail)
			}
		}
	}
}

// TestPathMap: on a debrief the map lights the moves that are known to have been made.
func TestPathMap(t *testing.T) {
	for _, detail := range trail.Details() {
		p := play(t, fmt.Sprintf(twoRounds, "9m", "9m"), detail.String(), nil)
		for i := range p.machine.Len() {
			if p.machine.Place(i).Kind != trail.Debrief {
				continue
			}
			lit, known := 0, map[string]int{"miss": 0, "good": 0, "best": 0}
			for round, r := range p.machine.Replay.Rounds {
				picks, _ := p.machine.Picked(i, round)
				for c, choice := range r.Choices {
					if picks.Has(c) {
						known[choice.Outcome.Grade.String()]++
						lit++
					}
				}
			}
			page, err := p.pages.AppendPage(nil, i)
			if err != nil {
				t.Fatal(err)
			}
			for grade, want := range known {
				if got := strings.Count(string(page), "rg-map-"+grade+" on"); got != want {
					t.Errorf("detail %s: %s lights %d moves of grade %s, want %d", detail, p.machine.Name(i), got, grade, want)
				}
			}
			if (lit > 0) != (detail == trail.ByPicks) {
				t.Errorf("detail %s: %s knows %d picks", detail, p.machine.Name(i), lit)
			}
		}
	}
}

// TestApart: where words run from right to left, a text that holds others, which are
// kept apart in it, runs as they do; see [words.Table].
func TestApart(t *testing.T) {
	for standing, want := range map[string]string{
		"{minutes} {score}":             " \u20680 100\u2069",
		"\u2068{minutes}\u2069 {score}": " \u2067\u20680\u2069 100\u2069",
	} {
		own := folderOf(map[string]string{
			"layouts/round.html": `{{.Slot "description"}}`,
			"words/ar.yaml": "summary_standing: \"{replay} {place} {standing}\"\n" +
				"standing_open: \"" + standing + "\"\nstanding_open_misses: {zero: \"" + standing + "\", one: a, two: b, few: c, many: d, other: e}\n",
		})
		cfg := site.DefaultConfig()
		cfg.Language = "ar"
		files, _ := build(t, source(), cfg, own)
		if got := files["disk-full/round-1.html"]; !strings.HasSuffix(got, want) {
			t.Errorf("%q: %q does not end in %q", standing, got, want)
		}
	}
}

// TestPagesAtOnce asks for the pages of a replay, none of which is rendered, from
// several goroutines.
func TestPagesAtOnce(t *testing.T) {
	var list diag.List
	s := newSite(t, site.DefaultConfig(), nil, &list)
	m := trail.Compile(replay.Parse(diag.NewSource("content/disk-full.md", []byte(diskFull)), &list), trail.Options{}, &list)
	pages := s.Replay(m, &list)
	var group sync.WaitGroup
	var all [8][]byte
	for turn := range all {
		group.Go(func() {
			for i := range m.Len() {
				if turn%2 == 1 {
					i = m.Len() - 1 - i
				}
				page, err := pages.AppendPage(nil, i)
				if err != nil {
					t.Error(err)
				}
				all[turn] = slices.Concat(all[turn], page)
			}
		})
	}
	group.Wait()
	for turn, got := range all {
		if !bytes.Equal(got, all[turn%2]) || len(got) != len(all[0]) {
			t.Errorf("goroutine %d got other pages", turn)
		}
	}
}

package pathmap_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/pathmap"
)

// tiny is a round with a choice that solves it and one that does not.
func tiny() pathmap.Map {
	return pathmap.Map{
		Title: "Where the choices lead",
		About: "Two stops.",
		Stops: []pathmap.Stop{
			{Label: "Round 1", Name: "Alert Fires"},
			{Label: "Debrief", Kind: pathmap.End, Class: "here"},
		},
		Moves: []pathmap.Move{
			{From: 0, To: 0, Letter: "A", Grade: pathmap.Miss, Class: "taken"},
			{From: 0, To: 1, Letter: "B", Grade: pathmap.Best},
		},
	}
}

func TestSVGIsSmallAndPlain(t *testing.T) {
	svg, ok := tiny().SVG("map")
	if !ok {
		t.Fatal("the map is not drawn")
	}
	want := `<svg class="rg-map" role="img" aria-labelledby="map-title" aria-describedby="map-about"` +
		` width="320" height="128" viewBox="0 0 320 128" fill="none" stroke="currentColor" text-anchor="middle">
<title id="map-title">Where the choices lead</title>
<desc id="map-about">Two stops.</desc>
<g class="rg-map-move rg-map-miss taken"><path d="M287 31l6 4m-6-4 6-3m-6 3h10q8 0 8-5t-8-5h-10"/><rect x="299" y="19" width="14" height="14"/><text x="306" y="30">A</text></g>
<g class="rg-map-move rg-map-best"><path d="M145 89l-4-6m4 6 4-6m-4 6V48"/><circle cx="145" cy="62" r="8"/><text x="145" y="66">B</text></g>
<g class="rg-map-stop rg-map-round"><rect x="4" y="4" width="282" height="44" rx="4"/><text class="rg-map-label" x="145" y="23">Round 1</text><text class="rg-map-name" x="145" y="39">Alert Fires</text></g>
<g class="rg-map-stop rg-map-end here"><rect x="4" y="90" width="282" height="34" rx="17"/><text class="rg-map-label" x="145" y="112">Debrief</text></g>
</svg>`
	if diff := cmp.Diff(strings.ReplaceAll(want, "\n", ""), string(svg)); diff != "" {
		t.Errorf("map (-want +got):\n%s", diff)
	}
}

func TestOutlineTellsNothingOfTheAnswers(t *testing.T) {
	svg, ok := tiny().Outline().SVG("map")
	if !ok {
		t.Fatal("the outline is not drawn")
	}
	for _, hint := range []string{"best", "good", "miss", "taken", ">A<", ">B<", "circle"} {
		if strings.Contains(string(svg), hint) {
			t.Errorf("the outline holds %q:\n%s", hint, svg)
		}
	}
}

func TestOutlineHasOneMoveForEachPair(t *testing.T) {
	m := pathmap.Map{
		Stops: make([]pathmap.Stop, 3),
		Moves: []pathmap.Move{
			{From: 1, To: 0, Letter: "D", Grade: pathmap.Miss},
			{From: 0, To: 2, Letter: "C", Grade: pathmap.Good, Class: "taken"},
			{From: 0, To: 1, Letter: "B", Grade: pathmap.Best},
			{From: 0, To: 1, Letter: "A", Grade: pathmap.Good},
			{From: 1, To: 1, Letter: "A", Grade: pathmap.Miss},
			{From: 1, To: 3, Letter: "B", Grade: pathmap.Miss},
			{From: -1, To: 0, Letter: "C", Grade: pathmap.Miss},
		},
	}
	want := []pathmap.Move{{From: 0, To: 1}, {From: 0, To: 2}, {From: 1, To: 0}}
	if diff := cmp.Diff(want, m.Outline().Moves); diff != "" {
		t.Errorf("moves (-want +got):\n%s", diff)
	}
}

func TestTooMuchIsNotDrawn(t *testing.T) {
	tests := []struct {
		stops, moves int
		want         bool
	}{
		{0, 0, false},
		{1, 0, true},
		{pathmap.MaxStops, pathmap.MaxMoves, true},
		{pathmap.MaxStops + 1, 0, false},
		{1, pathmap.MaxMoves + 1, false},
		{200, 2000, false},
	}
	for _, tt := range tests {
		m := pathmap.Map{Stops: make([]pathmap.Stop, tt.stops), Moves: make([]pathmap.Move, tt.moves)}
		for i := range m.Moves {
			m.Moves[i] = pathmap.Move{From: i % tt.stops, To: (i + i/tt.stops) % tt.stops, Letter: "A"}
		}
		svg, ok := m.SVG("map")
		if ok != tt.want || ok == (svg == nil) {
			t.Errorf("%d stops and %d moves: drawn %v with %d bytes, want %v", tt.stops, tt.moves, ok, len(svg), tt.want)
		}
	}
}

func TestWordsAreEscaped(t *testing.T) {
	m := pathmap.Map{
		Title: `a < "b" & c`,
		Stops: []pathmap.Stop{{Label: "<b>", Name: "x\x00y", Class: `a"b`}},
		Moves: []pathmap.Move{{Letter: "&", Class: "marker-0f3a"}},
	}
	svg, _ := m.SVG("map")
	for _, want := range []string{
		"a &lt; &#34;b&#34; &amp; c</title>", ">&lt;b&gt;</text>", ">x\uFFFDy</text>",
		`class="rg-map-stop rg-map-round a&#34;b"`, ">&amp;</text>", `class="rg-map-move marker-0f3a"`,
	} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("the map lacks %s:\n%s", want, svg)
		}
	}
	if strings.Contains(string(svg), "desc") {
		t.Errorf("a map that says nothing about itself has a description:\n%s", svg)
	}
}

func TestLongNamesAreShortened(t *testing.T) {
	const name = "Explain to everybody at once what has happened in the database"
	tests := []struct{ name, want string }{
		{"Alert Fires", ">Alert Fires</text>"},
		{name, "…<title>" + name + "</title></text>"},
		{strings.Repeat("漢字", 40), "字…<title>"},
		{strings.Repeat("👩‍👩‍👧", 40), "👩‍👩‍👧…<title>"},
	}
	for _, tt := range tests {
		m := pathmap.Map{Stops: []pathmap.Stop{{Label: "Round 1", Name: tt.name}}}
		svg, _ := m.SVG("map")
		if !strings.Contains(string(svg), tt.want) {
			t.Errorf("%q: the map lacks %s:\n%s", tt.name, tt.want, svg)
		}
	}
}

func TestLabelsSurviveBesideEachOther(t *testing.T) {
	m := pathmap.Map{Stops: []pathmap.Stop{{Label: "Briefing"}, {Label: "Round 2a"}, {Label: "Round 2b"}, {Label: "Round 2c"}}}
	for to := 1; to <= 3; to++ {
		m.Moves = append(m.Moves,
			pathmap.Move{From: 0, To: to, Letter: string(rune('A' + to)), Grade: pathmap.Good},
			pathmap.Move{From: to, To: to, Letter: "A", Grade: pathmap.Miss})
	}
	p := read(t, m)
	if a, c := p.stops[1].rect, p.stops[3].rect; a.y != c.y {
		t.Errorf("three rounds after the briefing stand at %v and %v", a, c)
	}
	for i, s := range p.stops {
		if diff := cmp.Diff([]string{m.Stops[i].Label}, s.texts); diff != "" {
			t.Errorf("texts of stop %d (-want +got):\n%s", i, diff)
		}
	}
}

func TestBestPathIsStraight(t *testing.T) {
	m := linear(5, 4)
	m.Moves = append(m.Moves,
		pathmap.Move{From: 1, To: 4, Letter: "E", Grade: pathmap.Good},
		pathmap.Move{From: 4, To: 2, Letter: "E", Grade: pathmap.Miss})
	p := read(t, m)
	best := 0
	for i, move := range p.moves {
		if m.Moves[i].Grade != pathmap.Best {
			continue
		}
		best++
		if len(move.ways) != 1 || move.ways[0].x != p.moves[0].ways[0].x || move.ways[0].w != 0 {
			t.Errorf("the best choice of round %d goes along %v, the first line down along %v", m.Moves[i].From, move.ways, p.moves[0].ways)
		}
	}
	if best != 5 {
		t.Errorf("%d best moves, want 5", best)
	}
}

func TestSkipRunsBesideWhatItSkips(t *testing.T) {
	m := linear(3, 1)
	m.Moves = append(m.Moves, pathmap.Move{From: 1, To: 3, Letter: "B", Grade: pathmap.Good})
	p := read(t, m)
	skip := p.moves[len(p.moves)-1]
	if len(skip.ways) != 1 || skip.ways[0].w != 0 {
		t.Errorf("the skip is not straight: %v", skip.ways)
	}
	if skipped := p.stops[2].rect; skip.ways[0].x >= skipped.x {
		t.Errorf("the skip at %v does not pass the stop at %v on its left", skip.ways, skipped)
	}
}

func TestBranchesDoNotCross(t *testing.T) {
	m := pathmap.Map{
		Stops: make([]pathmap.Stop, 5),
		Moves: []pathmap.Move{{From: 0, To: 1}, {From: 0, To: 2}, {From: 1, To: 4}, {From: 2, To: 3}},
	}
	for i, move := range read(t, m).moves {
		if len(move.ways) != 1 || move.ways[0].w != 0 {
			t.Errorf("move %d is not straight: %v", i, move.ways)
		}
	}
}

func TestManyEndingsTakeSeveralLayers(t *testing.T) {
	m := pathmap.Map{Stops: []pathmap.Stop{{Label: "Briefing"}}}
	for to := 1; to <= 10; to++ {
		m.Stops = append(m.Stops, pathmap.Stop{Name: "Data lost", Kind: pathmap.End})
		m.Moves = append(m.Moves, pathmap.Move{From: 0, To: to, Letter: string(rune('@' + to)), Grade: pathmap.Miss})
	}
	if p := read(t, m); p.width > 480 {
		t.Errorf("ten endings make the map %d wide", p.width)
	}
}

func TestPageWeight(t *testing.T) {
	for rounds, limit := range map[int]int{1: 2000, 5: 5400, 12: 11600} {
		svg, ok := linear(rounds, 4).SVG("map")
		if !ok || len(svg) > limit {
			t.Errorf("%d rounds of 4 choices weigh %d bytes, want at most %d", rounds, len(svg), limit)
		}
		if outline, _ := linear(rounds, 4).Outline().SVG("map"); 2*len(outline) > len(svg)+1000 {
			t.Errorf("the outline of %d rounds weighs %d bytes, the map %d", rounds, len(outline), len(svg))
		}
	}
}

// linear is a replay of rounds with one best choice each; the others lead back
// to their round. A closing round and the debrief follow.
func linear(rounds, choices int) pathmap.Map {
	m := pathmap.Map{
		Title: "Where the choices lead",
		Stops: []pathmap.Stop{{Label: "Briefing", Kind: pathmap.Start}},
		Moves: []pathmap.Move{{From: 0, To: 1}},
	}
	for i := 1; i <= rounds; i++ {
		m.Stops = append(m.Stops, pathmap.Stop{Label: fmt.Sprintf("Round %d", i), Name: "Find the cause"})
		for c := range choices {
			move := pathmap.Move{From: i, To: i, Letter: string(rune('A' + c)), Grade: pathmap.Miss}
			if c == i%choices {
				move.To, move.Grade = i+1, pathmap.Best
			}
			m.Moves = append(m.Moves, move)
		}
	}
	m.Stops = append(m.Stops,
		pathmap.Stop{Label: fmt.Sprintf("Round %d", rounds+1), Name: "Remediation", Kind: pathmap.Closing},
		pathmap.Stop{Label: "Debrief", Kind: pathmap.End})
	m.Moves = append(m.Moves, pathmap.Move{From: rounds + 1, To: rounds + 2})
	return m
}

// The text equivalent of a map is its moves in words, and that of its outline,
// which gives nothing away, the outline's moves.
func ExampleMap_Outline() {
	m := pathmap.Map{
		Stops: []pathmap.Stop{{Label: "Round 1"}, {Label: "Round 2"}, {Label: "Debrief", Kind: pathmap.End}},
		Moves: []pathmap.Move{
			{From: 0, To: 1, Letter: "A", Grade: pathmap.Good},
			{From: 0, To: 1, Letter: "B", Grade: pathmap.Best},
			{From: 0, To: 0, Letter: "C", Grade: pathmap.Miss},
			{From: 1, To: 2, Letter: "A", Grade: pathmap.Best},
		},
	}
	for _, move := range m.Moves {
		fmt.Printf("%s, choice %s leads to %s.\n", m.Stops[move.From].Label, move.Letter, m.Stops[move.To].Label)
	}
	fmt.Println()
	for _, move := range m.Outline().Moves {
		fmt.Printf("%s leads to %s.\n", m.Stops[move.From].Label, m.Stops[move.To].Label)
	}
	// Output:
	// Round 1, choice A leads to Round 2.
	// Round 1, choice B leads to Round 2.
	// Round 1, choice C leads to Round 1.
	// Round 2, choice A leads to Debrief.
	//
	// Round 1 leads to Round 2.
	// Round 2 leads to Debrief.
}

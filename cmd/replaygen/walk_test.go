package main

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestWalkSample plays every replay of the sample site in every way there is,
// beside a naive interpreter of its text, and compares them page by page.
func TestWalkSample(t *testing.T) {
	source := t.TempDir() // a build keeps names of pages in its source
	if err := os.CopyFS(filepath.Join(source, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	output := buildSite(t, source)
	files, err := filepath.Glob(filepath.Join(source, "content", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Base(file) == "README.md" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			walk(t, output, diag.NewSource(file, text))
		})
	}
}

// TestWalkGenerated does the same for replays with random branches, loops,
// endings, grades, costs and details.
func TestWalkGenerated(t *testing.T) {
	source := t.TempDir()
	if err := os.Mkdir(filepath.Join(source, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for seed := range uint64(24) {
		name := filepath.Join("content", fmt.Sprintf("random-%d.md", seed))
		texts[name] = randomReplay(rand.New(rand.NewPCG(seed, 1)), seed)
		if err := os.WriteFile(filepath.Join(source, name), []byte(texts[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	output := buildSite(t, source)
	for name, text := range texts {
		t.Run(filepath.Base(name), func(t *testing.T) { walk(t, output, diag.NewSource(name, []byte(text))) })
	}
}

// randomReplay writes a replay of a few rounds in which every round has a choice
// that leads onward.
func randomReplay(r *rand.Rand, seed uint64) string {
	var b strings.Builder
	details := []string{"picks", "rounds", "grades", "total", "none", "auto"}
	fmt.Fprintf(&b, "---\ndetail: %s\n", details[seed%6])
	if r.IntN(4) == 0 {
		b.WriteString("on_miss: continue\n")
	}
	fmt.Fprintf(&b, "---\n# Incident Replay: Random %d\n## Setup\n- **Time:** now\n", seed)
	rounds := 2 + r.IntN(2)
	for i := 1; i <= rounds; i++ {
		fmt.Fprintf(&b, "## Round %d: R\n", i)
		choices := 2 + r.IntN(2)
		best := r.IntN(choices)
		for c := range choices {
			fmt.Fprintf(&b, "- %c) Do %d\n", 'A'+c, c)
		}
		for c := range choices {
			mark, attributes := "", ""
			if c == best {
				mark = " (recommended)"
			} else if r.IntN(3) == 0 {
				attributes = fmt.Sprintf("next=%d grade=%s", 1+r.IntN(rounds+1), []string{"good", "miss"}[r.IntN(2)])
			}
			if r.IntN(3) == 0 {
				attributes += fmt.Sprintf(" cost=%ds", 30*r.IntN(20))
			}
			fmt.Fprintf(&b, "### If you chose %c%s: {%s}\n> Result.\n", 'A'+c, mark, attributes)
		}
	}
	fmt.Fprintf(&b, "## Round %d: End\n**Actions:**\n1. Rest\n## Damage Report\n", rounds+1)
	b.WriteString("- **Optimal resolution time:** 10 minutes\n- **If every wrong choice was made:** 61 minutes\n")
	return b.String()
}

// buildSite builds the site of a source into a new folder.
func buildSite(t *testing.T, source string, flags ...string) (output string) {
	t.Helper()
	output = filepath.Join(t.TempDir(), "public")
	var out, errs bytes.Buffer
	args := append([]string{"build", "--quiet", "--source", source, "--output", output}, flags...)
	if code := run(args, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("build exits with %d:\n%s%s", code, out.String(), errs.String())
	}
	return output
}

// A player is the naive interpreter: where it is and every pick it ever made.
type player struct {
	place string // as in data-place
	round int    // index, or -1
	last  int    // index of the outcome's choice
	picks [16]uint32
}

// A step is a player beside the page it must agree with.
type step struct {
	player player
	href   string // file and query, relative to the replay's folder
}

func walk(t *testing.T, output string, src *diag.Source) {
	var list diag.List
	r := library.Parse(src, &list)
	m := library.Inspect(r, site.DefaultConfig(), &list)
	if list.HasErrors() {
		t.Fatal(list.Sorted()[0].Message)
	}
	game := &game{t: t, r: r, next: m.NextRound, cost: m.Cost, optimal: m.Scoring.Optimal, worst: m.Scoring.Worst, detail: m.Detail}
	folder := filepath.Join(output, r.Slug)
	pages := map[string]*publishedPage{}
	seen := map[string]bool{}
	todo := []step{{player{place: "briefing", round: -1}, "index.html"}}
	finished := 0
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		key := fmt.Sprint(at.player, at.href)
		if seen[key] {
			continue
		}
		seen[key] = true
		name, query, _ := strings.Cut(at.href, "?")
		page := pages[name]
		if page == nil {
			page = readPage(t, filepath.Join(folder, name))
			pages[name] = page
		}
		todo = append(todo, game.compare(at.player, page, name, query)...)
		if at.player.place == "debrief" {
			finished++
		}
	}
	if finished == 0 {
		t.Error("no debrief was reached")
	}
	t.Logf("%s: %d positions agree on %d pages, %d at a debrief", r.Slug, len(seen), len(pages), finished)
}

// game is the rules in a few lines.
type game struct {
	t              *testing.T
	r              *replay.Replay
	next           func(round, choice int) int
	cost           func(round, choice int) *big.Rat
	optimal, worst *big.Rat
	detail         trail.Detail
}

func (g *game) enter(p player, round int) player {
	p.round, p.last = round, -1
	switch {
	case round < 0:
		p.place = "debrief"
	case g.r.Rounds[round].Closing():
		p.place = "closing-" + g.r.Rounds[round].Label
	default:
		p.place = "round-" + g.r.Rounds[round].Label
	}
	return p
}

// compare checks a page against a player and returns where its links lead.
func (g *game) compare(p player, page *publishedPage, name, query string) (next []step) {
	g.t.Helper()
	if page.place != p.place || page.replay != g.r.Slug {
		g.t.Fatalf("%s is %s of %s, want %s", name, page.place, page.replay, p.place)
	}
	g.compareClock(p, page, name, query)
	g.compareMarks(p, page, name)
	offers := strings.HasPrefix(p.place, "round-") ||
		strings.HasPrefix(p.place, "outcome-") && g.next(p.round, p.last) == p.round
	if !offers {
		if len(page.choices) != 0 {
			g.t.Fatalf("%s offers choices", name)
		}
		switch {
		case p.place == "debrief":
			if page.next != "" {
				g.t.Fatalf("%s: the debrief leads on to %s", name, page.next)
			}
			return nil
		case p.place == "briefing":
			return []step{{g.enter(p, 0), page.next}}
		case strings.HasPrefix(p.place, "closing-"):
			return []step{{g.enter(p, -1), page.next}}
		}
		return []step{{g.enter(p, g.next(p.round, p.last)), page.next}}
	}
	choices := g.r.Rounds[p.round].Choices
	if len(page.choices) != len(choices) || page.next != "" {
		g.t.Fatalf("%s offers %d choices, want %d", name, len(page.choices), len(choices))
	}
	for i, c := range choices {
		offer := page.choices[i]
		tried := p.picks[p.round]>>i&1 == 1
		closed := tried && g.next(p.round, i) == p.round
		if offer.letter != string(c.Letter) || offer.tried != tried || (offer.href == "") != closed {
			g.t.Fatalf("%s: choice %d is %+v, want letter %c, tried %v, closed %v", name, i, offer, c.Letter, tried, closed)
		}
		if closed {
			continue
		}
		to := p
		to.last = i
		to.place = fmt.Sprintf("outcome-%s%c", g.r.Rounds[p.round].Label, c.Letter)
		to.picks[p.round] |= 1 << i
		next = append(next, step{to, offer.href})
	}
	return next
}

// compareMarks checks that the trail panel says nothing of a round that this
// player did not earn, whoever else the page is for.
func (g *game) compareMarks(p player, page *publishedPage, name string) {
	g.t.Helper()
	if len(page.marks) != len(g.r.Rounds) {
		g.t.Fatalf("%s marks %d rounds, want %d", name, len(page.marks), len(g.r.Rounds))
	}
	for i, round := range g.r.Rounds {
		picked, misses, clean := p.picks[i] != 0, 0, true
		for j, c := range round.Choices {
			if p.picks[i]>>j&1 == 1 && c.Outcome.Grade == replay.Miss {
				misses++
			}
			if p.picks[i]>>j&1 == 1 && c.Outcome.Grade != replay.Best {
				clean = false
			}
		}
		mark, earned := page.marks[i], true
		number, counts := 0, false
		if n, err := fmt.Sscanf(mark, "%d miss", &number); n == 1 && err == nil {
			counts = true
		}
		switch {
		case counts:
			earned = picked && number == misses
		case mark == "clean":
			earned = picked && clean
		case mark == "not clean":
			earned = misses > 0
		case strings.Contains(mark, "good"), mark == "not solved":
			earned = picked && misses == 0 && !clean
		case mark == "passed":
			earned = picked || round.Closing()
		case mark == "not visited":
			earned = !picked
		case mark == "now":
			earned = p.round == i
		case mark == "ahead":
			earned = !picked
		case mark == "not known":
			earned = g.detail >= trail.ByTotal
		default: // the grade of the pick that this page is about
			earned = p.round == i && strings.HasPrefix(p.place, "outcome-")
		}
		if !earned {
			g.t.Fatalf("%s says %q of Round %s, where the player picked %b", name, mark, round.Label, p.picks[i])
		}
	}
}

// compareClock checks clock and score, on the page and in the link that led to it.
func (g *game) compareClock(p player, page *publishedPage, name, query string) {
	g.t.Helper()
	clock := new(big.Rat)
	for i, round := range g.r.Rounds {
		for j := range round.Choices {
			if p.picks[i]>>j&1 == 1 {
				clock.Add(clock, g.cost(i, j))
			}
		}
	}
	half := big.NewRat(1, 2)
	score := new(big.Rat).Sub(g.worst, clock)
	score.Mul(score, big.NewRat(100, 1)).Quo(score, new(big.Rat).Sub(g.worst, g.optimal))
	wantClock := strconv.Itoa(floor(new(big.Rat).Add(clock, half)))
	wantScore := strconv.Itoa(max(0, min(100, floor(score.Add(score, half)))))
	if g.detail == trail.ByNone {
		if page.clock != "" || page.score != "" || strings.Contains(query, "clock") {
			g.t.Fatalf("%s shows a clock that its detail cannot know", name)
		}
		return
	}
	if page.clock != wantClock || page.score != wantScore {
		g.t.Fatalf("%s shows clock %s and score %s, want %s and %s", name, page.clock, page.score, wantClock, wantScore)
	}
	if p.place == "briefing" {
		return
	}
	values, err := url.ParseQuery(query)
	if err != nil || values.Get("clock") != wantClock || values.Get("score") != wantScore || values.Get("trail") == "" {
		g.t.Fatalf("the link to %s carries %q, want clock %s and score %s", name, query, wantClock, wantScore)
	}
}

func floor(q *big.Rat) int { return int(new(big.Int).Div(q.Num(), q.Denom()).Int64()) }

// publishedPage is what a page's contract attributes say.
type publishedPage struct {
	replay, place, clock, score string
	choices                     []publishedChoice
	next                        string
	marks                       []string // of the trail panel, by round
}

type publishedChoice struct {
	letter, href string
	tried        bool
}

func readPage(t *testing.T, name string) *publishedPage {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := html.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	page := &publishedPage{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		if n.Data == "main" {
			page.replay, page.place, page.clock, page.score = attr["data-replay"], attr["data-place"], attr["data-clock"], attr["data-score"]
		}
		if n.Data == "li" && strings.HasPrefix(attr["class"], "mark ") {
			page.marks = append(page.marks, wordOf(n))
		}
		if letter, ok := attr["data-choice"]; ok {
			_, tried := attr["data-tried"]
			page.choices = append(page.choices, publishedChoice{letter, attr["href"], tried})
		}
		if _, ok := attr["data-next"]; ok {
			if page.next != "" {
				t.Fatalf("%s leads on twice", path.Base(name))
			}
			page.next = attr["href"]
		}
	}
	return page
}

// wordOf returns the text of the word in a mark.
func wordOf(mark *html.Node) string {
	for n := range mark.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data == "span" && len(n.Parent.Attr) == 1 && n.Parent.Attr[0].Val == "word" {
			return strings.TrimSpace(n.Data)
		}
	}
	return ""
}

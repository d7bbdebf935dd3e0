package replay_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
)

// FuzzParse: any text gives a replay that can be shown, and diagnostics that
// point into the text.
func FuzzParse(f *testing.F) {
	for _, r := range rewrites {
		f.Add(r.rewrite(whole))
	}
	f.Add("---\ntitle: [\n---\n# \x00\xff\n## Round {\n- A)\n### If you chose A {cost=\n>\n")
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

// Documents put together from the format's own parts reach more of the parser
// than random bytes do.
func TestRandomDocuments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(documentParts), 0, 25).Draw(t, "parts")
		check(t, "# T\n## Round 1: R\n"+strings.Join(parts, ""))
	})
}

var documentParts = []string{
	"## Round 2: S\n", "## Round 2b\n", "### Round 3\n", "## Setup\n", "## Damage Report\n", "## Ending: E {verdict=\"v\"}\n", "## Ending: 2 {", "## Cross-References\n", "# X\n", "## Y\n",
	"> *[Pressure cue: \"x\"]*\n", "**What you see:** ", "**Choose your action:**", "**Actions:**", " - A) a", " - B) b", "\n- A) a\n", "- B) b\n", "- c\n",
	"### If you chose A (recommended):\n", "### If you chose B: {cost=8m grade=good next=2}\n", "### If you chose A or B {next=\n", "### If you chose B: {next=e}\n", "Proceed to Ending: E.\n", "### If you\n",
	"> *[Result: x. Proceed to Round 2.]*\n", "> [Result: ]\n", ">\n", "[Result: y]\n", "Leads to Round 9.\n", "\n", "\n\n", "text ", "1. one", " 2. two\n",
	"- **Time:** now\n", "- Optimal: 5 minutes\n", "- P: [x](y)\n", "```\ncode\n```\n", "---\n", "[", "]", "*", "`", "\t", "\\", "{", "}", "<!-- c -->\n", "é\r\n",
}

// TestLongText parses texts that repeat what the parser looks for, which must
// not take long.
func TestLongText(t *testing.T) {
	const times = 20_000
	for _, text := range []string{
		"- A) x\n### If you chose A:\n> *[Result: " + strings.Repeat("not get to Round 1 ", times) + "]*\n",
		"- A) x\n### If you chose A: {" + strings.Repeat("a=1 ", times) + "}\n",
		"- A) x\n" + strings.Repeat("[Result: a]\n", times),
		"## Damage Report\n" + strings.Repeat("• a ", times) + "\n- **Worst:** 5 minutes " + strings.Repeat("+ ", times),
		"## Cross-References\n" + strings.Repeat("- P: [a][b]\n", times) + "\n[b]: c.md\n",
		strings.Repeat("http://a.b ", times),
	} {
		var list diag.List
		replay.Parse(diag.NewSource("long.md", []byte("# T\n## Round 1: R\n"+text)), &list)
	}
}

// check parses a text and fails if any promise of Parse is broken.
func check(t interface {
	Fatalf(string, ...any)
	Helper()
}, text string) {
	t.Helper()
	var list, again diag.List
	src := diag.NewSource("fuzz.md", []byte(text))
	r := replay.Parse(src, &list)
	inside := func(s diag.Span) {
		if s.Source != src || s.Start < 0 || s.End < s.Start || s.End > len(text) {
			t.Fatalf("span %d to %d of %d", s.Start, s.End, len(text))
		}
	}
	for _, d := range list.Sorted() {
		inside(d.Span)
		for _, related := range d.Related {
			inside(related.Span)
		}
	}
	shown := show(r, inside)
	if d := cmp.Diff(shown, show(replay.Parse(src, &again), inside)); d != "" {
		t.Fatalf("parsed again (-first +second):\n%s", d)
	}
	if list.HasErrors() {
		return
	}
	titles := map[string]bool{}
	for _, e := range r.Endings {
		if key := strings.ToLower(e.Title); key == "" || titles[key] {
			t.Fatalf("the ending %q has no title of its own, and nobody said so", e.Title)
		} else {
			titles[key] = true
		}
	}
	for _, round := range r.Rounds {
		if !round.Closing() && round.Best() == nil {
			t.Fatalf("round %s has no best choice, and nobody said so", round.Label)
		}
		for _, c := range round.Choices {
			if i, ok := replay.EndingOf(c.Outcome.Next); c.Outcome.Next >= len(r.Rounds) || ok && i >= len(r.Endings) {
				t.Fatalf("choice %c of round %s leads nowhere: %d", c.Letter, round.Label, c.Outcome.Next)
			}
		}
	}
	if r.Title == "" || r.Slug == "" || len(r.Rounds) == 0 {
		t.Fatalf("incomplete without an error: %q, %q, %d rounds", r.Title, r.Slug, len(r.Rounds))
	}
}

// show renders all of a replay and visits every place in it.
func show(r *replay.Replay, visit func(diag.Span)) string {
	out := &strings.Builder{}
	renderer := markdown.Renderer{Headings: 2}
	blocks := func(b []markdown.Block) { out.Write(renderer.Blocks(b)) }
	inline := func(in markdown.Inline) { out.Write(renderer.Inline(in)); out.WriteByte('\n') }
	out.WriteString(strings.Join(summary(r), "\n"))
	for _, s := range []diag.Span{r.TitleSpan, r.OptimalSpan, r.WorstSpan} {
		visit(s)
	}
	blocks(r.Intro)
	blocks(r.ReportMore)
	for _, f := range append(append([]replay.Fact{}, r.Setup...), r.Report...) {
		inline(f.Text)
		visit(f.Span)
	}
	for _, x := range r.CrossReferences {
		visit(x.Span)
	}
	for _, e := range r.Endings {
		visit(e.Span)
		blocks(e.Text)
	}
	for _, round := range r.Rounds {
		visit(round.Span)
		inline(round.PressureCue)
		blocks(round.Situation)
		for _, c := range round.Choices {
			inline(c.Text)
			inline(c.Outcome.Result)
			blocks(c.Outcome.More)
			visit(c.Span)
			visit(c.Outcome.Span)
		}
		for _, a := range round.Actions {
			inline(a)
		}
	}
	return out.String()
}

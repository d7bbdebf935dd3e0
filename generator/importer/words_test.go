package importer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
)

// A page is what a replay says, in words.
type page struct {
	Title  string
	Setup  []fact
	Rounds []pageRound
	Report []fact
}

type fact struct{ Label, Text string }

type pageRound struct {
	Label, Title, Cue string
	Situation         []string
	Choices           []pageChoice
	Best              int // index of the best choice
	Actions           []string
}

type pageChoice struct{ Text, Result string }

// text returns the page as it is copied from a browser. The best result of a
// round stands where its outcome would, without a heading.
func (p page) text() string {
	var b strings.Builder
	block := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n\n", args...) }
	block("Skip to content")
	block("Incident Replay: %s", p.Title)
	block("Setup")
	for _, f := range p.Setup {
		block("  • %s: %s", f.Label, f.Text)
	}
	for _, r := range p.Rounds {
		block("Round %s: %s", r.Label, r.Title)
		block("[Pressure cue: %s]", r.Cue)
		if len(r.Actions) > 0 {
			run := "Actions:"
			for i, a := range r.Actions {
				run += fmt.Sprintf(" %d. %s", i+1, a)
			}
			block("%s", run)
			continue
		}
		block("What you see: %s", strings.Join(r.Situation, "\n\n"))
		run := "Choose your action:"
		for i, c := range r.Choices {
			run += fmt.Sprintf(" - %c) %s", 'A'+i, c.Text)
		}
		block("%s", run)
		for i, c := range r.Choices {
			if i != r.Best {
				block("If you chose %c:", 'A'+i)
			}
			block("[Result: %s]", c.Result)
		}
	}
	block("Damage Report")
	for _, f := range p.Report {
		block("  • %s: %s", f.Label, f.Text)
	}
	return b.String() + "Cross-References"
}

// read returns what a parsed replay says.
func read(r *replay.Replay) page {
	p := page{Title: r.Title, Setup: readFacts(r.Setup), Report: readFacts(r.Report)}
	for _, round := range r.Rounds {
		pr := pageRound{Label: round.Label, Title: round.Title, Cue: round.PressureCue.Plain()}
		for _, b := range round.Situation {
			pr.Situation = append(pr.Situation, blockText(b))
		}
		for i, c := range round.Choices {
			pr.Choices = append(pr.Choices, pageChoice{c.Text.Plain(), c.Outcome.Result.Plain()})
			if c.Outcome.Grade == replay.Best {
				pr.Best = i
			}
			for _, b := range c.Outcome.More {
				pr.Choices[i].Result += " MORE " + blockText(b)
			}
		}
		for _, a := range round.Actions {
			pr.Actions = append(pr.Actions, a.Plain())
		}
		p.Rounds = append(p.Rounds, pr)
	}
	return p
}

// blockText returns the text of a paragraph; another kind of block, which no
// text of these tests should become, shows as such.
func blockText(b markdown.Block) string {
	if b.Kind() != markdown.Paragraph {
		return fmt.Sprintf("KIND %d %s", b.Kind(), b.Inline().Plain())
	}
	return b.Inline().Plain()
}

func readFacts(facts []replay.Fact) []fact {
	var read []fact
	for _, f := range facts {
		read = append(read, fact{f.Label, f.Text.Plain()})
	}
	return read
}

// atoms are words and marks that Markdown, or a reader of replays, might take
// for something else. None of them is a mark of the page text itself.
var atoms = []string{
	"node", "the", "Reboot", "is", "x", "7", "30s", "é", "日本", "—", "->", ".", ",", ":", ";", "!", "?", "(", ")", `"`, "'",
	"*", "**", "***", "_", "__", "~", "~~", "~~~", "`", "``", "```", `\`, `\\`, "#", "##", "+", "=", "===", "--", "---", ">", "<",
	"|", "|-|", "[", "]", "[]", "](x)", "![a]", "[x](y)", "[x][y]", "[x]:", "[ ]", "<pod>", "</b>", "<!--", "-->", "<?", "<a@b.c>",
	"<https://e.org>", "https://e.org/a_b_~c~?d=1&lt;", "www.e.org/[x]*", "me@e.org", "&lt;", "&amp;amp;",
	"&#42;", "&x", "{a=b}", "{}", `{.data.\.x}`,
	"$(id)", "$x", "snake_case_", "_private", "2*3*4", "a~b~c", "100%", "@10.0.0.2", "/etc/hosts", "/var/log/*.log",
	"--force", "-n", "values.yaml", "kubectl get pods", "| grep x", "chmod 755 /srv", "'a b'", `"c d"`, "Proceed cautiously.",
}

// phrase draws text of a few atoms, some of them without a space between.
func phrase(t *rapid.T, label string) string {
	var b strings.Builder
	for i, a := range rapid.SliceOfN(rapid.SampledFrom(atoms), 1, 8).Draw(t, label) {
		if i > 0 && rapid.Bool().Draw(t, "space") {
			b.WriteByte(' ')
		}
		b.WriteString(a)
	}
	return b.String()
}

// anchored draws text that begins and ends with a letter, for places where the
// format itself drops marks at the ends (quotation marks of a cue).
func anchored(t *rapid.T, label string) string {
	return "Then" + rapid.SampledFrom([]string{"", " "}).Draw(t, "gap") + phrase(t, label) + " so"
}

// paragraphText draws text that may begin with any mark but that of a list.
func paragraphText(t *rapid.T) string {
	text := phrase(t, "paragraph")
	if first := strings.Fields(text)[0]; first == "*" {
		return "then " + text
	}
	return text
}

func drawPage(t *rapid.T) page {
	facts := func() []fact { return []fact{{"Time", anchored(t, "fact")}, {"Two words", anchored(t, "fact")}} }
	p := page{Title: anchored(t, "title"), Setup: facts(), Report: facts()}
	for i := range rapid.IntRange(1, 2).Draw(t, "rounds") {
		r := pageRound{Label: fmt.Sprint(i + 1), Title: anchored(t, "title"), Cue: anchored(t, "cue")}
		for range rapid.IntRange(1, 3).Draw(t, "paragraphs") {
			r.Situation = append(r.Situation, paragraphText(t))
		}
		for range rapid.IntRange(2, 4).Draw(t, "choices") {
			r.Choices = append(r.Choices, pageChoice{anchored(t, "choice"), anchored(t, "result")})
		}
		r.Best = rapid.IntRange(0, len(r.Choices)-1).Draw(t, "best")
		p.Rounds = append(p.Rounds, r)
	}
	end := pageRound{Label: "9", Title: "End", Cue: "Done"}
	for range rapid.IntRange(1, 4).Draw(t, "actions") {
		// A bracket that closes in a later action would hide the number between.
		end.Actions = append(end.Actions, strings.NewReplacer("(", "x", ")", "x").Replace(anchored(t, "action")))
	}
	p.Rounds = append(p.Rounds, end)
	return p
}

// TestWordForWord imports pages of hostile text: the replay that is parsed from
// the result says what the page said, and belongs to whom it belonged.
func TestWordForWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawPage(t)
		out, list := importText(want.text())
		if list.Count(diag.Error) > 0 {
			t.Fatalf("%s", reports(list))
		}
		var parsed diag.List
		got := read(replay.Parse(diag.NewSource("input.md", []byte(out)), &parsed))
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("(-want +got):\n%s\n%s", d, out)
		}
	})
}

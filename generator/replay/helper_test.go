package replay_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
)

// parse parses a replay and returns its diagnostics one a line: place, severity,
// code, the text they point at, and message.
func parse(text string) (*replay.Replay, []string) {
	var list diag.List
	r := replay.Parse(diag.NewSource("content/disk-full.md", []byte(text)), &list)
	var lines []string
	for _, d := range list.Sorted() {
		p := d.Span.Position()
		lines = append(lines, fmt.Sprintf("%d:%d %v %s %q: %s", p.Line, p.Column, d.Severity, d.Code, d.Span.Text(), d.Message))
	}
	return r, lines
}

// hints returns the hints of a replay's diagnostics.
func hints(text string) string {
	var list diag.List
	replay.Parse(diag.NewSource("content/disk-full.md", []byte(text)), &list)
	var all []string
	for _, d := range list.Sorted() {
		all = append(all, d.Hint)
	}
	return strings.Join(all, "\n")
}

// withRound returns a replay whose first round has the given body, which begins
// on line 3, and which is right otherwise.
func withRound(body string) string {
	return "# Incident Replay: T\n## Round 1: R\n" + body + `
## Round 2: S
**Choose your action:**
- A) x
### If you chose A (recommended):
> *[Result: y.]*
## Round 3: End
**Actions:**
1. Done
## Setup
- **Time:** now
## Damage Report
- **Optimal resolution time:** 5 minutes
- **If every wrong choice was made:** 60 minutes
`
}

// withOutcomes returns a replay whose first round has the choices A and B, and
// outcomes that begin on line 6.
func withOutcomes(outcomes string) string {
	return withRound("**Choose your action:**\n- A) a\n- B) b\n" + outcomes)
}

// describe shows all of a round, one thing a line.
func describe(r *replay.Replay, round *replay.Round) []string {
	lines := []string{"round " + round.Label + ": " + round.Title}
	if !round.PressureCue.Empty() {
		lines = append(lines, "cue: "+round.PressureCue.Plain())
	}
	lines = append(lines, describeBlocks("see: ", round.Situation)...)
	for _, c := range round.Choices {
		next := "debrief"
		if ending, ok := replay.EndingOf(c.Outcome.Next); ok {
			next = "ending " + r.Endings[ending].Title
		} else if c.Outcome.Next >= 0 {
			next = r.Rounds[c.Outcome.Next].Label
		}
		lines = append(lines, fmt.Sprintf("%c) %s", c.Letter, c.Text.Plain()))
		line := fmt.Sprintf("%c: %v to %s", c.Letter, c.Outcome.Grade, next)
		if c.Outcome.Cost != nil {
			line += fmt.Sprintf(", %s min", c.Outcome.Cost.RatString())
		}
		lines = append(lines, line+": "+c.Outcome.Result.Plain())
		lines = append(lines, describeBlocks(fmt.Sprintf("%c more: ", c.Letter), c.Outcome.More)...)
	}
	for i, a := range round.Actions {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, a.Plain()))
	}
	return lines
}

func describeEndings(r *replay.Replay) []string {
	var lines []string
	for _, e := range r.Endings {
		lines = append(lines, "ending "+e.Title+": "+e.Verdict)
		lines = append(lines, describeBlocks("text: ", e.Text)...)
	}
	return lines
}

func describeBlocks(prefix string, blocks []markdown.Block) []string {
	var lines []string
	for _, b := range blocks {
		lines = append(lines, prefix+markdown.Plain([]markdown.Block{b}))
	}
	return lines
}

func describeFacts(facts []replay.Fact) []string {
	var lines []string
	for _, f := range facts {
		lines = append(lines, f.Label+" = "+f.Text.Plain())
	}
	return lines
}

func mustHold(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%q is not in:\n%s", part, text)
	}
}

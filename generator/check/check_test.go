package check_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/check"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// replayText is a replay of two rounds with the headings of two outcomes, the
// costs of the two others and the times of the report left to fill in.
const replayText = `# Incident Replay: %s
## Setup
- **Time:** now
## Round 1: Start
- A) One
- B) Two
### If you chose A (recommended): %s
> One it is.
### If you chose B: %s
> Two it is.
## Round 2: Next
- A) One
- B) Two
### If you chose A (recommended): %s
> One it is.
### If you chose B: %s
> Two it is.
## Round 3: Done
**Actions:**
1. Rest
## Damage Report
- **Optimal resolution time:** 10 minutes
- **If every wrong choice was made:** 30 minutes
`

// run checks a replay and returns "line:column severity code message" of each finding.
func run(t *testing.T, text string) (found []string) {
	t.Helper()
	var list diag.List
	r := replay.Parse(diag.NewSource("r.md", []byte(text)), &list)
	check.Run(trail.Compile(r, trail.Options{}, &list), &list)
	for _, d := range list.Sorted() {
		p := d.Span.Position()
		found = append(found, fmt.Sprintf("%d:%d %s %s %s", p.Line, p.Column, d.Severity, d.Code, d.Message))
	}
	return found
}

func TestChecks(t *testing.T) {
	for name, test := range map[string]struct {
		headings [4]any
		want     []string
	}{
		"nothing to say": {[4]any{"", "", "", ""}, nil},
		"a round nobody can leave": {
			[4]any{"", "", "{next=2}", ""},
			[]string{
				"11:4 error stuck no debrief can be reached from Round 2, reached by A: every choice leads back",
				"18:4 warning unreachable-round nothing leads to Round 3",
				"4:4 error stuck no debrief can be reached from Round 1: every choice leads back",
			},
		},
		"a loop nobody can leave": {
			[4]any{"", "", "{next=1}", ""},
			[]string{
				"11:4 error stuck no debrief can be reached from Round 2, reached by A: every choice leads back",
				"18:4 warning unreachable-round nothing leads to Round 3",
				"4:4 error stuck no debrief can be reached from Round 1: every choice leads back",
			},
		},
		"a loop with a way out": {[4]any{"", "", "", "{next=1 grade=miss}"}, nil},
		"an early end that skips a round": {
			[4]any{"{next=debrief}", "", "", ""},
			[]string{
				"11:4 warning unreachable-round nothing leads to Round 2",
				"18:4 warning unreachable-round nothing leads to Round 3",
			},
		},
		"best choices that cost too much": {
			[4]any{"{cost=8m}", "", "{cost=7m}", ""},
			[]string{"22:32 warning best-costs the best choices cost 15 min in all, but the optimal time is 10 min"},
		},
		"misses that cost too little": {
			[4]any{"", "{cost=1m}", "", "{cost=90s}"},
			[]string{"23:39 warning miss-costs every wrong choice and the best path take 12.5 min in all, but the worst time is 30 min"},
		},
		"misses that leave a share": {[4]any{"", "{cost=1m}", "", ""}, nil},
		"no misses":                 {[4]any{"", "{next=2 grade=good}", "", "{next=3 grade=good}"}, nil},
		"a round nobody meets or could leave": {
			[4]any{"{next=debrief}", "", "{next=2}", ""},
			[]string{
				"11:4 warning unreachable-round nothing leads to Round 2",
				"18:4 warning unreachable-round nothing leads to Round 3",
			},
		},
	} {
		text := fmt.Sprintf(replayText, append([]any{"Test"}, test.headings[:]...)...)
		got := run(t, text)
		if diff := cmp.Diff(sorted(test.want), sorted(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestEndings holds that an ending needs a way there, and is a way out.
func TestEndings(t *testing.T) {
	const endings = "## Ending: Data lost\n## Ending: Saved\n"
	for name, test := range map[string]struct {
		headings [4]any
		want     []string
	}{
		"nothing leads there": {
			[4]any{"", "", "", ""},
			[]string{
				`24:4 warning unreachable-ending nothing leads to the ending "Data lost"`,
				`25:4 warning unreachable-ending nothing leads to the ending "Saved"`,
			},
		},
		"one is left over": {
			[4]any{"", "{next=saved grade=miss}", "", ""},
			[]string{`24:4 warning unreachable-ending nothing leads to the ending "Data lost"`},
		},
		"only an unreachable round leads there": {
			[4]any{"{next=3}", "", "{next=saved}", `{next="Data lost"}`},
			[]string{
				"11:4 warning unreachable-round nothing leads to Round 2",
				`24:4 warning unreachable-ending nothing leads to the ending "Data lost"`,
				`25:4 warning unreachable-ending nothing leads to the ending "Saved"`,
			},
		},
		"the only way out": {
			[4]any{"", "", "{next=saved}", `{next="Data lost" grade=miss}`},
			[]string{"18:4 warning unreachable-round nothing leads to Round 3"},
		},
	} {
		text := fmt.Sprintf(replayText, append([]any{"Test"}, test.headings[:]...)...) + endings
		if diff := cmp.Diff(sorted(test.want), sorted(run(t, text))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func sorted(list []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[s] = true
	}
	return set
}

// TestDocumented holds that every check says what it finds.
func TestDocumented(t *testing.T) {
	codes := map[diag.Code]bool{}
	for _, c := range check.Checks() {
		if c.Doc == "" || c.Code == "" || codes[c.Code] {
			t.Errorf("the check %q lacks a code of its own or a description", c.Code)
		}
		codes[c.Code] = true
	}
}

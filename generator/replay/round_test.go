package replay_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRoundHeadings(t *testing.T) {
	tests := map[string][2]string{
		"## Round 1: Alert Fires":     {"1", "Alert Fires"},
		"## round 2b — Side Road":     {"2b", "Side Road"},
		"## Round 1 - Alert":          {"1", "Alert"},
		"## Round 1 – Alert":          {"1", "Alert"},
		"## Round 3. Cause":           {"3", "Cause"},
		"## Round 3 Cause: `dns`":     {"3", "Cause: dns"},
		"## Round 10":                 {"10", ""},
		"## Round #4: X":              {"4", "X"},
		"## Round 1.b_2-c: X":         {"1.b_2-c", "X"},
		"## Round final":              {"final", ""},
		"## Round Two: The Fall":      {"Two", "The Fall"},
		"# Round 1: X":                {"1", "X"},
		"### Round 1: X":              {"1", "X"},
		"## **Round 1:** Alert *now*": {"1", "Alert now"},
	}
	for heading, want := range tests {
		r, _ := parse("# T\n\n" + heading + "\n**Actions:**\n1. x\n")
		if len(r.Rounds) != 1 || r.Rounds[0].Label != want[0] || r.Rounds[0].Title != want[1] {
			t.Errorf("%s: got %v", heading, r.Rounds)
		}
	}
	for _, heading := range []string{"## Round table", "## Rounds", "#### Round 1: X", "## Around 1"} {
		r, _ := parse("# T\n\n" + heading + "\n")
		if n := len(r.Rounds); heading != "## Round table" && n > 0 {
			t.Errorf("%s: is a round", heading)
		}
	}
}

// TestRoundBraces: attributes behind a round's title are a mistake, other braces are
// words.
func TestRoundBraces(t *testing.T) {
	for heading, want := range map[string]struct{ title, diagnostic string }{
		"## Round 1: Back {cost=5m}": {"Back", `3:18 error attribute-unknown "{cost=5m}": a round has no attributes: its outcomes have`},
		"## Round 1: {{ template }}": {"{{ template }}", ""},
		"## Round 1: `{cost}`":       {"{cost}", ""},
	} {
		r, got := parse("# T\n\n" + heading + "\n**Actions:**\n1. x\n## Setup\n- **Time:** now\n## Damage Report\n- **Optimal resolution time:** 5 minutes\n")
		if title := r.Rounds[0].Title; title != want.title {
			t.Errorf("%s: the title is %q", heading, title)
		}
		if found := strings.Join(got, "\n"); found != want.diagnostic {
			t.Errorf("%s: %s", heading, found)
		}
	}
}

func TestRoundsOfLowerLevel(t *testing.T) {
	r, _ := parse("# T\n## Round 1: A\n### Round up the usual\ntext\n### Round 2: B\n**Actions:**\n1. x\n")
	var got []string
	for _, round := range r.Rounds {
		got = append(got, round.Label+" "+round.Title)
	}
	if d := cmp.Diff([]string{"1 A", "2 B"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestRoundLabels(t *testing.T) {
	_, got := parse(withRound("**Actions:**\n1. x\n## Round 1.A\n**Actions:**\n1. x\n## Round 1_a\n**Actions:**\n1. x\n" +
		"## Round debrief\n**Actions:**\n1. x\n## Round abcdefghijklmnopq\n**Actions:**\n1. x\n"))
	want := []string{
		`8:4 error round-repeated "Round 1_a": there are two rounds with the label 1_a`,
		`11:4 error round-label "Round debrief": a round cannot be called "debrief": that is the page behind the last round`,
		`14:4 error round-label "Round abcdefghijklmnopq": the label of a round has at most 16 characters`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestPressureCue(t *testing.T) {
	tests := map[string]string{
		`> *[Pressure cue: "It burns."]*`:                      "It burns.",
		`> [Pressure cue: "It burns."]`:                        "It burns.",
		`> *Pressure cue: It burns.*`:                          "It burns.",
		`**Pressure cue:** It burns.`:                          "It burns.",
		`[pressure cue: “It burns.”]`:                          "It burns.",
		`> **[Pressure: 'It burns.']**`:                        "It burns.",
		`> *[Pressure cue: "He said "now" twice."]*`:           `He said "now" twice.`,
		`> *[Pressure cue: "Down" and "out"]*`:                 `"Down" and "out"`,
		`> *[Pressure cue: “She said “now” twice.”]*`:          "She said “now” twice.",
		`> *[Pressure cue: "[P1] smile :] it's 5 o'clock."]*`:  "[P1] smile :] it's 5 o'clock.",
		`> *[Pressure cue: 'Don't wait.']*`:                    `Don't wait.`,
		`> *[Pressure cue: 'Rack 5'6 is out.']*`:               `Rack 5'6 is out.`,
		`> *[Pressure cue: '' it said'']*`:                     `' it said'`,
		"> *[Pressure cue: \"Run `df -h`.\"]*":                 "Run df -h.",
		"> *[Pressure cue: \"Two\n> lines.\"]*":                "Two lines.",
		`> *[Pressure cue: "It burns."`:                        "It burns.",
		"> *[Pressure cue: \"It burns.\"]*\n**Actions:**\n":    "It burns.",
		"> *[Pressure cue: \"It burns.\"]* **Actions:** 1. x":  "It burns.",
		"> [Pressure cue: \"It burns.\"]\n> **Actions:** 1. x": "It burns.",
	}
	for text, want := range tests {
		r, _ := parse(withRound(text + "\n1. x\n"))
		if got := r.Rounds[0].PressureCue.Plain(); got != want {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

func TestBody(t *testing.T) {
	const outcome = "\n### If you chose A (recommended):\n> *[Result: y]*\n"
	tests := map[string]struct {
		text string
		want []string // without the heading, and the outcome of A
	}{
		"text behind the label": {
			"**What you see:** It is full.\n\n```\ndf\n```\n\nAll of it.\n\n- A) x\n- B) (b) z\n",
			[]string{"see: It is full.", "see: df", "see: All of it.", "A) x", "B) (b) z"},
		},
		"no label at all": {
			"It is full.\n\n1. first\n2. second\n\nWhat now?\n\nA) x\nB) z\n",
			[]string{"see: It is full.", "see: first\n\nsecond", "see: What now?", "A) x", "B) z"},
		},
		"all in one paragraph": {
			"> *[Pressure cue: \"Now\"]*\n**What you see:**\nIt is full.\n**Choose your action:**\nA) x\nB) z\n",
			[]string{"cue: Now", "see: It is full.", "A) x", "B) z"},
		},
		"all in one line": {
			"[Pressure cue: \"Now [!]\"] What you see: It is [so] full. Choose your action: - A) x - B) z - D) not one",
			[]string{"cue: Now [!]", "see: It is [so] full.", "A) x", "B) z - D) not one"},
		},
		"a letter out of order is text": {
			"**Choose your action:** - A) x - C) y - B) z - C) c",
			[]string{"A) x - C) y", "B) z", "C) c"},
		},
		"a letter in code is text": {
			"**Choose your action:** - A) run `echo - B) no` - B) z",
			[]string{"A) run echo - B) no", "B) z"},
		},
		"en dashes and bullets": {
			"Choose your action: • A) x – y • B) z",
			[]string{"A) x – y", "B) z"},
		},
		"letters with full stops in one line": {
			"**Choose an action:** A. x B. z. And B. C. again",
			[]string{"A) x", "B) z. And B.", "C) again"},
		},
		"one item holds them all": {
			"**Choose your action:**\n\n- A) x - B) z\n",
			[]string{"A) x", "B) z"},
		},
		"a paragraph each": {
			"**Choose your action:**\n\n**A)** x\n\n**B)** z\n",
			[]string{"A) x", "B) z"},
		},
		"a loose list, a nested one, another bullet": {
			"**Choose your action:**\n\n- A) x\n\n- B) y\n  - C) z\n\n* D) d\n",
			[]string{"A) x", "B) y", "C) z", "D) d"},
		},
		"letters in other styles": {
			"**What do you do?**\n- (a) x\n- [B] y\n- C: z\n- Option D – d\n1. E) e\n",
			[]string{"A) x", "B) y", "C) z", "D) d", "E) e"},
		},
		"a lettered list before the label is none of choices": {
			"- A) disk\n- B) memory\n\n**Choose your action:**\n- A) x\n- B) z\n",
			[]string{"see: A) disk\n\nB) memory", "A) x", "B) z"},
		},
		"text behind the choices": {
			"- A) x\n- B) z\n\nThink.\n\n> A quote.\n",
			[]string{"see: Think.", "see: A quote.", "A) x", "B) z"},
		},
		"formatting stays": {
			"**Choose your action:**\n- A) see <pod>, `$(x)` and {.data.\\.x}\n- B) [link](u)\n",
			[]string{"A) see <pod>, $(x) and {.data..x}", "B) link"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, _ := parse(withRound(test.text + outcome))
			round := *r.Rounds[0]
			var got []string
			for _, line := range describe(r, &round)[1:] {
				if len(line) < 2 || line[1] != ':' {
					got = append(got, line)
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestActions(t *testing.T) {
	tests := map[string][]string{
		"**Actions:**\n1. a\n2. b `c`\n":                                                      {"1. a", "2. b c"},
		"**Actions:**\n- a\n- b\n":                                                            {"1. a", "2. b"},
		"**Actions:**\n\nFirst things first:\n\n1. a\n2. b\n":                                 {"see: First things first:", "1. a", "2. b"},
		"Text.\n\n1. a\n2. b\n":                                                               {"see: Text.", "1. a", "2. b"},
		"**Actions:** 1. a 2. b\n":                                                            {"1. a", "2. b"},
		"**Actions:**\n1. a 2. b 3. c\n":                                                      {"1. a", "2. b", "3. c"},
		"**Actions:**\n1) a 2) b\n":                                                           {"1. a", "2. b"},
		"Actions: 1. Look: iostat -x 1 5 2. Verify: iostat -x 1 5 3. Close\n":                 {"1. Look: iostat -x 1 5", "2. Verify: iostat -x 1 5", "3. Close"},
		"Actions: 1. Take the (1) first and (2) second 2. Run `grep 3. x` 3. Done\n":          {"1. Take the (1) first and (2) second", "2. Run grep 3. x", "3. Done"},
		"Actions: 1. Upgrade to version 2. 2. Verify 1. 3. Done\n":                            {"1. Upgrade to version 2.", "2. Verify 1.", "3. Done"},
		"Actions: (1) a 2. b (2) c\n":                                                         {"1. a 2. b", "2. c"},
		"**Actions:** Verify everything.\n":                                                   {"1. Verify everything."},
		"**Remediation actions:**\n1. a\n":                                                    {"1. a"},
		"It is over. Actions: 1. a 2. b":                                                      {"see: It is over.", "1. a", "2. b"},
		"The team took these actions: they slept.\n\n**Actions:**\n1. a\n":                    {"see: The team took these actions: they slept.", "1. a"},
		"**Actions:**\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n10. j\n11. k 1.": {"1. a", "2. b", "3. c", "4. d", "5. e", "6. f", "7. g", "8. h", "9. i", "10. j", "11. k 1."},
	}
	for text, want := range tests {
		r, diagnostics := parse(withRound(text))
		if d := cmp.Diff(want, describe(r, r.Rounds[0])[1:]); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
		if len(diagnostics) > 0 {
			t.Errorf("%q: %v", text, diagnostics)
		}
	}
	_, got := parse(withRound("Nothing to do.\n"))
	if d := cmp.Diff([]string{`2:4 warning round-empty "Round 1: R": round 1 has neither choices nor actions`}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestChoiceLetters(t *testing.T) {
	tests := map[string]struct {
		choices string
		letters string
		want    []string
	}{
		"a gap": {"- A) x\n- C) y\n- D) z\n", "ACD", []string{
			`5:3 error choice-letter "C) y": this choice is C; expected B`,
		}},
		"twice": {"- A) x\n- B) y\n- B) z\n- C) z\n", "ABC", []string{
			`6:3 error choice-letter "B) z": this choice is B; expected C`,
		}},
		"no letter": {"- A) x\n- y\n- C) z\n", "ABC", []string{
			`5:3 error choice-letter "y": this choice has no letter; expected "B) …"`,
		}},
		"wrong beginning": {"- B) x\n- C) y\n", "BC", []string{
			`4:3 error choice-letter "B) x": this choice is B; expected A`,
		}},
		"no text": {"- A)\n- B) y\n", "AB", []string{
			`4:3 warning choice-empty "A)": choice A has no text`,
		}},
		"nothing": {"- A) x\n-\n", "AB", []string{
			`5:1 error choice-letter "-": this choice has no letter; expected "B) …"`,
			`5:1 warning choice-empty "-": choice B has no text`,
		}},
		"more than a paragraph": {"- A) x\n\n  more\n- B) y\n", "AB", []string{
			`6:3 warning content-ignored "more": this is left out: a choice is one paragraph`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			outcomes := ""
			for i, l := range test.letters {
				mark := ""
				if i == 0 {
					mark = " (recommended)"
				}
				outcomes += "\n### If you chose " + string(l) + mark + ":\n> x\n"
			}
			r, got := parse(withRound("**Choose your action:**\n" + test.choices + outcomes))
			letters := ""
			for _, c := range r.Rounds[0].Choices {
				letters += string(c.Letter)
			}
			if letters != test.letters {
				t.Errorf("letters %s", letters)
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestTooManyChoices(t *testing.T) {
	text := "**Choose your action:**\n"
	for range 28 {
		text += "- x\n"
	}
	r, _ := parse(withRound(text))
	if n := len(r.Rounds[0].Choices); n != 26 {
		t.Errorf("%d choices", n)
	}
}

package replay_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/replay"
)

// outcomeOf describes the outcome of choice A, whose heading and text are given;
// B is the best choice.
func outcomeOf(text string) ([]string, []string) {
	r, diagnostics := parse(withOutcomes(text + "\n### If you chose B (recommended):\n> *[Result: good.]*\n"))
	var got []string
	for _, line := range describe(r, r.Rounds[0])[2:] {
		if line[0] == 'A' {
			got = append(got, line)
		}
	}
	return got, diagnostics
}

func TestOutcomeHeadings(t *testing.T) {
	for _, heading := range []string{
		"### If you chose A:", "### If you chose A", "## if you choose a", "#### If you picked A.", "### If you chose **A**:",
		"### If you chose option A", "### If you selected A)", "# If you chose A —",
	} {
		got, diagnostics := outcomeOf(heading + "\n> *[Result: bad.]*\n")
		if d := cmp.Diff([]string{"A: miss to 1: bad."}, got); d != "" || len(diagnostics) > 0 {
			t.Errorf("%s (-want +got):\n%s\n%v", heading, d, diagnostics)
		}
	}
	for _, heading := range []string{"A (recommended):", "A: (recommended)", "A (Recommended)", "A — recommended", "A [best]", "A {grade=best}"} {
		r, diagnostics := parse(withOutcomes("### If you chose " + heading + "\n> x\n### If you chose B\n> y\n"))
		if r.Rounds[0].Best() == nil || r.Rounds[0].Best().Letter != 'A' || len(diagnostics) > 0 {
			t.Errorf("%s: %v", heading, diagnostics)
		}
	}
}

func TestOutcomeForSeveralLetters(t *testing.T) {
	body := "**Choose your action:**\n- A) a\n- B) b\n- C) c\n- D) d\n### If you chose B (recommended)\n> y\n### If you chose "
	for _, letters := range []string{"A, C or D:", "A, C, D", "A / C / D", "A, C, and D {cost=5}", "A or C or D"} {
		r, diagnostics := parse(withRound(body + letters + "\n> x\n"))
		for _, c := range r.Rounds[0].Choices {
			if want := map[bool]string{true: "y", false: "x"}[c.Letter == 'B']; c.Outcome.Result.Plain() != want {
				t.Errorf("%s: %c has the result %q", letters, c.Letter, c.Outcome.Result.Plain())
			}
		}
		if len(diagnostics) > 0 {
			t.Errorf("%s: %v", letters, diagnostics)
		}
	}
}

func TestResults(t *testing.T) {
	tests := map[string][]string{
		"> *[Result: It `breaks` [twice]. Bad]*": {"A: miss to 1: It breaks [twice]. Bad"},
		"> [Result: x ] y]":                      {"A: miss to 1: x ] y"},
		"> *[Result: x ] y":                      {"A: miss to 1: x", "A more: y"},
		"> *Result: x*":                          {"A: miss to 1: x"},
		"> **Result:** x":                        {"A: miss to 1: x"},
		"Result: x":                              {"A: miss to 1: x"},
		"> *[x]*":                                {"A: miss to 1: x"},
		"[x] and [y]":                            {"A: miss to 1: [x] and [y]"},
		"*x*":                                    {"A: miss to 1: x"},
		"x *y* `z`":                              {"A: miss to 1: x y z"},
		"> *[Result: one\n> two]*\n> three":      {"A: miss to 1: one two", "A more: three"},
		"> *[Result: x]*\nlazy [more]":           {"A: miss to 1: x", "A more: lazy [more]"},
		"> [Result: x]\nlazy":                    {"A: miss to 1: x", "A more: lazy"},
		"> *[Result: x]*\n>\n> more\n\n```\ncode\n```\n- l\n#### h\n": {
			"A: miss to 1: x", "A more: more", "A more: code", "A more: l", "A more: h",
		},
		"Before.\n\n> *[Result: x]*\n\nAfter.": {"A: miss to 1: x", "A more: Before.", "A more: After."},
		"First.\n\n> Second.\n":                {"A: miss to 1: First.", "A more: Second."},
		"> First.\n>\n> Second.\n\nThird.\n":   {"A: miss to 1: First.", "A more: Second.", "A more: Third."},
		"> *[Result: a*b]*":                    {"A: miss to 1: ab"},
		"> *[Result: runs `a * b` * c]*":       {"A: miss to 1: runs a * b * c"},
		"> *[Result: x]*\n\n---\n":             {"A: miss to 1: x"},
	}
	for text, want := range tests {
		got, diagnostics := outcomeOf("### If you chose A:\n" + text)
		if d := cmp.Diff(want, got); d != "" || len(diagnostics) > 0 {
			t.Errorf("%q (-want +got):\n%s\n%v", text, d, diagnostics)
		}
	}
}

func TestEmptyResults(t *testing.T) {
	tests := map[string]string{
		">\n":               `7:1 warning result-empty ">": this outcome has no result`,
		">\n\nText behind.": `7:1 warning result-empty ">": this outcome has no result`,
		"":                  `6:5 warning result-empty "If you chose A:": this outcome has no result`,
		"> *[Result: ]*\n":  `7:4 warning result-empty "[Result: ]": this outcome has no result`,
		"```\ncode\n```\n":  `6:5 warning result-empty "If you chose A:": this outcome has no result`,
	}
	for text, want := range tests {
		got, diagnostics := outcomeOf("### If you chose A:\n" + text)
		if d := cmp.Diff([]string{want}, diagnostics); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
		if got[0] != "A: miss to 1: " {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestResultsWithoutHeading(t *testing.T) {
	tests := map[string]string{
		"at the top":                "> *[Result: best.]*\n\nMore.\n\n### If you chose B\n> *[Result: bad.]*\n",
		"behind another result":     "### If you chose B\n> *[Result: bad.]*\n\n> *[Result: best.]*\n\nMore.\n",
		"in the same quote":         "### If you chose B\n> *[Result: bad.]*\n> *[Result: best.]*\n\nMore.\n",
		"in the same plain quote":   "### If you chose B\n> [Result: bad.]\n> [Result: best.]\n\nMore.\n",
		"as plain paragraphs":       "[Result: best.]\n\nMore.\n\n### If you chose B\n\n[Result: bad.]\n",
		"behind, in two paragraphs": "### If you chose B\n> *[Result: bad.]*\n>\n> *[Result: best.]*\n\nMore.\n",
	}
	for name, outcomes := range tests {
		t.Run(name, func(t *testing.T) {
			r, diagnostics := parse(withOutcomes(outcomes))
			want := []string{"round 1: R", "A) a", "A: best to 2: best.", "A more: More.", "B) b", "B: miss to 1: bad."}
			if d := cmp.Diff(want, describe(r, r.Rounds[0])); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if len(diagnostics) != 1 {
				t.Errorf("diagnostics: %v", diagnostics)
			}
		})
	}
	_, got := parse(withOutcomes("### If you chose B\n> *[Result: bad.]*\n\n> *[Result: best.]*\n"))
	if d := cmp.Diff([]string{
		`9:4 note result-assigned "[Result: best.]": this result has no heading; it is taken for that of choice A, the only one without`,
	}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for outcome, want := range map[string]string{
		"### If you chose B\n":               `write "### If you chose A (recommended):" above it`,
		"### If you chose B (recommended)\n": `write "### If you chose A:" above it`,
	} {
		if got := hints(withOutcomes(outcome + "> *[Result: b.]*\n\n> *[Result: a.]*\n")); got != want {
			t.Errorf("%s: got the hint %q, want %q", outcome, got, want)
		}
	}
	r, _ := parse(withOutcomes("> *[Result: other.]*\n\n### If you chose B (recommended)\n> *[Result: best.]*\n"))
	if g := r.Rounds[0].Choices[0].Outcome.Grade; g != replay.Miss {
		t.Errorf("where another choice is marked, it is %v", g)
	}
	r, got = parse(withOutcomes(">\n\n### If you chose B\n> *[Result: bad.]*\n"))
	if len(got) != 2 || r.Rounds[0].Best().Letter != 'A' {
		t.Errorf("an empty result at the top: %v", got)
	}
}

func TestOutcomeMistakes(t *testing.T) {
	const a, b = "### If you chose A (recommended):\n> x\n", "### If you chose B:\n> y\n"
	tests := map[string]struct {
		outcomes string
		want     []string
	}{
		"unknown letter": {a + b + "### If you chose C:\n> z\n", []string{
			`10:18 error outcome-unknown "C": round 1 has no choice C`,
		}},
		"twice": {a + b + "### If you chose B:\n> z\n", []string{
			`10:18 error outcome-repeated "B": choice B of round 1 has two outcomes`,
		}},
		"missing": {a, []string{
			`5:3 warning outcome-missing "B) b": choice B of round 1 has no outcome`,
		}},
		"all missing": {"", []string{
			`2:4 error best-missing "Round 1: R": no choice of round 1 is marked as the best`,
			`4:3 warning outcome-missing "A) a": choice A of round 1 has no outcome`,
			`5:3 warning outcome-missing "B) b": choice B of round 1 has no outcome`,
		}},
		"a stray result": {"### If you chose A (recommended):\n> *[Result: x]*\n\n> *[Result: z]*\n" + b, []string{
			`9:4 error result-stray "[Result: z]": this result belongs to no choice`,
		}},
		"no best": {"### If you chose A:\n> x\n" + b, []string{
			`2:4 error best-missing "Round 1: R": no choice of round 1 is marked as the best`,
		}},
		"two best": {a + "### If you chose B: {grade=best}\n> y\n", []string{
			`8:5 error best-repeated "If you chose B: {grade=best}": round 1 has more than one best choice`,
		}},
		"no letter": {a + b + "### If you chose poorly\n> z\n### If you chose\n", []string{
			`10:5 error outcome-heading "If you chose poorly": expected the letter of a choice behind "If you chose"`,
			`12:5 error outcome-heading "If you chose": expected the letter of a choice behind "If you chose"`,
		}},
		"a misspelt mark": {"### If you chose A (recomended):\n> x\n" + b, []string{
			`6:20 error outcome-heading "(recomended):": unknown mark "recomended"`,
		}},
		"text in the heading": {a + "### If you chose B: Restart it (not recommended)\n> y\n", []string{
			`8:19 warning content-ignored ": Restart it (not recommended)": this is left out: an outcome's heading holds the letter, "(recommended)" and attributes`,
		}},
		"recommended and a miss": {"### If you chose A (recommended): {grade=miss}\n> x\n" + b, []string{
			`6:42 error attribute-value "miss": an outcome cannot be recommended and miss at once`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, got := parse(withOutcomes(test.outcomes))
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if len(r.Rounds[0].Choices) != 2 {
				t.Errorf("%d choices", len(r.Rounds[0].Choices))
			}
		})
	}
}

func TestAttributes(t *testing.T) {
	tests := map[string]string{
		"{cost=8m}":                        "A: miss to 1, 8 min: x",
		`{cost="8 min" grade=good next=2}`: "A: good to 2, 8 min: x",
		"{ cost = 1h30m , grade='GOOD' }":  "A: good to 1, 90 min: x",
		"{next=debrief}":                   "A: good to debrief: x",
		`{next="Round 3", cost=90s}`:       "A: good to 3, 3/2 min: x",
		"{grade=miss next=2 cost=0}":       "A: miss to 2, 0 min: x",
		"{}":                               "A: miss to 1: x",
		"{COST=1.5}":                       "A: miss to 1, 3/2 min: x",
		`{cost="1 hour and 20 minutes"}`:   "A: miss to 1, 80 min: x",
		"{next=1}":                         "A: miss to 1: x",
		`{cost=2d}`:                        "A: miss to 1, 2880 min: x",
		"**{cost=8m}**":                    "A: miss to 1, 8 min: x",
	}
	for braces, want := range tests {
		got, diagnostics := outcomeOf("### If you chose A: " + braces + "\n> x\n")
		if d := cmp.Diff([]string{want}, got); d != "" || len(diagnostics) > 0 {
			t.Errorf("%s (-want +got):\n%s\n%v", braces, d, diagnostics)
		}
	}
}

func TestAttributeMistakes(t *testing.T) {
	tests := map[string]string{
		"{cots=8m}":         `6:22 error attribute-unknown "cots": unknown attribute "cots"`,
		"{cost=soon}":       `6:27 error attribute-value "soon": the cost cannot be "soon": this is not a duration`,
		"{cost=-5m}":        `6:27 error attribute-value "-5m": the cost cannot be "-5m": a duration cannot be negative`,
		"{cost=10001h}":     `6:27 error attribute-value "10001h": the cost cannot be "10001h": a duration cannot be longer than 10,000 hours`,
		"{cost=8-10m}":      `6:27 error attribute-value "8-10m": the cost cannot be "8-10m": this is not a duration`,
		`{cost="~8 min"}`:   `6:28 error attribute-value "~8 min": the cost cannot be "~8 min": this is not a duration`,
		"{grade=godo}":      `6:28 error attribute-value "godo": the grade cannot be "godo"`,
		"{next=9}":          `6:27 error next-unknown "9": there is no round or ending "9" to lead to`,
		"{cost}":            `6:22 error attribute-syntax "cost": expected a name, an equals sign and a value, found "cost"`,
		"{.class}":          `6:22 error attribute-syntax ".class": expected a name, an equals sign and a value, found ".class"`,
		"{cost=}":           `6:27 error attribute-syntax "": expected a value behind "cost="`,
		`{cost=""}`:         `6:28 error attribute-syntax "": expected a value behind "cost="`,
		"{=8m}":             `6:22 error attribute-syntax "": expected a name, an equals sign and a value, found ""`,
		"{cost=8m":          `6:21 error attribute-syntax "{": the brace that opens here is never closed`,
		"{cost=8m} now":     `6:31 error attribute-syntax "now": expected nothing behind the braces`,
		"{cost=8m cost=9m}": `6:30 error attribute-repeated "cost": "cost" is given twice`,
	}
	for braces, want := range tests {
		_, got := outcomeOf("### If you chose A: " + braces + "\n> x\n")
		if d := cmp.Diff([]string{want}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", braces, d)
		}
	}
	mustHold(t, hints(withOutcomes("### If you chose A: {cots=8m}\n> x\n")), `did you mean "cost=8m"?`)
	mustHold(t, hints(withOutcomes("### If you chose A: {grade=godo}\n> x\n")), `did you mean "good"?`)
	if _, got := outcomeOf("### If you chose A: {cost=\"8m}\n> x\n"); len(got) != 2 {
		t.Errorf("an open quotation mark: %v", got)
	}
}

func TestNextFromWords(t *testing.T) {
	tests := map[string]string{
		"It works. Proceed to Round 2.":                               "good to 2",
		"Also correct. Slower. Proceed to Round 2.":                   "good to 2",
		"PROCEED TO ROUND 3!":                                         "good to 3",
		"Proceed directly to Round 3.":                                "good to 3",
		"Partial clue — eventually leads to Round 2 after 8 minutes.": "good to 2",
		"Gets you to Round 3 data, but takes 10 minutes more.":        "good to 3",
		"Slow. Gets to Round 2 eventually.":                           "good to 2",
		"Not a real fix, but leads to Round 2.":                       "good to 2",
		"Proceed to the debrief.":                                     "good to debrief",
		"Proceed to Round 1.":                                         "miss to 1",
		"Proceed to Round 2. Mind the gap.":                           "good to 2",
		"Proceed cautiously.":                                         "miss to 1",
		"The drain can proceed.":                                      "miss to 1",
		"This does not lead to Round 3.":                              "miss to 1",
		"You are back without getting to Round 2.":                    "miss to 1",
		"It never gets you to Round 3.":                               "miss to 1",
		"You cannot proceed to Round 2.":                              "miss to 1",
		"It doesn't lead to Round 2.":                                 "miss to 1",
		"A check would have led you on. It would lead to Round 2.":    "miss to 1",
		"Leads to Round 2 on Mondays. It breaks.":                     "miss to 1",
		"You could proceed to Round 2 had you looked. Try again.":     "miss to 1",
		"Round 2 of the restarts begins.":                             "miss to 1",
		"Proceed to Roundhouse 2.":                                    "miss to 1",
		"Proceed to Round 3 with `grep x`, Round 2 is skipped.":       "good to 3",
	}
	for result, want := range tests {
		got, _ := outcomeOf("### If you chose A:\n> *[Result: " + result + "]*\n")
		if d := cmp.Diff([]string{"A: " + want + ": " + strip(result)}, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
}

func strip(text string) string {
	out := ""
	for _, c := range text {
		if c != '`' {
			out += string(c)
		}
	}
	return out
}

func TestNextDiagnostics(t *testing.T) {
	tests := map[string][]string{
		"> *[Result: Proceed to Round 2.]*":            nil,
		"> *[Result: Leads to Round 2.]*":              {`7:13 note next-read "Leads to Round 2": this is read as leading to round 2`},
		"> *[Result: It is so. Proceed to Round 22.]*": {`7:40 warning next-unknown "22": there is no round or ending "22" to lead to`},
		"> *[Result: x `y` leads to Round\n> seven.]*": {`8:3 warning next-unknown "seven": there is no round or ending "seven" to lead to`},
	}
	for text, want := range tests {
		_, got := outcomeOf("### If you chose A:\n" + text + "\n")
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", text, d)
		}
	}
	if _, got := outcomeOf("### If you chose A: {grade=good}\n> *[Result: Leads to Round 2.]*\n"); len(got) > 0 {
		t.Errorf("where the grade is given: %v", got)
	}
}

func TestBestLeadsOnward(t *testing.T) {
	r, diagnostics := parse("# T\n## Setup\n- **Time:** now\n## Round 1\n- A) a\n- B) b\n### If you chose A (recommended)\n> x\n### If you chose B {next=2.b}\n> y\n" +
		"## Round 2b\n- A) a\n- B) b\n### If you chose A\n> Proceed to Round 1.\n### If you chose B {grade=best}\n> y\n## Damage Report\n- **Time:** 1 minute\n" +
		"## Round 2-B-3: X\n- A) a\n- B) b\n### If you chose A {grade=good}\n> x\n### If you chose B (recommended) {next=1}\n> y\n")
	var got []string
	for _, round := range r.Rounds {
		got = append(got, describe(r, round)[1:]...)
	}
	want := []string{
		"A) a", "A: best to 2b: x", "B) b", "B: miss to 1: y", // "2.b" is no label
		"A) a", "A: miss to 1: Proceed to Round 1.", "B) b", "B: best to 2-B-3: y",
		"A) a", "A: good to 2-B-3: x", "B) b", "B: best to 1: y",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{`9:26 error next-unknown "2.b": there is no round or ending "2.b" to lead to`}, diagnostics); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	r, _ = parse("# T\n## Round 1\n- A) a\n- B) b\n### If you chose A (recommended)\n> x\n### If you chose B\n> y\n")
	if r.Rounds[0].Best().Outcome.Next != replay.Debrief {
		t.Error("the best choice of the last round does not lead to the debrief")
	}
}

// TestBestMarks: other words than the format's say what the best choice is, too.
func TestBestMarks(t *testing.T) {
	for _, mark := range []string{"(recommended)", "(best)", "(the best choice)", "(correct)", "— optimal", "(Correct answer)", "(ideal)", "(preferred option)", "(the right path)"} {
		r, got := parse(withOutcomes("### If you chose B " + mark + ":\n> *[Result: b.]*\n### If you chose A:\n> *[Result: a.]*\n"))
		if g := r.Rounds[0].Choices[1].Outcome.Grade; g != replay.Best || len(got) > 0 {
			t.Errorf("%s: grade %v, %v", mark, g, got)
		}
	}
}

// TestLongResults: a result may go over several paragraphs, and the last one may say
// where it leads.
func TestLongResults(t *testing.T) {
	for outcome, want := range map[string][]string{
		"> *[Result: One.*\n>\n> *Two [see 3]. Proceed to Round 3.]*\n": {"B: good to 3: One.", "B more: Two [see 3]. Proceed to Round 3."},
		"> *[Result: One.]*\n\nTwo. Proceed to Round 3.\n":              {"B: good to 3: One.", "B more: Two. Proceed to Round 3."},
		"> *[Result: One.]*\n\nIt may take you to Round 3.\n":           {"B: miss to 1: One.", "B more: It may take you to Round 3."},
		"> *[Result: One [1].]*\n\nTwo [or not].\n":                     {"B: miss to 1: One [1].", "B more: Two [or not]."},
		"> *[Result: → Round 3]*\n":                                     {"B: good to 3: → Round 3"},
	} {
		r, _ := parse(withOutcomes("### If you chose A (recommended):\n> *[Result: a.]*\n### If you chose B:\n" + outcome))
		got := slices.DeleteFunc(describe(r, r.Rounds[0]), func(line string) bool { return !strings.HasPrefix(line, "B: ") && !strings.HasPrefix(line, "B more") })
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", outcome, d)
		}
	}
}

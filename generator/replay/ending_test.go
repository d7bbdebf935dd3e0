package replay_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/replay"
)

// withEndings returns a replay that is right except for what its endings, which
// begin on line 19, and the outcome of choice B, on line 8, make of it.
func withEndings(outcome, endings string) string {
	text := withOutcomes("### If you chose A (recommended):\n> x\n### If you chose B: " + outcome)
	return strings.Replace(text, "## Setup\n", endings+"## Setup\n", 1)
}

func TestEndings(t *testing.T) {
	tests := map[string][]string{
		"## Ending: Data lost\nGone.\n\n- All of it\n":    {"ending Data lost: ", "text: Gone.", "text: All of it"},
		"## ending – Data `lost`\n":                       {"ending Data lost: "},
		"## **Ending:** Data lost\n":                      {"ending Data lost: "},
		"# Ending : Data lost\n":                          {"ending Data lost: "},
		"### Ending: Data lost\ntext\n":                   {"ending Data lost: ", "text: text"},
		"## Ending: Lost {verdict=\"It is gone: all\"}\n": {"ending Lost: It is gone: all"},
		"## Ending: Lost {VERDICT = 'It\tis  gone'}\n":    {"ending Lost: It is gone"},
		"## Ending: Lost {}\n---\ntext\n\n---\n":          {"ending Lost: ", "text: text"},
		"## Ending: 1\u20442 of it\n## Ending: Über\n":    {"ending 1\u20442 of it: ", "ending Über: "},
		"## Ending: 丢失\n## Ending: 保存\n":                  {"ending 丢失: ", "ending 保存: "},
		"## Ending: Lost\n## Round 4\n1. x\n":             {"ending Lost: "},
	}
	for endings, want := range tests {
		r, diagnostics := parse(withEndings("\n> y\n", endings))
		if d := cmp.Diff(want, describeEndings(r)); d != "" || len(diagnostics) > 0 {
			t.Errorf("%q (-want +got):\n%s\n%v", endings, d, diagnostics)
		}
	}
	r, _ := parse(withEndings("\n> y\n", "## Ending: Data *lost* {verdict=x}\n"))
	if got := r.Endings[0].Span; got.Text() != "Ending: Data *lost" || got.Position().Line != 19 {
		t.Errorf("the ending is at %v: %q", got.Position(), got.Text())
	}
}

// An outcome leads to an ending by its title, however it is written.
func TestNextEnding(t *testing.T) {
	const endings = "## Ending: Data lost\n## Ending: Saved!\n## Ending: 丢失\n## Ending: Round 7\n"
	tests := map[string]string{
		`{next="Data lost"}`:                            "good to ending Data lost",
		`{next='DATA  LOST'}`:                           "good to ending Data lost",
		"{next=data-lost}":                              "good to ending Data lost",
		`{next="Ending: Data lost"}`:                    "good to ending Data lost",
		"{next=saved}":                                  "good to ending Saved!",
		"{next=丢失}":                                     "good to ending 丢失",
		`{next="Round 7"}`:                              "good to ending Round 7",
		"{next=saved grade=miss}":                       "miss to ending Saved!",
		"\n> *[Result: Proceed to Ending: Data lost.]*": "good to ending Data lost",
		"\n> *[Result: Proceed to ending: saved! Well done.]*":         "good to ending Saved!",
		"\n> *[Result: Proceed to the ending “Data lost”, and weep.]*": "good to ending Data lost",
		"\n> *[Result: It breaks. Leads to Ending: \"Saved!\".]*":      "good to ending Saved!",
		"\n> *[Result: This leads to the ending of the day.]*":         "miss to 1",
		"\n> *[Result: It does not lead to Ending: Data lost.]*":       "miss to 1",
	}
	for outcome, want := range tests {
		r, diagnostics := parse(withEndings(outcome+"\n> y\n", endings))
		if got := strings.Join(describe(r, r.Rounds[0]), "\n"); !strings.Contains(got, "B: "+want+": ") {
			t.Errorf("%s: want %s, got:\n%s", outcome, want, got)
		}
		for _, d := range diagnostics {
			if !strings.Contains(d, "note next-read") {
				t.Errorf("%s: %s", outcome, d)
			}
		}
	}
}

func TestEndingMistakes(t *testing.T) {
	tests := map[string]struct {
		outcome, endings string
		want             []string
	}{
		"no title": {"", "## Ending:\n## Ending: {verdict=x}\n", []string{
			`19:4 error ending-title "Ending:": this ending has no title`,
			`20:4 error ending-title "Ending:": this ending has no title`,
		}},
		"no colon": {"", "## Ending\ntext\n", []string{
			`19:4 warning section-unknown "Ending": unknown section "Ending": it is left out`,
		}},
		"a title that is too long": {"", "## Ending: " + strings.Repeat("ä", 61) + "\n", []string{
			`19:4 error ending-title "Ending: ` + strings.Repeat("ä", 61) + `": the title of an ending has at most 60 characters`,
		}},
		"a title that means another place": {"", "## Ending: Debrief\n## Ending: Round 2\n## Ending: 1\n", []string{
			`19:4 error ending-title "Ending: Debrief": an ending cannot be called "Debrief": that means the debrief`,
			`20:4 error ending-title "Ending: Round 2": an ending cannot be called "Round 2": that means round 2`,
			`21:4 error ending-title "Ending: 1": an ending cannot be called "1": that means round 1`,
		}},
		"a title twice": {"", "## Ending: Data lost\n## Ending: DATA LOST\n## Ending: Data – lost!\n", []string{
			`20:4 error ending-repeated "Ending: DATA LOST": there are two endings called "Data lost"`,
			`21:4 error ending-repeated "Ending: Data – lost!": the endings "Data lost" and "Data – lost!" would have pages of the same name`,
		}},
		"attributes": {"", "## Ending: Lost {vredict=\"So be it\" next=2 verdict=a verdict=b}\n", []string{
			`19:18 error attribute-unknown "vredict": unknown attribute "vredict"`,
			`19:37 error attribute-unknown "next": unknown attribute "next"`,
			`19:54 error attribute-repeated "verdict": "verdict" is given twice`,
		}},
		"braces": {"", "## Ending: Lost {verdict\n", []string{
			`19:17 error attribute-syntax "{": the brace that opens here is never closed`,
			`19:18 error attribute-syntax "verdict": expected a name, an equals sign and a value, found "verdict"`,
		}},
		"an unknown ending": {`{next="Data lots"}`, "## Ending: Data lost\n", []string{
			`8:28 error next-unknown "Data lots": there is no round or ending "Data lots" to lead to`,
		}},
		"an unknown ending in words": {"\n> *[Result: Proceed to Ending: Data gone.]*", "", []string{
			`9:32 warning next-unknown "Data gone": there is no round or ending "Data gone" to lead to`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := withEndings(test.outcome+"\n> y\n", test.endings)
			if _, got := parse(text); cmp.Diff(test.want, got) != "" {
				t.Errorf("(-want +got):\n%s", cmp.Diff(test.want, got))
			}
		})
	}
	mustHold(t, hints(withEndings(`{next="Data lots"}`+"\n> y\n", "## Ending: Data lost\n")), `did you mean "Data lost"?`)
	mustHold(t, hints(withEndings("{next=nowhere}\n> y\n", "## Ending: Data lost\n")), `there are: 1, 2, 3, "Data lost", debrief`)
	mustHold(t, hints(withEndings("\n> y\n", "## Ending: Lost {vredict=\"So be it\"}\n")), `did you mean "verdict"?`)
	mustHold(t, hints(withEndings("\n> y\n", "## Ending: Lost {next=2}\n")), `the only attribute here is verdict`)
}

// An outcome that leads to an ending keeps the grade it was given.
func TestEndingKeepsGrade(t *testing.T) {
	r, _ := parse(withEndings("{next=lost grade=miss}\n> y\n", "## Ending: Lost\n"))
	if got := r.Rounds[0].Choices[1].Outcome; got.Grade != replay.Miss || got.Next != replay.NextEnding(0) {
		t.Errorf("got %v to %d", got.Grade, got.Next)
	}
}

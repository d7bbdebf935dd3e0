package importer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

// sharedReplays holds pages that other people wrote, and what they say. It is
// not part of the repository.
const sharedReplays = "../../../shared/replays"

// siblings are pages whose Markdown has another name.
var siblings = map[string]string{"seed": "cni-broken-after-restart"}

// eachShared runs a test for every shared page in a form, ".txt" or ".html": its
// text, and the name of its Markdown and of what it says.
func eachShared(t *testing.T, form string, test func(t *testing.T, text, sibling string)) {
	files, err := filepath.Glob(filepath.Join(sharedReplays, "*"+form))
	if err != nil || len(files) == 0 {
		t.Skip("the shared replays are not here")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), form)
		sibling := name
		if other, ok := siblings[name]; ok {
			sibling = other
		}
		t.Run(name, func(t *testing.T) { test(t, readFile(t, file), sibling) })
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sharedPage is what a file in sharedReplays/expected says.
type sharedPage struct {
	Title  string            `json:"title"`
	Setup  map[string]string `json:"setup"`
	Report map[string]string `json:"damage_report"`
	Rounds []sharedRound
}

type sharedRound struct {
	Number   int
	Title    string
	Cue      string  `json:"pressure_cue"`
	See      *string `json:"what_you_see"`
	Choices  []struct{ Letter, Text string }
	Outcomes []struct {
		Letter      string
		Recommended bool
		Result      *string
		Next        *int `json:"next_round"`
	}
	Actions []string
}

func TestSharedPages(t *testing.T)    { eachShared(t, ".txt", importsToWhatItSays) }
func TestSharedWebPages(t *testing.T) { eachShared(t, ".html", importsToWhatItSays) }

func importsToWhatItSays(t *testing.T, text, sibling string) {
	var want sharedPage
	expected := readFile(t, filepath.Join(sharedReplays, "expected", sibling+".json"))
	if err := json.Unmarshal([]byte(strings.ReplaceAll(expected, "`", "")), &want); err != nil {
		t.Fatal(err)
	}
	out, imported := importText(text)
	if imported.Count(diag.Error) > 0 {
		t.Errorf("%s", reports(imported))
	}
	var list diag.List
	got := replay.Parse(diag.NewSource(sibling+".md", []byte(out)), &list)
	if list.Count(diag.Error) > 0 {
		t.Errorf("%s", reports(&list))
	}
	compareFacts(t, got, want)
	if len(got.Rounds) != len(want.Rounds) {
		t.Fatalf("%d rounds, want %d", len(got.Rounds), len(want.Rounds))
	}
	for i, round := range want.Rounds {
		if d := cmp.Diff(wantLines(round), gotLines(got, got.Rounds[i])); d != "" {
			t.Errorf("round %d (-want +got):\n%s", round.Number, d)
		}
	}
}

func compareFacts(t *testing.T, got *replay.Replay, want sharedPage) {
	t.Helper()
	facts := func(facts []replay.Fact) map[string]string {
		texts := map[string]string{}
		for _, f := range facts {
			texts[f.Label] = f.Text.Plain()
		}
		return texts
	}
	if d := cmp.Diff(want.Title, "Incident Replay: "+got.Title); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want.Setup, facts(got.Setup)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want.Report, facts(got.Report)); d != "" {
		t.Error(d)
	}
}

// gotLines and wantLines write a round as lines of text, in which differences
// are easy to read.
func gotLines(r *replay.Replay, round *replay.Round) []string {
	lines := []string{round.Label, round.Title, round.PressureCue.Plain()}
	for _, b := range round.Situation {
		lines = append(lines, blockText(b))
	}
	for _, a := range round.Actions {
		lines = append(lines, a.Plain())
	}
	for i, c := range round.Choices {
		lines = append(lines, string(c.Letter)+") "+c.Text.Plain(), c.Outcome.Result.Plain())
		if c.Outcome.Grade == replay.Best {
			lines = append(lines, "best")
		}
		if strings.Contains(c.Outcome.Result.Plain(), "Proceed to Round") {
			lines = append(lines, fmt.Sprintf("%c leads to round %s", 'A'+i, r.Rounds[c.Outcome.Next].Label))
		}
	}
	return lines
}

func wantLines(w sharedRound) []string {
	lines := []string{strconv.Itoa(w.Number), w.Title, w.Cue}
	if w.See != nil {
		lines = append(lines, *w.See)
	}
	lines = append(lines, w.Actions...)
	for _, c := range w.Choices {
		lines = append(lines, c.Letter+") "+c.Text)
		for _, o := range w.Outcomes {
			if o.Letter != c.Letter {
				continue
			}
			result := ""
			if o.Result != nil {
				result = *o.Result
			}
			lines = append(lines, result)
			if o.Recommended {
				lines = append(lines, "best")
			}
			if o.Next != nil && strings.Contains(result, "Proceed to Round") {
				lines = append(lines, fmt.Sprintf("%s leads to round %d", o.Letter, *o.Next))
			}
		}
	}
	return lines
}

// TestSharedMarks compares the code marks of imported pages with those that the
// authors had written. No mark may reach beyond an author's; one where the author
// has none at all must be a path or a file name.
func TestSharedMarks(t *testing.T) {
	path := regexp.MustCompile(`^[\w.-]*(?:/[\w.-]+)*$`)
	found, all := 0, 0
	eachShared(t, ".txt", func(t *testing.T, text, sibling string) {
		written := map[string][]codeMark{}
		for line := range strings.Lines(readFile(t, filepath.Join(sharedReplays, sibling+".md"))) {
			plain, marks := codeMarks(line)
			written[plain] = marks
		}
		out, _ := importText(text)
		for line := range strings.Lines(out) {
			plain, marks := codeMarks(line)
			authors, ok := written[plain]
			if !ok {
				t.Errorf("this line is not the author's: %q", line)
			}
			all += len(authors)
			for _, m := range marks {
				switch within(m, authors) {
				case exactly:
					found++
				case beyond:
					t.Errorf("%q reaches beyond the author's marks in %q", plain[m.start:m.end], line)
				case apart:
					if !path.MatchString(plain[m.start:m.end]) {
						t.Errorf("%q is not marked by the author in %q", plain[m.start:m.end], line)
					}
				}
			}
		}
	})
	if all > 0 {
		t.Logf("%d of %d marks found again", found, all)
	}
	if found < all*6/10 {
		t.Errorf("only %d of %d marks found again", found, all)
	}
}

type codeMark struct{ start, end int }

// codeMarks returns a line of Markdown without code marks and escapes, and where
// the code in it is.
func codeMarks(line string) (plain string, marks []codeMark) {
	parts := strings.Split(strings.ReplaceAll(line, `\`, ""), "`")
	for i, part := range parts {
		if i%2 == 1 {
			marks = append(marks, codeMark{len(plain), len(plain) + len(part)})
		}
		plain += part
	}
	return plain, marks
}

const (
	apart = iota
	exactly
	inside
	beyond
)

func within(m codeMark, authors []codeMark) int {
	for _, a := range authors {
		switch {
		case m == a:
			return exactly
		case m.start >= a.start && m.end <= a.end:
			return inside
		case m.start < a.end && a.start < m.end:
			return beyond
		}
	}
	return apart
}

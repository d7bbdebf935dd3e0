package replay_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
)

// sharedReplays holds documents that people wrote by hand, and what they say. It
// is not part of the repository.
const sharedReplays = "../../../shared/replays"

// expectation is what a file below sharedReplays/expected says of its document.
type expectation struct {
	Title  string            `json:"title"`
	Setup  map[string]string `json:"setup"`
	Rounds []struct {
		Number   int    `json:"number"`
		Title    string `json:"title"`
		Cue      string `json:"pressure_cue"`
		See      string `json:"what_you_see"`
		Choices  []struct{ Letter, Text string }
		Outcomes []struct {
			Letter      string
			Recommended bool
			Result      string
			Next        *int `json:"next_round"`
		}
		Actions []string
	}
	Report     map[string]string             `json:"damage_report"`
	References []struct{ Kind, Text string } `json:"cross_references"`
}

func TestSharedReplays(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedReplays, "*.md"))
	if err != nil || len(files) == 0 {
		t.Skip("the shared replays are not here")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			expected, err := os.ReadFile(filepath.Join(sharedReplays, "expected", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want expectation
			if err := json.Unmarshal(expected, &want); err != nil {
				t.Fatal(err)
			}
			for _, r := range rewrites {
				t.Run(r.name, func(t *testing.T) {
					var list diag.List
					got := replay.Parse(diag.NewSource(name+".md", []byte(r.rewrite(string(text)))), &list)
					for _, d := range list.Sorted() {
						if d.Severity == diag.Error {
							t.Errorf("%v: %s", d.Span.Position(), d.Message)
						}
					}
					compareShared(t, got, want)
				})
			}
		})
	}
}

func compareShared(t *testing.T, got *replay.Replay, want expectation) {
	t.Helper()
	same := func(what string, got, want any) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	same("title", "Incident Replay: "+got.Title, want.Title)
	same("setup", factMap(got.Setup), want.Setup)
	same("damage report", factMap(got.Report), want.Report)
	if len(got.Rounds) != len(want.Rounds) {
		t.Fatalf("%d rounds, want %d", len(got.Rounds), len(want.Rounds))
	}
	for i, w := range want.Rounds {
		g := got.Rounds[i]
		in := "round " + g.Label + ": "
		same(in+"label", g.Label, strconv.Itoa(w.Number))
		same(in+"title", g.Title, w.Title)
		same(in+"cue", g.PressureCue.Plain(), withoutMarks(w.Cue))
		if w.See != "" {
			same(in+"situation", blocksText(g.Situation), withoutMarks(w.See))
		}
		same(in+"choices", len(g.Choices), len(w.Choices))
		for j, c := range w.Choices {
			same(in+"letter", string(g.Choices[j].Letter), c.Letter)
			same(in+"choice", g.Choices[j].Text.Plain(), withoutMarks(c.Text))
		}
		for _, o := range w.Outcomes {
			out := g.Choices[o.Letter[0]-'A'].Outcome
			same(in+o.Letter+" best", out.Grade == replay.Best, o.Recommended)
			same(in+o.Letter+" result", out.Result.Plain(), withoutMarks(o.Result))
			if o.Next != nil {
				same(in+o.Letter+" next", got.Rounds[out.Next].Label, strconv.Itoa(*o.Next))
			}
		}
		actions := []string{}
		for _, a := range g.Actions {
			actions = append(actions, a.Plain())
		}
		for j := range w.Actions {
			w.Actions[j] = withoutMarks(w.Actions[j])
		}
		same(in+"actions", actions, w.Actions)
	}
	for i, w := range want.References {
		same("reference", []string{got.CrossReferences[i].Kind, got.CrossReferences[i].Text}, []string{w.Kind, w.Text})
	}
	same("references", len(got.CrossReferences), len(want.References))
	if got.Optimal == nil || got.Worst == nil {
		t.Errorf("times %v and %v", got.Optimal, got.Worst)
	}
}

func withoutMarks(text string) string { return strings.ReplaceAll(text, "`", "") }

func factMap(facts []replay.Fact) map[string]string {
	m := map[string]string{}
	for _, f := range facts {
		m[f.Label] = f.Text.Plain()
	}
	return m
}

func blocksText(blocks []markdown.Block) string {
	var texts []string
	for _, b := range blocks {
		texts = append(texts, b.Inline().Plain())
	}
	return strings.Join(texts, "\n")
}

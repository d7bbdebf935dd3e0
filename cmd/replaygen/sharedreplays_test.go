package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sharedReplays is a folder that may stand beside the checkout: replays that
// other people wrote, as Markdown and as page text, with what a reader finds in
// them in expected/. It is no part of the project, so its tests skip without it.
const sharedReplays = "../../../shared/replays"

// story is what a replay says, in the words of its author, as inspect --json
// prints it: as far as the format leaves no choice of how to read a text.
type story struct {
	Title      string           `json:"title"`
	Setup      []storyFact      `json:"setup"`
	Rounds     []storyRound     `json:"rounds"`
	Report     []storyFact      `json:"damage_report"`
	References []storyReference `json:"cross_references"`
}

type storyFact struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

type storyReference struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type storyRound struct {
	Label       string         `json:"label"`
	Title       string         `json:"title"`
	PressureCue string         `json:"pressure_cue"`
	Situation   string         `json:"situation"`
	Choices     []storyChoice  `json:"choices"`
	Outcomes    []storyOutcome `json:"outcomes"`
	Actions     []string       `json:"actions"`
}

type storyChoice struct {
	Letter string `json:"letter"`
	Text   string `json:"text"`
}

type storyOutcome struct {
	Letter string `json:"letter"`
	Grade  string `json:"grade"`
	Result string `json:"result"`
	Next   string `json:"next"`
}

// TestSharedReplaysAreReadAsExpected inspects every replay of the folder, the
// pages after importing them.
func TestSharedReplaysAreReadAsExpected(t *testing.T) {
	expected := readExpected(t)
	for _, path := range sharedFiles(t, ".md", ".txt", ".html") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			name := path
			if filepath.Ext(path) != ".md" {
				name = filepath.Join(t.TempDir(), "imported.md")
				replaygen(t, "import", path, "-o", name)
			}
			var got story
			if err := json.Unmarshal(replaygen(t, "inspect", "--json", name), &got); err != nil {
				t.Fatal(err)
			}
			want, ok := expected[got.Title]
			if !ok {
				t.Fatalf("nothing is expected of a replay titled %q", got.Title)
			}
			if filepath.Ext(path) == ".txt" {
				want.References = nil // the page text ends with their heading
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("story (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSharedReplaysMakeSoundSites builds a site from each form of the replays.
func TestSharedReplaysMakeSoundSites(t *testing.T) {
	t.Parallel()
	for _, form := range []string{".md", ".txt"} {
		t.Run(form, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "content"), 0o777); err != nil {
				t.Fatal(err)
			}
			for _, name := range sharedFiles(t, form) {
				text, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, "content", filepath.Base(name)), text, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			replaygen(t, "build", "--quiet", "--source", dir, "--base-url", sampleBase)
			reportFaults(t, os.DirFS(filepath.Join(dir, "public")), sampleBase)
		})
	}
}

// sharedFiles returns the shared replays of the given forms, by their endings.
func sharedFiles(t *testing.T, endings ...string) []string {
	t.Helper()
	entries, err := os.ReadDir(sharedReplays)
	if err != nil {
		t.Skip("no shared replays beside the checkout")
	}
	var names []string
	for _, e := range entries {
		if slices.Contains(endings, filepath.Ext(e.Name())) {
			names = append(names, filepath.Join(sharedReplays, e.Name()))
		}
	}
	if len(names) == 0 {
		t.Fatalf("%s holds no %v", sharedReplays, endings)
	}
	return names
}

// readExpected reads the expected stories, by title.
func readExpected(t *testing.T) map[string]story {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(sharedReplays, "expected", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skip("no shared replays beside the checkout")
	}
	stories := map[string]story{}
	for _, name := range names {
		s := readExpectedStory(t, name)
		stories[s.Title] = s
	}
	return stories
}

// expectedRound is a round in the words of expected/.
type expectedRound struct {
	Number      int
	Title       string
	PressureCue string `json:"pressure_cue"`
	WhatYouSee  string `json:"what_you_see"`
	Choices     []storyChoice
	Outcomes    []struct {
		Letter      string
		Recommended bool
		Result      string
		NextRound   *int `json:"next_round"`
	}
	Actions []string
}

func readExpectedStory(t *testing.T, name string) story {
	t.Helper()
	var in struct {
		Title           string
		Setup           ordered
		Rounds          []expectedRound
		DamageReport    ordered          `json:"damage_report"`
		CrossReferences []storyReference `json:"cross_references"`
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// Code marks are left out by inspect, and page text has lost them.
	if err := json.Unmarshal(bytes.ReplaceAll(text, []byte("`"), nil), &in); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	out := story{Title: strings.TrimPrefix(in.Title, "Incident Replay: "), Setup: in.Setup, Report: in.DamageReport, References: in.CrossReferences}
	for _, r := range in.Rounds {
		out.Rounds = append(out.Rounds, r.story())
	}
	return out
}

// leadsTo finds the forms of leading on that expected/ does not take notice of.
var leadsTo = regexp.MustCompile(`(?i)\b(?:leads|gets)(?: you)? to Round (\w+)`)

// story says the round in the words of inspect, with what it leaves implicit: a
// miss stays in its round, the best choice leads to the round after it.
func (r expectedRound) story() storyRound {
	out := storyRound{Label: strconv.Itoa(r.Number), Title: r.Title, PressureCue: r.PressureCue, Situation: r.WhatYouSee,
		Choices: r.Choices, Actions: r.Actions}
	for _, o := range r.Outcomes {
		outcome := storyOutcome{Letter: o.Letter, Grade: "miss", Result: o.Result, Next: out.Label}
		switch m := leadsTo.FindStringSubmatch(o.Result); {
		case o.NextRound != nil:
			outcome.Grade, outcome.Next = "good", strconv.Itoa(*o.NextRound)
		case m != nil:
			outcome.Grade, outcome.Next = "good", m[1]
		case o.Recommended:
			outcome.Next = strconv.Itoa(r.Number + 1)
		}
		if o.Recommended {
			outcome.Grade = "best"
		}
		out.Outcomes = append(out.Outcomes, outcome)
	}
	slices.SortFunc(out.Outcomes, func(a, b storyOutcome) int { return strings.Compare(a.Letter, b.Letter) })
	return out
}

// ordered is a JSON object of texts in the order of its keys.
type ordered []storyFact

func (o *ordered) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil { // the opening brace
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value string
		if err := d.Decode(&value); err != nil {
			return err
		}
		*o = append(*o, storyFact{key.(string), value})
	}
	return nil
}

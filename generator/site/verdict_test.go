package site_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/trail"
)

// oneDecision is a replay of 10 to 60 minutes whose choices but for A take the minutes
// given and lead on.
func oneDecision(minutes ...string) string {
	choices, outcomes := "", ""
	for i, m := range minutes {
		choices += fmt.Sprintf("- %c) Take %s\n", 'B'+i, m)
		outcomes += fmt.Sprintf("### If you chose %c: {cost=%s grade=good next=2}\n> *[Result: Well.]*\n", 'B'+i, m)
	}
	return "# Incident Replay: One\n## Setup\n- **Time:** now\n## Round 1: Start\n- A) Do it\n" + choices +
		"### If you chose A (recommended):\n> *[Result: Done. Proceed to Round 2.]*\n" + outcomes +
		"## Round 2: Done\n1. Rest\n## Damage Report\n- **Optimal resolution time:** 10 minutes\n- **If every wrong choice was made:** 60 minutes\n"
}

// TestVerdicts: each band of scores begins where it is said to.
func TestVerdicts(t *testing.T) {
	p := play(t, oneDecision("15m", "15m30s", "25m", "25m30s", "40m", "40m30s"), "picks", nil)
	got := map[int]string{}
	for i := range p.machine.Len() {
		if p.machine.Place(i).Kind != trail.Debrief {
			continue
		}
		body, _ := p.pages.Page(i).Append(nil)
		_, class, _ := strings.Cut(string(body), `class="verdict `)
		score, _ := p.machine.Score(i)
		got[score], _, _ = strings.Cut(class, " ")
	}
	want := map[int]string{100: "great", 90: "great", 89: "good", 70: "good", 69: "fair", 40: "fair", 39: "poor"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts by score (-want +got):\n%s", diff)
	}
}

// TestRareScores: a score that few paths have is rare, not one that none has. In eight
// rounds with one miss each, one of 256 paths has none of them.
func TestRareScores(t *testing.T) {
	text := "# Incident Replay: Eight\n## Setup\n- **Time:** now\n"
	for i := range 8 {
		text += fmt.Sprintf("## Round %d: Go\n- A) On\n- B) Back\n### If you chose A (recommended):\n> *[Result: On. Proceed to Round %d.]*\n### If you chose B:\n> *[Result: Back.]*\n", i+1, i+2)
	}
	text += "## Round 9: Done\n1. Rest\n## Damage Report\n- **Optimal resolution time:** 8 minutes\n- **If every wrong choice was made:** 88 minutes\n"
	own := fstest.MapFS{"partials/histogram.html": {Data: []byte(`{{range .}}[{{.From}}: {{.Percent}}{{if .Rare}} rare{{end}}]{{end}}`)}}
	p := play(t, text, "total", own)
	for i := range p.machine.Len() {
		if p.machine.Place(i).Kind != trail.Debrief {
			continue
		}
		body, _ := p.pages.Page(i).Append(nil)
		_, bars, _ := strings.Cut(string(body), "[0: ")
		bars, _, _ = strings.Cut(bars, "<")
		if want := "1][10: 3][20: 11][30: 22][40: 0][50: 27][60: 22][70: 11][80: 3][90: 0 rare]"; bars != want {
			t.Errorf("%s: bars %q, want %q", p.machine.Name(i), bars, want)
		}
	}
}

package trail_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

func TestNearest(t *testing.T) {
	r := straight(3, 3)
	r.Rounds[1].Label = "2b.X"
	m := compile(t, r, trail.ByPicks)
	for name, want := range map[string]string{
		"round-1":                   "round-1",
		"round-1.9-z":               "round-1",
		"round-2b-x":                "round-2b-x.1-a",
		"outcome-2b-xe.1-bcd":       "round-2b-x.1-a",
		"outcome-3c.h0123456789":    "round-3.1-a.2b-x-a",
		"closing-4.1-a.2-b":         "closing-4.1-a.2b-x-a.3-a",
		"closing-3.12m":             "round-3.1-a.2b-x-a", // closing once, with choices now
		"round-4":                   "closing-4.1-a.2b-x-a.3-a",
		"round-2":                   "index", // relabelled
		"outcome-99a":               "index",
		"debrief-4.1-a.2b-x-a.3-ab": "index",
		"debrief":                   "index",
		"ending-data-lost.12m":      "index",
		"index":                     "index",
		"outcome-":                  "index",
		"outcome":                   "index",
		"round-":                    "index",
		"":                          "index",
		"anything.else":             "index",
	} {
		if got := m.Name(m.Nearest(name)); got != want {
			t.Errorf("%q is nearest to %s, want %s", name, got, want)
		}
	}
}

// TestNearestSkipsWhatNobodyReaches leads to the briefing where a round is
// still written, but no choice leads to it.
func TestNearestSkipsWhatNobodyReaches(t *testing.T) {
	m := compile(t, newReplay([]choice{{next: 2, grade: replay.Best}}, []choice{{next: 2, grade: replay.Best}}, nil), trail.ByPicks)
	for name, want := range map[string]string{"round-2.1-a": "index", "closing-3.1-a.2-a": "closing-3.1-a"} {
		if got := m.Name(m.Nearest(name)); got != want {
			t.Errorf("%q is nearest to %s, want %s", name, got, want)
		}
	}
}

// TestNearestOfAnotherVersion takes every name of one replay to another: where
// both have the round, it leads there with nothing tried in it.
func TestNearestOfAnotherVersion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := compile(t, anyReplay(t), rapid.SampledFrom(trail.Details()).Draw(t, "detail"))
		after := compile(t, anyReplay(t), rapid.SampledFrom(trail.Details()).Draw(t, "detail"))
		reached := map[int]bool{}
		for i := range after.Len() {
			if p := after.Place(i); p.Kind == trail.Round || p.Kind == trail.Closing {
				reached[p.Round] = true
			}
		}
		for i := range before.Len() {
			from := before.Place(i)
			to := after.Nearest(before.Name(i))
			place := after.Place(to)
			inRound := from.Kind == trail.Round || from.Kind == trail.Outcome || from.Kind == trail.Closing
			switch {
			case inRound && reached[from.Round]: // newReplay labels rounds by their index
				if place.Round != from.Round || place.Kind != trail.Round && place.Kind != trail.Closing || after.Tried(to) != 0 {
					t.Fatalf("%s leads to %s", before.Name(i), after.Name(to))
				}
			case to != 0:
				t.Fatalf("%s leads to %s, want the briefing", before.Name(i), after.Name(to))
			}
		}
	})
}

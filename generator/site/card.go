package site

import (
	"cmp"
	"slices"
	"time"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// A Card is what the site knows of a replay without its pages: enough for lists
// of replays, and little enough to keep thousands.
type Card struct {
	Slug, Title, Description string
	Difficulty, Severity     string
	Tags, Authors            []string
	Date                     string // 2006-01-02, or ""
	Optimal, Worst           int    // whole minutes
	Decisions                int    // rounds with choices
	Path                     string // of the briefing, from the site's root
}

// NewCard returns the card of a compiled replay.
func NewCard(m *trail.Machine) Card {
	r := m.Replay
	c := Card{
		Slug: r.Slug, Title: r.Title, Description: description(r),
		Difficulty: r.Difficulty, Severity: r.Severity, Tags: r.Tags, Authors: r.Authors, Date: date(r.Date),
		Optimal: roundMinutes(m.Scoring.Optimal), Worst: roundMinutes(m.Scoring.Worst),
		Path: r.Slug + "/index.html",
	}
	for _, round := range r.Rounds {
		if !round.Closing() {
			c.Decisions++
		}
	}
	return c
}

// newestFirst sorts cards for lists of replays.
func newestFirst(cards []Card) []Card {
	return slices.SortedFunc(slices.Values(cards), func(a, b Card) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Slug, b.Slug))
	})
}

// description is the author's, else the replay's first fact.
func description(r *replay.Replay) string {
	if r.Description != "" {
		return r.Description
	}
	if len(r.Setup) > 0 {
		return shorten(r.Setup[0].Text.Plain(), 200)
	}
	return "An incident to play through: " + r.Title
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// printMachine prints a replay for people: what leads where, and what each
// detail would cost.
func printMachine(w io.Writer, m *trail.Machine) {
	r, s := m.Replay, m.Scoring
	fmt.Fprintf(w, "%s (%s)\n", r.Title, r.Slug)
	assumed := ""
	if s.Assumed {
		assumed = ", assumed"
	}
	fmt.Fprintf(w, "best path %s, every wrong choice %s%s\n", minutes(s.Optimal), minutes(s.Worst), assumed)
	for i, round := range r.Rounds {
		fmt.Fprintf(w, "\nRound %s: %s\n", round.Label, round.Title)
		if round.Closing() {
			fmt.Fprintf(w, "  %s, then the debrief\n", plural(len(round.Actions), "action"))
			continue
		}
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for j, c := range round.Choices {
			leads := "to Round " + target(m, i, j)
			switch next := m.NextRound(i, j); {
			case next == i:
				leads = "try again"
			case next == replay.Debrief:
				leads = "to the debrief"
			case next < replay.Debrief:
				leads = "to Ending: " + target(m, i, j)
			}
			fmt.Fprintf(table, "  %c\t%s\t%s\t%s\t%s\n", c.Letter, c.Outcome.Grade, minutes(m.Cost(i, j)), leads, clip(c.Text.Plain(), 60))
		}
		table.Flush()
	}
	fmt.Fprintf(w, "\nPages by detail (%s: %s)\n", m.Detail, m.Chosen)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, d := range trail.Details() {
		mark, pages := " ", fmt.Sprintf("over %d", trail.CountLimit)
		if n, ok := m.Count(d); ok {
			pages = fmt.Sprint(n)
		}
		if d == m.Detail {
			mark = "*"
		}
		fmt.Fprintf(table, "%s %s\t%s\t\n", mark, d, pages)
	}
	table.Flush()
}

// clip shortens text to at most n characters.
func clip(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}

package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// printMachine prints a replay for people: what leads where, what each detail
// would cost, and how responders fare.
func printMachine(w io.Writer, m *trail.Machine) error {
	var b strings.Builder
	printHead(&b, m)
	printRounds(&b, m)
	printDetails(&b, m)
	printStats(&b, m)
	_, err := io.WriteString(w, b.String())
	return err
}

func printHead(b *strings.Builder, m *trail.Machine) {
	r, s := m.Replay, m.Scoring
	fmt.Fprintln(b, diag.Clip(r.Title, lineWidth))
	times := fmt.Sprintf("best path %s, every wrong choice %s", minutes(s.Optimal), minutes(s.Worst))
	if s.Assumed {
		times += " (assumed)"
	}
	after := "retry: its page offers the other choices"
	if m.OnMiss == trail.Continue {
		after = "continue: its page shows what works and leads on"
	}
	t := table{indent: "  ", align: "ll"}
	t.add("file", r.Source.Path)
	t.add("slug", r.Slug)
	t.add("times", times)
	t.add("on miss", after)
	t.print(b)
}

// printRounds prints where the choices of each round lead.
func printRounds(b *strings.Builder, m *trail.Machine) {
	t := table{indent: "  ", align: "llrll"}
	for i, round := range m.Replay.Rounds {
		t.heading("")
		t.heading(diag.Clip(roundName(round.Label, round.Title), lineWidth))
		if round.Closing() {
			t.heading(fmt.Sprintf("  closing round, %s  → debrief", plural(len(round.Actions), "action")))
		}
		for j, c := range round.Choices {
			t.add(marked(c.Outcome.Grade == replay.Best, string(c.Letter)), c.Outcome.Grade.String(), minutes(m.Cost(i, j)), arrow(m, i, j), c.Text.Plain())
		}
	}
	for _, e := range m.Replay.Endings {
		t.heading("")
		t.heading(diag.Clip("Ending: "+e.Title, lineWidth))
	}
	t.print(b)
}

// maxArrow is how wide the words for where a choice leads may be.
const maxArrow = 30

// arrow says where a choice leads.
func arrow(m *trail.Machine, round, choice int) string {
	next := m.NextRound(round, choice)
	switch {
	case next == round:
		return "↺ again"
	case next >= 0:
		return "→ Round " + target(m, round, choice)
	case next == replay.Debrief:
		return "→ debrief"
	default:
		return diag.Clip("→ Ending: "+target(m, round, choice), maxArrow)
	}
}

// printDetails prints how many pages each detail needs.
func printDetails(b *strings.Builder, m *trail.Machine) {
	fits := m.Chosen != ""
	if fits {
		fmt.Fprintf(b, "\nDetail %s, %s: %s\n", m.Detail, plural(m.Len(), "page"), m.Chosen)
	} else {
		fmt.Fprintln(b, "\nNo detail fits the number of pages allowed")
	}
	t := table{indent: "  ", align: "lrl"}
	for _, d := range trail.Details() {
		pages := "over " + thousands(fmt.Sprint(trail.CountLimit))
		if n, ok := m.Count(d); ok {
			pages = thousands(fmt.Sprint(n))
		}
		t.add(marked(fits && d == m.Detail, d.String()), pages, d.Means())
	}
	t.print(b)
}

// marked sets off the best of several.
func marked(best bool, text string) string {
	if best {
		return "* " + text
	}
	return "  " + text
}

// thousands parts the digits of a number in threes.
func thousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

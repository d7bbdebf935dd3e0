package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// print prints the answer for people.
func (s *scored) print(w io.Writer) error {
	var b strings.Builder
	s.printStanding(&b)
	s.printPath(&b)
	s.printBest(&b)
	if notes := s.allNotes(); len(notes) > 0 {
		fmt.Fprintln(&b)
		for _, note := range notes {
			fmt.Fprintf(&b, "Note: %s.\n", note)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printStanding says where the reader is and how they stand.
func (s *scored) printStanding(b *strings.Builder) {
	line := func(format string, args ...any) {
		fmt.Fprintln(b, diag.Clip(fmt.Sprintf(format, args...), lineWidth))
	}
	line("%s (%s)", s.Title, s.Replay)
	line("%s", s.where)
	if s.Clock == nil {
		line("The detail none keeps no clock and no score")
		return
	}
	standing := fmt.Sprintf("%d min on the clock, score %d of 100", *s.Clock, *s.Score)
	if s.Misses != nil {
		standing += ", " + misses(*s.Misses)
	}
	line("%s", standing)
	if s.Beaten != nil {
		line("Faster than %d %% of the paths a random responder takes, whose median is %s", *s.Beaten, s.Median)
	}
}

// printPath prints what is known of each round.
func (s *scored) printPath(b *strings.Builder) {
	if len(s.Path) == 0 {
		return
	}
	fmt.Fprintln(b, "\nThe path")
	t := table{indent: "    ", align: "llrl"}
	for _, p := range s.Path {
		words := p.words()
		if words != "" {
			words = " (" + words + ")"
		}
		t.heading("  " + diag.Clip(roundName(p.Round, p.Title), lineWidth-2-diag.Width(words)) + words)
		for _, k := range p.Picks {
			t.add(k.Letter, k.Grade, k.Cost.String(), k.Text)
		}
	}
	t.print(b)
}

// words says what the picks that are known leave open.
func (p *played) words() string {
	switch rec := p.record; {
	case p.Exact && len(p.Picks) == 0:
		return "nothing picked yet"
	case p.Exact:
		return ""
	case !rec.Visited:
		return "what was picked is not remembered"
	case rec.Detail == trail.ByRounds && rec.Bests > 0:
		return misses(rec.Misses) + ", then the best choice"
	case rec.Detail == trail.ByRounds && rec.Goods > 0:
		return misses(rec.Misses) + ", then a good choice"
	case rec.Detail == trail.ByRounds:
		return misses(rec.Misses)
	case rec.Worst == replay.Best:
		return "only the best choice"
	case rec.Worst == replay.Good:
		return "a good choice, no misses"
	default:
		return "at least 1 miss"
	}
}

func (s *scored) printBest(b *strings.Builder) {
	if len(s.Best) == 0 {
		return
	}
	fmt.Fprintf(b, "\nThe best path takes %s\n", s.Best[len(s.Best)-1].Clock)
	t := table{indent: "    ", align: "llrl"}
	for _, step := range s.Best {
		t.heading("  " + diag.Clip(roundName(step.Round, step.Title), lineWidth-2))
		t.add(step.Letter, "best", step.Cost.String(), step.Text)
	}
	t.print(b)
}

// allNotes are the notes, led by what could not be followed.
func (s *scored) allNotes() []string {
	if s.Problem == "" {
		return s.Notes
	}
	problem := s.Problem
	if s.Left != "" && s.Followed != "" {
		problem = fmt.Sprintf("followed %s; %s is left: %s", s.Followed, s.Left, problem)
	} else if s.Left != "" {
		problem = fmt.Sprintf("nothing of %s could be followed: %s", s.Left, problem)
	}
	return append([]string{problem}, s.Notes...)
}

func misses(n int) string {
	if n == 1 {
		return "1 miss"
	}
	return fmt.Sprintf("%d misses", n)
}

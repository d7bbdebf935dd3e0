// Package replay is the replay format: it parses an incident written in the
// house format into a [Replay] and resolves what the text leaves implicit
// (which choice is best, where an outcome leads, how long the incident took).
//
// The format is described for authors in content/README.md.
package replay

import (
	"math/big"
	"time"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// A Replay is one incident, as complete as its text allows: a replay with
// errors still holds everything that could be understood.
type Replay struct {
	Source *diag.Source

	Slug        string // lower-case name of the replay's folder on the site
	Title       string // plain text, without the words "Incident Replay:"
	TitleSpan   diag.Span
	Description string // one plain sentence for search results and link previews; may be empty
	Tags        []string
	Difficulty  string    // the author's word, may be empty
	Severity    string    // the author's word, may be empty
	Date        time.Time // zero if the author gave none
	Authors     []string
	// Language is a BCP 47 tag in its canonical form; "" leaves it to the site.
	Language     string
	LanguageSpan diag.Span
	Draft        bool

	Detail string // trail detail asked for in the front matter; "" leaves it to the site
	OnMiss string // "retry" or "continue"; "" leaves it to the site
	// Facilitator is "true" or "false": whether the site holds a facilitator's
	// sheet of the replay; "" leaves it to the site.
	Facilitator string

	Intro  []markdown.Block // what stands between the title and the setup
	Setup  []Fact
	Rounds []*Round // in the order of the text
	Report []Fact   // the damage report
	// ReportMore is what else stands in the damage report, such as a table.
	ReportMore []markdown.Block

	Optimal *big.Rat // minutes of the best path; nil if neither front matter nor report says
	Worst   *big.Rat // minutes if every wrong choice was made; nil likewise
	// OptimalSpan and WorstSpan are where the times were read, or the damage
	// report's heading (else the title) where they could not be.
	OptimalSpan, WorstSpan diag.Span

	CrossReferences []Reference

	Endings []Ending // in the order of the text
}

// A Fact is a labelled text such as "Time: Wednesday 06:30 UTC".
type Fact struct {
	Label string
	Text  markdown.Inline
	Span  diag.Span
}

// A Round is a decision, or, without choices, a closing round.
type Round struct {
	Label       string            // "1", "2b": unique without regard to case
	Title       string            // plain text after the label; may be empty
	PressureCue markdown.Inline   // without brackets and quotation marks; may be empty
	Situation   []markdown.Block  // without its "What you see:" label
	Choices     []*Choice         // by letter
	Actions     []markdown.Inline // of a closing round
	Span        diag.Span         // the heading's text
}

// Closing reports whether the round has no choices and so ends the incident.
func (r *Round) Closing() bool { return len(r.Choices) == 0 }

// Best returns the round's best choice, or nil for a closing round and for a
// round whose text (wrongly) names none.
func (r *Round) Best() *Choice {
	for _, c := range r.Choices {
		if c.Outcome.Grade == Best {
			return c
		}
	}
	return nil
}

// A Choice is one lettered option of a round.
type Choice struct {
	Letter  byte // 'A' to 'Z'
	Text    markdown.Inline
	Outcome Outcome
	Span    diag.Span
}

// Grade says how good a choice is.
type Grade int

// The grades, worst first, so that the lower of two is the worse.
const (
	Miss Grade = iota // does not solve the round
	Good              // not best, but leads onward
	Best              // what the round teaches; exactly one a round
)

// String returns the grade's name as authors write it.
func (g Grade) String() string {
	switch g {
	case Best:
		return "best"
	case Good:
		return "good"
	default:
		return "miss"
	}
}

// An Outcome is what a choice brings.
type Outcome struct {
	Grade  Grade
	Result markdown.Inline  // without brackets and "Result:"; may be empty
	More   []markdown.Block // further Markdown after the result
	// Next is the index of the round it leads to, or negative where the incident
	// ends: [Debrief], or the [NextEnding] of one of the replay's endings. A choice that
	// leads back to its own round is a retry.
	Next int
	// NextGiven is whether the heading says where it leads, so that nothing else
	// such as on_miss may.
	NextGiven bool
	Cost      *big.Rat  // minutes, as written; nil if the text gives none
	Span      diag.Span // the outcome's heading, else its choice
}

// Debrief is the value of [Outcome.Next] for an outcome that ends the replay.
const Debrief = -1

// NextEnding is the value of [Outcome.Next] for an outcome that leads to the
// i-th ending.
func NextEnding(i int) int { return Debrief - 1 - i }

// EndingOf is the inverse of [NextEnding].
func EndingOf(next int) (i int, ok bool) { return Debrief - 1 - next, next < Debrief }

// An Ending is a debrief with words of its own, such as "Data lost".
type Ending struct {
	Title   string           // unique without regard to case
	Verdict string           // replaces the verdict that goes with the score; may be empty
	Text    []markdown.Block // shown on the debrief
	Span    diag.Span        // the heading's text
}

// A Reference is one cross-reference.
type Reference struct {
	Kind string // "Primer", "Footguns"; may be empty
	Text string // plain text
	Href string // as written; "" if the entry is not a link
	Span diag.Span
}

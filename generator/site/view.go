package site

import (
	"html/template"
	"math/big"
	"time"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// A Page is what a layout sees: one place of one replay, what stands for retired
// pages, the index, or the page for missing files. It says nothing about the reader's trail: where pages
// of a place differ, the layout puts a slot.
type Page struct {
	Site       SiteView
	Kind       string        // index, briefing, round, outcome, closing, debrief, moved, 404
	Root       string        // relative path to the site's root: "" or "../"
	Stylesheet string        // relative path of the stylesheet
	Canonical  string        // URL of the page that search engines should know, or ""
	Replays    []*ReplayView // of the index, in its order
	Replay     *ReplayView   // of all but the index, 404, and moved where the replay is gone
	Round      *RoundView    // of a round, an outcome and a closing round; of a debrief the ending; of moved where it leads
	Choice     *ChoiceView   // of an outcome
	Ending     *EndingView   // of a debrief with words of its own, else nil
	Offers     bool          // whether the page offers the round's choices
	ShowsBest  bool          // whether a miss shows what works and leads on
	NextName   string        // what the one onward link leads to, in words
	NoIndex    bool          // whether search engines should leave the page alone

	slots *shellBuilder
}

// SiteView is what templates know of the site.
type SiteView struct {
	Title, Description, Language string
	BaseURL                      string // "" if not known
}

// ReplayView is what templates know of a replay.
type ReplayView struct {
	Slug, Title, Description string
	Difficulty, Severity     string
	Tags, Authors            []string
	Date                     string // 2006-01-02, or ""
	Intro                    template.HTML
	Setup, Report            []FactView
	ReportMore               template.HTML // what else stands in the damage report
	Rounds                   []*RoundView
	Endings                  []*EndingView
	References               []ReferenceView
	Optimal, Worst           int    // whole minutes
	Assumed                  bool   // whether one of the two was assumed
	Detail                   string // the trail detail's name
	DetailMeans              string // and what pages still know under it
	KnowsClock               bool   // false under detail none
	Decisions                int    // rounds with choices
	BestPath                 []*RoundView
	Path                     string // of the briefing, from the site's root
}

// FactView is a labelled text.
type FactView struct {
	Label string
	Text  template.HTML
}

// RoundView is what templates know of a round.
type RoundView struct {
	Label, Title string
	Name         string // "Round 2: First Triage Data"
	Closing      bool
	PressureCue  template.HTML
	Situation    template.HTML
	Choices      []*ChoiceView
	Best         *ChoiceView // nil for a closing round
	Actions      []template.HTML

	index int
}

// ChoiceView is what templates know of a choice and its outcome.
type ChoiceView struct {
	Letter string
	Text   template.HTML
	Label  template.HTML // Text without links, to stand inside one
	Grade  string        // best, good or miss
	Word   string        // the grade in words
	Cost   string        // "8 min", "5.3 min"
	Regret int           // points that it gives away where it is first met; -1 if not known
	Result template.HTML
	More   template.HTML

	index int
}

// EndingView is what templates know of an ending.
type EndingView struct {
	Title, Verdict string
	Text           template.HTML
}

// ReferenceView is a cross-reference.
type ReferenceView struct {
	Kind, Text, Href string // Href is "" where there is nothing to link to
}

// gradeWords are the grades in the reader's words.
var gradeWords = [...]string{replay.Miss: "Miss", replay.Good: "Good", replay.Best: "Best choice"}

// newReplayView renders all texts of a replay once.
func newReplayView(m *trail.Machine, r texts) *ReplayView {
	rep := m.Replay
	v := &ReplayView{
		Slug: rep.Slug, Title: rep.Title, Description: description(rep),
		Difficulty: rep.Difficulty, Severity: rep.Severity, Tags: rep.Tags, Authors: rep.Authors,
		Date:  date(rep.Date),
		Intro: r.blocks("", rep.Intro), Setup: facts(r, rep.Setup), Report: facts(r, rep.Report),
		ReportMore: r.blocks("report", rep.ReportMore),
		Optimal:    roundMinutes(m.Scoring.Optimal), Worst: roundMinutes(m.Scoring.Worst), Assumed: m.Scoring.Assumed,
		Detail: m.Detail.String(), DetailMeans: m.Detail.Means(), KnowsClock: m.Detail != trail.ByNone,
		Path: rep.Slug + "/index.html",
	}
	for i, round := range rep.Rounds {
		v.Rounds = append(v.Rounds, newRoundView(m, i, round, r))
		if !round.Closing() {
			v.Decisions++
		}
	}
	for _, e := range rep.Endings {
		v.Endings = append(v.Endings, &EndingView{Title: e.Title, Verdict: e.Verdict, Text: r.blocks("ending", e.Text)})
	}
	for _, i := range m.BestPath() {
		v.BestPath = append(v.BestPath, v.Rounds[i])
	}
	for _, ref := range rep.CrossReferences {
		href, _ := r.link(ref.Href)
		v.References = append(v.References, ReferenceView{Kind: ref.Kind, Text: ref.Text, Href: href})
	}
	return v
}

func newRoundView(m *trail.Machine, i int, round *replay.Round, r texts) *RoundView {
	v := &RoundView{
		Label: round.Label, Title: round.Title, Name: "Round " + round.Label, Closing: round.Closing(),
		PressureCue: r.inline(round.PressureCue), Situation: r.blocks("situation", round.Situation), index: i,
	}
	if round.Title != "" {
		v.Name += ": " + round.Title
	}
	for j, c := range round.Choices {
		choice := &ChoiceView{
			Letter: string(c.Letter), Text: r.inline(c.Text), Label: r.label(c.Text),
			Grade: c.Outcome.Grade.String(), Word: gradeWords[c.Outcome.Grade],
			Cost:   minutesText(m.Cost(i, j)),
			Regret: -1,
			Result: r.inline(c.Outcome.Result), More: r.blocks("choice "+string(c.Letter), c.Outcome.More), index: j,
		}
		v.Choices = append(v.Choices, choice)
		if c == round.Best() {
			v.Best = choice
		}
	}
	for _, action := range round.Actions {
		v.Actions = append(v.Actions, r.inline(action))
	}
	return v
}

func facts(r texts, all []replay.Fact) (views []FactView) {
	for _, f := range all {
		views = append(views, FactView{Label: f.Label, Text: r.inline(f.Text)})
	}
	return views
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

// minutesText writes minutes for people, with a decimal where they are not whole.
func minutesText(minutes *big.Rat) string {
	if minutes.IsInt() {
		return minutes.Num().String() + " min"
	}
	return minutes.FloatString(1) + " min"
}

// roundMinutes rounds to whole minutes, half up.
func roundMinutes(q *big.Rat) int {
	half := new(big.Rat).Add(q, big.NewRat(1, 2))
	return int(new(big.Int).Quo(half.Num(), half.Denom()).Int64())
}

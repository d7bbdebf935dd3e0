package site

import (
	"html/template"
	"math/big"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// A Page is what a layout sees: one place of one replay, what stands for retired
// pages, the index, or the page for missing files. It says nothing about the reader's trail: where pages
// of a place differ, the layout puts a slot.
type Page struct {
	Site       SiteView
	Kind       string      // index, briefing, round, outcome, closing, debrief, moved, 404
	Root       string      // relative path to the site's root: "" or "../"
	Stylesheet string      // relative path of the stylesheet
	Canonical  string      // URL of the page that search engines should know, or ""
	Replays    []Card      // of the index, in its order
	Replay     *ReplayView // of all but the index, 404, and moved where the replay is gone
	Round      *RoundView  // of a round, an outcome and a closing round; of a debrief the ending; of moved where it leads
	Choice     *ChoiceView // of an outcome
	Ending     *EndingView // of a debrief with words of its own, else nil
	Offers     bool        // whether the page offers the round's choices
	ShowsBest  bool        // whether a miss shows what works and leads on
	NextName   string      // what the one onward link leads to, in words
	NoIndex    bool        // whether search engines should leave the page alone

	slots *shellBuilder
}

// SiteView is what templates know of the site.
type SiteView struct {
	Title, Description, Language string
	BaseURL                      string // "" if not known
}

// ReplayView is what templates know of a replay.
type ReplayView struct {
	Card
	Setup, Report []*FactView
	Rounds        []*RoundView
	Endings       []*EndingView
	References    []ReferenceView
	Assumed       bool   // whether the optimal or the worst time was assumed
	Detail        string // the trail detail's name
	DetailMeans   string // and what pages still know under it
	KnowsClock    bool   // false under detail none
	BestPath      []*RoundView

	intro, reportMore passage
}

// Intro is what stands before the setup.
func (v *ReplayView) Intro() template.HTML { return v.intro.HTML() }

// ReportMore is what else stands in the damage report.
func (v *ReplayView) ReportMore() template.HTML { return v.reportMore.HTML() }

// FactView is a labelled text.
type FactView struct {
	Label string
	text  passage
}

// Text is what is said under the label.
func (v *FactView) Text() template.HTML { return v.text.HTML() }

// RoundView is what templates know of a round.
type RoundView struct {
	Label, Title string
	Name         string // "Round 2: First Triage Data"
	Closing      bool
	Choices      []*ChoiceView
	Best         *ChoiceView // nil for a closing round

	index                  int
	pressureCue, situation passage
	actions                []*passage
}

// PressureCue is the message that puts the reader under pressure.
func (v *RoundView) PressureCue() template.HTML { return v.pressureCue.HTML() }

// Situation is what the reader sees.
func (v *RoundView) Situation() template.HTML { return v.situation.HTML() }

// Actions are the steps of a closing round.
func (v *RoundView) Actions() []template.HTML {
	actions := make([]template.HTML, len(v.actions))
	for i, a := range v.actions {
		actions[i] = a.HTML()
	}
	return actions
}

// ChoiceView is what templates know of a choice and its outcome.
type ChoiceView struct {
	Letter string
	Grade  string // best, good or miss
	Word   string // the grade in words
	Cost   string // "8 min", "5.3 min"
	Regret int    // points that it gives away where it is first met; -1 if not known

	index                     int
	text, label, result, more passage
}

// Text is the action.
func (v *ChoiceView) Text() template.HTML { return v.text.HTML() }

// Label is the action without links, to stand inside one.
func (v *ChoiceView) Label() template.HTML { return v.label.HTML() }

// Result is what the action brings.
func (v *ChoiceView) Result() template.HTML { return v.result.HTML() }

// More is what stands below the result.
func (v *ChoiceView) More() template.HTML { return v.more.HTML() }

// EndingView is what templates know of an ending.
type EndingView struct {
	Title, Verdict string
	text           passage
}

// Text tells the ending.
func (v *EndingView) Text() template.HTML { return v.text.HTML() }

// ReferenceView is a cross-reference.
type ReferenceView struct {
	Kind, Text, Href string // Href is "" where there is nothing to link to
}

// A passage is rendered when a template first asks for it: highlighting is most
// of what a page costs, and a preview shows one page at a time. It is not safe
// for concurrent use; see [Replay].
type passage struct {
	render func() template.HTML // nil once done
	html   template.HTML
}

// HTML returns the rendered passage.
func (p *passage) HTML() template.HTML {
	if p.render != nil {
		p.html, p.render = p.render(), nil
	}
	return p.html
}

// gradeWords are the grades in the reader's words.
var gradeWords = [...]string{replay.Miss: "Miss", replay.Good: "Good", replay.Best: "Best choice"}

// newReplayView prepares the view of a replay; its texts are rendered on demand.
func newReplayView(m *trail.Machine, r texts) *ReplayView {
	rep := m.Replay
	v := &ReplayView{
		Card:  NewCard(m),
		intro: r.blocks("", rep.Intro), Setup: facts(r, rep.Setup), Report: facts(r, rep.Report),
		reportMore: r.blocks("report", rep.ReportMore), Assumed: m.Scoring.Assumed,
		Detail: m.Detail.String(), DetailMeans: m.Detail.Means(), KnowsClock: m.Detail != trail.ByNone,
	}
	for i, round := range rep.Rounds {
		v.Rounds = append(v.Rounds, newRoundView(m, i, round, r))
	}
	for _, e := range rep.Endings {
		v.Endings = append(v.Endings, &EndingView{Title: e.Title, Verdict: e.Verdict, text: r.blocks("ending", e.Text)})
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
		pressureCue: r.inline(round.PressureCue), situation: r.blocks("situation", round.Situation), index: i,
	}
	if round.Title != "" {
		v.Name += ": " + round.Title
	}
	for j, c := range round.Choices {
		choice := &ChoiceView{
			Letter: string(c.Letter), text: r.inline(c.Text), label: r.label(c.Text),
			Grade: c.Outcome.Grade.String(), Word: gradeWords[c.Outcome.Grade],
			Cost:   minutesText(m.Cost(i, j)),
			Regret: -1,
			result: r.inline(c.Outcome.Result), more: r.blocks("choice "+string(c.Letter), c.Outcome.More), index: j,
		}
		v.Choices = append(v.Choices, choice)
		if c == round.Best() {
			v.Best = choice
		}
	}
	for _, action := range round.Actions {
		text := r.inline(action)
		v.actions = append(v.actions, &text)
	}
	return v
}

func facts(r texts, all []replay.Fact) (views []*FactView) {
	for _, f := range all {
		views = append(views, &FactView{Label: f.Label, text: r.inline(f.Text)})
	}
	return views
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

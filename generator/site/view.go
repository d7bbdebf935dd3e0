package site

import (
	"html/template"
	"math/big"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
)

// A Page is what a layout sees: one place of one replay, its facilitator's sheet,
// what stands for retired pages, a list of replays, or the page for missing files.
// It says nothing about the reader's trail: where pages of a place differ, the
// layout puts a slot.
type Page struct {
	Site       SiteView
	Lang, Dir  string      // of the page's texts, as HTML writes them
	Kind       string      // index, tag, tags, list, briefing, round, outcome, closing, debrief, sheet, moved, 404
	Root       string      // relative path to the site's root: "" or "../"
	Stylesheet string      // relative path of the stylesheet
	Canonical  string      // URL of the page that search engines should know, or ""
	Image      string      // URL in full of the picture that links unfold to, of pages without slots; "" if not known
	List       *ListView   // of pages that list replays or tags
	Replays    []Card      // that the page lists as cards, in its order
	Sheet      *SheetView  // of a facilitator's sheet
	Replay     *ReplayView // of all but lists, 404, and moved where the replay is gone
	Round      *RoundView  // of a round, an outcome and a closing round; of a debrief the ending; of moved where it leads
	Choice     *ChoiceView // of an outcome
	Ending     *EndingView // of a debrief with words of its own, else nil
	NextReplay *NextReplay // of a debrief: another to play, or nil
	Offers     bool        // whether the page offers the round's choices
	Suggests   bool        // whether the page has an address at which to suggest a choice
	ShowsBest  bool        // whether a miss shows what works and leads on
	NextName   string      // what the one onward link leads to, in words
	NoIndex    bool        // whether search engines should leave the page alone

	slots *shellBuilder
	title string // of the place, see [Replay.placeTitle]
}

// SiteView is what templates know of the site.
type SiteView struct {
	Title, Description string
	Language, Dir      string // of the site's own texts and lists
	BaseURL            string // "" if not known
	ColorScheme        string // that the theme is made for: light, dark or "light dark"

	logo   LogoView // its path from the site's root, "" without one
	footer []LinkView
	within []bool // by footer: whether the link is a path from the site's root
}

// ReplayView is what templates know of a replay.
type ReplayView struct {
	Card
	// What every page shows is the card's own, once more: templates find it here
	// several times as fast.
	Title          string
	Optimal, Worst int

	Setup, Report []*FactView
	Rounds        []*RoundView
	Endings       []*EndingView
	References    []ReferenceView
	Assumed       bool   // whether the optimal or the worst time was assumed
	Detail        string // the trail detail's name
	DetailMeans   string // and what pages still know under it
	KnowsClock    bool   // false under detail none
	// KnowsMinutes is whether pages know what each round took. Where they do not, the
	// slot span takes no round.
	KnowsMinutes bool
	OptimalWidth string // where the optimal time lies on the timeline, such as "33.33%"
	WorstWidth   string // how far the worst time lies behind it
	Sheet        bool   // whether the replay has a facilitator's sheet
	BestPath     []*RoundView

	locale            *locale
	machine           *trail.Machine
	longest           *big.Rat // minutes, the full width of the timeline
	histogram         func() []BandView
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

// Facts are the grade in words and the cost, to be put in a list.
func (v *ChoiceView) Facts() []string { return []string{v.Word, v.Cost} }

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

// gradeWord is a grade in the reader's words.
func gradeWord(t *words.Table, g replay.Grade) string {
	return t.Text([...]string{replay.Miss: "grade_miss", replay.Good: "grade_good", replay.Best: "grade_best"}[g])
}

// detailMeans says what pages after a round still know about it.
func detailMeans(t *words.Table, d trail.Detail) string {
	return t.Text([...]string{
		trail.ByPicks: "detail_picks", trail.ByRounds: "detail_rounds", trail.ByGrades: "detail_grades",
		trail.ByTotal: "detail_total", trail.ByNone: "detail_none",
	}[d])
}

// newReplayView prepares the view of a replay; its texts are rendered on demand.
func newReplayView(m *trail.Machine, card Card, l *locale, r texts) *ReplayView {
	rep := m.Replay
	v := &ReplayView{
		Card: card, Title: card.Title, Optimal: card.Optimal, Worst: card.Worst,
		intro: r.blocks("", rep.Intro), Setup: facts(r, rep.Setup), Report: facts(r, rep.Report),
		reportMore: r.blocks(l.table.Text("region_report"), rep.ReportMore), Assumed: m.Scoring.Assumed,
		Detail: m.Detail.String(), DetailMeans: detailMeans(l.table, m.Detail), KnowsClock: m.Detail != trail.ByNone, KnowsMinutes: m.TellsMinutes(),
		locale: l, machine: m, longest: m.Longest(),
	}
	v.OptimalWidth = v.width(m.Scoring.Optimal)
	v.WorstWidth = v.width(new(big.Rat).Sub(m.Scoring.Worst, m.Scoring.Optimal))
	for i, round := range rep.Rounds {
		v.Rounds = append(v.Rounds, newRoundView(m, i, round, r))
	}
	for _, e := range rep.Endings {
		v.Endings = append(v.Endings, &EndingView{Title: e.Title, Verdict: e.Verdict, text: r.blocks(l.table.Text("region_ending"), e.Text)})
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
		Label: round.Label, Title: round.Title, Name: roundName(r.words, round), Closing: round.Closing(),
		pressureCue: r.inline(round.PressureCue), situation: r.blocks(r.words.Text("region_situation"), round.Situation), index: i,
	}
	for j, c := range round.Choices {
		choice := &ChoiceView{
			Letter: string(c.Letter), text: r.inline(c.Text), label: r.label(c.Text),
			Grade: c.Outcome.Grade.String(), Word: gradeWord(r.words, c.Outcome.Grade),
			Cost:   minutesText(r.words, m.Cost(i, j)),
			Regret: -1,
			result: r.inline(c.Outcome.Result), index: j,
			more: r.blocks(r.words.Text("region_choice", words.String("letter", string(c.Letter))), c.Outcome.More),
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

// roundName is a round's label and its title, if it has one.
func roundName(t *words.Table, r *replay.Round) string {
	if r.Title == "" {
		return t.Text("round", words.String("label", r.Label))
	}
	return t.Text("round_titled", words.String("label", r.Label), words.String("title", r.Title))
}

func facts(r texts, all []replay.Fact) (views []*FactView) {
	for _, f := range all {
		views = append(views, &FactView{Label: f.Label, text: r.inline(f.Text)})
	}
	return views
}

// minutesText writes minutes for people, with a decimal where they are not whole.
func minutesText(t *words.Table, minutes *big.Rat) string {
	if minutes.IsInt() {
		return t.Text("minutes", words.Int("minutes", int(minutes.Num().Int64())))
	}
	tenths, _ := strconv.Atoi(strings.Replace(minutes.FloatString(1), ".", "", 1))
	number := t.Text("decimal", words.Int("whole", tenths/10), words.Int("tenths", tenths%10))
	return t.Text("minutes", words.String("minutes", number))
}

// roundMinutes rounds to whole minutes, half up.
func roundMinutes(q *big.Rat) int {
	half := new(big.Rat).Add(q, big.NewRat(1, 2))
	return int(new(big.Int).Quo(half.Num(), half.Denom()).Int64())
}

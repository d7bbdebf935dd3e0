package site

import (
	"cmp"
	"fmt"
	"html/template"
	"regexp"

	"github.com/replaygen/replaygen/generator/picture"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/words"
)

// SheetName is the name of a facilitator's sheet in the folder of its replay.
// No state is called so.
const SheetName = "facilitator.html"

// A SheetView is what templates know of a facilitator's sheet, besides the replay.
type SheetView struct {
	Rounds  []*SheetRound
	Debrief int // minutes suggested for the debrief
	Total   int // minutes suggested in all
	// Alone is whether sheets are built without the site, so that there is nothing
	// of the replay to link to.
	Alone   bool
	Address string        // of the briefing, in full; "" if not known
	QR      template.HTML // the same as a picture; "" likewise
}

// A SheetRound is a round on a facilitator's sheet, where all rounds stand on one page.
type SheetRound struct {
	*RoundView
	Minutes int // suggested for the round
	Choices []*SheetChoice
	words   *words.Table
}

// A SheetChoice is a choice on a facilitator's sheet. Where it leads is said by
// Next, Ending or Again; it leads to the debrief if none of them is set.
type SheetChoice struct {
	*ChoiceView
	Next   *RoundView // nil if the incident ends
	Ending string     // title of the ending
	Again  bool       // whether it leads back to its own round
	round  *SheetRound
}

// Minutes suggested for a group of people. They read a situation and then talk
// about every choice and its result.
const (
	readMinutes    = 2
	choiceMinutes  = 1
	resultMinutes  = 2
	closingMinutes = 3
	debriefMinutes = 10
)

// hasSheet reports whether a replay's sheet is part of the site. A build of
// sheets alone has all of them: it is not what the public sees.
func (s *Site) hasSheet(r *replay.Replay) bool {
	return s.content.Sheets || cmp.Or(r.Facilitator, s.sheets) != "false"
}

// sheetFile returns the facilitator's sheet.
func (p *Replay) sheetFile() File {
	return renderedFile(p.view.Slug+"/"+SheetName, func() ([]byte, error) {
		p.mu.Lock() // of the view's passages
		defer p.mu.Unlock()
		sheet, err := p.sheet()
		if err != nil {
			return nil, err
		}
		return p.site.render("sheet", &Page{
			Site: p.site.view, Kind: "sheet", Root: "../", Stylesheet: "../" + p.site.stylesheet,
			Image: p.site.full(p.covers()[""].path), Replay: p.view, Sheet: sheet, NoIndex: true,
		})
	})
}

func (p *Replay) sheet() (*SheetView, error) {
	v := &SheetView{Alone: p.site.content.Sheets, Debrief: debriefMinutes, Total: debriefMinutes}
	for i, round := range p.view.Rounds {
		r := &SheetRound{RoundView: round, Minutes: closingMinutes, words: p.words}
		if n := len(round.Choices); n > 0 {
			r.Minutes = readMinutes + n*choiceMinutes + resultMinutes
		}
		for j, choice := range round.Choices {
			r.Choices = append(r.Choices, p.sheetChoice(i, j, r, choice))
		}
		v.Rounds = append(v.Rounds, r)
		v.Total += r.Minutes
	}
	if p.site.base == nil {
		return v, nil
	}
	v.Address = p.site.base.String() + p.view.Slug + "/"
	code, err := picture.QR(v.Address, v.Address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.view.Slug, err)
	}
	v.QR = template.HTML(code) //nolint:gosec // the address is escaped in it
	return v, nil
}

func (p *Replay) sheetChoice(i, j int, round *SheetRound, choice *ChoiceView) *SheetChoice {
	c := &SheetChoice{ChoiceView: choice, round: round}
	next := p.machine.NextRound(i, j)
	if ending, ok := replay.EndingOf(next); ok {
		c.Ending = p.view.Endings[ending].Title
	} else if next >= 0 {
		c.Next, c.Again = p.view.Rounds[next], next == i
	}
	return c
}

// Situation is the round's, where regions of several rounds stand side by side.
func (r *SheetRound) Situation() template.HTML { return r.name(r.RoundView.Situation()) }

// More is the choice's, likewise.
func (c *SheetChoice) More() template.HTML { return c.round.name(c.ChoiceView.More()) }

// region matches the name of a region in a rendered text. Nothing else in it can
// look like the attributes, since quotation marks are escaped.
var region = regexp.MustCompile(`role="region" aria-label="([^"]*)"`)

// name puts the round's name before those of the regions in a rendered text.
func (r *SheetRound) name(text template.HTML) template.HTML {
	round := words.String("before", r.Name)
	named := region.ReplaceAllStringFunc(string(text), func(found string) string {
		label := region.FindStringSubmatch(found)[1]
		return `role="region" aria-label="` + r.words.HTML("join", -1, round, words.Markup("after", label)) + `"`
	})
	return template.HTML(named) //nolint:gosec // the name is escaped
}

// SheetIndex returns the entry page of a build of sheets alone.
func (s *Site) SheetIndex(cards []Card) File {
	for i := range cards {
		cards[i] = s.take(cards[i])
		cards[i].Path = cards[i].Slug + "/" + SheetName
	}
	return s.listFile("list", "index.html", &ListView{By: "sheet", Groups: byLetter(cards), Total: len(cards)}, nil)
}

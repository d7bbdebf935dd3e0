package replay

import (
	"math/big"
	"regexp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

func (p *parser) setup(s section) {
	facts, rest := p.facts(s.blocks)
	p.replay.Setup = append(p.replay.Setup, facts...)
	p.replay.Intro = append(p.replay.Intro, rest...)
}

func (p *parser) report(s section) {
	facts, rest := p.facts(s.blocks)
	p.replay.Report = append(p.replay.Report, facts...)
	p.replay.ReportMore = append(p.replay.ReportMore, rest...)
}

// facts reads the facts of lists, and of paragraphs that were lists, and returns
// the other blocks.
func (p *parser) facts(blocks []markdown.Block) (facts []Fact, rest []markdown.Block) {
	for _, b := range blocks {
		switch b.Kind() {
		case markdown.List:
			for _, in := range p.items(b) {
				facts = append(facts, newFact(in))
			}
		case markdown.Paragraph:
			if _, _, ok := cutLabel(entries(b.Inline())[0]); !ok {
				rest = append(rest, b)
				continue
			}
			for _, e := range entries(b.Inline()) {
				facts = append(facts, newFact(e))
			}
		default:
			rest = append(rest, b)
		}
	}
	return facts, rest
}

// newFact reads one fact. A text without a label is kept with an empty one.
func newFact(in markdown.Inline) Fact {
	label, text, _ := cutLabel(in)
	return Fact{Label: label, Text: text, Span: in.Span()}
}

// items returns the texts of a list's items. One item may hold entries that run on.
func (p *parser) items(list markdown.Block) []markdown.Inline {
	texts := p.itemTexts(list)
	if len(texts) == 1 {
		return entries(texts[0])
	}
	return texts
}

// itemTexts returns the texts of a list's items, which must not hold more than
// text.
func (p *parser) itemTexts(list markdown.Block) []markdown.Inline {
	var texts []markdown.Inline
	for _, item := range list.Children() {
		in := item.Inline().Trim()
		extra := item.Children()
		if !in.Empty() {
			texts = append(texts, in)
			extra = extra[1:]
		}
		if len(extra) > 0 {
			p.ignored(extra[0], "only the first paragraph of a list item is used here")
		}
	}
	return texts
}

// ignored reports a block that has no place in the replay.
func (p *parser) ignored(b markdown.Block, reason string) {
	p.Warnf(codeIgnored, b.Span(), "move it to where it belongs, or delete it", "this is left out: %s", reason)
}

// Labels of the facts that say how long the incident took.
var (
	optimalLabel = regexp.MustCompile(`(?i)\b(optimal|ideal|best[ -]case|fastest)\b`)
	worstLabel   = regexp.MustCompile(`(?i)\b(worst|wrong choices?|wrong picks?)\b`)
)

// times sets how long the incident takes at best and at worst.
func (p *parser) times(sections []section) {
	r := p.replay
	elsewhere := r.TitleSpan
	for _, s := range sections {
		if s.kind == reportSection {
			elsewhere = s.span()
			break
		}
	}
	r.Optimal, r.OptimalSpan = p.time(p.optimal, optimalLabel, false, elsewhere)
	r.Worst, r.WorstSpan = p.time(p.worst, worstLabel, true, elsewhere)
}

// time returns the minutes of a setting, else of the first fact in the damage
// report whose label matches and whose text begins with a time, and their place.
func (p *parser) time(s setting, label *regexp.Regexp, upper bool, elsewhere diag.Span) (*big.Rat, diag.Span) {
	if s.minutes != nil {
		return s.minutes, s.span
	}
	for _, f := range p.replay.Report {
		if !label.MatchString(f.Label) {
			continue
		}
		if minutes := readTime(f.Text.Plain(), upper); minutes != nil {
			return minutes, f.Text.Span()
		}
		if !f.Text.Empty() {
			elsewhere = f.Text.Span()
		}
	}
	return nil, elsewhere
}

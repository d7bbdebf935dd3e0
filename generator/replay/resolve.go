package replay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// resolve gives every choice its outcome, with what the text leaves implicit.
func (p *parser) resolve() {
	for i, d := range p.drafts {
		texts, assumed := p.match(d)
		best := p.best(d, texts, assumed)
		for _, c := range d.Choices {
			p.finish(i, c, texts[c.Letter], c == best)
		}
	}
}

// match finds the outcome of every choice of a round. One result without a
// heading belongs to the one choice without an outcome, which is then returned.
func (p *parser) match(d *draft) (texts map[byte]*outcomeText, assumed *Choice) {
	texts = map[byte]*outcomeText{}
	for _, o := range d.outcomes {
		for _, l := range o.letters {
			p.matchLetter(d, texts, o, l)
		}
	}
	var without []*Choice
	for _, c := range d.Choices {
		if texts[c.Letter] == nil {
			without = append(without, c)
		}
	}
	stray := strayResults(d)
	if len(without) == 1 && len(stray) == 1 {
		c, r := without[0], stray[0]
		mark := " (recommended)"
		if slices.ContainsFunc(d.outcomes, (*outcomeText).isMarkedBest) {
			mark = ""
		}
		p.Notef(codeResultAssigned, r.span, fmt.Sprintf("write \"### If you chose %c%s:\" above it", c.Letter, mark),
			"this result has no heading; it is taken for that of choice %c, the only one without", c.Letter)
		p.checkResult(r)
		texts[c.Letter] = &outcomeText{result: r, span: r.span}
		return texts, c
	}
	for _, c := range without {
		// Playable all the same, with a page that says nothing: documents in the
		// wild have such gaps.
		p.Warnf(codeOutcomeMissing, c.Span, fmt.Sprintf("add \"### If you chose %c:\" and a result", c.Letter),
			"choice %c of round %s has no outcome", c.Letter, d.Label)
	}
	for _, r := range stray {
		if !r.text.Empty() {
			p.Errorf(codeResultStray, r.span, "write a heading such as \"### If you chose A:\" above it", "this result belongs to no choice")
		}
	}
	return texts, nil
}

// strayResults returns the results of a round without a heading. Empty ones
// count only where there is no other.
func strayResults(d *draft) []*result {
	var written []*result
	for _, r := range d.stray {
		if !r.text.Empty() {
			written = append(written, r)
		}
	}
	if len(written) == 0 && len(d.stray) > 0 {
		return d.stray[:1]
	}
	return written
}

// matchLetter gives an outcome to the choice that one of its letters names.
func (p *parser) matchLetter(d *draft, texts map[byte]*outcomeText, o *outcomeText, l lettered) {
	switch before := texts[l.letter]; {
	case before != nil:
		p.Add(diag.Diagnostic{
			Code: codeOutcomeTwice, Severity: diag.Error, Span: l.span,
			Message: fmt.Sprintf("choice %c of round %s has two outcomes", l.letter, d.Label),
			Hint:    "correct the letter, or delete one of the two",
			Related: []diag.Related{{Span: before.span, Message: "the first one is here"}},
		})
	case d.choice(l.letter) == nil:
		hint := "the round has no choices"
		if n := len(d.Choices); n > 0 {
			hint = fmt.Sprintf("the choices are %c to %c", d.Choices[0].Letter, d.Choices[n-1].Letter)
		}
		p.Errorf(codeOutcomeUnknown, l.span, hint, "round %s has no choice %c", d.Label, l.letter)
	default:
		texts[l.letter] = o
	}
}

// best returns the round's best choice: the marked one, else the one whose
// result had no heading. It returns nil, with a report, if there is not exactly one.
func (p *parser) best(d *draft, texts map[byte]*outcomeText, assumed *Choice) *Choice {
	var marked []*Choice
	for _, c := range d.Choices {
		if o := texts[c.Letter]; o != nil && o.isMarkedBest() {
			marked = append(marked, c)
		}
	}
	switch {
	case len(marked) > 1:
		p.severalBest(d, marked, texts)
	case len(marked) == 1:
		return marked[0]
	case assumed != nil:
		return assumed
	case len(d.Choices) > 0:
		p.Errorf(codeBestMissing, d.Span, "write \"(recommended)\" behind the letter of the best one: \"### If you chose B (recommended):\"",
			"no choice of round %s is marked as the best", d.Label)
	}
	if len(marked) > 0 {
		return marked[0]
	}
	return nil
}

func (o *outcomeText) isMarkedBest() bool {
	return o.recommended || o.attributes.grade != nil && *o.attributes.grade == Best
}

func (p *parser) severalBest(d *draft, marked []*Choice, texts map[byte]*outcomeText) {
	first := texts[marked[0].Letter].span
	for _, c := range marked[1:] {
		p.Add(diag.Diagnostic{
			Code: codeBestTwice, Severity: diag.Error, Span: texts[c.Letter].span,
			Message: fmt.Sprintf("round %s has more than one best choice", d.Label),
			Hint:    "give the others \"{grade=good}\" instead, which leads onward too",
			Related: []diag.Related{{Span: first, Message: "the first one is here"}},
		})
	}
}

// finish sets the outcome of a choice in the round at an index. The text is nil
// if the choice has none.
func (p *parser) finish(round int, c *Choice, text *outcomeText, isBest bool) {
	out := &c.Outcome
	out.Next, out.Span = round, c.Span
	if text == nil {
		return
	}
	out.Span = text.span
	out.Cost = text.attributes.cost
	out.Result, out.More = text.result.text, text.result.more
	out.Next = p.next(round, text, isBest)
	out.NextGiven = text.attributes.next != ""
	out.Grade = p.grade(round, out.Next, text, isBest)
}

// grade returns the grade of an outcome, as written or as its next round implies.
func (p *parser) grade(round, next int, text *outcomeText, isBest bool) Grade {
	given := text.attributes.grade
	switch {
	case given != nil && *given != Best && text.recommended:
		p.Errorf(codeAttributeValue, text.attributes.gradeSpan, "delete \"(recommended)\" or the grade",
			"an outcome cannot be recommended and %s at once", *given)
		return *given
	case isBest:
		return Best
	case given != nil:
		return *given
	case next < 0 || next > round:
		return Good
	default:
		return Miss
	}
}

// next returns where an outcome leads: as its attribute or its result says, and
// else onward if it is the best one and back to its round if not.
func (p *parser) next(round int, text *outcomeText, isBest bool) int {
	implied := round
	if isBest {
		if implied = round + 1; implied == len(p.replay.Rounds) {
			implied = Debrief
		}
	}
	if written := text.attributes.next; written != "" {
		if next, ok := p.place(written); ok {
			return next
		}
		p.Errorf(codeNextUnknown, text.attributes.nextSpan, p.placeHint(written), "there is no round or ending %q to lead to", written)
		return implied
	}
	said, l, ok := text.result.lead()
	if !ok {
		return implied
	}
	next, ok := p.place(l.to)
	if !ok {
		p.Warnf(codeNextUnknown, said.SpanOf(l.at, l.at+len(l.to)), p.placeHint(l.to), "there is no round or ending %q to lead to", l.to)
		return implied
	}
	if l.softly && next != implied && text.attributes.grade == nil {
		p.Notef(codeNextRead, said.SpanOf(l.from, l.at+len(l.to)),
			"if it does not, write \"{grade=miss next="+p.replay.Rounds[round].Label+"}\" behind the outcome's heading",
			"this is read as leading to %s", p.placeName(next))
	}
	return next
}

// place finds a round by its label, an ending by its title, or the debrief by
// its name. The names may be written as in headings: "Round 2", "Ending: Data lost".
func (p *parser) place(written string) (next int, ok bool) {
	key := placeKey(written)
	if key == debriefName {
		return Debrief, true
	}
	for _, kind := range []string{"", "round-", "ending-"} {
		if name, found := strings.CutPrefix(key, kind); found {
			if next, ok = p.places[name]; ok {
				return next, true
			}
		}
	}
	return 0, false
}

func (p *parser) placeName(next int) string {
	if i, ok := EndingOf(next); ok {
		return fmt.Sprintf("the ending %q", p.replay.Endings[i].Title)
	}
	if next == Debrief {
		return "the debrief"
	}
	return "round " + p.replay.Rounds[next].Label
}

// placeHint names the place that was probably meant, and else all there are.
func (p *parser) placeHint(written string) string {
	var names, shown []string
	add := func(name, show string) { names, shown = append(names, name), append(shown, show) }
	for _, r := range p.replay.Rounds {
		add(r.Label, r.Label)
	}
	for _, e := range p.replay.Endings {
		add(e.Title, fmt.Sprintf("%q", e.Title))
	}
	add(debriefName, debriefName)
	if near := config.Nearest(written, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "there are: " + strings.Join(shown, ", ")
}

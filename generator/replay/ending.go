package replay

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/diag"
)

// endingPattern matches the heading of an ending: a colon or a dash, and a title.
var endingPattern = regexp.MustCompile(`(?i)^ending(?:\s*:|\s+[–—-](?:\s|$))\s*(.*)$`)

// endingHeading returns the title in "Ending: Data lost".
func endingHeading(text string) (title string, ok bool) {
	m := endingPattern.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return "", false
	}
	return m[1], true
}

func (p *parser) ending(s section) {
	in := s.heading.Inline()
	attributes, braces := p.braces(in, endingBracesHint)
	title, _ := endingHeading(in.Plain()[:braces])
	p.replay.Endings = append(p.replay.Endings, Ending{
		Title: title, Verdict: p.verdict(attributes), Text: s.blocks, Span: in.Cut(0, braces).Trim().Span(),
	})
}

// maxEndingTitle is how many characters an ending's title may have: titles
// stand in the names of files.
const maxEndingTitle = 60

// nameEndings remembers the endings by their titles once all rounds are known,
// and leaves out those whose titles mean another place already.
func (p *parser) nameEndings() {
	all := p.replay.Endings
	p.replay.Endings = nil
	for _, e := range all {
		if e.Title == "" {
			p.Errorf(codeEndingTitle, e.Span, "write for example \"## Ending: Data lost\"", "this ending has no title")
			continue
		}
		if other, taken := p.place(e.Title); taken {
			p.endingTaken(e, other)
			continue
		}
		if utf8.RuneCountInString(e.Title) > maxEndingTitle {
			p.Errorf(codeEndingTitle, e.Span, "move what is too long into the ending's text", "the title of an ending has at most %d characters", maxEndingTitle)
		}
		p.places[placeKey(e.Title)] = NextEnding(len(p.replay.Endings))
		p.replay.Endings = append(p.replay.Endings, e)
	}
}

// endingTaken reports an ending whose title means another place.
func (p *parser) endingTaken(e Ending, other int) {
	d := diag.Diagnostic{
		Code: codeEndingTitle, Severity: diag.Error, Span: e.Span,
		Message: fmt.Sprintf("an ending cannot be called %q: that means %s", e.Title, p.placeName(other)),
		Hint:    "choose another title",
	}
	if i, ok := EndingOf(other); ok {
		first := p.replay.Endings[i]
		d.Code = codeEndingTwice
		d.Message = fmt.Sprintf("there are two endings called %q", first.Title)
		if !strings.EqualFold(first.Title, e.Title) {
			d.Message = fmt.Sprintf("the endings %q and %q would have pages of the same name", first.Title, e.Title)
		}
		d.Hint = "titles must differ in letters a to z or digits"
		d.Related = []diag.Related{{Span: first.Span, Message: "the first one is here"}}
	} else if other >= 0 {
		d.Related = []diag.Related{{Span: p.replay.Rounds[other].Span, Message: "the round is here"}}
	}
	p.Add(d)
}

// placeKey returns what two names of places share that file systems or readers
// take for one: case, and what stands between letters and digits. Names of
// other letters only are told apart as they are.
func placeKey(name string) string {
	if key := Slugify(name); key != "" {
		return key
	}
	return strings.ToLower(strings.TrimSpace(name))
}

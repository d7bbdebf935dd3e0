package importer

import (
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

var (
	choiceStart = regexp.MustCompile(`^(?:(?i:option|choice)\s+)?(?:[A-Z][).:]|\([A-Z]\))`)

	// choiceMark matches " - B)", "• B)" and " B)", and a letter with other marks
	// around it. It has the bullet, what stands before the letter, the letter, and
	// what stands behind it.
	choiceMark = pattern(`(?:^| )(?:([-–—*` + roundBullets + `]) *)?((?:(?:option|choice) )?\(?)(?-i:([A-Z]))([).:])`)
)

func isChoice(b block) bool {
	return (b.kind == bullet || b.kind == paragraph) && choiceStart.MatchString(b.span.Text())
}

// A choiceStyle is how choices are marked.
type choiceStyle struct {
	bulleted       bool
	before, behind string // the letter
}

// addChoices adds the choices in the text behind "Choose your action:" and in
// the blocks that follow it. Text before the first choice stays text.
func (r *round) addChoices(blocks []block) {
	r.choosing = true
	span := blocks[0].span
	span.End = blocks[len(blocks)-1].span.End
	lead, choices := splitChoices(span)
	r.choices = append(r.choices, choices...)
	if lead.Start < lead.End {
		r.situation = append(r.situation, block{kind: paragraph, span: lead})
	}
}

// splitChoices divides "… - A) … - B) …". Only the next expected letter begins a
// choice, and only in the way the first one did, with a bullet or without. Where no
// bracket stands behind the letters, they begin lines or have bullets.
func splitChoices(span diag.Span) (lead diag.Span, choices []choice) {
	text := span.Text()
	expected, start := byte('A'), 0
	var first choiceStyle
	for _, m := range choiceMark.FindAllStringSubmatchIndex(text, -1) {
		style := choiceStyle{m[2] >= 0, strings.ToLower(text[m[4]:m[5]]), text[m[8]:m[9]]}
		beginsLine := m[0] == 0 || strings.Contains(text[m[0]:m[6]], "\n")
		switch {
		case text[m[6]] != expected || !startsWithSpace(text[m[1]:]) || len(choices) > 0 && style != first:
			continue
		case style.behind != ")" && !style.bulleted && !beginsLine:
			continue
		}
		if len(choices) == 0 {
			lead, first = part(span, 0, m[0]), style
		} else {
			choices[len(choices)-1].span = part(span, start, m[0])
		}
		choices = append(choices, choice{letter: expected, span: part(span, m[1], len(text))})
		start = m[1]
		expected++
	}
	if len(choices) == 0 {
		lead = trim(span)
	}
	return lead, choices
}

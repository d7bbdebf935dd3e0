package importer

import (
	"regexp"

	"github.com/replaygen/replaygen/generator/diag"
)

var (
	choiceStart = regexp.MustCompile(`^[A-Z]\)`)

	// choiceMark matches " - B)", "• B)" and " B)". It has the bullet and the letter.
	choiceMark = pattern(`(?:^| )(?:([-–—*` + roundBullets + `]) *)?(?-i:([A-Z]))\)`)
)

func isChoice(b block) bool {
	return (b.kind == bullet || b.kind == paragraph) && choiceStart.MatchString(b.span.Text())
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
// choice, and only in the way the first one did, with a bullet or without.
func splitChoices(span diag.Span) (lead diag.Span, choices []choice) {
	text := span.Text()
	expected, bulleted, start := byte('A'), false, 0
	for _, m := range choiceMark.FindAllStringSubmatchIndex(text, -1) {
		hasBullet := m[2] >= 0
		if text[m[4]] != expected || !startsWithSpace(text[m[1]:]) || len(choices) > 0 && hasBullet != bulleted {
			continue
		}
		if len(choices) == 0 {
			lead, bulleted = part(span, 0, m[0]), hasBullet
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

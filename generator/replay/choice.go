package replay

import (
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// A choiceText is a choice as written.
type choiceText struct {
	letter byte // upper case; 0 if there is none
	text   markdown.Inline
	span   diag.Span
	extra  []markdown.Block // what else stands in its list item
}

// letters mark choices.
var letters = strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "")

// maxChoices is the number of letters.
const maxChoices = 26

// letterPattern matches the letter of a list item: "A)", "(A)", "[A]", "A.", "A:", "A –".
var letterPattern = regexp.MustCompile(`^(?:(?i:option|choice)\s+)?(?:\(([A-Za-z])\)|\[([A-Za-z])\]|([A-Za-z])(?:\)|[.:](?:\s|$)|\s+[-–—]\s))\s*`)

// listChoices reads the items of a list as choices. Lists nested by a slip of
// indentation belong to the same choices, and one item may hold them all.
func listChoices(list markdown.Block) []choiceText {
	items := list.Children()
	if len(items) == 1 {
		if choices := splitChoices(items[0].Inline(), 0); len(choices) > 1 {
			choices[0].extra = items[0].Children()[1:]
			return choices
		}
	}
	var choices []choiceText
	for _, item := range items {
		choices = append(choices, itemChoices(item)...)
	}
	return choices
}

// itemChoices reads a list item as a choice and the choices nested in it.
func itemChoices(item markdown.Block) []choiceText {
	c := newChoiceText(item.Inline().Trim())
	if c.span.IsZero() {
		c.span = item.Span()
	}
	var nested []choiceText
	for i, b := range item.Children() {
		if b.Kind() == markdown.List {
			if inner := listChoices(b); inner[0].letter != 0 {
				nested = append(nested, inner...)
				continue
			}
		}
		if i > 0 || b.Kind() != markdown.Paragraph {
			c.extra = append(c.extra, b)
		}
	}
	return append([]choiceText{c}, nested...)
}

func newChoiceText(in markdown.Inline) choiceText {
	c := choiceText{text: in, span: in.Span()}
	if m := letterPattern.FindStringSubmatch(in.Plain()); m != nil {
		c.letter = upper((m[1] + m[2] + m[3])[0])
		c.text = in.Cut(len(m[0]), len(in.Plain())).Trim()
	}
	return c
}

func upper(letter byte) byte {
	if 'a' <= letter && letter <= 'z' {
		return letter - 'a' + 'A'
	}
	return letter
}

// splitChoices splits choices that run on in one paragraph: "- A) … - B) …".
// The round has some choices already; the first letter is the next one.
func splitChoices(in markdown.Inline, have int) []choiceText {
	if have >= maxChoices {
		return nil
	}
	var choices []choiceText
	for i, text := range splitSeries(in, ").:", letters[have:]) {
		choices = append(choices, choiceText{letter: letters[have+i][0], text: text, span: text.Span()})
	}
	return choices
}

// addChoices adds choices to the round, which must come in the order of the
// alphabet. A choice without a letter gets the one that was expected.
func (b *body) addChoices(choices []choiceText) {
	for _, c := range choices {
		n := len(b.round.Choices)
		if n == maxChoices {
			b.Errorf(codeChoiceLetter, c.span, "divide the decision between two rounds", "a round has at most %d choices", maxChoices)
			return
		}
		expected := byte('A' + n)
		if n > 0 {
			expected = b.round.Choices[n-1].Letter + 1
		}
		if c.letter == 0 {
			b.Errorf(codeChoiceLetter, c.span, "begin the choice with its letter", "this choice has no letter; expected \"%c) …\"", expected)
			c.letter = expected
		} else if c.letter != expected {
			b.Errorf(codeChoiceLetter, c.span, "letter the choices A, B, C … in this order", "this choice is %c; expected %c", c.letter, expected)
		}
		c.text = b.cutStray(c.text)
		if c.letter > 'Z' || b.round.choice(c.letter) != nil {
			continue
		}
		if c.text.Empty() {
			b.Warnf(codeChoiceEmpty, c.span, "say what the responder would do", "choice %c has no text", c.letter)
		}
		b.round.Choices = append(b.round.Choices, &Choice{Letter: c.letter, Text: c.text, Span: c.span})
	}
}

// cutStray cuts off the result that stands directly below the last choice, as
// Markdown takes it for the choice's next line.
func (b *body) cutStray(in markdown.Inline) markdown.Inline {
	for _, start := range in.LineStarts() {
		if !strings.HasPrefix(strings.TrimLeft(in.Plain()[start:], emphasisMarks+" "), "[") {
			continue
		}
		if found, _, ok := cutResult(in.Cut(start, len(in.Plain())), false); ok {
			b.round.stray = append(b.round.stray, found)
			return in.Cut(0, start).Trim()
		}
	}
	return in
}

// choice returns the round's choice with a letter, or nil.
func (d *draft) choice(letter byte) *Choice {
	for _, c := range d.Choices {
		if c.Letter == letter {
			return c
		}
	}
	return nil
}

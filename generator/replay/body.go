package replay

import "github.com/replaygen/replaygen/generator/markdown"

// A body reads what stands in a round before its outcomes.
type body struct {
	*parser
	round *draft
	// asks is whether the round announces its choices with a label. If it does,
	// a list before the label is never one of choices, whatever it looks like.
	asks    bool
	expects label // the last label, until the next one
}

// body reads the part of a round before its outcomes.
func (p *parser) body(d *draft, blocks []markdown.Block) {
	b := &body{parser: p, round: d, asks: asks(blocks)}
	for _, block := range blocks {
		b.block(block)
	}
	b.actionsWithoutLabel()
}

// asks reports whether blocks hold the label of a round's choices.
func asks(blocks []markdown.Block) bool {
	for _, b := range blocks {
		for _, s := range stretches(b.Inline()) {
			if s.label == chooseLabel {
				return true
			}
		}
		if b.Kind() == markdown.Quote && asks(b.Children()) {
			return true
		}
	}
	return false
}

func (b *body) block(block markdown.Block) {
	switch block.Kind() {
	case markdown.Quote:
		b.quote(block)
	case markdown.Paragraph:
		b.paragraph(block.Inline(), false)
	case markdown.List:
		b.list(block)
	default:
		b.other(block)
	}
}

// quote reads a quote. One that holds the pressure cue or a result may have
// swallowed the lines below it, as Markdown does where no empty line divides
// them; an empty one behind the choices is a result that was not written; any
// other is part of the situation.
func (b *body) quote(block markdown.Block) {
	if len(block.Children()) == 0 {
		if len(b.round.Choices) > 0 {
			b.round.stray = append(b.round.stray, &result{span: block.Span()})
		}
		return
	}
	in := block.Inline()
	_, _, isCue := cutCue(in)
	_, _, isResult := cutResult(in, true)
	if !isCue && !isResult {
		b.other(block)
		return
	}
	for i, c := range block.Children() {
		if i == 0 {
			b.paragraph(c.Inline(), true)
		} else {
			b.block(c)
		}
	}
}

func (b *body) paragraph(in markdown.Inline, quoted bool) {
	for _, s := range stretches(in) {
		if s.label != noLabel {
			b.expects = s.label
		}
		b.stretch(s.in, quoted, s.label == actionsLabel)
	}
}

// stretch reads a paragraph, or a part of one that stands behind a label; with
// isActions, behind that of the actions.
func (b *body) stretch(in markdown.Inline, quoted, isActions bool) {
	if cue, rest, ok := cutCue(in); ok && b.round.PressureCue.Empty() {
		b.round.PressureCue = cue
		b.paragraph(rest, quoted) // which may begin with a label
		return
	}
	for range maxStretches {
		found, rest, ok := cutResult(in, quoted)
		if !ok {
			break
		}
		b.round.stray, in = append(b.round.stray, found), rest
	}
	if in.Empty() {
		return
	}
	if b.expects == actionsLabel {
		if actions := splitActions(in); len(actions) > 0 || isActions {
			b.round.Actions = append(b.round.Actions, actions...)
			if len(actions) == 0 {
				b.round.Actions = append(b.round.Actions, in)
			}
			return
		}
	} else if choices := splitChoices(in, len(b.round.Choices)); b.accepts(choices) {
		b.addChoices(choices)
		return
	}
	b.other(markdown.NewParagraph(in))
}

// accepts reports whether choices found in a list or paragraph are the round's.
func (b *body) accepts(choices []choiceText) bool {
	marked := 0
	for _, c := range choices {
		if c.letter != 0 {
			marked++
		}
	}
	switch {
	case len(b.round.Choices) > 0: // a list that goes on
		return marked > 0 && marked == len(choices)
	case b.asks:
		return b.expects == chooseLabel && len(choices) > 0
	default:
		return marked > 1 && marked == len(choices) && choices[0].letter == 'A'
	}
}

// list reads a list: choices, actions, or part of the situation.
func (b *body) list(block markdown.Block) {
	choices := listChoices(block)
	switch {
	case b.expects == actionsLabel:
		b.round.Actions = append(b.round.Actions, b.listActions(block)...)
	case b.accepts(choices):
		for _, c := range choices {
			for _, extra := range c.extra {
				b.ignored(extra, "a choice is one paragraph")
			}
		}
		b.addChoices(choices)
	default:
		b.other(block)
	}
}

// other keeps a block: behind a result that has no heading as part of it, else
// as part of the situation.
func (b *body) other(block markdown.Block) {
	if n := len(b.round.stray); n > 0 {
		b.round.stray[n-1].more = append(b.round.stray[n-1].more, block)
		return
	}
	b.round.Situation = append(b.round.Situation, block)
}

// actionsWithoutLabel takes the only numbered list of a round without choices
// for its actions.
func (b *body) actionsWithoutLabel() {
	if len(b.round.Choices) > 0 || len(b.round.Actions) > 0 {
		return
	}
	numbered := -1
	for i, block := range b.round.Situation {
		if block.Kind() == markdown.List && block.Ordered() {
			if numbered >= 0 {
				return
			}
			numbered = i
		}
	}
	if numbered < 0 {
		return
	}
	b.round.Actions = b.listActions(b.round.Situation[numbered])
	before, after := b.round.Situation[:numbered:numbered], b.round.Situation[numbered+1:]
	b.round.Situation = append(before, after...)
}

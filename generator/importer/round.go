package importer

import (
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// A round is a section with a pressure cue and choices, or with actions.
type round struct {
	heading   block
	cue       diag.Span // with what stands between its brackets; zero if none
	seen      bool      // "What you see:" was there
	situation []block
	choosing  bool // "Choose your action:" was there
	choices   []choice
	aside     []block    // between the choices and the first outcome
	outcomes  []*outcome // in the order of the text
	acting    diag.Span  // the text behind "Actions:"; zero if that was not there
	actions   []diag.Span
	unclear   []diag.Span // where actions may begin too
}

// A choice is a lettered option.
type choice struct {
	letter byte
	span   diag.Span
}

// An outcome is the result of a choice and what follows it.
type outcome struct {
	letter    byte   // 0 while its owner is unknown
	also      []byte // further choices that it belongs to
	best      bool
	remark    diag.Span // in brackets behind the letter; zero if none
	heading   diag.Span // zero if the heading is missing
	result    diag.Span // zero if there is none
	guessed   bool      // the letter is a guess
	bracketed bool      // the result stands in brackets
	whole     diag.Span // the result with its brackets
	more      []block
}

// readRound interprets the blocks of a round.
func readRound(heading block, blocks []block) *round {
	r := &round{heading: heading}
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i]; b.kind {
		case pressureCue:
			r.addCue(b)
		case situation:
			r.addSituation(b)
		case choiceList:
			end := listEnd(blocks, i, isChoice)
			r.addChoices(blocks[i:end])
			i = end - 1
		case actionList:
			end := listEnd(blocks, i, isAction)
			r.addActions(blocks[i:end])
			i = end - 1
		case outcomeHeading:
			r.outcomes = append(r.outcomes, &outcome{letter: b.letter, also: b.also, best: b.recommended, remark: b.remark, heading: b.head})
		case result:
			if end := closingBlock(blocks, i); end > i {
				blocks[end].span = part(blocks[end].span, 0, blocks[end].span.End-blocks[end].span.Start-1)
			}
			r.addResults(b.span)
		default:
			r.addText(b)
		}
	}
	return r
}

// closingBlock returns the index of the block with the bracket that closes the result
// in blocks[i], if a later one of its paragraphs has it; else i.
func closingBlock(blocks []block, i int) int {
	if strings.Contains(blocks[i].span.Text(), "]") {
		return i
	}
	for j := i + 1; j < len(blocks) && (blocks[j].kind == paragraph || blocks[j].kind == bullet); j++ {
		text := blocks[j].span.Text()
		if strings.HasSuffix(text, "]") && strings.Count(text, "]") > strings.Count(text, "[") {
			return j
		}
	}
	return i
}

// listEnd returns the index behind the list that blocks[i] introduces.
func listEnd(blocks []block, i int, isItem func(block) bool) int {
	for i++; i < len(blocks) && isItem(blocks[i]); i++ {
	}
	return i
}

// last returns the outcome that the text is in, or nil before the first one.
func (r *round) last() *outcome {
	if len(r.outcomes) == 0 {
		return nil
	}
	return r.outcomes[len(r.outcomes)-1]
}

func (r *round) addCue(b block) {
	inner, rest := bracketed(b.span)
	if !r.cue.IsZero() || r.last() != nil {
		b.kind = paragraph
		r.addText(b)
		return
	}
	r.cue = inner
	if rest.Start < rest.End {
		r.addText(labelled(rest))
	}
}

func (r *round) addSituation(b block) {
	if r.seen || r.last() != nil {
		r.addText(block{kind: paragraph, span: b.whole()})
		return
	}
	r.seen = true
	if b.span.Start < b.span.End {
		r.addText(block{kind: paragraph, span: b.span})
	}
}

// addText adds a block that nothing announces. Directly below an outcome's
// heading it is the result.
func (r *round) addText(b block) {
	o := r.last()
	switch {
	case o != nil && o.result.IsZero() && len(o.more) == 0 && b.kind == paragraph:
		o.result = b.span
	case o != nil:
		o.more = append(o.more, b)
	case r.choosing:
		r.aside = append(r.aside, b)
	default:
		r.situation = append(r.situation, b)
	}
}

var nextResult = pattern(`\] *\[ *result *[:–—-]`)

// addResults adds the result in span, and those that run on behind it.
func (r *round) addResults(span diag.Span) {
	text := span.Text()
	start := 0
	for _, m := range nextResult.FindAllStringIndex(text, -1) {
		r.addResult(part(span, start, m[0]+1))
		start = m[0] + 1
	}
	r.addResult(part(span, start, len(text)))
}

// addResult gives the result to the outcome whose heading it follows. Any other
// result is an outcome without a letter.
func (r *round) addResult(span diag.Span) {
	inner, rest := bracketed(span)
	o := r.last()
	if o == nil || !o.result.IsZero() || len(o.more) > 0 {
		o = &outcome{}
		r.outcomes = append(r.outcomes, o)
	}
	o.result, o.bracketed, o.whole = inner, true, span
	if rest.Start < rest.End {
		o.more = append(o.more, block{kind: paragraph, span: rest})
	}
}

var bracketLabel = pattern(`^\[ *(?:result|pressure cue) *[:–—-]`)

// bracketed divides "[Result: inner] rest". The text itself may hold brackets:
// if it ends in one, that is the closing bracket, else the one that matches.
func bracketed(span diag.Span) (inner, rest diag.Span) {
	text := span.Text()
	label := len(bracketLabel.FindString(text))
	if text[len(text)-1] == ']' {
		return part(span, label, len(text)-1), part(span, len(text), len(text))
	}
	depth := 0
	for i, c := range []byte(text) {
		switch c {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return part(span, label, i), part(span, i+1, len(text))
			}
		}
	}
	return part(span, label, len(text)), part(span, len(text), len(text))
}

// check reports what the round's own announcements promise and it has not.
func (r *round) check(list *diag.List) {
	at := r.heading.head
	if r.choosing && len(r.choices) == 0 {
		list.Warnf(codeNoChoices, at, `write choices as "A) …", one after the other`,
			`round %s has no choices behind "Choose your action:"`, r.heading.label)
	}
	if !r.acting.IsZero() && len(r.actions) == 0 {
		list.Warnf(codeNoActions, at, `write actions as "1. …", one after the other`,
			`round %s has no numbered actions behind "Actions:"`, r.heading.label)
	}
}

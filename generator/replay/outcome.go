package replay

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// An outcomeText is an outcome as written, for one choice or several.
type outcomeText struct {
	letters     []lettered
	recommended bool
	attributes  attributes
	result      *result
	span        diag.Span // the heading's text
}

// lettered is a letter in a heading.
type lettered struct {
	letter byte
	span   diag.Span
}

var (
	outcomeStart = regexp.MustCompile(`(?i)^\s*if you\s+(?:chose|choose|chosen|pick|picked|select|selected|took|take|went with)\b\s*`)
	// outcomeLetters matches what follows: letters, and then no further word.
	outcomeLetters = regexp.MustCompile(`^(?i:(?:options?|choices?|actions?)\s+)?([A-Za-z](?:\s*(?:,\s*(?:or|and)\s|,|/|&|\s(?:or|and)\s)\s*[A-Za-z])*)\s*(?:$|[(\[{:.)–—-])`)
	// bestMark matches what a heading says of the best choice.
	bestMark    = regexp.MustCompile(`(?i)^(?:the )?(?:recommended|best|correct|ideal|optimal|preferred|right)(?: (?:action|answer|choice|option|path))?$`)
	letterAlone = regexp.MustCompile(`\b[A-Za-z]\b`)
)

// looksLikeOutcome reports whether a heading is meant to be that of an outcome.
func looksLikeOutcome(heading string) bool { return outcomeStart.MatchString(heading) }

// outcome reads one outcome of a round.
func (p *parser) outcome(d *draft, o outcomeBlocks) {
	in := o.heading.Inline()
	plain := in.Plain()
	start := len(outcomeStart.FindString(plain))
	m := outcomeLetters.FindStringSubmatchIndex(plain[start:])
	if m == nil {
		p.Errorf(codeOutcomeHeading, in.Span(), "write for example \"### If you chose A:\" or \"### If you chose B (recommended):\"",
			"expected the letter of a choice behind %q", strings.TrimSpace(plain[:start]))
		return
	}
	text := &outcomeText{span: in.Span()}
	for _, l := range letterAlone.FindAllStringIndex(plain[start+m[2]:start+m[3]], -1) {
		at := start + m[2] + l[0]
		text.letters = append(text.letters, lettered{upper(plain[at]), in.SpanOf(at, at+1)})
	}
	attributes, braces := p.braces(in, outcomeBracesHint)
	text.recommended = p.recommended(in, start+m[3], braces)
	text.attributes = p.outcomeAttributes(attributes)
	text.result = p.resultOf(d, o)
	d.outcomes = append(d.outcomes, text)
}

// recommended reads what a heading says behind its letters.
func (p *parser) recommended(in markdown.Inline, from, to int) bool {
	said := strings.Join(strings.FieldsFunc(in.Plain()[from:to], func(r rune) bool { return !unicode.IsLetter(r) }), " ")
	if said == "" {
		return false
	}
	if bestMark.MatchString(said) {
		return true
	}
	span := in.Cut(from, to).Trim().Span()
	if config.Nearest(said, []string{"recommended"}) != "" {
		p.Errorf(codeOutcomeHeading, span, "did you mean \"(recommended)\"?", "unknown mark %q", said)
		return true
	}
	p.Warnf(codeIgnored, span, "the text of a choice stands in the list of choices only", "this is left out: an outcome's heading holds the letter, \"(recommended)\" and attributes")
	return false
}

// resultOf finds the result of an outcome: the first that is named so, else the
// first paragraph or quote. Further named results belong to nobody yet.
func (p *parser) resultOf(d *draft, o outcomeBlocks) *result {
	r := &resultReader{}
	for i, b := range o.blocks {
		r.block(b, i == 0)
	}
	if len(r.named) == 0 {
		r.named = []*result{r.unnamed(o.heading.Inline().Span())}
	} else {
		r.named[0].more = append(r.before, r.named[0].more...)
	}
	first := r.named[0]
	if first.open {
		first.close()
	}
	p.checkResult(first)
	d.stray = append(d.stray, r.named[1:]...)
	return first
}

// checkResult reports a result without text.
func (p *parser) checkResult(r *result) {
	if r.text.Empty() {
		p.Warnf(codeResultEmpty, r.span, "write what happens: \"> *[Result: …]*\"", "this outcome has no result")
	}
}

// A resultReader reads the blocks below an outcome's heading.
type resultReader struct {
	named  []*result        // results that are named so, with what follows them
	before []markdown.Block // what stands before the first
	empty  *markdown.Block  // a quote with nothing in it where the result should be
}

func (r *resultReader) block(b markdown.Block, first bool) {
	quoted := b.Kind() == markdown.Quote
	children := b.Children()
	if quoted && len(children) == 0 {
		r.emptyQuote(b, first)
		return
	}
	in := b.Inline()
	isText := quoted || b.Kind() == markdown.Paragraph
	found, rest, ok := cutResult(in, quoted || first)
	if !isText || !ok {
		r.add(b)
		return
	}
	for range maxStretches {
		r.named = append(r.named, found)
		if found, rest, ok = cutResult(rest, quoted); !ok {
			break
		}
	}
	if !rest.Empty() {
		r.add(markdown.NewParagraph(rest))
	}
	if quoted {
		for _, c := range children[1:] {
			r.block(c, false)
		}
	}
	r.named[len(r.named)-1].open = isOpen(in)
}

// emptyQuote reads a quote with nothing in it, which was meant to be a result.
func (r *resultReader) emptyQuote(b markdown.Block, first bool) {
	if first {
		r.empty = &b
	} else if len(r.named) > 0 {
		r.named = append(r.named, &result{span: b.Span()})
	}
}

func (r *resultReader) add(b markdown.Block) {
	if n := len(r.named); n > 0 {
		r.named[n-1].more = append(r.named[n-1].more, b)
		return
	}
	r.before = append(r.before, b)
}

// unnamed returns the result of an outcome in which nothing is named so.
func (r *resultReader) unnamed(heading diag.Span) *result {
	if r.empty != nil {
		return &result{more: r.before, span: r.empty.Span()}
	}
	if len(r.before) == 0 || r.before[0].Inline().Empty() || r.before[0].Kind() == markdown.Heading {
		return &result{more: r.before, span: heading}
	}
	first, more := r.before[0], r.before[1:]
	if first.Kind() == markdown.Quote {
		more = append(first.Children()[1:], more...)
	}
	return &result{text: withoutBrackets(first.Inline()), more: more, span: first.Inline().Span()}
}

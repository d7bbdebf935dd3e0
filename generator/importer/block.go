package importer

import (
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// A kind tells what a block is by how it begins.
type kind int

const (
	paragraph kind = iota
	bullet
	titleHeading
	setupHeading
	roundHeading
	reportHeading
	referenceHeading
	pressureCue    // "[Pressure cue: …]"
	situation      // "What you see:"
	choiceList     // "Choose your action:"
	actionList     // "Actions:"
	outcomeHeading // "If you chose A:"
	result         // "[Result: …]"
)

// A block is a heading, a paragraph or an item of a list. Its lines may be
// wrapped; what its kind announces is not part of its text.
type block struct {
	kind kind
	span diag.Span // the text; of a heading with a label or letter, what follows that
	head diag.Span // of a heading or label: the line with what announces the kind

	label       string    // of a round
	letter      byte      // of an outcome
	also        []byte    // further letters of it
	recommended bool      // an outcome's heading says so
	remark      diag.Span // other words in brackets behind an outcome's letter
}

// pattern compiles an expression in which " " stands for white space of any kind
// and " *" for such white space or none. Case does not matter.
func pattern(expr string) *regexp.Regexp {
	const space = `[\s\p{Z}]`
	return regexp.MustCompile(`(?i)` + strings.NewReplacer(" *", space+"*", " ", space+"+").Replace(expr))
}

// headingMark matches what a page puts behind a heading to link to it.
const headingMark = `(?: *(?:¶|🔗|\x{f0c1}|permanent link|(?:direct )?link to (?:this )?(?:heading|section)))* *$`

// fixedHeadingMark is that behind a heading of which every word is known: a title may
// end in "C #".
const fixedHeadingMark = `(?: *#)?` + headingMark

var (
	setupLine     = pattern(`^setup *:?` + fixedHeadingMark)
	reportLine    = pattern(`^(?:damage report|post-?mortem|post-incident review|scorecard) *:?` + fixedHeadingMark)
	referenceLine = pattern(`^cross(?:-| )?references *:?` + fixedHeadingMark)
	headingMarks  = pattern(headingMark)

	// knownFact begins with a label that only the setup and the damage report have:
	// some ways of copying lose the bullets of their lists.
	knownFact = pattern(`^(?:system context|(?-i:Time)|your role|total downtime|blast radius|optimal resolution time|if every wrong choice was made) *: `)

	// roundLine has the round's label and title, and what stands in brackets between
	// them. A label holds a digit or is one letter, so that a sentence that begins
	// with "Round" is no heading; or it is what a last round is called.
	roundLine = pattern(`^(?:round (\pL*\d[\pL\d]*(?:[.-]\d+)?|\pL)(?: *(?:/|of ) *\d+)?|(final) round) *` +
		`(?:(?:[:—–]|- ) *(.*?)|(\([^()]*\) *(?:[:—–]|- ).*?))?` + headingMark)

	// outcomeLine has the letter or letters, what stands behind it in brackets or
	// behind a dash, a mark, and text on the same line.
	outcomeLine = pattern(`^if you (?:chose|choose|chosen|pick|picked|select|selected|take|took|went with) (?:(?:options?|choices?|actions?) )?` +
		`(?-i:([A-Za-z])((?: *(?:,|/|&| or | and |, or |, and ) *[A-Za-z]\b)*))\b *(?:\(([^()]*)\)|[—–-] *([^:.]{1,40}?))? *([✅⭐🏆])?\x{fe0f}? *` +
		`(?::(?: *(?:¶|#$|🔗|\x{f0c1}|permanent link))*|` + fixedHeadingMark + `)`)

	recommendedRemark = pattern(`^ *(?:the )?(?:recommended|best|correct|ideal|optimal|preferred|right)(?: (?:action|answer|choice|option|path))? *$`)
)

// furtherLetter matches a letter of [outcomeLine] behind the first.
var furtherLetter = regexp.MustCompile(`\b[A-Za-z]\b`)

// labels announce the kind of a block that is no heading.
var labels = []struct {
	kind kind
	text *regexp.Regexp
}{
	{pressureCue, pattern(`^\[ *pressure cue *[:–—-]`)},
	{result, pattern(`^\[ *result *[:–—-]`)},
	{situation, pattern(`^what you (?:see|observe|find|know) *:`)},
	{choiceList, pattern(`^(?:choose|pick|select) (?:your|an|the|one) (?:next )?(?:action|option|move|response|step) *[:?]`)},
	{choiceList, pattern(`^what (?:do|will|would) you do(?: next| now)? *[:?]`)},
	{actionList, pattern(`^(?:(?:remediation|recovery|follow-up|closing|required|your|final) )?actions?(?: (?:items|steps))? *:`)},
	{actionList, pattern(`^(?:remediation|recovery|follow-up|next|final) steps *:`)},
}

// sectionKind returns the kind of heading that a line is, or paragraph.
func sectionKind(text string) kind {
	switch {
	case setupLine.MatchString(text):
		return setupHeading
	case reportLine.MatchString(text):
		return reportHeading
	case referenceLine.MatchString(text):
		return referenceHeading
	case roundLine.MatchString(text):
		return roundHeading
	case titleLine.MatchString(text):
		return titleHeading
	default:
		return paragraph
	}
}

// readBlocks joins lines to blocks. A line begins a new block if it follows an
// empty line or a heading, has a bullet, or announces something.
func readBlocks(lines []line) []block {
	var blocks []block
	open := false // whether a line may continue the last block
	for _, l := range lines {
		begun := begin(l)
		if open && !l.gap && len(begun) == 1 && begun[0].kind == paragraph {
			blocks[len(blocks)-1].span.End = l.span.End
			continue
		}
		if l.span.Start == l.span.End { // a bullet without text
			open = false
			continue
		}
		blocks = append(blocks, begun...)
		open = !blocks[len(blocks)-1].isHeading()
	}
	return blocks
}

// isHeading reports whether the block is a whole line of its own.
func (b block) isHeading() bool {
	switch b.kind {
	case titleHeading, setupHeading, roundHeading, reportHeading, referenceHeading, outcomeHeading:
		return true
	default:
		return false
	}
}

// begin returns the block that a line begins, or two for a heading with text.
func begin(l line) []block {
	text := l.span.Text()
	if l.bullet || knownFact.MatchString(text) {
		return []block{{kind: bullet, span: l.span}}
	}
	if m := outcomeLine.FindStringSubmatchIndex(text); m != nil {
		return outcomeBlocks(l, text, m)
	}
	if k := sectionKind(text); k != paragraph {
		return []block{headingBlock(k, l, text)}
	}
	return []block{labelled(l.span)}
}

// labelled returns the block whose text span is, without what announces its kind.
func labelled(span diag.Span) block {
	text := span.Text()
	for _, label := range labels {
		if m := label.text.FindStringIndex(text); m != nil {
			if label.kind == pressureCue || label.kind == result {
				return block{kind: label.kind, span: span} // the bracket may span lines
			}
			return block{kind: label.kind, span: part(span, m[1], len(text)), head: span}
		}
	}
	return block{kind: paragraph, span: span}
}

func headingBlock(k kind, l line, text string) block {
	b := block{kind: k, span: part(l.span, 0, len(headingMarks.ReplaceAllString(text, ""))), head: l.span}
	if k != roundHeading {
		return b
	}
	m := roundLine.FindStringSubmatchIndex(text)
	label, title := m[2:4], m[6:8]
	if label[0] < 0 {
		label = m[4:6]
	}
	if title[0] < 0 {
		title = m[8:10]
	}
	b.label = text[label[0]:label[1]]
	b.span = part(l.span, len(text), len(text))
	if title[0] >= 0 {
		b.span = part(l.span, title[0], title[1])
	}
	b.head = part(l.span, 0, max(label[1], title[1]))
	return b
}

func outcomeBlocks(l line, text string, m []int) []block {
	b := block{kind: outcomeHeading, head: part(l.span, 0, m[1]), letter: text[m[2]] &^ 0x20}
	for _, letter := range furtherLetter.FindAllString(text[m[4]:m[5]], -1) {
		b.also = append(b.also, letter[0]&^0x20)
	}
	b.recommended = m[10] >= 0
	for _, remark := range [][]int{m[6:8], m[8:10]} {
		switch {
		case remark[0] < 0:
		case recommendedRemark.MatchString(text[remark[0]:remark[1]]):
			b.recommended = true
		default:
			b.remark = part(l.span, remark[0], remark[1])
		}
	}
	if rest := part(l.span, m[1], len(text)); rest.Start < rest.End {
		return []block{b, labelled(rest)}
	}
	return []block{b}
}

// whole returns the text with what announces its kind: where a kind means
// nothing, the block is ordinary text.
func (b block) whole() diag.Span {
	if b.head.IsZero() {
		return b.span
	}
	return b.head.Source.Span(b.head.Start, max(b.head.End, b.span.End))
}

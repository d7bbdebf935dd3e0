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
const headingMark = `(?: *(?:¶|permanent link))* *$`

var (
	setupLine     = pattern(`^setup *:?` + headingMark)
	reportLine    = pattern(`^damage report *:?` + headingMark)
	referenceLine = pattern(`^cross(?:-| )?references *:?` + headingMark)
	headingMarks  = pattern(headingMark)

	// roundLine has the round's label and title. A label holds a digit or is one
	// letter, so that a sentence that begins with "Round" is no heading.
	roundLine = pattern(`^round (\pL*\d[\pL\d]*(?:[.-]\d+)?|\pL) *(?:(?:[:—–]|- ) *(.*?))?` + headingMark)

	// outcomeLine has the letter or letters, what stands in brackets behind it, and
	// text on the same line.
	outcomeLine = pattern(`^if you (?:chose|choose|picked) (?-i:([A-Za-z])((?: *(?:,|/|&| or | and |, or |, and ) *[A-Za-z]\b)*))\b *(?:\(([^()]*)\))? *` +
		`(?::(?: *(?:¶|permanent link))*|` + headingMark + `)`)

	recommendedRemark = pattern(`^ *(?:the )?(?:recommended|best|correct|optimal)(?: (?:action|answer|choice|option))? *$`)
)

// furtherLetter matches a letter of [outcomeLine] behind the first.
var furtherLetter = regexp.MustCompile(`\b[A-Za-z]\b`)

// labels announce the kind of a block that is no heading.
var labels = []struct {
	kind kind
	text *regexp.Regexp
}{
	{pressureCue, pattern(`^\[ *pressure cue *:`)},
	{result, pattern(`^\[ *result *:`)},
	{situation, pattern(`^what you see *:`)},
	{choiceList, pattern(`^choose your action *:`)},
	{actionList, pattern(`^actions *:`)},
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
	if l.bullet {
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
	b.label = text[m[2]:m[3]]
	b.span = part(l.span, len(text), len(text))
	if m[4] >= 0 {
		b.span = part(l.span, m[4], m[5])
	}
	b.head = part(l.span, 0, max(m[3], m[5]))
	return b
}

func outcomeBlocks(l line, text string, m []int) []block {
	b := block{kind: outcomeHeading, head: part(l.span, 0, m[1]), letter: text[m[2]] &^ 0x20}
	for _, letter := range furtherLetter.FindAllString(text[m[4]:m[5]], -1) {
		b.also = append(b.also, letter[0]&^0x20)
	}
	if m[6] >= 0 {
		b.recommended = recommendedRemark.MatchString(text[m[6]:m[7]])
		if !b.recommended {
			b.remark = part(l.span, m[6], m[7])
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

package replay

import "bytes"

// Limits beyond which a text is not read: no replay comes near them, and parsing
// Markdown takes time that grows with the square of such things.
const (
	maxText   = 1 << 20 // bytes of a file
	maxLine   = 1 << 16 // bytes of a line
	maxNested = 50      // quotes and lists within each other, on one line
)

// withinLimits reports a text that is too large to be read.
func (p *parser) withinLimits() bool {
	const hint = "split it into replays of their own, or mend what was pasted into it"
	if len(p.src.Text) > maxText {
		p.Errorf(codeTooLarge, p.point(maxText), hint, "a replay may have %d KiB, this one has %d", maxText>>10, len(p.src.Text)>>10)
		return false
	}
	start := 0
	for line := range bytes.Lines(p.src.Text) {
		switch nested := nesting(line); {
		case len(line) > maxLine:
			p.Errorf(codeTooLarge, p.point(start+maxLine), hint, "a line may have %d KiB, this one has %d", maxLine>>10, len(line)>>10)
			return false
		case nested > maxNested:
			p.Errorf(codeTooLarge, p.src.Span(start, start+1), hint, "quotes and lists may stand within each other %d deep, here they are %d", maxNested, nested)
			return false
		}
		start += len(line)
	}
	return true
}

// nesting counts the marks of quotes and list items that a line begins with.
func nesting(line []byte) (depth int) {
	for len(line) > 0 {
		switch {
		case line[0] == ' ' || line[0] == '\t':
			line = line[1:]
			continue
		case line[0] == '>':
			line = line[1:]
		default:
			mark := itemMark(line)
			if mark == 0 {
				return depth
			}
			line = line[mark:]
		}
		depth++
	}
	return depth
}

// itemMark returns the length of the mark of a list item that a text begins
// with, "- " or "12. ", or 0.
func itemMark(text []byte) int {
	mark := 0
	for mark < len(text) && text[mark] >= '0' && text[mark] <= '9' {
		mark++
	}
	ends := "-*+"
	if mark > 0 {
		ends = ".)"
	}
	if mark+1 < len(text) && bytes.IndexByte([]byte(ends), text[mark]) >= 0 && (text[mark+1] == ' ' || text[mark+1] == '\t') {
		return mark + 2
	}
	return 0
}

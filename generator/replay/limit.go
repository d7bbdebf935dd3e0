package replay

import "bytes"

// Limits beyond which a text is not read: no replay comes near them, and parsing
// Markdown takes time that grows with the square of such things.
const (
	maxText   = 1 << 20 // bytes of a file
	maxLine   = 1 << 16 // bytes of a line
	maxQuotes = 50      // quotes within quotes
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
		switch quotes := quoteDepth(line); {
		case len(line) > maxLine:
			p.Errorf(codeTooLarge, p.point(start+maxLine), hint, "a line may have %d KiB, this one has %d", maxLine>>10, len(line)>>10)
			return false
		case quotes > maxQuotes:
			p.Errorf(codeTooLarge, p.src.Span(start, start+1), hint, "quotes may stand within each other %d deep, here they are %d", maxQuotes, quotes)
			return false
		}
		start += len(line)
	}
	return true
}

// quoteDepth counts the quotation marks that a line begins with.
func quoteDepth(line []byte) (depth int) {
	for _, c := range line {
		switch c {
		case '>':
			depth++
		case ' ', '\t':
		default:
			return depth
		}
	}
	return depth
}

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"github.com/replaygen/replaygen/generator/diag"
)

// Span returns the stretch of the source from the block's first mark to the
// last character of its content.
func (b Block) Span() diag.Span {
	start, end := b.doc.extent(b.node)
	return b.doc.span(start, end)
}

// extent returns where a block begins and ends. goldmark knows where a block
// begins and where its lines are; the end of a container is that of its content.
func (d *document) extent(n ast.Node) (start, end int) {
	if n.Type() != ast.TypeBlock {
		return n.Pos(), n.Pos()
	}
	start = n.Pos()
	if lines := n.Lines(); lines.Len() > 0 {
		first, last := lines.At(0), lines.At(lines.Len()-1)
		if start < 0 {
			start = first.Start
		}
		end = last.Start + len(bytes.TrimRight(d.body[last.Start:last.Stop], " \t\r\n"))
	}
	for c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = c.NextSibling() {
		from, to := d.extent(c)
		if start < 0 {
			start = from
		}
		end = max(end, to)
	}
	if start < 0 { // a paragraph made by [NewParagraph] has no lines
		if in := newInline(d, n); !in.Empty() {
			return in.offsets(0, len(in.text))
		}
	}
	return start, max(end, start+1)
}

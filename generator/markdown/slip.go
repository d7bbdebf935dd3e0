package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"

	"github.com/replaygen/replaygen/generator/diag"
)

// A Slip is where a text most likely means something else than Markdown reads in it.
type Slip struct {
	Kind SlipKind
	Span diag.Span // of the mark
	// Text is the rest of the line behind the mark of a heading or an item, and all
	// that has become code behind a fence.
	Text string
}

// SlipKind tells slips apart.
type SlipKind int

// The kinds of slips.
const (
	OpenFence   SlipKind = iota // a fence that no other one closes
	OpenComment                 // "<!--" without its end, or without it in the same block
	TightHead                   // "##Heading", or a no-break space behind the mark
	TightItem                   // a no-break space behind the mark of a list item
)

// Slips lists the slips in blocks, in order.
func Slips(blocks []Block) []Slip {
	var all []Slip
	for _, b := range blocks {
		// The visitor never fails, so neither does the walk.
		_ = ast.Walk(b.node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			switch n := n.(type) {
			case *ast.FencedCodeBlock:
				all = b.doc.appendOpenFence(all, n)
			case *ast.Paragraph, *ast.TextBlock:
				all = b.doc.appendTight(all, n)
			case *ast.Text:
				all = b.doc.appendOpenComment(all, n)
			case *ast.CodeSpan:
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		})
	}
	return all
}

// fence matches a fence behind the marks of what it stands in.
var fence = regexp.MustCompile("^[ \t>]*(`{3,}|~{3,})")

// appendOpenFence appends the fence of a code block if none closes it. goldmark does
// not say; what closes it is the line behind the last one of the code.
func (d *document) appendOpenFence(all []Slip, n *ast.FencedCodeBlock) []Slip {
	opening := fence.FindSubmatch(d.body[n.Pos():])
	if opening == nil {
		return all
	}
	first := d.lineEnd(n.Pos())
	last := first
	if lines := n.Lines(); lines.Len() > 0 {
		last = lines.At(lines.Len() - 1).Stop
	}
	closing := fence.FindSubmatch(d.body[last:])
	if closing != nil && closing[1][0] == opening[1][0] && len(closing[1]) >= len(opening[1]) {
		return all
	}
	return append(all, Slip{OpenFence, d.span(n.Pos(), n.Pos()+len(opening[1])), string(d.body[min(first, last):last])})
}

// lineEnd returns the offset of the line behind the one at an offset.
func (d *document) lineEnd(at int) int {
	if i := bytes.IndexByte(d.body[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(d.body)
}

var (
	tightHead = regexp.MustCompile(`^(#{1,6})(?:[^#\s]|\x{a0})`)
	tightItem = regexp.MustCompile(`^([-+*]|[0-9]{1,9}[.)])\x{a0}`)
)

// appendTight appends the marks that lines of a paragraph begin with, but for the
// space behind them.
func (d *document) appendTight(all []Slip, paragraph ast.Node) []Slip {
	lines := paragraph.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		start := line.Start
		for start < line.Stop && (d.body[start] == ' ' || d.body[start] == '\t') {
			start++
		}
		text := bytes.TrimRight(d.body[start:line.Stop], "\r\n")
		kind, mark := TightHead, tightHead.FindSubmatchIndex(text)
		if mark == nil {
			kind, mark = TightItem, tightItem.FindSubmatchIndex(text)
		}
		if mark != nil {
			end := mark[3]
			all = append(all, Slip{kind, d.span(start, start+end), string(bytes.TrimSpace(text[end:]))})
		}
	}
	return all
}

// appendOpenComment appends a comment that became text.
func (d *document) appendOpenComment(all []Slip, n *ast.Text) []Slip {
	segment := n.Segment
	for at := segment.Start; at < segment.Stop; at++ {
		if d.body[at] == '<' && bytes.HasPrefix(d.body[at:], commentOpener) {
			return append(all, Slip{Kind: OpenComment, Span: d.span(at, at+len(commentOpener))})
		}
	}
	return all
}

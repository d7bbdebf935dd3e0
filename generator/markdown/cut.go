package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Cut returns the stretch between two offsets of the plain text with its
// formatting.
func (in Inline) Cut(from, to int) Inline {
	if in.doc == nil || from <= 0 && to >= len(in.text) {
		return in
	}
	cut := newInline(in.doc, in.paragraph(from, to))
	cut.at, _ = in.offsets(from, from)
	return cut
}

// paragraph returns a new paragraph with a copy of what Cut returns.
func (in Inline) paragraph(from, to int) *ast.Paragraph {
	c := cutter{body: in.doc.body, from: from, to: to}
	p := ast.NewParagraph()
	c.copyChildren(p, in.root)
	return p
}

// A cutter copies a tree of inline nodes without what lies outside a stretch of
// its plain text. The tree itself stays as it is.
type cutter struct {
	body     []byte
	from, to int // the stretch
	at       int // plain text passed so far
}

func (c *cutter) copyChildren(to, from ast.Node) {
	for n := from.FirstChild(); n != nil; n = n.NextSibling() {
		if copied := c.copy(n); copied != nil {
			to.AppendChild(to, copied)
		}
	}
}

// copy returns what of n lies inside the stretch, or nil.
func (c *cutter) copy(n ast.Node) ast.Node {
	if n.Type() != ast.TypeInline {
		return nil
	}
	shell := emptyCopy(n)
	if shell == nil {
		return c.copyLeaf(n)
	}
	shell.SetPos(n.Pos())
	c.copyChildren(shell, n)
	if !shell.HasChildren() {
		return nil
	}
	return shell
}

// emptyCopy returns a copy without children of a node that can have some.
func emptyCopy(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.Emphasis:
		return ast.NewEmphasis(n.Level)
	case *ast.CodeSpan:
		return ast.NewCodeSpan()
	case *east.Strikethrough:
		return east.NewStrikethrough()
	case *ast.Link:
		link := ast.NewLink()
		link.Destination, link.Title, link.Reference = n.Destination, n.Title, n.Reference
		return link
	case *ast.Image:
		link := ast.NewLink()
		link.Destination, link.Title, link.Reference = n.Destination, n.Title, n.Reference
		return ast.NewImage(link)
	default:
		return nil
	}
}

func (c *cutter) copyLeaf(n ast.Node) ast.Node {
	text, runs := flatten(c.body, n)
	from, to := c.from-c.at, c.to-c.at
	c.at += len(text)
	kept := keep(runs, from, to)
	if len(kept) == 0 {
		return nil
	}
	switch n := n.(type) {
	case *ast.Text:
		return cutText(n, kept)
	case *ast.AutoLink:
		return cutAutoLink(n, kept, len(text))
	case *east.TaskCheckBox:
		box := east.NewTaskCheckBox(n.IsChecked)
		box.SetPos(n.Pos())
		return box
	default:
		return nil
	}
}

// keep returns the runs that begin inside the stretch, shortened to it, in the
// memory of those that it is given.
func keep(runs []run, from, to int) []run {
	kept := runs[:0]
	for _, r := range runs {
		if r.verbatim {
			cut := max(0, from-r.at)
			r.at, r.start = r.at+cut, r.start+cut
			cut = max(0, r.end-to)
			r.end, r.stop = r.end-cut, r.stop-cut
		} else if from > r.at && from < r.end {
			from = r.at
		} else if to > r.at && to < r.end {
			to = r.at
		}
		if r.at < r.end && r.at >= from && r.end <= to {
			kept = append(kept, r)
		}
	}
	return kept
}

// cutText returns the part of a text that kept runs of it cover.
func cutText(n *ast.Text, kept []run) *ast.Text {
	first, last := kept[0], kept[len(kept)-1]
	segment := text.NewSegment(first.start, last.stop)
	if first.start == first.stop && !first.lineBreak {
		segment.Padding = n.Segment.Padding
	}
	breaks := last.lineBreak && !n.IsRaw()
	if breaks {
		segment.Stop = last.start
	}
	cut := ast.NewTextSegment(segment)
	cut.SetRaw(n.IsRaw())
	cut.SetSoftLineBreak(breaks && n.SoftLineBreak())
	cut.SetHardLineBreak(breaks && n.HardLineBreak())
	return cut
}

// cutAutoLink returns the link if all of its label is kept, and else what is
// kept of the label as text: a shortened address leads nowhere.
func cutAutoLink(n *ast.AutoLink, kept []run, length int) ast.Node {
	segment := text.NewSegment(kept[0].start, kept[len(kept)-1].stop)
	if kept[len(kept)-1].end-kept[0].at < length {
		return ast.NewRawTextSegment(segment)
	}
	link := ast.NewAutoLink(n.AutoLinkType, ast.NewTextSegment(segment))
	link.Protocol = n.Protocol
	link.SetPos(n.Pos())
	return link
}

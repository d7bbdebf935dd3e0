// Package markdown turns Markdown into blocks that know their place in the
// source, and blocks into HTML. It is the only package that imports goldmark
// and chroma.
//
// The dialect is GitHub's (tables, strikethrough, task lists, plain links) with
// two restrictions. Raw HTML is ordinary text, so "<pod>" in prose needs no
// care and a tag can never reach a page; only comments are understood, and left
// out. And braces after a heading are text: what they mean is up to the caller.
//
// Blocks and inlines are immutable and safe for concurrent use.
package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/replaygen/replaygen/generator/diag"
)

// Parse parses the Markdown in src from byte offset start on.
func Parse(src *diag.Source, start int) []Block {
	start = max(0, min(start, len(src.Text)))
	doc := &document{src: src, base: start, body: src.Text[start:]}
	return doc.children(dialect.Parse(text.NewReader(doc.body)))
}

// A document is the text that goldmark's offsets count in: a source without
// what stands before its Markdown.
type document struct {
	src  *diag.Source
	base int // offset of body in src
	body []byte
}

// span converts goldmark's offsets to a span of the source.
func (d *document) span(start, end int) diag.Span {
	start = max(0, min(start, len(d.body)))
	end = max(start, min(end, len(d.body)))
	return d.src.Span(d.base+start, d.base+end)
}

// children returns the blocks directly inside node.
func (d *document) children(node ast.Node) []Block {
	var blocks []Block
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		blocks = append(blocks, Block{doc: d, node: n})
	}
	return blocks
}

// Kind tells blocks apart.
type Kind int

// The kinds of blocks.
const (
	Other     Kind = iota // nothing a replay gives a meaning to
	Paragraph             // also the text of a tight list item
	Heading
	List
	Item // of a list
	Quote
	Code // fenced or indented
	Table
	Rule
)

// A Block is one block of Markdown.
type Block struct {
	doc  *document
	node ast.Node
}

// NewParagraph returns a paragraph with the given content, which must not be
// the zero Inline.
func NewParagraph(in Inline) Block {
	return Block{doc: in.doc, node: in.paragraph(0, len(in.text))}
}

// Kind returns the block's kind.
func (b Block) Kind() Kind {
	switch b.node.Kind() {
	case ast.KindParagraph, ast.KindTextBlock:
		return Paragraph
	case ast.KindHeading:
		return Heading
	case ast.KindList:
		return List
	case ast.KindListItem:
		return Item
	case ast.KindBlockquote:
		return Quote
	case ast.KindFencedCodeBlock, ast.KindCodeBlock:
		return Code
	case east.KindTable:
		return Table
	case ast.KindThematicBreak:
		return Rule
	default:
		return Other
	}
}

// Level returns the level of a heading, 1 to 6, and 0 for other blocks.
func (b Block) Level() int {
	if h, ok := b.node.(*ast.Heading); ok {
		return h.Level
	}
	return 0
}

// Ordered reports whether the block is a numbered list.
func (b Block) Ordered() bool {
	l, ok := b.node.(*ast.List)
	return ok && l.IsOrdered()
}

// Children returns the items of a list and the blocks inside an item or a quote.
func (b Block) Children() []Block {
	switch b.Kind() {
	case List, Item, Quote:
		return b.doc.children(b.node)
	default:
		return nil
	}
}

// Inline returns the content of a paragraph or heading, and of an item or quote
// that begins with a paragraph that paragraph's; otherwise it is empty.
func (b Block) Inline() Inline {
	switch b.Kind() {
	case Paragraph, Heading:
		return newInline(b.doc, b.node)
	case Item, Quote:
		if c := b.Children(); len(c) > 0 && c[0].Kind() == Paragraph {
			return c[0].Inline()
		}
	}
	return Inline{}
}

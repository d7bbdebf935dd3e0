package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// dialect is the parser of the dialect that the package describes. It is safe for
// concurrent use.
var dialect = newParser()

// newParser returns what goldmark offers for GitHub's dialect, with its readers of
// HTML and of addresses in angle brackets made stricter. The numbers are
// priorities: the lowest is tried first.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(commentBlock{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(address{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(comment{parser.NewRawHTMLParser()}, 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(sweeper{}, 100),
		),
	)
}

var (
	commentOpener = []byte("<!--")
	commentCloser = []byte("-->")
)

// commentBlock reads comments that stand on lines of their own and no other HTML.
// One that is not closed, or has text behind it, is left to [comment]: an author
// must not lose text to a mistyped mark.
type commentBlock struct{ parser.BlockParser }

func (p commentBlock) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if !bytes.HasPrefix(bytes.TrimLeft(line, " "), commentOpener) {
		return nil, parser.NoChildren
	}
	_, rest, closed := bytes.Cut(reader.Source()[segment.Start:], commentCloser)
	behind, _, _ := bytes.Cut(rest, []byte("\n"))
	if !closed || !util.IsBlank(behind) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// comment reads comments inside text and no other HTML.
type comment struct{ parser.InlineParser }

func (p comment) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); !bytes.HasPrefix(line, commentOpener) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// address reads an address in angle brackets if its scheme is one that readers
// follow: the house style writes placeholders such as <namespace:pod> as well.
type address struct{ parser.InlineParser }

func (p address) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	node := p.InlineParser.Parse(parent, block, pc)
	link, ok := node.(*ast.AutoLink)
	if !ok {
		return nil
	}
	if link.AutoLinkType == ast.AutoLinkURL {
		scheme, _, _ := bytes.Cut(bytes.ToLower(link.URL(block.Source())), []byte(":"))
		switch string(scheme) {
		case "http", "https", "ftp", "mailto":
		default:
			return nil
		}
	}
	return link
}

// A sweeper removes what the parser needed and a reader does not see: comments,
// definitions of link targets, and paragraphs that held nothing else.
type sweeper struct{}

func (s sweeper) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) { s.sweep(doc) }

func (s sweeper) sweep(parent ast.Node) {
	var next ast.Node
	for n := parent.FirstChild(); n != nil; n = next {
		next = n.NextSibling()
		switch n.Kind() {
		case ast.KindRawHTML, ast.KindHTMLBlock, ast.KindLinkReferenceDefinition:
			parent.RemoveChild(parent, n)
			continue
		}
		s.sweep(n)
		if k := n.Kind(); (k == ast.KindParagraph || k == ast.KindTextBlock) && !n.HasChildren() {
			parent.RemoveChild(parent, n)
		}
	}
}

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// A nodeWriter writes a node when the walk enters and when it leaves it.
type nodeWriter func(w *writer, out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error)

// nodeWriters are the writers of nodes by their kinds. Goldmark would look them up
// for each call, which takes longer than to write a paragraph.
var nodeWriters = newNodeWriters()

type nodeWriterList []nodeWriter

func newNodeWriters() (all nodeWriterList) {
	html.NewRenderer().RegisterFuncs(&all)
	extension.NewTableHTMLRenderer().RegisterFuncs(&all)
	extension.NewStrikethroughHTMLRenderer().RegisterFuncs(&all)
	all.add(ast.KindHeading, (*writer).heading)
	all.add(ast.KindFencedCodeBlock, (*writer).codeBlock)
	all.add(ast.KindCodeBlock, (*writer).codeBlock)
	all.add(ast.KindCodeSpan, (*writer).codeSpan)
	all.add(ast.KindLink, (*writer).link)
	all.add(ast.KindAutoLink, (*writer).autoLink)
	all.add(ast.KindImage, (*writer).image)
	all.add(east.KindTable, (*writer).table)
	all.add(east.KindTableCell, (*writer).tableCell)
	all.add(east.KindTaskCheckBox, (*writer).task)
	return all
}

// add adds the writer of a kind. The last one counts.
func (l *nodeWriterList) add(kind ast.NodeKind, write nodeWriter) {
	if missing := int(kind) + 1 - len(*l); missing > 0 {
		*l = append(*l, make([]nodeWriter, missing)...)
	}
	(*l)[kind] = write
}

// Register implements [renderer.NodeRendererFuncRegisterer].
func (l *nodeWriterList) Register(kind ast.NodeKind, write renderer.NodeRendererFunc) {
	l.add(kind, func(_ *writer, out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return write(out, source, n, entering)
	})
}

// An output is memory in the form that goldmark writes to.
type output struct{ bytes.Buffer }

// Buffered implements [util.BufWriter]: nothing waits to be written.
func (*output) Buffered() int { return 0 }

// Flush implements [util.BufWriter].
func (*output) Flush() error { return nil }

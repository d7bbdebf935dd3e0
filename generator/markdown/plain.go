package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Plain returns the text of blocks without marks: paragraphs and list items
// parted by empty lines, code as it stands, table cells parted by tabs.
func Plain(blocks []Block) string {
	var parts []string
	for _, b := range blocks {
		parts = b.doc.appendPlain(parts, b.node)
	}
	return strings.Join(parts, "\n\n")
}

func (d *document) appendPlain(parts []string, n ast.Node) []string {
	switch n.Kind() {
	case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
		return append(parts, newInline(d, n).Plain())
	case ast.KindFencedCodeBlock, ast.KindCodeBlock:
		return append(parts, strings.TrimRight(codeOf(d.body, n), "\n"))
	case east.KindTableRow, east.KindTableHeader:
		var cells []string
		for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, newInline(d, cell).Plain())
		}
		return append(parts, strings.Join(cells, "\t"))
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		parts = d.appendPlain(parts, child)
	}
	return parts
}

// codeOf returns the text of a code block, with lines ended by line feeds.
func codeOf(body []byte, n ast.Node) string {
	return string(clean(bytes.ReplaceAll(n.Lines().Value(body), []byte("\r\n"), []byte("\n"))))
}

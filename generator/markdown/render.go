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

// A Renderer turns blocks and inlines into HTML. It holds no state of its own:
// the same input gives the same bytes, and one Renderer may be used by many
// goroutines at once if its functions may.
type Renderer struct {
	// Link and Image map a destination as written to the URL to publish. If ok is
	// false, a link is replaced by its text and an image by its alternative text.
	// nil publishes destinations as they are. Refused destinations never get here.
	Link  func(dest string) (url string, ok bool)
	Image func(dest string) (url string, ok bool)
	// Size returns the size in pixels of the image at a published URL, so that pages
	// keep its place while it loads; 0 where it is not known. nil knows none.
	Size func(url string) (width, height int)
	// Headings is the level of the heading that the content stands under: its own
	// headings begin one below, without skipping a level, and end at 6.
	Headings int
	// Region names a part that scrolls on its own, such as wide code, for those who
	// cannot see it: what is what it holds, one of the constants below or the name of
	// a language such as "YAML", and number counts the parts with the same from 1. Names
	// must differ. nil is what and, from the second on, number.
	Region func(what string, number int) string
	// Highlighter highlights code; nil does it each time anew.
	Highlighter *Highlighter
}

// What regions hold besides code in a language.
const (
	RegionCode  = "Code" // in no known language
	RegionShell = "Shell session"
	RegionTable = "Table"
)

// Blocks renders blocks. Numbers of regions are counted within one call.
func (r Renderer) Blocks(blocks []Block) []byte {
	var out bytes.Buffer
	engine := r.engine()
	for _, b := range blocks {
		render(engine, &out, b.doc, b.node)
	}
	return []byte(clean(out.String()))
}

// Inline renders an inline, without an element around it.
func (r Renderer) Inline(in Inline) []byte {
	if in.doc == nil {
		return nil
	}
	var out bytes.Buffer
	engine := r.engine()
	for n := in.root.FirstChild(); n != nil; n = n.NextSibling() {
		render(engine, &out, in.doc, n)
	}
	return []byte(clean(out.String()))
}

// render writes the HTML of a node.
func render(engine renderer.Renderer, out *bytes.Buffer, doc *document, n ast.Node) {
	if err := engine.Render(out, doc.body, n); err != nil {
		panic("markdown: writing to memory failed: " + err.Error())
	}
}

// engine returns goldmark's renderer with the package's own writers for what
// must look different from goldmark's HTML.
func (r Renderer) engine() renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(&writer{Renderer: r, regions: map[string]int{}}, 100),
	))
}

// checkMark shows whether a task is done.
func checkMark(n *east.TaskCheckBox) string {
	if n.IsChecked {
		return "☑"
	}
	return "☐"
}

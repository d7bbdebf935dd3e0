package markdown

import east "github.com/yuin/goldmark/extension/ast"

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
	w := newWriter(r)
	for _, b := range blocks {
		w.write(b.doc, b.node)
	}
	return w.html()
}

// Inline renders an inline, without an element around it.
func (r Renderer) Inline(in Inline) []byte {
	if in.doc == nil {
		return nil
	}
	w := newWriter(r)
	for n := in.root.FirstChild(); n != nil; n = n.NextSibling() {
		w.write(in.doc, n)
	}
	return w.html()
}

// checkMark shows whether a task is done.
func checkMark(n *east.TaskCheckBox) string {
	if n.IsChecked {
		return "☑"
	}
	return "☐"
}

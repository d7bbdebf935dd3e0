package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// A writer writes nodes during one call of a Renderer. Those of the methods below
// differ from goldmark's HTML; they leave the nodes as they are, which goldmark's
// own writers of code and table cells do not.
type writer struct {
	Renderer
	levels  []int          // of the headings that the current place stands under, as written
	regions map[string]int // how many regions there are, by what they hold
	out     output
}

func newWriter(r Renderer) *writer { return &writer{Renderer: r, regions: map[string]int{}} }

// write writes a node and what is inside.
func (w *writer) write(doc *document, n ast.Node) {
	err := ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if kind := int(n.Kind()); kind < len(nodeWriters) && nodeWriters[kind] != nil {
			return nodeWriters[kind](w, &w.out, doc.body, n, entering)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		panic("markdown: writing to memory failed: " + err.Error())
	}
}

// html returns what was written.
func (w *writer) html() []byte { return clean(w.out.Bytes()) }

// heading keeps the order of the headings but not their levels: the first one
// stands directly below [Renderer.Headings], and no level is skipped. A heading
// without text is left out.
func (w *writer) heading(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !n.HasChildren() {
		return ast.WalkContinue, nil
	}
	if entering {
		level := n.(*ast.Heading).Level
		for len(w.levels) > 0 && w.levels[len(w.levels)-1] >= level {
			w.levels = w.levels[:len(w.levels)-1]
		}
		w.levels = append(w.levels, level)
	}
	format := "</h%d>\n"
	if entering {
		format = "<h%d>"
	}
	_, err := fmt.Fprintf(out, format, max(1, min(w.Headings+len(w.levels), 6)))
	return ast.WalkContinue, err
}

func (w *writer) codeBlock(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	code, name := w.Highlighter.highlight(writtenLanguage(source, n), codeOf(source, n))
	_, err := fmt.Fprintf(out, "<pre class=\"chroma\"%s><code>%s</code></pre>\n", w.region(name), code)
	return ast.WalkContinue, err
}

// writtenLanguage returns the first word of a fenced block's info string.
func writtenLanguage(source []byte, n ast.Node) string {
	fenced, ok := n.(*ast.FencedCodeBlock)
	if !ok || fenced.Info == nil {
		return ""
	}
	words := strings.Fields(string(fenced.Info.Segment.Value(source)))
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// region returns the attributes of an element that scrolls on its own: it takes
// the keyboard's focus, and a name that tells it from others.
func (w *writer) region(what string) string {
	w.regions[what]++
	name, number := what, w.regions[what]
	switch {
	case w.Region != nil:
		name = w.Region(what, number)
	case number > 1:
		name = fmt.Sprintf("%s %d", what, number)
	}
	return fmt.Sprintf(` tabindex="0" role="region" aria-label="%s"`, util.EscapeHTML([]byte(name)))
}

func (w *writer) codeSpan(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	code, _ := flatten(source, n)
	var err error
	if IsCommand(code) {
		code, _ = w.Highlighter.highlight("bash", code)
		_, err = fmt.Fprintf(out, `<code class="chroma command">%s</code>`, code)
	} else {
		_, err = fmt.Fprintf(out, "<code>%s</code>", util.EscapeHTML([]byte(code)))
	}
	return ast.WalkSkipChildren, err
}

// url returns the address to publish for the destination of a link or image.
func (w *writer) url(source []byte, n ast.Node) (string, bool) {
	dest, _ := destination(source, n)
	resolve := w.Link
	_, image := n.(*ast.Image)
	if image {
		resolve = w.Image
	}
	if Refused(dest, image) {
		return "", false
	}
	if resolve != nil {
		url, ok := resolve(dest)
		if !ok {
			return "", false
		}
		dest = url
	}
	return string(util.EscapeHTML(util.URLEscape([]byte(dest), false))), true
}

func (w *writer) link(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	url, ok := w.url(source, n)
	if !ok {
		return ast.WalkContinue, nil
	}
	if !entering {
		_, err := out.WriteString("</a>")
		return ast.WalkContinue, err
	}
	if _, err := fmt.Fprintf(out, `<a href="%s"`, url); err != nil {
		return ast.WalkStop, err
	}
	writeTitle(out, n.(*ast.Link).Title)
	return ast.WalkContinue, out.WriteByte('>')
}

// writeTitle writes the title attribute of a link or image that has one.
func writeTitle(out util.BufWriter, title []byte) {
	if len(title) == 0 {
		return
	}
	_, _ = out.WriteString(` title="`)
	html.DefaultWriter.Write(out, title)
	_ = out.WriteByte('"')
}

func (w *writer) autoLink(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	label := util.EscapeHTML(n.(*ast.AutoLink).Label(source))
	var err error
	if url, ok := w.url(source, n); ok {
		_, err = fmt.Fprintf(out, `<a href="%s">%s</a>`, url, label)
	} else {
		_, err = out.Write(label)
	}
	return ast.WalkContinue, err
}

func (w *writer) image(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	text, _ := flatten(source, n)
	alt := util.EscapeHTML([]byte(text))
	url, ok := w.url(source, n)
	if !ok {
		_, err := out.Write(alt)
		return ast.WalkSkipChildren, err
	}
	if _, err := fmt.Fprintf(out, `<img src="%s" alt="%s"`, url, alt); err != nil {
		return ast.WalkStop, err
	}
	if w.Size != nil {
		if width, height := w.Size(url); width > 0 && height > 0 {
			if _, err := fmt.Fprintf(out, ` width="%d" height="%d"`, width, height); err != nil {
				return ast.WalkStop, err
			}
		}
	}
	writeTitle(out, n.(*ast.Image).Title)
	return ast.WalkSkipChildren, out.WriteByte('>')
}

func (w *writer) table(out util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	var err error
	if entering {
		_, err = fmt.Fprintf(out, "<div class=\"scroll\"%s><table>\n", w.region(RegionTable))
	} else {
		_, err = out.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, err
}

// tableCell writes a cell with its alignment as a class, for a page's policy
// forbids inline styles. A heading without text would name a column nothing, so
// an empty one is an ordinary cell.
func (w *writer) tableCell(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	cell := n.(*east.TableCell)
	tag, scope := "td", ""
	if n.Parent().Kind() == east.KindTableHeader && n.HasChildren() {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		_, err := fmt.Fprintf(out, "</%s>\n", tag)
		return ast.WalkContinue, err
	}
	class := ""
	if cell.Alignment != east.AlignNone {
		class = fmt.Sprintf(` class="%s"`, cell.Alignment)
	}
	_, err := fmt.Fprintf(out, "<%s%s%s>", tag, scope, class)
	return ast.WalkContinue, err
}

func (w *writer) task(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, err := out.WriteString(checkMark(n.(*east.TaskCheckBox)) + " ")
	return ast.WalkContinue, err
}

package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/replaygen/replaygen/generator/diag"
)

// A Link is one link of an inline.
type Link struct {
	Text string    // plain text
	Href string    // as written, with escapes and entities resolved
	Span diag.Span // as of a [Destination]
}

// Links returns the links of an inline in order, images left out.
func (in Inline) Links() []Link {
	var links []Link
	in.doc.walkDestinations(in.root, func(n ast.Node, d Destination) {
		if !d.Image {
			text, _ := flatten(in.doc.body, n)
			links = append(links, Link{Text: text, Href: d.Dest, Span: d.Span})
		}
	})
	return links
}

// A Destination is where a link or an image points.
type Destination struct {
	Dest  string // as written, with escapes and entities resolved
	Image bool
	Alt   string    // of an image: the plain text that stands for it
	Span  diag.Span // the destination where it follows the link's text, else that text
}

// Destinations lists every link and image of an inline in order.
func (in Inline) Destinations() []Destination {
	var all []Destination
	in.doc.walkDestinations(in.root, func(_ ast.Node, d Destination) { all = append(all, d) })
	return all
}

// Destinations lists every link and image in blocks in order.
func Destinations(blocks []Block) []Destination {
	var all []Destination
	for _, b := range blocks {
		b.doc.walkDestinations(b.node, func(_ ast.Node, d Destination) { all = append(all, d) })
	}
	return all
}

// walkDestinations visits the links and images inside root, which may be nil.
func (d *document) walkDestinations(root ast.Node, visit func(ast.Node, Destination)) {
	if root == nil {
		return
	}
	// The visitor never fails, so neither does the walk.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if dest, ok := destination(d.body, n); ok && entering {
			found := Destination{Dest: dest, Span: d.destinationSpan(n)}
			if _, found.Image = n.(*ast.Image); found.Image {
				found.Alt, _ = flatten(d.body, n)
			}
			visit(n, found)
		}
		return ast.WalkContinue, nil
	})
}

// destination returns where a link or image points.
func destination(body []byte, n ast.Node) (dest string, ok bool) {
	if link, ok := n.(*ast.AutoLink); ok {
		url := string(link.URL(body))
		if link.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
			url = "mailto:" + url
		}
		return string(clean([]byte(url))), true
	}
	written, ok := writtenDestination(n)
	if !ok {
		return "", false
	}
	written = util.UnescapePunctuations(written)
	written = util.ResolveNumericReferences(written)
	written = util.ResolveEntityNames(written)
	return string(clean(written)), true
}

// writtenDestination returns the destination of a link or image as its source
// writes it beside the text.
func writtenDestination(n ast.Node) (written []byte, ok bool) {
	switch n := n.(type) {
	case *ast.Link:
		return n.Destination, true
	case *ast.Image:
		return n.Destination, true
	default:
		return nil, false
	}
}

// destinationSpan returns the place of the destination if it directly follows
// the link's text, and otherwise (a reference, an address as its own text) the text.
func (d *document) destinationSpan(n ast.Node) diag.Span {
	start, stop := n.Pos(), n.Pos()+1
	if _, runs := flatten(d.body, n); len(runs) > 0 {
		start, stop = runs[0].start, runs[len(runs)-1].stop
	}
	written, _ := writtenDestination(n)
	behind := bytes.TrimLeft(d.body[max(0, min(stop, len(d.body))):], "`*_~![")
	rest, follows := bytes.CutPrefix(behind, []byte("]("))
	rest = bytes.TrimLeft(rest, " \t\r\n<")
	if len(written) > 0 && follows && bytes.HasPrefix(rest, written) {
		start = len(d.body) - len(rest)
		stop = start + len(written)
	}
	return d.span(start, stop)
}

// Refused reports whether a destination is never published, because following
// it would run code on the reader's page.
func Refused(dest string, image bool) bool {
	// Browsers ignore white space and control characters in a scheme.
	scheme := strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || !publishable(r) || r == '\uFFFD' {
			return -1
		}
		return r
	}, dest))
	if image {
		for _, harmless := range []string{"data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp"} {
			if strings.HasPrefix(scheme, harmless+";") || strings.HasPrefix(scheme, harmless+",") {
				return false
			}
		}
	}
	for _, runs := range []string{"javascript:", "vbscript:", "data:"} {
		if strings.HasPrefix(scheme, runs) {
			return true
		}
	}
	return false
}

package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// A run ties a stretch of plain text to the source it was written as.
type run struct {
	at, end     int  // in the plain text
	start, stop int  // in the document's body
	verbatim    bool // byte for byte the same in both; else one indivisible whole
	lineBreak   bool
	code        bool // between code marks
}

// source returns where the run writes the plain text at an offset within it.
func (r run) source(offset int) int {
	if r.verbatim {
		return r.start + offset - r.at
	}
	return r.start
}

// A flattener collects the plain text of inline nodes.
type flattener struct {
	body   []byte
	text   strings.Builder
	runs   []run
	inCode bool
}

// flatten returns the plain text of a node, and where it was written.
func flatten(body []byte, n ast.Node) (text string, runs []run) {
	f := flattener{body: body}
	length, count := measure(n)
	f.text.Grow(length)
	f.runs = make([]run, 0, count)
	f.node(n)
	return f.text.String(), f.runs
}

// measure returns how long the text of a node is and how many runs it has, or a
// little less if there are escapes in it.
func measure(n ast.Node) (length, runs int) {
	if text, ok := n.(*ast.Text); ok {
		length, runs = text.Segment.Len(), 1
		if text.SoftLineBreak() || text.HardLineBreak() {
			length, runs = length+1, runs+1
		}
		return length, runs
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		l, r := measure(child)
		length, runs = length+l, runs+r
	}
	return length, runs
}

func (f *flattener) children(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		f.node(n)
	}
}

func (f *flattener) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		f.textNode(n)
	case *ast.CodeSpan:
		f.inCode = true
		f.children(n)
		f.inCode = false
	case *ast.AutoLink:
		start, stop := f.label(n)
		f.literal(start, stop)
	case *east.TaskCheckBox:
		f.whole(checkMark(n)+" ", n.Pos(), n.Pos()+len("[x]"))
	default:
		f.children(n)
	}
}

// label returns the place of the text of a link written as its address.
// goldmark's position of the node may be that of the character before it.
func (f *flattener) label(n *ast.AutoLink) (start, stop int) {
	label := n.Label(f.body)
	start = max(0, n.Pos())
	start += max(0, bytes.Index(f.body[start:], label))
	return start, start + len(label)
}

func (f *flattener) textNode(n *ast.Text) {
	s := n.Segment
	if s.Padding > 0 { // the rest of a tab that the block structure used up
		f.whole(strings.Repeat(" ", s.Padding), s.Start, s.Start)
	}
	if n.IsRaw() {
		f.code(s.Start, s.Stop)
	} else {
		f.escaped(s.Start, s.Stop)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		f.lineBreak(s.Stop)
	}
}

// lineBreak adds the line break at or after a place.
func (f *flattener) lineBreak(start int) {
	stop := start
	if i := bytes.IndexByte(f.body[start:], '\n'); i >= 0 {
		stop += i + 1
	}
	f.whole(" ", start, stop)
	f.runs[len(f.runs)-1].lineBreak = true
}

// code adds text in which nothing is escaped and a line break is a space.
func (f *flattener) code(start, stop int) {
	value := f.body[start:stop]
	line := bytes.TrimSuffix(bytes.TrimSuffix(value, []byte("\n")), []byte("\r"))
	f.literal(start, start+len(line))
	if len(line) < len(value) {
		f.lineBreak(start + len(line))
	}
}

// escaped adds text that may hold backslash escapes and entities.
func (f *flattener) escaped(start, stop int) {
	from := start
	for at := start; at < stop; {
		skip := bytes.IndexAny(f.body[at:stop], `\&`)
		if skip < 0 {
			break
		}
		at += skip
		resolved, n := resolve(f.body[at:stop])
		if n == 0 {
			at++
			continue
		}
		f.literal(from, at)
		f.whole(resolved, at, at+n)
		at += n
		from = at
	}
	f.literal(from, stop)
}

// maxEntity is longer than the longest name of an entity in HTML.
const maxEntity = 40

// resolve returns the text that an escape or entity at the start of b stands
// for and its length in b, which is 0 if there is none.
func resolve(b []byte) (string, int) {
	switch {
	case len(b) > 1 && b[0] == '\\' && util.IsPunct(b[1]):
		return string(b[1]), 2
	case b[0] != '&':
		return "", 0
	}
	end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';') + 1
	if end == 0 {
		return "", 0
	}
	written := b[:end]
	meant := util.ResolveNumericReferences(written)
	if bytes.Equal(meant, written) {
		meant = util.ResolveEntityNames(written)
	}
	if bytes.Equal(meant, written) || bytes.IndexByte(written[1:], '&') >= 0 {
		return "", 0
	}
	return string(meant), end
}

// literal adds text that means itself.
func (f *flattener) literal(start, stop int) {
	for start < stop {
		n := publishablePrefix(f.body[start:stop])
		if n > 0 {
			f.add(f.body[start:start+n], run{start: start, stop: start + n, verbatim: true})
			start += n
			continue
		}
		_, n = utf8.DecodeRune(f.body[start:stop])
		f.whole(replacement, start, start+n)
		start += n
	}
}

// whole adds text that is written differently from how it reads.
func (f *flattener) whole(text string, start, stop int) {
	f.add(clean([]byte(text)), run{start: start, stop: stop})
}

func (f *flattener) add(text []byte, r run) {
	r.at = f.text.Len()
	f.text.Write(text)
	r.end = f.text.Len()
	r.code = f.inCode
	f.runs = append(f.runs, r)
}

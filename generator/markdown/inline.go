package markdown

import (
	"sort"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"github.com/replaygen/replaygen/generator/diag"
)

// An Inline is a stretch of text with its formatting. The zero Inline is empty.
//
// Offsets into an Inline are bytes of its plain text. What the source writes
// with several characters for one (an escape, an entity, a line break with the
// marks of a quote behind it) cannot be divided: an offset inside it counts as
// its beginning.
type Inline struct {
	doc  *document // nil in the zero Inline
	root ast.Node  // its children are the content; never changed
	at   int       // where the content would be if it is empty
	text string
	runs []run // of text, in order, without gaps
}

func newInline(doc *document, root ast.Node) Inline {
	text, runs := flatten(doc.body, root)
	return Inline{doc: doc, root: root, at: max(0, root.Pos()), text: text, runs: runs}
}

// Empty reports whether there is no text.
func (in Inline) Empty() bool { return in.text == "" }

// Plain returns the text without its marks: escapes and entities are resolved,
// a line break is one space, and an image is its alternative text.
func (in Inline) Plain() string { return in.text }

// LineStarts returns the offsets in the plain text, other than 0, at which a
// line of the source begins.
func (in Inline) LineStarts() []int {
	var starts []int
	for _, r := range in.runs {
		if r.lineBreak {
			starts = append(starts, r.end)
		}
	}
	return starts
}

// Code reports whether the byte at an offset stands between code marks.
func (in Inline) Code(offset int) bool {
	return offset >= 0 && offset < len(in.text) && in.runAt(offset).code
}

// Lead returns how long the emphasised text is that the inline begins with, 0
// if it begins otherwise.
func (in Inline) Lead() int {
	if in.root == nil {
		return 0
	}
	em, ok := in.root.FirstChild().(*ast.Emphasis)
	if !ok {
		return 0
	}
	text, _ := flatten(in.doc.body, em)
	return len(text)
}

// Trim returns the inline without white space around it.
func (in Inline) Trim() Inline {
	from := len(in.text) - len(strings.TrimLeftFunc(in.text, unicode.IsSpace))
	to := len(strings.TrimRightFunc(in.text, unicode.IsSpace))
	if from == 0 && to == len(in.text) {
		return in
	}
	return in.Cut(from, to)
}

// Span returns the place of the text in the source, without the marks around it.
func (in Inline) Span() diag.Span { return in.SpanOf(0, len(in.text)) }

// SpanOf returns the place in the source of the plain text from one offset up
// to another; of an empty stretch, the point where it lies.
func (in Inline) SpanOf(from, to int) diag.Span {
	if in.doc == nil {
		return diag.Span{}
	}
	start, end := in.offsets(from, to)
	return in.doc.span(start, end)
}

// offsets is SpanOf in goldmark's offsets.
func (in Inline) offsets(from, to int) (start, end int) {
	if len(in.runs) == 0 {
		return in.at, in.at
	}
	from = max(0, min(from, len(in.text)))
	to = max(from, min(to, len(in.text)))
	if from == len(in.text) {
		end = in.runs[len(in.runs)-1].stop
		return end, end
	}
	start = in.runAt(from).source(from)
	if to == from {
		return start, start
	}
	if last := in.runAt(to - 1); last.verbatim {
		return start, last.source(to)
	} else {
		return start, last.stop
	}
}

// runAt returns the run that holds the byte at an offset less than len(in.text).
func (in Inline) runAt(offset int) run {
	return in.runs[sort.Search(len(in.runs), func(i int) bool { return in.runs[i].end > offset })]
}

// Unwrap returns the content if all of it is emphasised, however often, and the
// inline itself if not.
func (in Inline) Unwrap() Inline {
	for in.root != nil && in.root.ChildCount() == 1 {
		em, ok := in.root.FirstChild().(*ast.Emphasis)
		if !ok {
			break
		}
		in = newInline(in.doc, em)
	}
	return in
}

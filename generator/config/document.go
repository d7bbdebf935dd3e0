package config

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/replaygen/replaygen/generator/diag"
)

// A document is a stretch of a source as the parser sees it, and the way back
// from the parser's tokens to the source.
type document struct {
	src  *diag.Source
	base int    // offset of text[0] in src
	text string // without byte order mark, every line ended by a line feed
	// lines is text again, to find the beginnings of its lines.
	lines *diag.Source
	// dropped holds offsets in text, ascending: in src a carriage return stands
	// before the byte there.
	dropped []int
	// extents says where in text each token stands. The lexer's own columns are
	// characters, and not right behind tabs and in block texts.
	extents map[*token.Token]extent
}

// An extent is a stretch of a document's text.
type extent struct{ from, to int }

func newDocument(src *diag.Source, start, end int) *document {
	raw := string(src.Text[start:end])
	text := strings.TrimPrefix(raw, "\ufeff")
	d := &document{src: src, base: start + len(raw) - len(text), extents: map[*token.Token]extent{}}
	d.text = d.withLineFeeds(text)
	d.lines = diag.NewSource("", []byte(d.text))
	return d
}

// withLineFeeds returns text with every line ended by a line feed, and notes the
// carriage returns that this drops.
func (d *document) withLineFeeds(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		switch {
		case text[i] != '\r':
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == '\n':
			d.dropped = append(d.dropped, b.Len())
		default:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// span converts an extent of the text into a span of the source.
func (d *document) span(e extent) diag.Span { return d.src.Span(d.offset(e.from), d.offset(e.to)) }

func (d *document) offset(at int) int { return d.base + at + sort.SearchInts(d.dropped, at) }

// firstLine cuts a span at the end of its first line.
func (d *document) firstLine(s diag.Span) diag.Span {
	if n := strings.IndexAny(s.Text(), "\r\n"); n >= 0 {
		s.End = s.Start + n
	}
	return s
}

// searchWindow is how many bytes a token may stand behind the one before it,
// white space aside. It is more than 0 only after characters that the lexer
// gave up on.
const searchWindow = 64

// locate finds every token in the text. Tokens come in the order of the text,
// and each keeps the text it was read from with some of the white space around.
func (d *document) locate(tokens token.Tokens) {
	at := 0
	for _, t := range tokens {
		origin := strings.TrimSpace(t.Origin)
		blank := len(d.text[at:]) - len(strings.TrimLeft(d.text[at:], " \t\n"))
		if tab := strings.IndexByte(d.text[at:at+blank], '\t'); origin == "" && tab >= 0 {
			d.extents[t] = extent{at + tab, at + tab + 1} // a tab that the lexer refused
			continue
		}
		at += blank
		window := d.text[at:min(len(d.text), at+len(origin)+searchWindow)]
		if skip := strings.Index(window, origin); skip > 0 {
			at += skip
		}
		to := min(len(d.text), at+len(origin))
		d.extents[t] = extent{at, to}
		at = to
	}
}

// commentedValue is what stands behind an absent value if it looks like one, such
// as the colour #1f4fd1, rather than a comment.
var commentedValue = regexp.MustCompile(`^[: \t]*(#[\pL\pN][^\n]*)`)

// commented returns the text and the place of what was probably meant to be the
// value of an empty node, or "".
func (d *document) commented(n ast.Node) (text string, at extent) {
	if _, empty := n.(*ast.NullNode); !empty {
		return "", extent{}
	}
	from := d.extentOf(n).from
	found := commentedValue.FindStringSubmatchIndex(d.text[from:])
	if found == nil {
		return "", extent{}
	}
	text = strings.TrimRight(d.text[from+found[2]:from+found[3]], " \t")
	return text, extent{from + found[2], from + found[2] + len(text)}
}

// nodeSpan returns the span of a whole node.
func (d *document) nodeSpan(n ast.Node) diag.Span { return d.span(d.extentOf(n)) }

func (d *document) extentOf(n ast.Node) extent {
	e := d.tokenExtent(n.GetToken())
	switch n := n.(type) {
	case *ast.LiteralNode:
		e = extent{d.tokenExtent(n.Start).from, max(e.to, d.tokenExtent(n.Value.GetToken()).to)}
	case *ast.SequenceNode:
		e = d.tokenExtent(n.Start)
		if n.End != nil {
			e.to = d.tokenExtent(n.End).to
		} else if len(n.Values) > 0 {
			e.to = max(e.to, d.extentOf(n.Values[len(n.Values)-1]).to)
		}
	case *ast.MappingNode:
		if n.IsFlowStyle && n.End != nil {
			return extent{d.tokenExtent(n.Start).from, d.tokenExtent(n.End).to}
		}
		if len(n.Values) > 0 {
			last := n.Values[len(n.Values)-1]
			e = extent{d.extentOf(n.Values[0].Key).from, d.extentOf(last.Value).to}
		}
	case *ast.MappingValueNode:
		e = extent{d.extentOf(n.Key).from, d.extentOf(n.Value).to}
	}
	return e
}

// tokenExtent returns where a token stands. One that the parser added for an
// absent value is a point: the parser puts it right behind the colon or dash.
func (d *document) tokenExtent(t *token.Token) extent {
	if e, ok := d.extents[t]; ok || t == nil {
		return e
	}
	from := d.lines.LineSpan(t.Position.Line, 0).Start
	for range t.Position.Column - 1 {
		r, size := utf8.DecodeRuneInString(d.text[from:])
		if r == '\n' {
			break
		}
		from += size
	}
	return extent{from, from}
}

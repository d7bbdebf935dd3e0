package replay

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// An attribute is a name and a value from the braces at the end of a heading.
type attribute struct {
	name, value         string // as written, the value without quotation marks
	nameSpan, valueSpan diag.Span
}

// A bracesReader reads braces such as {cost=8m grade=good next="2b"}.
type bracesReader struct {
	*parser
	hint  string
	in    markdown.Inline
	plain string
	at    int // what is read next
	found []attribute
}

// braces reads the braces of a heading, if it has any, and returns where in its
// text they begin: the end of the text if there are none. The hint shows how
// the attributes of such a heading are written.
func (p *parser) braces(in markdown.Inline, hint string) (found []attribute, at int) {
	plain := in.Plain()
	at = strings.IndexByte(plain, '{')
	if at < 0 {
		return nil, len(plain)
	}
	r := &bracesReader{parser: p, hint: hint, in: in, plain: plain, at: at + 1}
	for r.next(at) {
		r.attribute()
	}
	return r.found, at
}

// next moves to the next attribute in the braces that open at an offset and
// reports whether there is one.
func (r *bracesReader) next(open int) bool {
	r.skip(func(c rune) bool { return unicode.IsSpace(c) || c == ',' || c == ';' })
	switch {
	case r.at >= len(r.plain):
		r.Errorf(codeAttributeSyntax, r.in.SpanOf(open, open+1), r.hint, "the brace that opens here is never closed")
		return false
	case r.plain[r.at] == '}':
		if behind := r.in.Cut(r.at+1, len(r.plain)).Trim(); !behind.Empty() {
			r.Errorf(codeAttributeSyntax, behind.Span(), "move the braces to the end of the heading", "expected nothing behind the braces")
		}
		return false
	}
	return true
}

// skip moves behind characters and returns them.
func (r *bracesReader) skip(skipped func(rune) bool) string {
	from := r.at
	for r.at < len(r.plain) {
		c, size := utf8.DecodeRuneInString(r.plain[r.at:])
		if !skipped(c) {
			break
		}
		r.at += size
	}
	return r.plain[from:r.at]
}

// attribute reads one name and value.
func (r *bracesReader) attribute() {
	from := r.at
	name := r.skip(func(c rune) bool { return !unicode.IsSpace(c) && !strings.ContainsRune("=},;", c) })
	nameSpan := r.in.SpanOf(from, r.at)
	behindName := r.at
	r.skip(unicode.IsSpace)
	if name == "" || r.at >= len(r.plain) || r.plain[r.at] != '=' {
		r.at = behindName
		if name == "" {
			r.skip(func(c rune) bool { return !unicode.IsSpace(c) && c != '}' })
		}
		r.Errorf(codeAttributeSyntax, nameSpan, r.hint, "expected a name, an equals sign and a value, found %q", name)
		return
	}
	r.at++
	r.skip(unicode.IsSpace)
	value, span, ok := r.value()
	if !ok {
		r.Errorf(codeAttributeSyntax, span, r.hint, "expected a value behind \"%s=\"", name)
		return
	}
	r.add(attribute{name: name, value: value, nameSpan: nameSpan, valueSpan: span})
}

// value reads a value, plain or in quotation marks. The span leaves the marks
// out; if ok is false, it is where the value should have been, or its opening mark.
func (r *bracesReader) value() (value string, span diag.Span, ok bool) {
	from := r.at
	if r.at < len(r.plain) && (r.plain[r.at] == '"' || r.plain[r.at] == '\'') {
		end := strings.IndexByte(r.plain[from+1:], r.plain[from])
		if end < 0 {
			r.at = len(r.plain)
			return "", r.in.SpanOf(from, from+1), false
		}
		r.at = from + 1 + end + 1
		value = strings.TrimSpace(r.plain[from+1 : from+1+end])
		return value, r.in.SpanOf(from+1, from+1+end), value != ""
	}
	value = r.skip(func(c rune) bool { return !unicode.IsSpace(c) && !strings.ContainsRune("},;", c) })
	return value, r.in.SpanOf(from, r.at), value != ""
}

// add keeps an attribute whose name was not there before.
func (r *bracesReader) add(a attribute) {
	for _, before := range r.found {
		if strings.EqualFold(before.name, a.name) {
			r.Add(diag.Diagnostic{
				Code: codeAttributeTwice, Severity: diag.Error, Span: a.nameSpan,
				Message: fmt.Sprintf("%q is given twice", a.name), Hint: "keep one of the two",
				Related: []diag.Related{{Span: before.nameSpan, Message: "it is given here first"}},
			})
			return
		}
	}
	r.found = append(r.found, a)
}

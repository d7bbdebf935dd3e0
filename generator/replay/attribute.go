package replay

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// attributes are what stands in the braces of an outcome's heading.
type attributes struct {
	cost  *big.Rat
	grade *Grade
	next  string // as written, "" if not given
	// Where the values stand.
	gradeSpan, nextSpan diag.Span
}

// attributeNames are the known attributes with an example of each.
var attributeNames = []string{"cost", "grade", "next"}

const attributeHint = "write for example {cost=8m grade=good next=2b}"

// An attributeReader reads braces such as {cost=8m grade=good next="2b"}.
type attributeReader struct {
	*parser
	in    markdown.Inline
	plain string
	at    int // what is read next
	seen  map[string]diag.Span
	found attributes
}

// attributes reads the braces at an offset of a heading, which must end it.
// Without braces the offset is the heading's length.
func (p *parser) attributes(in markdown.Inline, at int) attributes {
	r := &attributeReader{parser: p, in: in, plain: in.Plain(), at: at + 1, seen: map[string]diag.Span{}}
	if at >= len(r.plain) {
		return r.found
	}
	for {
		r.skip(func(c rune) bool { return unicode.IsSpace(c) || c == ',' || c == ';' })
		switch {
		case r.at >= len(r.plain):
			p.Errorf(codeAttributeSyntax, in.SpanOf(at, at+1), attributeHint, "the brace that opens here is never closed")
			return r.found
		case r.plain[r.at] == '}':
			if behind := in.Cut(r.at+1, len(r.plain)).Trim(); !behind.Empty() {
				p.Errorf(codeAttributeSyntax, behind.Span(), "move the braces to the end of the heading", "expected nothing behind the braces")
			}
			return r.found
		}
		r.attribute()
	}
}

// skip moves behind characters and returns them.
func (r *attributeReader) skip(skipped func(rune) bool) string {
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
func (r *attributeReader) attribute() {
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
		r.Errorf(codeAttributeSyntax, nameSpan, attributeHint, "expected a name, an equals sign and a value, found %q", name)
		return
	}
	r.at++
	r.skip(unicode.IsSpace)
	value, span, ok := r.value()
	if !ok {
		r.Errorf(codeAttributeSyntax, span, attributeHint, "expected a value behind \"%s=\"", name)
		return
	}
	if before, twice := r.seen[strings.ToLower(name)]; twice {
		r.Add(diag.Diagnostic{
			Code: codeAttributeTwice, Severity: diag.Error, Span: nameSpan,
			Message: fmt.Sprintf("%q is given twice", name), Hint: "keep one of the two",
			Related: []diag.Related{{Span: before, Message: "it is given here first"}},
		})
		return
	}
	r.seen[strings.ToLower(name)] = nameSpan
	r.set(name, nameSpan, value, span)
}

// value reads a value, plain or in quotation marks. The span leaves the marks
// out; if ok is false, it is where the value should have been, or its opening mark.
func (r *attributeReader) value() (value string, span diag.Span, ok bool) {
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

// set takes over a value.
func (r *attributeReader) set(name string, nameSpan diag.Span, value string, span diag.Span) {
	switch strings.ToLower(name) {
	case "cost":
		minutes, err := parseDuration(value)
		if err != nil {
			r.Errorf(codeAttributeValue, span, durationHint, "the cost cannot be %q: %v", value, err)
			return
		}
		r.found.cost = minutes
	case "grade":
		grades := []string{Best.String(), Good.String(), Miss.String()}
		i := slices.Index(grades, strings.ToLower(value))
		if i < 0 {
			r.Errorf(codeAttributeValue, span, oneOfHint(value, grades), "the grade cannot be %q", value)
			return
		}
		grade := []Grade{Best, Good, Miss}[i]
		r.found.grade, r.found.gradeSpan = &grade, span
	case "next":
		r.found.next, r.found.nextSpan = value, span
	default:
		hint := "known are " + strings.Join(attributeNames, ", ")
		if near := config.Nearest(name, attributeNames); near != "" {
			hint = fmt.Sprintf("did you mean \"%s=%s\"?", near, value)
		}
		r.Errorf(codeAttributeUnknown, nameSpan, hint, "unknown attribute %q", name)
	}
}

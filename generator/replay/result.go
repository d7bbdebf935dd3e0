package replay

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// A result is the result of an outcome as written.
type result struct {
	text markdown.Inline
	more []markdown.Block // what follows it
	span diag.Span
	open bool // whether its bracket is closed further down, if at all
}

// lead returns where a result leads, and the text that says so: its own, or in the
// words of the format the last paragraph of what follows it.
func (r *result) lead() (said markdown.Inline, l lead, ok bool) {
	if l, ok = leadOf(r.text); ok || len(r.more) == 0 {
		return r.text, l, ok
	}
	last := r.more[len(r.more)-1]
	if last.Kind() != markdown.Paragraph && last.Kind() != markdown.Quote {
		return r.text, l, false
	}
	said = last.Inline()
	l, ok = leadOf(said)
	return said, l, ok && !l.softly
}

// isOpen reports whether a text begins with a bracket that it does not close.
func isOpen(in markdown.Inline) bool {
	plain := strings.TrimLeft(in.Plain(), emphasisMarks+" ")
	return strings.HasPrefix(plain, "[") && !strings.Contains(plain, "]")
}

// close removes the bracket that closes a result of several paragraphs from the one
// that ends in it.
func (r *result) close() {
	for i, b := range r.more {
		if b.Kind() != markdown.Paragraph {
			continue
		}
		in := b.Inline()
		plain := strings.TrimRight(in.Plain(), emphasisMarks+" ")
		if strings.HasSuffix(plain, "]") && strings.Count(plain, "]") > strings.Count(plain, "[") {
			if rest := in.Cut(0, len(plain)-1).Trim().Unwrap(); !rest.Empty() {
				r.more[i] = markdown.NewParagraph(rest)
			}
			return
		}
	}
}

// A bracketedName is what a text in brackets begins with.
type bracketedName struct {
	initial byte // in lower case
	*regexp.Regexp
}

var (
	cueName    = bracketedName{'p', regexp.MustCompile(`(?i)^pressure(?:\s+cue)?\s*[:–—-]\s*`)}
	resultName = bracketedName{'r', regexp.MustCompile(`(?i)^result\s*[:–—-]\s*`)}
)

// mayBegin rules out most texts that do not begin with the name, before anybody
// looks for brackets.
func (n bracketedName) mayBegin(plain string) bool {
	plain = strings.TrimLeftFunc(plain, func(r rune) bool { return r == '[' || strings.ContainsRune(emphasisMarks, r) || unicode.IsSpace(r) })
	return plain != "" && plain[0]|0x20 == n.initial
}

// cutCue splits a text that begins with a pressure cue, "[Pressure cue: "…"]"
// in any state of completeness, and returns the cue without its marks.
func cutCue(in markdown.Inline) (cue, rest markdown.Inline, ok bool) {
	if cue, rest, _, ok = cutBracketed(in, cueName); ok {
		cue = unquote(cue)
	}
	return cue, rest, ok
}

// cutResult splits a text that begins with a result, "[Result: …]". Without
// brackets the word makes a result only where bare is true: prose may begin
// with it too.
func cutResult(in markdown.Inline, bare bool) (found *result, rest markdown.Inline, ok bool) {
	text, rest, bracketed, ok := cutBracketed(in, resultName)
	if !ok || !bracketed && !bare {
		return nil, in, false
	}
	return &result{text: text, span: in.SpanOf(0, len(in.Plain())-len(rest.Plain()))}, rest, true
}

// cutBracketed splits a text that begins with a name, in brackets or not,
// emphasised or not. ok is false if there is no name.
func cutBracketed(in markdown.Inline, name bracketedName) (text, rest markdown.Inline, bracketed, ok bool) {
	if !name.mayBegin(in.Plain()) {
		return in, markdown.Inline{}, false, false
	}
	in = in.Trim()
	text, rest = cutEmphasis(in, name)
	plain := text.Plain()
	open := len(plain) - len(strings.TrimLeft(plain, emphasisMarks))
	if bracketed = strings.HasPrefix(plain[open:], "["); bracketed {
		end, behind := closingBracket(text, open, name)
		if remainder := text.Cut(behind, len(plain)).Trim(); rest.Empty() && strings.Trim(remainder.Plain(), emphasisMarks+" ") != "" {
			rest = remainder
		}
		text = text.Cut(open+1, end).Trim().Unwrap()
	}
	m := name.FindStringIndex(text.Plain())
	if m == nil {
		return in, markdown.Inline{}, false, false
	}
	return text.Cut(m[1], len(text.Plain())).Trim(), rest, bracketed, true
}

// emphasisMarks may be left over in a text whose emphasis is not closed.
const emphasisMarks = "*_"

// cutEmphasis splits off the emphasis that a text begins with, if it holds all
// of what is named. Behind it stands what Markdown takes for the same paragraph
// because no empty line divides them.
func cutEmphasis(in markdown.Inline, name bracketedName) (text, rest markdown.Inline) {
	lead, plain := in.Lead(), in.Plain()
	if lead == 0 || lead == len(plain) {
		return in.Unwrap().Trim(), markdown.Inline{}
	}
	text = in.Cut(0, lead).Unwrap().Trim()
	rest = in.Cut(lead, len(plain)).Trim()
	inner := text.Plain()
	bracketed := strings.HasPrefix(inner, "[") && strings.HasSuffix(inner, "]")
	m := name.FindStringIndex(inner)
	named := m != nil && m[1] < len(inner) && onNewLine(in, lead)
	if bracketed || named {
		return text, rest
	}
	return in, markdown.Inline{}
}

// onNewLine reports whether a line of the source begins behind the white space
// at an offset.
func onNewLine(in markdown.Inline, at int) bool {
	for _, start := range in.LineStarts() {
		if start >= at && strings.TrimSpace(in.Plain()[at:start]) == "" {
			return true
		}
	}
	return false
}

// closingBracket returns where the text in brackets ends, and what is behind
// the bracket. Brackets inside need not match, so the last one closes: of the
// whole text, of a line, and only then the one that matches by count. What is
// never closed goes on to the end.
func closingBracket(in markdown.Inline, open int, name bracketedName) (end, behind int) {
	plain := in.Plain()
	limit := len(plain)
	lastOfLine := -1
	for _, start := range in.LineStarts() {
		next := strings.TrimLeft(plain[start:], emphasisMarks+" ")
		before := strings.TrimRight(plain[:start], emphasisMarks+" ")
		if strings.HasSuffix(before, "]") {
			lastOfLine = len(before) - 1
		}
		if strings.HasPrefix(next, "[") && name.MatchString(next[1:]) {
			limit = start
			break
		}
	}
	whole := strings.TrimRight(plain[:limit], emphasisMarks+" ")
	if strings.HasSuffix(whole, "]") {
		return len(whole) - 1, limit
	}
	if lastOfLine > open {
		return lastOfLine, lastOfLine + 1
	}
	if end := matchingBracket(plain[open:limit]); end > 0 {
		return open + end, open + end + 1
	}
	return limit, limit
}

// withoutBrackets removes emphasis and one pair of brackets around the whole text.
func withoutBrackets(in markdown.Inline) markdown.Inline {
	in = in.Trim().Unwrap().Trim()
	plain := in.Plain()
	if end := matchingBracket(plain); strings.HasPrefix(plain, "[") && end == len(plain)-1 {
		in = in.Cut(1, end).Trim().Unwrap()
	}
	return in
}

// matchingBracket returns the offset of the bracket that closes the one at the
// beginning, -1 if none does.
func matchingBracket(plain string) int {
	depth := 0
	for i := range len(plain) {
		switch plain[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// unquote removes one pair of quotation marks around the whole text.
func unquote(in markdown.Inline) markdown.Inline {
	plain := in.Plain()
	for _, pair := range []string{`""`, "“”", "„“", "„”", "«»", "‘’", "''", "””"} {
		opening, size := utf8.DecodeRuneInString(pair)
		closing := pair[size:]
		if !strings.HasPrefix(plain, string(opening)) || !strings.HasSuffix(plain, closing) || len(plain) < len(pair) {
			continue
		}
		inner := plain[size : len(plain)-len(closing)]
		if !closesEarly(inner, string(opening), closing) {
			return in.Cut(size, size+len(inner)).Trim()
		}
	}
	return in
}

// closesEarly reports whether the first mark like closing in a quoted text ends
// a quotation, so that the marks around it are no pair: "A" and "B".
func closesEarly(inner, opening, closing string) bool {
	at := strings.Index(inner, closing)
	if at < 0 || opening != closing && strings.Contains(inner[:at], opening) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(inner[:at])
	after, _ := utf8.DecodeRuneInString(inner[at+len(closing):])
	return at > 0 && !unicode.IsSpace(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after)
}

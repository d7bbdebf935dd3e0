package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A token is a word of prose as a shell would divide it: what stands in quotes,
// in $(…) or in <…> is one token.
type token struct {
	start, end int // offsets in the text, without the punctuation around it
	text       string
	led        bool // an opening bracket or quotation mark stands before it
	ended      bool // punctuation stands behind it, so what follows is something else
}

// tokenize divides text, whose words are separated by single spaces.
func tokenize(text string) []token {
	var tokens []token
	for pos := 0; pos < len(text); {
		if text[pos] == ' ' {
			pos++
			continue
		}
		end := tokenEnd(text, pos)
		tokens = append(tokens, newToken(text, pos, end))
		pos = end
	}
	return tokens
}

var placeholder = regexp.MustCompile(`^<[A-Za-z][\w.:-]*(?: [\w.:-]+){0,3}>`)

// tokenEnd returns the end of the token that begins at pos.
func tokenEnd(text string, pos int) int {
	groups := true // a group may begin here: at the start, behind an opening bracket or "="
	for pos < len(text) && text[pos] != ' ' {
		n := 0
		switch c := text[pos]; {
		case strings.HasPrefix(text[pos:], "$("):
			n = substitutionLength(text[pos:])
		case c == '<':
			n = len(placeholder.FindString(text[pos:]))
		case groups:
			n = quotedLength(text[pos:])
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text[pos:])
		}
		groups = strings.IndexByte("([=", text[pos]) >= 0
		pos += n
	}
	return pos
}

// maxGroup bounds how far the end of a group is searched for, in bytes.
const maxGroup = 400

// substitutionLength returns the length of the "$(…)" at the start of text, or 0.
func substitutionLength(text string) int {
	depth := 0
	for i, c := range []byte(text[:min(len(text), maxGroup)]) {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// quotedLength returns the length of the quotation at the start of text, or 0. A
// closing mark has no letter behind it, unlike an apostrophe.
func quotedLength(text string) int {
	opening, size := utf8.DecodeRuneInString(text)
	closing, ok := map[rune]string{'"': `"`, '\'': "'", '“': "”", '‘': "’"}[opening]
	if !ok {
		return 0
	}
	bounded := text[:min(len(text), maxGroup)]
	for from := size; from < len(bounded); {
		i := strings.Index(bounded[from:], closing)
		if i < 0 {
			return 0
		}
		from += i + len(closing)
		if next, _ := utf8.DecodeRuneInString(text[from:]); !isWord(next) {
			return from
		}
	}
	return 0
}

// newToken returns the token between two offsets without the brackets,
// quotation marks and punctuation around it, unless they belong to it.
func newToken(text string, start, end int) token {
	t := token{start: start, end: end, text: text[start:end]}
	if len(t.text) > maxGroup {
		return t
	}
	for isOpening(t.text) {
		_, n := utf8.DecodeRuneInString(t.text)
		t.text, t.start, t.led = t.text[n:], t.start+n, true
	}
	for n := closingLength(t.text); n > 0 && n < len(t.text) && strings.Trim(t.text, ".") != ""; n = closingLength(t.text) {
		t.text, t.end, t.ended = t.text[:len(t.text)-n], t.end-n, true
	}
	return t
}

func isOpening(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	if n >= len(text) {
		return false
	}
	return r == '(' || r == '[' || strings.ContainsRune("\"'“‘", r) && quotedLength(text) == 0
}

// closingLength returns the length of the punctuation at the end of text: a
// bracket or quotation mark that was not opened in it, or the end of a clause.
func closingLength(text string) int {
	r, n := utf8.DecodeLastRuneInString(text)
	switch r {
	case '.', ',', ';', ':', '!', '?', '…', '”', '’':
		if quotedLength(text) == len(text) {
			return 0
		}
		return n
	case ')', ']', '}':
		opening := map[rune]string{')': "(", ']': "[", '}': "{"}[r]
		if strings.Count(text, opening) < strings.Count(text, string(r)) {
			return n
		}
	case '"', '\'':
		if strings.Count(text, string(r))%2 == 1 {
			return n
		}
	}
	return 0
}

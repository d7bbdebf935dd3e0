package importer

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/diag"
)

// A line is a line of the source that holds anything.
type line struct {
	span   diag.Span // without white space around it and without its bullet
	bullet bool
	gap    bool // the first line, or one with an empty line before it
}

// readLines returns the lines that are not blank.
func readLines(src *diag.Source) []line {
	var lines []line
	gap := true
	for start := 0; start < len(src.Text); {
		end := len(src.Text)
		if i := bytes.IndexByte(src.Text[start:], '\n'); i >= 0 {
			end = start + i
		}
		span := trim(src.Span(start, end))
		start = end + 1
		if span.Start == span.End {
			gap = true
			continue
		}
		l := line{span: span, gap: gap}
		if n := bulletLength(span.Text()); n > 0 {
			l.span, l.bullet = trim(src.Span(span.Start+n, span.End)), true
		}
		lines = append(lines, l)
		gap = false
	}
	return lines
}

// Bullets that only ever are bullets, and those that must be followed by a space.
const (
	roundBullets = "•·◦‣▪●○"
	plainBullets = "-*"
)

// bulletLength returns the length of the bullet at the start of text, or 0.
func bulletLength(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune(roundBullets, r) || strings.ContainsRune(plainBullets, r) && startsWithSpace(text[size:]) {
		return size
	}
	return 0
}

func startsWithSpace(text string) bool {
	return text == "" || strings.IndexFunc(text, isSpace) == 0
}

// isSpace reports whether a character is white space, or one that nobody sees: the
// byte order mark that some editors leave at the start of a file, and what pages put
// where a word may be broken.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u00AD' || r == '\u2060' || '\u200B' <= r && r <= '\u200D'
}

// trim returns the span without white space at its ends.
func trim(s diag.Span) diag.Span {
	text := s.Text()
	trimmed := strings.TrimLeftFunc(text, isSpace)
	s.Start += len(text) - len(trimmed)
	s.End = s.Start + len(strings.TrimRightFunc(trimmed, isSpace))
	return s
}

// part returns the stretch between two offsets of the span's text, trimmed.
func part(s diag.Span, from, to int) diag.Span {
	return trim(s.Source.Span(s.Start+from, s.Start+to))
}

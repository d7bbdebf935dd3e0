package diag

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A Source is a named text that spans point into. Offsets are bytes from 0;
// what people see are lines and columns from 1.
type Source struct {
	Path string // slash-separated, as the author would name the file
	Text []byte

	lines []int // offset of the first byte of every line
}

// NewSource returns a source over text, which must not change afterwards.
func NewSource(path string, text []byte) *Source {
	lines := make([]int, 1, 1+bytes.Count(text, []byte("\n")))
	for at := 0; ; lines = append(lines, at) {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return &Source{Path: path, Text: text, lines: lines}
}

// A Position is a place as people count it: line and column start at 1, and a
// column is a character (Unicode code point), not a byte.
type Position struct {
	Line, Column int
}

// Position converts an offset, which is first brought into the text's bounds.
func (s *Source) Position(offset int) Position {
	offset = max(0, min(offset, len(s.Text)))
	line := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset })
	return Position{Line: line, Column: 1 + utf8.RuneCount(s.Text[s.lines[line-1]:offset])}
}

// Line returns the text of line n (from 1) without its line break.
func (s *Source) Line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	end := len(s.Text)
	if n < len(s.lines) {
		end = s.lines[n]
	}
	return string(bytes.TrimRight(s.Text[s.lines[n-1]:end], "\r\n"))
}

// LineSpan returns line n from the column-th byte (from 0) to its end, as a span.
func (s *Source) LineSpan(n, column int) Span {
	n = max(1, min(n, len(s.lines)))
	start := s.lines[n-1]
	end := start + len(s.Line(n))
	return s.Span(min(start+max(0, column), end), end)
}

// Span returns the bytes from start up to end as a span.
func (s *Source) Span(start, end int) Span { return Span{Source: s, Start: start, End: end} }

// A Span is a stretch of a source. The zero Span is no place at all; a span
// with Start == End is a point.
type Span struct {
	Source     *Source
	Start, End int // byte offsets, End exclusive
}

// IsZero reports whether the span points nowhere.
func (s Span) IsZero() bool { return s.Source == nil }

// Path returns the path of the span's source, or "" for the zero span.
func (s Span) Path() string {
	if s.Source == nil {
		return ""
	}
	return s.Source.Path
}

// Position returns where the span starts, or the zero Position for the zero span.
func (s Span) Position() Position {
	if s.Source == nil {
		return Position{}
	}
	return s.Source.Position(s.Start)
}

// Text returns the bytes the span covers.
func (s Span) Text() string {
	if s.Source == nil {
		return ""
	}
	start := max(0, min(s.Start, len(s.Source.Text)))
	end := max(start, min(s.End, len(s.Source.Text)))
	return string(s.Source.Text[start:end])
}

package replay

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/markdown"
)

// A series is a list that runs on in one paragraph: entries marked "A)", "B)"
// or "1.", "2.", all in the style of the first.
type series struct {
	in     markdown.Inline
	plain  string
	lines  []int // offsets other than 0 at which a line of the source begins
	open   bool  // "(A)"
	closer byte
	bullet bool // "- A)"
}

// splitSeries splits an inline that begins with the mark of the first name into
// the texts behind the marks. Only the next name in order begins an entry: any
// other mark, and what stands in code, is text of the entry before it. It
// returns nil if the inline does not begin like that.
func splitSeries(in markdown.Inline, closers string, names []string) []markdown.Inline {
	s := &series{in: in, plain: in.Plain()}
	text := s.first(len(s.plain)-len(strings.TrimLeft(s.plain, " ")), closers, names[0])
	if text < 0 {
		return nil
	}
	return s.split(text, names[1:])
}

// continueSeries splits an inline whose first mark Markdown has taken for that
// of a list with one item.
func continueSeries(in markdown.Inline, closer byte, names []string) []markdown.Inline {
	s := &series{in: in, plain: in.Plain(), closer: closer}
	return s.split(0, names)
}

// split returns the entries from the text of the first one on, whose followers
// have the given names.
func (s *series) split(text int, names []string) []markdown.Inline {
	s.lines = s.in.LineStarts()
	var entries []markdown.Inline
	for _, name := range names {
		end, next := s.next(text, name)
		if end < 0 {
			break
		}
		entries = append(entries, s.in.Cut(text, end).Trim())
		text = next
	}
	return append(entries, s.in.Cut(text, len(s.plain)).Trim())
}

// first learns the style of the series from its first mark and returns the
// offset behind it, -1 if there is no mark.
func (s *series) first(at int, closers, name string) int {
	text := entryText(s.plain, at)
	s.bullet = text > at
	s.open = strings.HasPrefix(s.plain[text:], "(")
	if s.open {
		text++
	}
	closer := text + len(name)
	if !strings.HasPrefix(s.plain[text:], name) || closer >= len(s.plain) || strings.IndexByte(closers, s.plain[closer]) < 0 {
		return -1
	}
	s.closer = s.plain[closer]
	return s.behind(closer + 1)
}

// behind returns at if white space or the end follows there, else -1.
func (s *series) behind(at int) int {
	if at == len(s.plain) || s.plain[at] == ' ' || s.plain[at] == '\t' {
		return at
	}
	return -1
}

// next finds the next mark at or after an offset: end is where the entry before
// it ends, text what is behind the mark. Both are -1 if there is none.
func (s *series) next(from int, name string) (end, text int) {
	mark := name + string(s.closer)
	if s.open {
		mark = "(" + mark
	}
	for at := from; ; {
		found := strings.Index(s.plain[at:], mark)
		if found < 0 {
			return -1, -1
		}
		at += found
		end, text = s.before(at, from), s.behind(at+len(mark))
		// "version 2. 2. Verify": the second mark is the one.
		again := text >= 0 && strings.HasPrefix(strings.TrimLeft(s.plain[text:], " "), mark)
		if end >= 0 && text >= 0 && !again && !s.in.Code(at) {
			return end, text
		}
		at += len(mark)
	}
}

// before returns where the entry before a mark ends, or -1 if the mark does not
// stand where one may: at the beginning of a line, or after white space and, if
// the series has bullets, a bullet.
func (s *series) before(mark, from int) int {
	if mark <= from || s.beginsLine(mark) {
		return mark
	}
	text := strings.TrimRight(s.plain[from:mark], " ")
	if len(text) == mark-from {
		return -1
	}
	r, size := utf8.DecodeLastRuneInString(text)
	bulleted := size > 0 && strings.ContainsRune(bullets, r)
	begin := from + len(text) - size
	if bulleted && (begin == from || s.plain[begin-1] == ' ' || s.beginsLine(begin)) {
		return begin
	}
	if s.bullet {
		return -1
	}
	return mark
}

// beginsLine reports whether a line of the source begins at an offset.
func (s *series) beginsLine(at int) bool {
	_, found := slices.BinarySearch(s.lines, at)
	return found || at == 0
}

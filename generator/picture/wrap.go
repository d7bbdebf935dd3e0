package picture

import (
	"strings"
	"unicode/utf8"
)

const ellipsis = "…"

// leading is the distance between two baselines.
func (f face) leading() int { return f.size * 110 / 100 }

// ascent is the distance from the top of a text to its first baseline. Capitals
// are lower; what is left is for their marks.
func (f face) ascent() int { return f.size * 86 / 100 }

// lines draws lines of text, the first of them on the baseline y.
func (d *drawing) lines(f face, x, y int, lines []string) {
	for i, l := range lines {
		d.text(f, x, y+i*f.leading(), l, textInk)
	}
}

// fit sets text in at most so many lines, at the first of the sizes at which it
// fits the width and height. If it fits at none, it is set at the last one, where
// words are broken and the end is cut off as need be.
func (t *typeface) fit(text string, width, lines, height int, sizes ...int) (face, []string) {
	words := strings.Fields(text)
	var (
		f    face
		set  []string
		room int
	)
	for _, size := range sizes {
		f = t.at(size)
		set = f.wrap(words, width)
		room = min(lines, 1+(height-size)/f.leading())
		if len(set) <= room && f.holds(words, width) {
			return f, f.balance(words, set, width)
		}
	}
	if len(set) > room {
		set = append(set[:room-1], f.clip(set[room-1]+" "+set[room], width))
	}
	return f, set
}

// holds reports whether every word fits the width.
func (f face) holds(words []string, width int) bool {
	for _, w := range words {
		if f.width(w) > width {
			return false
		}
	}
	return true
}

// wrap fills lines one by one. A word wider than a line is broken.
func (f face) wrap(words []string, width int) (lines []string) {
	line := ""
	for _, w := range words {
		if line != "" && f.width(line+" "+w) <= width {
			line += " " + w
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for f.width(w) > width {
			head := f.head(w, width)
			lines = append(lines, head)
			w = w[len(head):]
		}
		line = w
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// head returns as much of text as fits the width, at least one character.
func (f face) head(text string, width int) string {
	_, end := utf8.DecodeRuneInString(text)
	for i := range text {
		if i > end && f.width(text[:i]) > width {
			break
		}
		end = max(end, i)
	}
	return text[:end]
}

// balance sets words in as many lines as set has, as even as they can be.
func (f face) balance(words, set []string, width int) []string {
	if len(set) < 2 {
		return set
	}
	low, high := 1, width // in low too many lines, in high not
	for high-low > 1 {
		middle := (low + high) / 2
		if f.holds(words, middle) && len(f.wrap(words, middle)) <= len(set) {
			high = middle
		} else {
			low = middle
		}
	}
	return f.wrap(words, high)
}

// clip cuts text to the width, at a word if there is one, with an ellipsis.
func (f face) clip(text string, width int) string {
	if f.width(text) <= width {
		return text
	}
	cut := f.head(text, width-f.width(ellipsis))
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:–—-·") + ellipsis
}

package replay

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/markdown"
)

// maxLabel is how many characters the label of a fact may have; a longer text
// before a colon is a sentence.
const maxLabel = 60

// cutLabel splits "Label: text". The label is either emphasised or a few words
// without punctuation before a colon.
func cutLabel(in markdown.Inline) (label string, text markdown.Inline, ok bool) {
	plain := in.Plain()
	end := in.Lead()
	behind := len(plain) - len(strings.TrimLeft(plain[end:], " :–—-"))
	if end == 0 {
		end = labelEnd(plain)
		behind = end + len(":")
	}
	if end == 0 || utf8.RuneCountInString(plain[:end]) > maxLabel || in.Code(0) {
		return "", in, false
	}
	label = strings.TrimRight(strings.TrimSpace(plain[:end]), ": ")
	return label, in.Cut(behind, len(plain)).Trim(), label != ""
}

// labelEnd returns the offset of the colon behind a label, 0 if plain does not
// begin with one. It looks no further than a label can reach.
func labelEnd(plain string) int {
	plain = plain[:min(len(plain), maxLabel*utf8.UTFMax+len(": "))]
	end := strings.IndexAny(plain, `:.!?,;"[]`)
	if end <= 0 || plain[end] != ':' || end+1 < len(plain) && plain[end+1] != ' ' {
		return 0
	}
	return end
}

// bullets are the marks that begin an entry where a list became text.
const bullets = "•·▪*–-"

// maxEntries is how many entries a paragraph may hold, for those who mistake a
// data file for a replay.
const maxEntries = 100

// entries splits a paragraph that was a list: entries begin on lines of their
// own or behind bullets, and each has a label that begins with a capital, so
// that a line without one continues the entry before it.
func entries(in markdown.Inline) []markdown.Inline {
	plain := in.Plain()
	starts := []int{entryText(plain, 0)}
	for _, at := range entryStarts(in) {
		first, _ := utf8.DecodeRuneInString(plain[at:])
		end := labelEnd(plain[at:])
		if unicode.IsUpper(first) && 0 < end && end <= maxLabel && at > starts[0] && len(starts) < maxEntries {
			starts = append(starts, at)
		}
	}
	var found []markdown.Inline
	for i, from := range starts {
		to := len(plain)
		if i+1 < len(starts) {
			to = len(strings.TrimRight(plain[:starts[i+1]], bullets+" "))
		}
		found = append(found, in.Cut(from, max(from, to)).Trim())
	}
	return found
}

// entryStarts returns where an entry may begin: behind the bullet, if any, at
// the beginning of a line or after white space.
func entryStarts(in markdown.Inline) []int {
	plain := in.Plain()
	var starts []int
	lines := in.LineStarts()
	for at := 1; at < len(plain); at++ {
		beginsLine := len(lines) > 0 && lines[0] == at
		if beginsLine {
			lines = lines[1:]
		}
		text := entryText(plain, at)
		if beginsLine || text > at && plain[at-1] == ' ' && !in.Code(at) {
			starts = append(starts, text)
		}
	}
	return starts
}

// entryText moves from the beginning of an entry behind its bullet.
func entryText(plain string, at int) int {
	r, size := utf8.DecodeRuneInString(plain[at:])
	if size > 0 && strings.ContainsRune(bullets, r) && strings.HasPrefix(plain[at+size:], " ") {
		return at + size + 1
	}
	return at
}

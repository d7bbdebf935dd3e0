package replay

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/markdown"
)

// A label is one of the labels inside a round.
type label int

const (
	noLabel label = iota
	seeLabel
	chooseLabel
	actionsLabel
)

// labelPatterns match labels at the beginning of a line.
var labelPatterns = []struct {
	label label
	*regexp.Regexp
}{
	{seeLabel, regexp.MustCompile(`(?i)^what you (?:see|observe|find|know)\s*(?::|$)`)},
	{chooseLabel, regexp.MustCompile(`(?i)^(?:choose|pick|select)\s+(?:(?:your|an|the|one)\s+)?(?:next\s+)?(?:action|option|move|step|response)s?\s*(?:[:?]|$)`)},
	{chooseLabel, regexp.MustCompile(`(?i)^what (?:do|will|would) you do(?: next| now)?\s*(?:[:?]|$)`)},
	{actionsLabel, regexp.MustCompile(`(?i)^(?:(?:remediation|recovery|follow-up|closing|required|your|final)\s+)?actions?(?:\s+(?:items|steps))?\s*(?::|$)`)},
}

// inLinePatterns match labels in the middle of a line, where a text runs on:
// only directly before the first choice or action, since prose may use the words.
var inLinePatterns = []struct {
	label label
	*regexp.Regexp
}{
	{chooseLabel, regexp.MustCompile(`\s((?i:choose (?:your|an) action\s*:))\s*(?:$|\S?\s*\(?A[).:]\s)`)},
	{actionsLabel, regexp.MustCompile(`\s((?i:actions\s*:))\s*\(?1[).]\s`)},
}

// A stretch is what stands in a paragraph behind one label and before the next.
// The first stretch may have no label.
type stretch struct {
	label label
	in    markdown.Inline
}

// maxStretches bounds the work for a paragraph; a real one has three at most.
const maxStretches = 12

// stretches splits a paragraph at its labels.
func stretches(in markdown.Inline) []stretch {
	plain := in.Plain()
	var found []stretch
	current, from := noLabel, 0
	cut := func(to int) {
		if part := in.Cut(from, to).Trim(); current != noLabel || !part.Empty() {
			found = append(found, stretch{label: current, in: part})
		}
	}
	lines := append([]int{0}, in.LineStarts()...)
	for i, start := range lines {
		end := len(plain)
		if i+1 < len(lines) {
			end = lines[i+1]
		}
		if at, behind, label := findLabel(plain[start:end]); label != noLabel && len(found) < maxStretches {
			cut(start + at)
			current, from = label, start+behind
		}
	}
	cut(len(plain))
	return found
}

// findLabel finds the first label in a line, and its end.
func findLabel(line string) (at, end int, found label) {
	if !mayBeLabel(line) {
		return 0, 0, noLabel
	}
	for _, p := range labelPatterns {
		if m := p.FindStringIndex(line); m != nil {
			return 0, m[1], p.label
		}
	}
	if !containsFold(line, "action") {
		return 0, 0, noLabel
	}
	for _, p := range inLinePatterns {
		if m := p.FindStringSubmatchIndex(line); m != nil {
			return m[2], m[3], p.label
		}
	}
	return 0, 0, noLabel
}

// mayBeLabel rules out most lines without a pattern: a label begins the line with
// one of a few letters, or has the word action in it.
func mayBeLabel(line string) bool {
	if line == "" {
		return false
	}
	return line[0] >= utf8.RuneSelf || strings.IndexByte("acfprswyACFPRSWY", line[0]) >= 0 || containsFold(line, "action")
}

// containsFold reports whether a text contains an ASCII word in lower case,
// regardless of the text's case.
func containsFold(text, word string) bool {
	for ; len(text) >= len(word); text = text[1:] {
		if text[0]|0x20 == word[0] && strings.EqualFold(text[:len(word)], word) {
			return true
		}
	}
	return false
}

package importer

import (
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// Lines that a page adds to its article, as the themes of MkDocs word them.
var (
	// chromeLine matches what is never part of a replay, wherever it stands.
	chromeLine = pattern(`^(?:skip to (?:main )?content|back to top|copy to clipboard|copy page|` +
		`edit this page|view source of this page|initializing search|type to start searching|table of contents|` +
		`on this page|permanent link|¶|made with(?: material for mkdocs.*)?|material for mkdocs(?: insiders)?)$`)

	// footerLine matches what begins the end of a page behind the last section.
	footerLine = pattern(`^(?:previous|next|share|comments|was this page helpful\?|` +
		`thanks for your feedback!?|(?:last )?(?:update|updated|created|revision)(?: on)?:? .*\d.*|` +
		`copyright\b.*|©.*|(?:documentation )?(?:built|made|powered) (?:with|by)\b.*)$`)

	titleLine = pattern(`^incident replay *[:—–-]`)

	// bodyLine matches the first line that only the article itself has: a table
	// of contents repeats headings, but not these.
	bodyLine = pattern(`^(?:\[?pressure cue:|what you see:|choose your action:|\[result:|system context:)`)
)

// dropChrome removes the lines that belong to the page around the replay. It
// reports those that it knows by their place alone.
func dropChrome(lines []line, list *diag.List) []line {
	title := titleIndex(lines)
	reportLeftOut(lines[:title], list)
	lines = lines[title:]
	footer := footerIndex(lines)
	reportLeftOut(lines[footer:], list)
	var kept []line
	gap := false
	for _, l := range lines[:footer] {
		if chromeLine.MatchString(l.span.Text()) {
			gap = true
			continue
		}
		l.gap = l.gap || gap
		gap = false
		kept = append(kept, l)
	}
	return kept
}

// titleIndex returns the index of the replay's title: the last line that looks
// like one before the article's body, since navigation may repeat it. Without a
// title it is 0.
func titleIndex(lines []line) int {
	title := 0
	for i, l := range lines {
		text := l.span.Text()
		if bodyLine.MatchString(text) {
			break
		}
		if titleLine.MatchString(text) {
			title = i
		}
	}
	return title
}

// footerIndex returns the index of the first line of the page's footer, which
// stands behind the last section, or len(lines).
func footerIndex(lines []line) int {
	footer, ending := len(lines), false
	for i, l := range lines {
		text := l.span.Text()
		switch k := sectionKind(text); {
		case k == reportHeading || k == referenceHeading:
			ending = true
		case k == setupHeading || k == roundHeading:
			footer, ending = len(lines), false
		case ending && footer == len(lines) && !l.bullet && (chromeLine.MatchString(text) || footerLine.MatchString(text)):
			footer = i
		}
	}
	return footer
}

// reportLeftOut notes that lines were left out, unless they are well known.
func reportLeftOut(lines []line, list *diag.List) {
	var unknown []line
	for _, l := range lines {
		text := l.span.Text()
		if !chromeLine.MatchString(text) && !footerLine.MatchString(text) {
			unknown = append(unknown, l)
		}
	}
	if len(unknown) == 0 {
		return
	}
	word := "lines were"
	if len(unknown) == 1 {
		word = "line was"
	}
	list.Notef(codeLeftOut, unknown[0].span, "if they belong to the replay, copy them into the imported file",
		"%d %s left out as part of the page around the replay, beginning with %q",
		len(unknown), word, shorten(unknown[0].span.Text()))
}

// shorten returns the beginning of text, for messages.
func shorten(text string) string {
	const most = 40 // characters
	short := []rune(strings.Join(strings.Fields(text), " "))
	if len(short) <= most {
		return string(short)
	}
	return string(short[:most]) + "…"
}

package importer

import (
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// A document is a replay page as far as it was understood.
type document struct {
	title    diag.Span // zero if there is none
	intro    []block
	sections []*section // in the order of the text
}

// A section is what follows a heading. Only the section of a round has a round.
type section struct {
	heading block
	blocks  []block
	round   *round
}

// readDocument sorts blocks into sections.
func readDocument(blocks []block) *document {
	doc := &document{}
	for _, b := range blocks {
		switch b.kind {
		case titleHeading:
			if doc.title.IsZero() && len(doc.sections) == 0 {
				doc.title = b.span
				continue
			}
			b.kind = paragraph
		case setupHeading, roundHeading, reportHeading, referenceHeading:
			doc.sections = append(doc.sections, &section{heading: b})
			continue
		}
		if n := len(doc.sections); n > 0 {
			doc.sections[n-1].blocks = append(doc.sections[n-1].blocks, b)
		} else {
			doc.intro = append(doc.intro, b)
		}
	}
	doc.dropContents()
	for _, s := range doc.sections {
		if s.heading.kind == roundHeading {
			s.round = readRound(s.heading, s.blocks)
		}
	}
	return doc
}

// dropContents removes a table of contents: sections that are empty, or hold
// nothing but headings of outcomes, while another section has the same heading.
func (doc *document) dropContents() {
	filled := map[string]bool{}
	for _, s := range doc.sections {
		if !s.hollow() {
			filled[s.key()] = true
		}
	}
	var kept []*section
	for _, s := range doc.sections {
		if !s.hollow() || !filled[s.key()] {
			kept = append(kept, s)
		}
	}
	doc.sections = kept
}

func (s *section) key() string {
	return string(rune('0'+s.heading.kind)) + strings.ToLower(s.heading.label)
}

func (s *section) hollow() bool {
	for _, b := range s.blocks {
		if b.kind != outcomeHeading {
			return false
		}
	}
	return true
}

// resolve settles what the text leaves open and reports what is missing. A title
// is taken from the introduction where no line announces it.
func (doc *document) resolve(src *diag.Source, list *diag.List) {
	rounds := 0
	for _, s := range doc.sections {
		if s.round != nil {
			rounds++
			s.round.check(list)
			s.round.attribute(list)
		}
	}
	if rounds == 0 {
		list.Errorf(codeNotReplay, src.Span(0, 0),
			"copy the whole text of a replay's page; a file that replays only link to needs another extension, such as .log",
			`this is not the text of a replay: a line such as "Round 1: Alert Fires" was expected`)
	}
	if !doc.title.IsZero() {
		return
	}
	at := src.Span(0, 0)
	if len(doc.intro) > 0 && doc.intro[0].kind == paragraph {
		doc.title, doc.intro = doc.intro[0].span, doc.intro[1:]
		at = doc.title
	}
	if rounds > 0 {
		list.Warnf(codeNoTitle, at, `begin the text with a line such as "Incident Replay: Queue Backs Up"`,
			"no title was found before the setup; %s", titleInstead(doc.title))
	}
}

func titleInstead(title diag.Span) string {
	if title.IsZero() {
		return `the replay is called "Untitled"`
	}
	return "the first line was taken"
}

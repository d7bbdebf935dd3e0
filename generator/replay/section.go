package replay

import (
	"fmt"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

type sectionKind int

const (
	introSection sectionKind = iota // what stands before the first section
	setupSection
	roundSection
	endingSection
	reportSection
	referencesSection
	unknownSection
)

// repeats reports whether a replay may have several sections of a kind.
func (k sectionKind) repeats() bool {
	return k == introSection || k == roundSection || k == endingSection
}

// A section is a heading and what stands below it up to the next section.
type section struct {
	kind    sectionKind
	heading markdown.Block // unset in the intro
	blocks  []markdown.Block
}

// span returns the place of the section's heading.
func (s section) span() diag.Span { return s.heading.Inline().Span() }

// split cuts a document into its title and its sections. A section begins at a
// heading of level 1 or 2, or at one of level 3 that is named like a section
// the document does not have otherwise; outcomes belong to their round at any level.
func split(blocks []markdown.Block) (title *markdown.Block, sections []section) {
	upper := upperKinds(blocks)
	current := section{kind: introSection}
	end := func() {
		if current.blocks = withoutRules(current.blocks); current.kind != introSection || len(current.blocks) > 0 {
			sections = append(sections, current)
		}
	}
	for _, b := range blocks {
		kind, begins := begins(b, upper)
		if title == nil && begins && kind == unknownSection && isTitle(b) {
			title = &b
			continue
		}
		if begins {
			end()
			current = section{kind: kind, heading: b}
			continue
		}
		current.blocks = append(current.blocks, b)
	}
	end()
	return title, sections
}

// upperKinds returns the kinds of section that the headings of level 1 and 2 name.
func upperKinds(blocks []markdown.Block) map[sectionKind]bool {
	kinds := map[sectionKind]bool{}
	for _, b := range blocks {
		if b.Kind() == markdown.Heading && b.Level() <= 2 {
			kinds[kindOf(b.Inline().Plain())] = true
		}
	}
	return kinds
}

// begins reports whether a section begins at a block, and of which kind.
func begins(b markdown.Block, upper map[sectionKind]bool) (sectionKind, bool) {
	if b.Kind() != markdown.Heading || b.Level() > 3 {
		return 0, false
	}
	text := b.Inline().Plain()
	if looksLikeOutcome(text) || strings.TrimSpace(text) == "" {
		return 0, false
	}
	kind := kindOf(text)
	if b.Level() <= 2 {
		return kind, true
	}
	numbered := kind == roundSection && isNumberedRound(text)
	return kind, kind != unknownSection && (!upper[kind] || numbered)
}

// isTitle reports whether a heading that names no section is the replay's title.
func isTitle(b markdown.Block) bool {
	text := b.Inline().Plain()
	return b.Level() == 1 || withoutTitlePrefix(text) != text
}

// sectionNames are the sections with a fixed name, as the format writes them.
var sectionNames = []string{"Setup", "Damage Report", "Cross-References"}

// kindOf returns the kind of section that a heading names. Only letters count.
func kindOf(heading string) sectionKind {
	name := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(heading))
	switch name {
	case "setup":
		return setupSection
	case "damagereport":
		return reportSection
	case "crossreference", "crossreferences", "crossrefs":
		return referencesSection
	}
	if _, _, ok := roundHeading(heading); ok {
		return roundSection
	}
	if _, ok := endingHeading(heading); ok {
		return endingSection
	}
	return unknownSection
}

func (p *parser) unknownSection(s section) {
	text := strings.TrimSpace(s.heading.Inline().Plain())
	hint := `known are "## Setup", "## Round …", "## Ending: …", "## Damage Report" and "## Cross-References"; headings inside them begin with "###"`
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	begun := config.Nearest(strings.TrimRight(word, ":"), []string{"Round", "Ending"})
	if near := config.Nearest(text, sectionNames); near != "" {
		hint = fmt.Sprintf("did you mean \"## %s\"?", near)
	} else if begun == "Round" && rest != "" {
		hint = fmt.Sprintf("did you mean \"## Round %s\"?", rest)
	} else if begun == "Ending" && rest != "" {
		hint = fmt.Sprintf("did you mean \"## Ending: %s\"?", rest)
	} else if !strings.HasPrefix(s.heading.Span().Text(), "#") {
		hint = "a line of dashes directly below text makes it a heading: put an empty line between them"
	}
	p.Warnf(codeSectionUnknown, s.span(), hint, "unknown section %q: it is left out", text)
}

// withoutRules drops the rules around blocks, which authors draw between sections.
func withoutRules(blocks []markdown.Block) []markdown.Block {
	for len(blocks) > 0 && blocks[0].Kind() == markdown.Rule {
		blocks = blocks[1:]
	}
	for len(blocks) > 0 && blocks[len(blocks)-1].Kind() == markdown.Rule {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

package replay

import (
	"strings"
	"unicode"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// Parse reads a replay from src and resolves what its text leaves implicit. It
// never returns nil: what could not be understood is reported to list and left
// out. Without errors in list, every promise of the [Replay] type holds.
func Parse(src *diag.Source, list *diag.List) *Replay {
	p := &parser{List: list, src: src, replay: &Replay{Source: src}, places: map[string]int{}}
	readable := p.readable()
	start := p.frontMatter()
	if !readable || !p.withinLimits() {
		p.replay.TitleSpan = p.point(start)
		return p.replay
	}
	blocks := markdown.Parse(src, start)
	p.slips(blocks)
	p.checkLinks(blocks)
	title, sections := split(blocks)
	p.title(title, start)
	for _, s := range p.known(sections) {
		switch s.kind {
		case introSection:
			p.replay.Intro = append(p.replay.Intro, s.blocks...)
		case setupSection:
			p.setup(s)
		case roundSection:
			p.round(s)
		case endingSection:
			p.ending(s)
		case reportSection:
			p.report(s)
		case referencesSection:
			p.references(s)
		}
	}
	p.missing(sections, start)
	p.nameEndings()
	p.resolve()
	p.times(sections)
	return p.replay
}

// A parser holds what the steps of [Parse] share.
type parser struct {
	*diag.List
	src    *diag.Source
	replay *Replay
	drafts []*draft       // of the replay's rounds, in the same order
	places map[string]int // rounds and endings as in [Outcome.Next], by [placeKey] of label or title
	// optimal and worst are the durations of the front matter, which win over
	// those of the damage report.
	optimal, worst setting
}

// point returns the place at an offset of the source.
func (p *parser) point(offset int) diag.Span { return p.src.Span(offset, offset) }

// checkLinks reports destinations that would run code on the reader's page, and
// images without alternative text, which are lost where text is taken apart.
func (p *parser) checkLinks(blocks []markdown.Block) {
	for _, d := range markdown.Destinations(blocks) {
		switch {
		case markdown.Refused(d.Dest, d.Image):
			p.Errorf(codeLinkRefused, d.Span, "link to a page (https:…) or to a file beside this one",
				"a link must not begin with \"%s:\": it could run code on the reader's page", scheme(d.Dest))
		case d.Image && strings.TrimSpace(d.Alt) == "":
			p.Warnf(codeImageAlt, d.Span, "write what it shows in the brackets before its path, for those who cannot see it",
				"the image %q has no text that stands for it, and may be left out", d.Dest)
		}
	}
}

// scheme returns the scheme of a destination as a browser reads it: white space
// and control characters in it do not count.
func scheme(dest string) string {
	before, _, _ := strings.Cut(dest, ":")
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, before))
}

// titlePrefix is what the house format writes before every title.
const titlePrefix = "incident replay"

// title sets the title from the front matter or else from the heading, which
// may be nil.
func (p *parser) title(heading *markdown.Block, start int) {
	r := p.replay
	if heading != nil && r.TitleSpan.IsZero() {
		in := heading.Inline()
		at := len(in.Plain()) - len(withoutTitlePrefix(in.Plain()))
		r.Title = strings.TrimSpace(in.Plain()[at:])
		r.TitleSpan = in.SpanOf(at, len(in.Plain()))
	}
	if r.Title != "" {
		return
	}
	span := r.TitleSpan
	if heading != nil {
		span = heading.Span()
	} else if span.IsZero() {
		span = p.point(start)
	}
	r.TitleSpan = span
	p.Errorf(codeTitleMissing, span, "begin the text with \"# Incident Replay: …\"", "the replay has no title")
}

// withoutTitlePrefix cuts "Incident Replay:" off a title.
func withoutTitlePrefix(title string) string {
	if len(title) < len(titlePrefix) || !strings.EqualFold(title[:len(titlePrefix)], titlePrefix) {
		return title
	}
	rest := strings.TrimLeft(title[len(titlePrefix):], " ")
	separated := strings.TrimLeft(rest, ":-–—")
	if rest != "" && separated == rest {
		return title // "Incident Replays of 2026" is a title of its own
	}
	return strings.TrimLeft(separated, " ")
}

// known reports and leaves out the sections that the format does not know.
func (p *parser) known(sections []section) []section {
	var known []section
	first := map[sectionKind]section{}
	for _, s := range sections {
		if s.kind == unknownSection {
			p.unknownSection(s)
			continue
		}
		if before, twice := first[s.kind]; twice && !s.kind.repeats() {
			p.Add(diag.Diagnostic{
				Code: codeSectionTwice, Severity: diag.Warning, Span: s.span(),
				Message: "this section stands in the text twice; the contents of both are used",
				Hint:    "put everything under one heading",
				Related: []diag.Related{{Span: before.span(), Message: "it stands here first"}},
			})
		} else {
			first[s.kind] = s
		}
		known = append(known, s)
	}
	return known
}

// missing reports the sections that every replay should have.
func (p *parser) missing(sections []section, start int) {
	has := map[sectionKind]bool{}
	for _, s := range sections {
		has[s.kind] = true
	}
	if !has[roundSection] {
		p.Errorf(codeRoundsMissing, p.point(start), "begin each round with a heading such as \"## Round 1: Alert Fires\"", "the replay has no rounds")
	}
	if !has[setupSection] {
		p.Warnf(codeSetupMissing, p.replay.TitleSpan, "add a section \"## Setup\" with a list of facts such as \"- **Time:** Monday 09:00 UTC\"",
			"the replay has no setup")
	}
	if !has[reportSection] {
		p.Warnf(codeReportMissing, p.replay.TitleSpan,
			"add a section \"## Damage Report\" with a list of facts such as \"- **Optimal resolution time:** 12 minutes\"",
			"the replay has no damage report")
	}
}

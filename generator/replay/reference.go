package replay

import (
	"fmt"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

func (p *parser) references(s section) {
	for _, b := range s.blocks {
		switch b.Kind() {
		case markdown.List:
			for _, in := range p.items(b) {
				p.reference(in)
			}
		case markdown.Paragraph:
			for _, e := range entries(b.Inline()) {
				p.reference(e)
			}
		default:
			p.ignored(b, "the cross-references are a list of links")
		}
	}
}

// reference adds the links of one entry, or its text if it has none.
func (p *parser) reference(in markdown.Inline) {
	kind, rest, ok := cutLabel(in)
	if !ok {
		rest = in
	}
	links := rest.Links()
	if len(links) == 0 && !rest.Empty() {
		p.addReference(Reference{Kind: kind, Text: rest.Plain(), Span: rest.Span()})
	}
	for _, l := range links {
		ref := Reference{Kind: kind, Text: oneLine(l.Text), Href: l.Href, Span: l.Span}
		if before, after, found := strings.Cut(ref.Text, ": "); found && kind == "" {
			ref.Kind, ref.Text = before, after
		}
		if markdown.Refused(l.Href, false) {
			ref.Href = ""
		}
		p.addReference(ref)
	}
}

// addReference adds a reference that is not there yet.
func (p *parser) addReference(ref Reference) {
	for _, r := range p.replay.CrossReferences {
		if r.Text == ref.Text && r.Href == ref.Href && strings.EqualFold(r.Kind, ref.Kind) {
			p.Add(diag.Diagnostic{
				Code: codeReferenceTwice, Severity: diag.Note, Span: ref.Span,
				Message: fmt.Sprintf("the reference %q is repeated and shown once", ref.Text),
				Hint:    "delete one of the two",
				Related: []diag.Related{{Span: r.Span, Message: "it stands here first"}},
			})
			return
		}
	}
	p.replay.CrossReferences = append(p.replay.CrossReferences, ref)
}

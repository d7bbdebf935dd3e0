package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/trail"
)

// A suggestion is the address at which readers suggest a choice, with all that a
// replay's pages share filled in and escaped for HTML: text, a value of the page,
// text, a value and so on.
type suggestion []suggestPart

type suggestPart struct {
	text  string
	value string // line or state, "" for none
}

// newSuggestion fills in what is known of a replay.
func newSuggestion(address string, m *trail.Machine) (s suggestion) {
	r := m.Replay
	for {
		at := placeholder.FindStringSubmatchIndex(address)
		if at == nil {
			return append(s, suggestPart{text: escape(address)})
		}
		part := suggestPart{text: escape(address[:at[0]])}
		switch value := address[at[2]:at[3]]; value {
		case "file":
			part.text += inQuery(r.Source.Path)
		case "title":
			part.text += inQuery(r.Title)
		case "slug":
			part.text += inQuery(r.Slug)
		default:
			part.value = value
		}
		s = append(s, part)
		address = address[at[1]:]
	}
}

// inQuery escapes a value so that it may stand in a query, a path or a fragment,
// of mailto: addresses too; slashes stay.
func inQuery(text string) string {
	return strings.NewReplacer("+", "%20", "%2F", "/").Replace(url.QueryEscape(text))
}

// suggests reports whether pages of a kind have the address.
func (p *Replay) suggests(kind trail.PlaceKind) bool {
	return p.suggest != nil && slices.Contains([]trail.PlaceKind{trail.Round, trail.Outcome}, kind)
}

// settleSuggestion writes the address for a place into a shell. Names of states hold
// nothing that needs escaping.
func (p *Replay) settleSuggestion(place trail.Place, sh *shell) {
	for _, part := range p.suggest {
		sh.write([]byte(part.text))
		switch part.value {
		case "line":
			sh.write(strconv.AppendInt(nil, int64(p.line(place)), 10))
		case "state":
			sh.hole(hole{kind: nameHole})
		}
	}
}

// line returns the line of the author's file at which a round or an outcome
// stands. Of page text, which is imported on the fly, the lines are not known.
func (p *Replay) line(place trail.Place) int {
	round := p.machine.Replay.Rounds[place.Round]
	span := round.Span
	if place.Kind == trail.Outcome {
		span = round.Choices[place.Choice].Outcome.Span
	}
	if span.IsZero() || strings.HasSuffix(span.Path(), ".txt") {
		return 1
	}
	return span.Position().Line
}

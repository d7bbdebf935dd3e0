package replay

import (
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// A draft is a round as written, before its choices have met their outcomes.
type draft struct {
	*Round
	outcomes []*outcomeText // in the order of the text
	stray    []*result      // results without a heading of their own
}

var (
	// A round's heading: label, then colon, dash or full stop, or nothing, and a title.
	roundPattern = regexp.MustCompile(`(?i)^round\s+#?([0-9a-z](?:[0-9a-z._-]*[0-9a-z])?)(\s*[:–—)-]\s*|\.\s+|\s+|$)(.*)$`)
	hasDigit     = regexp.MustCompile(`[0-9]`)
)

// roundHeading splits "Round 2b: Title". Without a mark between them, only a
// label with a digit tells itself from the words of a title.
func roundHeading(text string) (label, title string, ok bool) {
	m := roundPattern.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || strings.TrimSpace(m[2]) == "" && m[3] != "" && !hasDigit.MatchString(m[1]) {
		return "", "", false
	}
	return m[1], strings.TrimSpace(m[3]), true
}

// isNumberedRound reports whether a heading can only mean a round, wherever it
// stands: "Round 3: Title".
func isNumberedRound(text string) bool {
	m := roundPattern.FindStringSubmatch(strings.TrimSpace(text))
	return m != nil && hasDigit.MatchString(m[1]) && strings.TrimSpace(m[2]) != ""
}

// maxRoundLabel is how many characters a label may have: labels stand in the
// names of files.
const maxRoundLabel = 16

func (p *parser) round(s section) {
	in := s.heading.Inline()
	end := p.noBraces(in)
	label, title, _ := roundHeading(in.Plain()[:end])
	d := &draft{Round: &Round{Label: label, Title: title, Span: in.Cut(0, end).Trim().Span()}}
	p.roundLabel(d.Round, len(p.replay.Rounds))
	p.replay.Rounds = append(p.replay.Rounds, d.Round)
	p.drafts = append(p.drafts, d)

	body, outcomes := splitOutcomes(s.blocks)
	p.body(d, body)
	for _, o := range outcomes {
		p.outcome(d, o)
	}
	if d.Closing() && len(d.Actions) == 0 {
		p.Warnf(codeRoundEmpty, d.Span, "write \"**Choose your action:**\" and a list of choices, or \"**Actions:**\" and a list",
			"round %s has neither choices nor actions", d.Label)
	}
}

// roundBraces matches braces at the end of a heading that can only be meant as
// attributes.
var roundBraces = regexp.MustCompile(`\s*\{\s*(?:cost|grade|next)\s*=[^{}]*\}\s*$`)

// noBraces reports attributes behind a round's title, where there are none, and
// returns where the title ends. Other braces may be part of it.
func (p *parser) noBraces(in markdown.Inline) (end int) {
	plain := in.Plain()
	at := roundBraces.FindStringIndex(plain)
	if at == nil {
		return len(plain)
	}
	p.Errorf(codeAttributeUnknown, in.Cut(at[0], at[1]).Trim().Span(), "write it behind \"### If you chose A:\"", "a round has no attributes: its outcomes have")
	return at[0]
}

// roundLabel remembers the label of the round at an index, and reports one that
// is taken or cannot be used.
func (p *parser) roundLabel(r *Round, index int) {
	key := placeKey(r.Label)
	if before, taken := p.places[key]; taken {
		p.Add(diag.Diagnostic{
			Code: codeRoundTwice, Severity: diag.Error, Span: r.Span,
			Message: "there are two rounds with the label " + r.Label,
			Hint:    "give each round a label of its own, for example \"" + r.Label + "b\"",
			Related: []diag.Related{{Span: p.replay.Rounds[before].Span, Message: "the first one is here"}},
		})
		return
	}
	p.places[key] = index
	switch {
	case len(r.Label) > maxRoundLabel:
		p.Errorf(codeRoundLabel, r.Span, "write for example \"## Round 2b: …\"", "the label of a round has at most %d characters", maxRoundLabel)
	case strings.EqualFold(r.Label, debriefName):
		p.Errorf(codeRoundLabel, r.Span, "write for example \"## Round 2b: …\"", "a round cannot be called %q: that is the page behind the last round", r.Label)
	}
}

// outcomeBlocks are an outcome's heading and what stands below it.
type outcomeBlocks struct {
	heading markdown.Block
	blocks  []markdown.Block
}

// splitOutcomes cuts a round into what stands before its outcomes, and these.
func splitOutcomes(blocks []markdown.Block) (body []markdown.Block, outcomes []outcomeBlocks) {
	for _, b := range blocks {
		switch {
		case b.Kind() == markdown.Heading && looksLikeOutcome(b.Inline().Plain()):
			outcomes = append(outcomes, outcomeBlocks{heading: b})
		case len(outcomes) == 0:
			body = append(body, b)
		default:
			last := &outcomes[len(outcomes)-1]
			last.blocks = append(last.blocks, b)
		}
	}
	for i := range outcomes {
		outcomes[i].blocks = withoutRules(outcomes[i].blocks)
	}
	return withoutRules(body), outcomes
}

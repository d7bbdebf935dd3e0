package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/replaygen/replaygen/generator/diag"
)

// attribute finds the owners of results whose headings are missing, and the best
// choice, whose heading is missing because it is the best. Every inference is
// reported: a sure one as a note, a guess as a warning.
func (r *round) attribute(list *diag.List) {
	for _, span := range r.unclear {
		list.Warnf(codeUnclearAction, span, "check where the actions begin in the imported text",
			"an action may begin here too: the numbers allow both")
	}
	if len(r.choices) == 0 {
		r.keepUnexpected(list)
		return
	}
	missing := r.missing()
	r.takeTextAsResult(list, missing)
	r.joinToHeading(len(missing))
	switch loose := r.loose(); {
	case len(missing) == 0 || len(loose) == 0:
	case len(missing) == 1 && len(loose) == 1:
		loose[0].letter = missing[0].letter
	default:
		r.share(loose, missing, list)
	}
	r.keepUnexpected(list)
	r.chooseBest(missing, list)
	r.reportEmpty(list)
}

// missing returns the choices that have no outcome with a heading.
func (r *round) missing() []choice {
	var missing []choice
	for _, c := range r.choices {
		if r.outcome(c.letter) == nil {
			missing = append(missing, c)
		}
	}
	return missing
}

func (r *round) outcome(letter byte) *outcome {
	for _, o := range r.outcomes {
		if o.letter == letter || slices.Contains(o.also, letter) {
			return o
		}
	}
	return nil
}

// loose returns the outcomes without an owner, in the order of the text.
func (r *round) loose() []*outcome {
	var loose []*outcome
	for _, o := range r.outcomes {
		if o.letter == 0 {
			loose = append(loose, o)
		}
	}
	return loose
}

// takeTextAsResult takes a paragraph behind the choices as the missing result
// where no other result can be it.
func (r *round) takeTextAsResult(list *diag.List, missing []choice) {
	if len(missing) != 1 || len(r.loose()) > 0 || len(r.aside) == 0 || r.aside[0].kind != paragraph {
		return
	}
	o := &outcome{result: r.aside[0].span, more: r.aside[1:]}
	r.aside = nil
	r.outcomes = slices.Insert(r.outcomes, 0, o)
	list.Warnf(codeBestGuessed, o.result, "check whether this is a result",
		"the text between the choices and the first outcome was taken as the result of choice %c", missing[0].letter)
}

// joinToHeading undoes a separation: text below a heading was taken as its
// result, but the result in brackets behind it is, since no choice is without a
// result.
func (r *round) joinToHeading(missing int) {
	for i := 1; i < len(r.outcomes); i++ {
		o, before := r.outcomes[i], r.outcomes[i-1]
		if o.letter != 0 || before.letter == 0 || before.bracketed || len(r.loose()) <= missing {
			continue
		}
		if !before.result.IsZero() {
			before.more = slices.Insert(before.more, 0, block{kind: paragraph, span: before.result})
		}
		before.more = append(before.more, o.more...)
		before.result, before.bracketed = o.result, true
		r.outcomes = slices.Delete(r.outcomes, i, i+1)
		i--
	}
}

// share gives results without a heading to the choices without one. Each goes
// to the choice that it has most words in common with; where there is no such
// evidence, to the first one that fits between the letters around it.
func (r *round) share(loose []*outcome, missing []choice, list *diag.List) {
	free := slices.Clone(missing)
	if len(loose) > len(free) {
		loose = onwardFirst(r, loose)
	}
	for _, o := range loose {
		if len(free) == 0 {
			return
		}
		i := r.likeliest(o, free)
		o.letter, o.guessed = free[i].letter, true
		free = slices.Delete(free, i, i+1)
		list.Warnf(codeBestGuessed, o.result, "check the letter in the imported text",
			"this result has no heading; it was given to choice %c, the likeliest of those without one", o.letter)
	}
}

// onwardFirst returns the results that lead onward before the others.
func onwardFirst(r *round, outcomes []*outcome) []*outcome {
	sorted := slices.Clone(outcomes)
	slices.SortStableFunc(sorted, func(a, b *outcome) int { return r.eagerness(b) - r.eagerness(a) })
	return sorted
}

func (r *round) likeliest(o *outcome, free []choice) int {
	best, most := 0, -1
	for i, c := range free {
		score := 2 * commonWords(c.span.Text(), o.result.Text())
		if r.fitsBetween(o, c.letter) {
			score++
		}
		if score > most {
			best, most = i, score
		}
	}
	return best
}

// fitsBetween reports whether a letter continues the order of the headings
// around an outcome.
func (r *round) fitsBetween(o *outcome, letter byte) bool {
	i := slices.Index(r.outcomes, o)
	for _, before := range r.outcomes[:i] {
		if before.letter > letter {
			return false
		}
	}
	return i+1 == len(r.outcomes) || r.outcomes[i+1].letter == 0 || r.outcomes[i+1].letter > letter
}

// commonWords counts the longer words of a that b has too.
func commonWords(a, b string) int {
	words := func(text string) map[string]bool {
		set := map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			if len(w) >= 4 {
				set[w] = true
			}
		}
		return set
	}
	n, in := 0, words(b)
	for w := range words(a) {
		if in[w] {
			n++
		}
	}
	return n
}

// keepUnexpected makes results that no choice can own plain text again.
func (r *round) keepUnexpected(list *diag.List) {
	var kept []*outcome
	for _, o := range r.outcomes {
		if o.letter != 0 {
			kept = append(kept, o)
			continue
		}
		list.Warnf(codeUnexpectedResult, o.whole, `write a heading such as "If you chose A:" above it`,
			"no choice of round %s is without an outcome, so this result was kept as text", r.heading.label)
		text := append([]block{{kind: paragraph, span: o.whole}}, o.more...)
		if len(kept) == 0 {
			r.aside = append(r.aside, text...)
		} else {
			last := kept[len(kept)-1]
			last.more = append(last.more, text...)
		}
	}
	r.outcomes = kept
}

// chooseBest marks the best outcome unless a heading did.
func (r *round) chooseBest(missing []choice, list *diag.List) {
	if slices.ContainsFunc(r.outcomes, func(o *outcome) bool { return o.best }) {
		return
	}
	if len(missing) != 1 {
		r.guessBest(missing, list)
		return
	}
	c := missing[0]
	if o := r.outcome(c.letter); o != nil {
		o.best = true
		if o.bracketed && !o.guessed {
			list.Notef(codeBestInferred, o.result, "",
				"this result has no heading; it is that of choice %c, the only one without, which makes %c the best choice of round %s",
				c.letter, c.letter, r.heading.label)
		}
		return
	}
	r.outcomes = slices.Insert(r.outcomes, 0, &outcome{letter: c.letter, best: true})
	d := diag.Diagnostic{
		Code: codeEmptyResult, Severity: diag.Warning, Span: c.span,
		Message: fmt.Sprintf("choice %c has neither a heading nor a result; "+
			"it was taken as the best choice of round %s, with an empty result", c.letter, r.heading.label),
		Hint: fmt.Sprintf(`write its result below "If you chose %c (recommended):"`, c.letter),
	}
	for _, o := range r.outcomes {
		if r.eagerness(o) == plainlyOnward {
			d.Related = append(d.Related, diag.Related{Span: o.result, Message: "this result, which leads onward, may belong to it"})
		}
	}
	list.Add(d)
}

// guessBest takes the only result that plainly leads onward as the best one: of
// those that had no heading, else of all.
func (r *round) guessBest(missing []choice, list *diag.List) {
	var candidates []*outcome
	for _, c := range missing {
		if o := r.outcome(c.letter); o != nil {
			candidates = append(candidates, o)
		}
	}
	if len(candidates) == 0 {
		candidates = r.outcomes
	}
	candidates = onwardFirst(r, candidates)
	if len(candidates) == 0 || r.eagerness(candidates[0]) != plainlyOnward ||
		len(candidates) > 1 && r.eagerness(candidates[1]) == plainlyOnward {
		list.Warnf(codeBestUnknown, r.heading.head, `mark the best outcome: "### If you chose B (recommended):"`,
			"round %s does not say which choice is the best", r.heading.label)
		return
	}
	o := candidates[0]
	o.best = true
	list.Warnf(codeBestGuessed, o.result, "check the best outcome in the imported text",
		"choice %c was taken as the best of round %s, since its result leads onward", o.letter, r.heading.label)
}

// leadsOnward has the words that lead onward and the label they lead to.
var leadsOnward = pattern(`\b(proceed|leads|gets(?: you)?) to round (\pL*\d[\pL\d]*|\pL)\b`)

// How clearly a result says that its choice was right.
const (
	stays = iota
	leadsOn
	plainlyOnward
)

// eagerness reads from the words of a result how clearly it leads onward: "Also
// correct" and "eventually leads to" are weaker than "Proceed to Round 2".
func (r *round) eagerness(o *outcome) int {
	if o.result.IsZero() {
		return stays
	}
	text := o.result.Text()
	m := leadsOnward.FindStringSubmatch(text)
	switch {
	case m == nil || strings.EqualFold(m[2], r.heading.label):
		return stays
	case strings.EqualFold(m[1], "proceed") && !strings.HasPrefix(strings.ToLower(text), "also"):
		return plainlyOnward
	default:
		return leadsOn
	}
}

// reportEmpty warns of headings without a result.
func (r *round) reportEmpty(list *diag.List) {
	for _, o := range r.outcomes {
		if !o.heading.IsZero() && (o.result.IsZero() || o.result.Start == o.result.End) {
			list.Warnf(codeEmptyResult, o.heading, "write what happens below the heading",
				"choice %c of round %s has no result", o.letter, r.heading.label)
		}
	}
}

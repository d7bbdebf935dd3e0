// Package trail compiles a replay into a [Machine]: every state that a reader
// can be in, merged so that two paths share a state exactly when no present or
// future page can tell them apart, with the clock, score and name of each.
//
// A state is (place, live memory, summary). Live memory is which choices were
// tried in every round that can still be played; the summary is what the
// machine's [Detail] keeps of the other rounds, and the clock. Liveness is
// found before exploration, so that a choice tried before a loop is still
// marked tried after it, and nothing is remembered that no page will show.
package trail

import (
	"fmt"
	"slices"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

const codeTooManyPages diag.Code = "too-many-pages"

// OnMiss says what follows a miss that leads nowhere of its own.
type OnMiss int

const (
	// Retry offers the round's remaining choices on the outcome page.
	Retry OnMiss = iota
	// Continue shows what works and leads on.
	Continue
)

// ParseOnMiss returns the mode called name; "" is [Retry].
func ParseOnMiss(name string) (OnMiss, error) {
	switch name {
	case "", "retry":
		return Retry, nil
	case "continue":
		return Continue, nil
	}
	return Retry, fmt.Errorf("unknown on_miss %q: use retry or continue", name)
}

// DefaultMaxPages is how many pages a replay may have unless the site says otherwise.
const DefaultMaxPages = 1000

// Options are the site's wishes; a replay's own front matter goes before them.
// The zero Options are the defaults.
type Options struct {
	Detail   string // "", "auto" or a detail's name
	MaxPages int    // 0 means DefaultMaxPages
	OnMiss   OnMiss
}

// A Machine is a compiled replay. It does not change after [Compile] and may be
// used concurrently.
type Machine struct {
	Replay  *replay.Replay
	Scoring *Scoring
	Detail  Detail
	OnMiss  OnMiss
	// Chosen says in words why Detail is what it is; "" if no detail fits.
	Chosen string

	g      *graph
	states states
	parts  nameParts
	counts [ByNone + 1]counted
}

// Compile turns a replay into its machine. Where an explicit detail needs more
// pages than allowed it reports an error and compiles the finest detail that
// fits, so that the result is always usable.
func Compile(r *replay.Replay, opts Options, list *diag.List) *Machine {
	m := &Machine{Replay: r, OnMiss: opts.OnMiss}
	if r.OnMiss != "" {
		m.OnMiss, _ = ParseOnMiss(r.OnMiss) // the parser has refused other words
	}
	m.g = newGraph(r, m.OnMiss)
	m.Scoring = score(r, m.g, list)
	m.g.connect(m.Scoring.units)
	m.parts = newNameParts(m)

	limit := opts.MaxPages
	if limit == 0 {
		limit = DefaultMaxPages
	}
	wanted := r.Detail
	if wanted == "" {
		wanted = opts.Detail
	}
	if d, explicit, _ := ParseDetail(wanted); explicit {
		if m.compileDetail(d, limit) {
			m.Chosen = "as asked"
			return m
		}
		m.reportTooMany(d, limit, list)
	}
	m.chooseDetail(limit, list)
	return m
}

// chooseDetail takes the finest detail that fits limit.
func (m *Machine) chooseDetail(limit int, list *diag.List) {
	for _, d := range Details() {
		if !m.compileDetail(d, limit) {
			continue
		}
		m.Chosen = "the finest there is"
		if d > ByPicks {
			m.Chosen = fmt.Sprintf("%s would need more than %d pages", d-1, limit)
		}
		return
	}
	m.reportTooMany(ByNone, limit, list)
	m.Detail, m.states = ByNone, states{
		all: []state{{}}, memories: memories{nothing}, from: []int32{0}, first: []int32{0, 0},
	}
}

// compileDetail explores the states under detail d if there are at most limit.
// It counts them first where that takes less than finding them, so that details
// which do not fit cost little.
func (m *Machine) compileDetail(d Detail, limit int) bool {
	if m.exceeds(d, limit) {
		return false
	}
	var n count
	if slices.ContainsFunc(m.g.spots, func(at spot) bool { return at.once }) {
		var fits bool
		if n, fits = m.countUpTo(d, limit); !fits {
			return false
		}
	}
	return m.explore(d, n, limit)
}

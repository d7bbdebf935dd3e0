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
	"math/big"
	"slices"
	"strings"

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
	states []state
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
	m.states = []state{{place: Place{Kind: Briefing}}}
	m.Detail = ByNone
}

// compileDetail explores the states under detail d if there are at most limit.
func (m *Machine) compileDetail(d Detail, limit int) bool {
	if _, fits := m.countUpTo(d, limit); !fits {
		return false
	}
	m.explore(d)
	return true
}

// Len returns the number of states, which are numbered from 0 (the briefing) in
// breadth-first order.
func (m *Machine) Len() int { return len(m.states) }

// Place returns where the reader is in state i.
func (m *Machine) Place(i int) Place { return m.states[i].place }

// Clock returns the incident minutes that have passed in state i, rounded half
// up, and whether the detail knows them.
func (m *Machine) Clock(i int) (minutes int, known bool) {
	return m.Scoring.minutes(m.states[i].clock), m.Detail != ByNone
}

// Score returns the score in state i, 0 to 100, and whether the detail knows it.
func (m *Machine) Score(i int) (score int, known bool) {
	return m.Scoring.score(m.states[i].clock), m.Detail != ByNone
}

// Tried returns which choices of the round being played were picked in state i.
// It is empty where no choices are offered.
func (m *Machine) Tried(i int) Picks {
	s := &m.states[i]
	if !m.offers(s.place) {
		return 0
	}
	return Picks(s.memory.get(s.place.Round))
}

// Record returns what state i knows about a round. Of a round that can still be
// played it knows the picks, under every detail.
func (m *Machine) Record(i, round int) Record {
	s := &m.states[i]
	v := s.memory.get(round)
	if live := m.g.live(s.place); live != nil && live.has(round) {
		return recordOf(ByPicks, m.g.grades[round], Picks(v))
	}
	return unpack(m.Detail, m.g.grades[round], v)
}

// Remembered returns what state i remembers of a round as a number. In states of
// one place, equal numbers mean equal picks and records of the round.
func (m *Machine) Remembered(i, round int) uint32 { return m.states[i].memory.get(round) }

// Units returns the exact clock of state i in units of the scoring: states with
// equal units have the same clock and score.
func (m *Machine) Units(i int) int64 { return m.states[i].clock }

// A Link is one choice as state offers it.
type Link struct {
	Choice int  // index into the round's choices
	Tried  bool // picked before
	To     int  // state of its outcome, or -1: tried and closed
}

// Links returns the choices offered in state i, in the order of the text; nil
// where none are.
func (m *Machine) Links(i int) []Link {
	s := &m.states[i]
	if !m.offers(s.place) {
		return nil
	}
	tried := m.Tried(i)
	links := make([]Link, len(s.to))
	for c, to := range s.to {
		links[c] = Link{Choice: c, Tried: tried.Has(c), To: int(to)}
	}
	return links
}

// To returns the state of a choice's outcome in state i, or -1 where it is
// closed. State i must offer choices.
func (m *Machine) To(i, choice int) int { return int(m.states[i].to[choice]) }

// Next returns the state that the one onward link of state i leads to; ok is
// false where choices are offered instead, and on the debrief.
func (m *Machine) Next(i int) (next int, ok bool) {
	s := &m.states[i]
	if m.offers(s.place) || len(s.to) == 0 {
		return 0, false
	}
	return int(s.to[0]), true
}

// A Pick is a choice made on a path.
type Pick struct {
	Round, Choice int // indices
}

// Path returns the picks of a shortest path from the briefing to state i: the
// fewest pages, and among those the path whose choices come first.
func (m *Machine) Path(i int) []Pick {
	var picks []Pick
	for ; i != 0; i = int(m.states[i].from) {
		if p := m.states[i].place; p.Kind == Outcome {
			picks = append(picks, Pick{p.Round, p.Choice})
		}
	}
	slices.Reverse(picks)
	return picks
}

// Reached says how state i is reached, by the letters of a shortest path:
// "reached by A, C, B", or "" where nothing needs to be picked.
func (m *Machine) Reached(i int) string {
	var letters []string
	for _, p := range m.Path(i) {
		letters = append(letters, string(m.Replay.Rounds[p.Round].Choices[p.Choice].Letter))
	}
	if len(letters) == 0 {
		return ""
	}
	return "reached by " + strings.Join(letters, ", ")
}

// First returns the first state in breadth-first order at places of a kind in a
// round, and whether there is one.
func (m *Machine) First(kind PlaceKind, round int) (i int, ok bool) {
	i = slices.IndexFunc(m.states, func(s state) bool { return s.place.Kind == kind && s.place.Round == round })
	return max(0, i), i >= 0
}

// NextRound returns where a choice leads: the index of a round, or
// negative as in [replay.Outcome].
func (m *Machine) NextRound(round, choice int) int { return m.g.next[round][choice] }

// ShowsWhatWorks reports whether a choice is a miss whose page shows the best
// choice's result and leads on.
func (m *Machine) ShowsWhatWorks(round, choice int) bool { return m.g.shown[round].Has(choice) }

// Cost returns the exact minutes that picking a choice costs the first time.
func (m *Machine) Cost(round, choice int) *big.Rat { return m.Scoring.Costs[round][choice] }

// BestPath returns the rounds met by always picking the best choice, in order.
func (m *Machine) BestPath() []int { return m.g.bestPath }

// offers reports whether pages of p offer the choices of p's round.
func (m *Machine) offers(p Place) bool {
	return p.Kind == Round || p.Kind == Outcome && m.g.retries(p.Round, p.Choice)
}

// Misses returns how many misses are on the trail of state i, and whether the
// detail knows.
func (m *Machine) Misses(i int) (misses int, known bool) {
	if m.Detail > ByRounds {
		return 0, false
	}
	for _, r := range m.states[i].memory {
		misses += m.Record(i, int(r.round)).Misses
	}
	return misses, true
}

// Reaches reports whether a reader at p may still come to a round.
func (m *Machine) Reaches(p Place, round int) bool {
	switch p.Kind {
	case Briefing:
		return m.g.leads(0, round)
	case Round:
		return m.g.leads(p.Round, round)
	case Outcome:
		return m.g.leads(m.g.next[p.Round][p.Choice], round)
	default:
		return false
	}
}

// Passed reports whether a reader at p has the round behind them on every way
// there, so that pages which know nothing of it may still say so.
func (m *Machine) Passed(p Place, round int) bool {
	return m.g.passed(m.g.entry(p), round)
}

// Extremes returns the debriefs with the least and with the most time on the
// clock, the first of several; ok is false if the replay has no debrief.
func (m *Machine) Extremes() (best, worst int, ok bool) {
	for i := range m.states {
		switch s := &m.states[i]; {
		case s.place.Kind != Debrief:
		case !ok:
			best, worst, ok = i, i, true
		case s.clock < m.states[best].clock:
			best = i
		case s.clock > m.states[worst].clock:
			worst = i
		}
	}
	return best, worst, ok
}

// ExactClock returns the exact minutes that have passed in state i, and whether
// the detail knows them.
func (m *Machine) ExactClock(i int) (minutes *big.Rat, known bool) {
	return big.NewRat(m.states[i].clock, m.Scoring.unit), m.Detail != ByNone
}

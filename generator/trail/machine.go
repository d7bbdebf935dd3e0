package trail

import (
	"math/big"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
)

// Len returns the number of states, which are numbered from 0 (the briefing) in
// breadth-first order.
func (m *Machine) Len() int { return len(m.states.all) }

// Place returns where the reader is in state i.
func (m *Machine) Place(i int) Place { return m.spot(i).Place }

// spot returns the place of state i, with where it leads.
func (m *Machine) spot(i int) *spot { return &m.g.spots[m.states.all[i].place] }

// Clock returns the incident minutes that have passed in state i, rounded half
// up, and whether the detail knows them.
func (m *Machine) Clock(i int) (minutes int, known bool) {
	return m.Scoring.minutes(m.Units(i)), m.Detail != ByNone
}

// Score returns the score in state i, 0 to 100, and whether the detail knows it.
func (m *Machine) Score(i int) (score int, known bool) {
	return m.Scoring.score(m.Units(i)), m.Detail != ByNone
}

// Tried returns which choices of the round being played were picked in state i.
// It is empty where no choices are offered.
func (m *Machine) Tried(i int) Picks {
	at := m.spot(i)
	if !at.offers {
		return 0
	}
	return Picks(m.Remembered(i, at.Round))
}

// Record returns what state i knows about a round. Of a round that can still be
// played it knows the picks, under every detail.
func (m *Machine) Record(i, round int) Record {
	v := m.Remembered(i, round)
	if m.spot(i).live.has(round) {
		return recordOf(ByPicks, m.g.graded[round], Picks(v))
	}
	return unpack(m.Detail, m.g.graded[round], v)
}

// Remembered returns what state i remembers of a round as a number. In states of
// one place, equal numbers mean equal picks and records of the round.
func (m *Machine) Remembered(i, round int) uint32 {
	return m.states.memories.get(m.states.all[i].memory, round)
}

// Units returns the exact clock of state i in units of the scoring: states with
// equal units have the same clock and score.
func (m *Machine) Units(i int) int64 { return m.states.all[i].clock }

// A Link is one choice as state offers it.
type Link struct {
	Choice int  // index into the round's choices
	Tried  bool // picked before
	To     int  // state of its outcome, or -1: tried and closed
}

// Links returns the choices offered in state i, in the order of the text; nil
// where none are.
func (m *Machine) Links(i int) []Link {
	if !m.spot(i).offers {
		return nil
	}
	tried := m.Tried(i)
	links := make([]Link, len(m.states.links(i)))
	for c, to := range m.states.links(i) {
		links[c] = Link{Choice: c, Tried: tried.Has(c), To: int(to)}
	}
	return links
}

// To returns the state of a choice's outcome in state i, or -1 where it is
// closed. State i must offer choices.
func (m *Machine) To(i, choice int) int { return int(m.states.links(i)[choice]) }

// Next returns the state that the one onward link of state i leads to; ok is
// false where choices are offered instead, and on the debrief.
func (m *Machine) Next(i int) (next int, ok bool) {
	links := m.states.links(i)
	if m.spot(i).offers || len(links) == 0 {
		return 0, false
	}
	return int(links[0]), true
}

// A Pick is a choice made on a path.
type Pick struct {
	Round, Choice int // indices
}

// Path returns the picks of a shortest path from the briefing to state i: the
// fewest pages, and among those the path whose choices come first.
func (m *Machine) Path(i int) []Pick {
	var picks []Pick
	for ; i != 0; i = int(m.states.from[i]) {
		if p := m.Place(i); p.Kind == Outcome {
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
	for i := range m.states.all {
		if p := m.spot(i); p.Kind == kind && p.Round == round {
			return i, true
		}
	}
	return 0, false
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

// Misses returns how many misses are on the trail of state i, and whether the
// detail knows.
func (m *Machine) Misses(i int) (misses int, known bool) {
	if m.Detail > ByRounds {
		return 0, false
	}
	live := m.spot(i).live
	for at := m.states.all[i].memory; at != 0; {
		r := m.states.memories[at]
		if m.Detail == ByPicks || live.has(int(r.round)) {
			misses += (Picks(r.value) & m.g.graded[r.round][replay.Miss]).Len()
		} else {
			n, _, _ := unpackCounts(r.value)
			misses += n
		}
		at = r.rest
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
	for i := range m.states.all {
		switch {
		case m.spot(i).Kind != Debrief:
		case !ok:
			best, worst, ok = i, i, true
		case m.Units(i) < m.Units(best):
			best = i
		case m.Units(i) > m.Units(worst):
			worst = i
		}
	}
	return best, worst, ok
}

// ExactClock returns the exact minutes that have passed in state i, and whether
// the detail knows them.
func (m *Machine) ExactClock(i int) (minutes *big.Rat, known bool) {
	return big.NewRat(m.Units(i), m.Scoring.unit), m.Detail != ByNone
}

package trail_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// A reader is the naive interpreter: it forgets nothing and merges nothing.
type reader struct {
	place trail.Place
	picks [8]trail.Picks // by round
}

// offers and after are the rules of the game, written down a second time.
func (p reader) offers(m *trail.Machine) bool {
	return p.place.Kind == trail.Round ||
		p.place.Kind == trail.Outcome && m.NextRound(p.place.Round, p.place.Choice) == p.place.Round
}

func (p reader) after(m *trail.Machine) (next []reader) {
	rounds := m.Replay.Rounds
	enter := func(i int) reader {
		switch {
		case i < 0:
			ending := 0
			if e, ok := replay.EndingOf(i); ok {
				ending = e + 1
			}
			return reader{trail.Place{Kind: trail.Debrief, Round: -1, Choice: ending}, p.picks}
		case rounds[i].Closing():
			return reader{trail.Place{Kind: trail.Closing, Round: i}, p.picks}
		}
		return reader{trail.Place{Kind: trail.Round, Round: i}, p.picks}
	}
	switch {
	case p.place.Kind == trail.Briefing:
		return []reader{enter(0)}
	case p.place.Kind == trail.Closing:
		return []reader{{trail.Place{Kind: trail.Debrief, Round: p.place.Round}, p.picks}}
	case p.place.Kind == trail.Debrief:
		return nil
	case !p.offers(m):
		return []reader{enter(m.NextRound(p.place.Round, p.place.Choice))}
	}
	i := p.place.Round
	for c := range rounds[i].Choices {
		to := reader{trail.Place{Kind: trail.Outcome, Round: i, Choice: c}, p.picks}
		if closed := p.picks[i].Has(c) && m.NextRound(i, c) == i; closed {
			to.place.Kind = -1
		}
		to.picks[i] = to.picks[i].With(c)
		next = append(next, to)
	}
	return next
}

// canPlay reports whether the reader may still make a choice in a round.
func (p reader) canPlay(m *trail.Machine, round int) bool {
	var todo []int
	switch p.place.Kind {
	case trail.Briefing:
		todo = []int{0}
	case trail.Round:
		todo = []int{p.place.Round}
	case trail.Outcome:
		todo = []int{m.NextRound(p.place.Round, p.place.Choice)}
	}
	seen := map[int]bool{}
	for len(todo) > 0 {
		i := todo[0]
		todo = todo[1:]
		if i < 0 || seen[i] {
			continue
		}
		seen[i] = true
		for c := range m.Replay.Rounds[i].Choices {
			todo = append(todo, m.NextRound(i, c))
		}
	}
	return seen[round] && len(m.Replay.Rounds[round].Choices) > 0
}

// clock adds up what was picked.
func (p reader) clock(m *trail.Machine) *big.Rat {
	sum := new(big.Rat)
	for i, round := range m.Replay.Rounds {
		for c := range round.Choices {
			if p.picks[i].Has(c) {
				sum.Add(sum, m.Cost(i, c))
			}
		}
	}
	return sum
}

// shown is all that a page says about the trail.
type shown struct {
	Place        trail.Place
	Clock, Score int
	Misses       int
	Records      string
	Tried        trail.Picks
	Links        string
}

func (p reader) shown(m *trail.Machine) shown {
	s := shown{Place: p.place}
	if m.Detail != trail.ByNone {
		s.Clock, s.Score = clockAndScore(m, p.clock(m))
	}
	for i, round := range m.Replay.Rounds {
		detail := m.Detail
		if p.canPlay(m, i) {
			detail = trail.ByPicks // a round that may be played again is remembered exactly
		}
		s.Records += fmt.Sprint(record(detail, round, p.picks[i]), ";")
		if m.Detail <= trail.ByRounds {
			for c, choice := range round.Choices {
				if p.picks[i].Has(c) && choice.Outcome.Grade == replay.Miss {
					s.Misses++
				}
			}
		}
	}
	if p.offers(m) {
		s.Tried = p.picks[p.place.Round]
		for c := range p.after(m) {
			closed := s.Tried.Has(c) && m.NextRound(p.place.Round, c) == p.place.Round
			s.Links += fmt.Sprint(c, s.Tried.Has(c), closed, ";")
		}
	}
	return s
}

// record says what detail d keeps of a round.
func record(d trail.Detail, round *replay.Round, picks trail.Picks) string {
	var count [3]int
	worst := "-"
	for c, choice := range round.Choices {
		if picks.Has(c) {
			count[choice.Outcome.Grade]++
		}
	}
	for g := replay.Best; g >= replay.Miss; g-- {
		if count[g] > 0 {
			worst = g.String()
		}
	}
	switch d {
	case trail.ByPicks:
		return fmt.Sprint(picks, worst, count)
	case trail.ByRounds:
		return fmt.Sprint(0, worst, count)
	case trail.ByGrades:
		return fmt.Sprint(0, worst)
	}
	return "0-"
}

// clockAndScore is the design's formula with exact fractions.
func clockAndScore(m *trail.Machine, clock *big.Rat) (minutes, score int) {
	half := big.NewRat(1, 2)
	floor := func(q *big.Rat) int {
		return int(new(big.Int).Div(q.Num(), q.Denom()).Int64())
	}
	minutes = floor(new(big.Rat).Add(clock, half))
	span := new(big.Rat).Sub(m.Scoring.Worst, m.Scoring.Optimal)
	left := new(big.Rat).Sub(m.Scoring.Worst, clock)
	if span.Sign() == 0 {
		if left.Sign() >= 0 {
			return minutes, 100
		}
		return minutes, 0
	}
	left.Quo(left.Mul(left, big.NewRat(100, 1)), span)
	return minutes, max(0, min(100, floor(left.Add(left, half))))
}

func merged(m *trail.Machine, i int) shown {
	s := shown{Place: m.Place(i), Tried: m.Tried(i)}
	if clock, known := m.Clock(i); known {
		s.Clock = clock
		s.Score, _ = m.Score(i)
	}
	s.Misses, _ = m.Misses(i)
	for r := range m.Replay.Rounds {
		rec := m.Record(i, r)
		worst := "-"
		if rec.Visited {
			worst = rec.Worst.String()
		}
		switch count := [3]int{rec.Misses, rec.Goods, rec.Bests}; {
		case rec.Detail == trail.ByPicks, rec.Detail == trail.ByRounds:
			s.Records += fmt.Sprint(rec.Picks, worst, count, ";")
		default:
			s.Records += fmt.Sprint(rec.Picks, worst, ";")
		}
	}
	for _, l := range m.Links(i) {
		s.Links += fmt.Sprint(l.Choice, l.Tried, l.To < 0, ";")
	}
	return s
}

// links returns where the links of state i lead, in order; -1 is closed.
func links(m *trail.Machine, i int) (to []int) {
	for _, l := range m.Links(i) {
		to = append(to, l.To)
	}
	if next, ok := m.Next(i); ok {
		to = append(to, next)
	}
	return to
}

// TestExact walks the unmerged and the merged machine side by side: at every
// step they show the same and offer the same links, in the same order.
func TestExact(t *testing.T) {
	rapid.Check(t, exact)
}

func FuzzExact(f *testing.F) { f.Fuzz(rapid.MakeFuzz(exact)) }

func exact(t *rapid.T) {
	r := anyReplay(t)
	for _, d := range trail.Details() {
		m := compile(t, r, d)
		type pair struct {
			naive reader
			state int
		}
		seen := map[pair]bool{}
		todo := []pair{{reader{place: trail.Place{Kind: trail.Briefing}}, 0}}
		for len(todo) > 0 && len(seen) < 5000 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if seen[at] {
				continue
			}
			seen[at] = true
			if diff := cmp.Diff(at.naive.shown(m), merged(m, at.state)); diff != "" {
				t.Fatalf("detail %s, state %s: the merged page differs (-naive +merged):\n%s", d, m.Name(at.state), diff)
			}
			naive, states := at.naive.after(m), links(m, at.state)
			if len(naive) != len(states) {
				t.Fatalf("detail %s, state %s: %d links, naively %d", d, m.Name(at.state), len(states), len(naive))
			}
			for i, next := range naive {
				if open := next.place.Kind >= 0; open != (states[i] >= 0) {
					t.Fatalf("detail %s, state %s: link %d open is %v, naively %v", d, m.Name(at.state), i, states[i] >= 0, open)
				} else if open {
					todo = append(todo, pair{next, states[i]})
				}
			}
		}
	}
}

// TestMinimal refines the partition of pages by (what they show, where their
// links lead) until it is stable: no two pages may end up together. What pages
// show counts the clock exactly: two pages that merely round alike are kept
// apart, since later pages need not.
func TestMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		for _, d := range trail.Details() {
			m := compile(t, r, d)
			class := make([]int, m.Len())
			classes := 0
			for {
				ids := map[string]int{}
				next := make([]int, m.Len())
				for i := range m.Len() {
					key := fmt.Sprint(class[i], merged(m, i), exactClock(m, i))
					for _, to := range links(m, i) {
						if to >= 0 {
							to = class[to]
						}
						key += fmt.Sprint(",", to)
					}
					if _, ok := ids[key]; !ok {
						ids[key] = len(ids)
					}
					next[i] = ids[key]
				}
				class = next
				if len(ids) == classes {
					break
				}
				classes = len(ids)
			}
			if classes != m.Len() {
				t.Fatalf("detail %s: %d pages, but only %d can be told apart", d, m.Len(), classes)
			}
		}
	})
}

// TestCount compares counting without enumerating with enumerating.
func TestCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		for _, d := range trail.Details() {
			m := compile(t, r, d)
			if n, ok := m.Count(d); !ok || n != m.Len() {
				t.Fatalf("detail %s: counted %d pages (%v), enumerated %d", d, n, ok, m.Len())
			}
		}
	})
}

// TestCountIsQuick counts a replay whose states nobody could enumerate.
func TestCountIsQuick(t *testing.T) {
	var list diag.List
	m := trail.Compile(straight(200, 10), trail.Options{MaxPages: trail.CountLimit}, &list)
	if n, ok := m.Count(trail.ByNone); !ok || n != 1+200*(1+9<<8+1)+2 {
		t.Errorf("200 rounds, detail none: %d pages (%v)", n, ok)
	}
	for _, d := range trail.Details()[:trail.ByNone] {
		if n, ok := m.Count(d); ok {
			t.Errorf("200 rounds, detail %s: %d pages, want more than the limit", d, n)
		}
	}
}

func exactClock(m *trail.Machine, i int) string {
	clock, known := m.ExactClock(i)
	if !known {
		return ""
	}
	return clock.RatString()
}

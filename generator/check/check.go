// Package check holds what can only be said of a whole replay: whether every
// reader reaches a debrief, whether every round is met, whether costs and times
// agree. Each check is a documented value in a flat list.
package check

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// A Check looks at one compiled replay and reports under its code.
type Check struct {
	Code diag.Code
	Doc  string // what it finds, in one sentence
	run  func(c Check, s *subject, list *diag.List)
}

// Checks lists the checks in the order in which they run.
func Checks() []Check {
	return []Check{
		{codeStuck, "A round from which no debrief can be reached.", stuck},
		{codeUnreachable, "A round that no choice leads to.", unreachable},
		{codeUnreachableEnding, "An ending that no choice leads to.", unreachableEnding},
		{codeBestTimes, "Best choices whose costs add up to something else than the optimal time.", bestTimes},
		{codeMissTimes, "Misses whose costs add up to something else than what separates worst from optimal.", missTimes},
	}
}

const (
	codeStuck             diag.Code = "stuck"
	codeUnreachable       diag.Code = "unreachable-round"
	codeUnreachableEnding diag.Code = "unreachable-ending"
	codeBestTimes         diag.Code = "best-costs"
	codeMissTimes         diag.Code = "miss-costs"
)

// Run runs every check over a machine.
func Run(m *trail.Machine, list *diag.List) {
	if len(m.Replay.Rounds) == 0 {
		return
	}
	s := newSubject(m)
	for _, c := range Checks() {
		c.run(c, s, list)
	}
}

// A subject is a machine, and what several checks ask of where its choices lead.
type subject struct {
	*trail.Machine
	met    []bool // by round: whether it can be met
	ended  []bool // by ending: likewise
	leaves []bool // by round: whether a debrief can be reached from it, be it that of an ending
}

func newSubject(m *trail.Machine) *subject {
	rounds := len(m.Replay.Rounds)
	s := &subject{m, make([]bool, rounds), make([]bool, len(m.Replay.Endings)), make([]bool, rounds)}
	s.meet(0)
	for grew := true; grew; {
		grew = false
		for i := range s.leaves {
			if !s.leaves[i] && s.canLeave(i) {
				s.leaves[i], grew = true, true
			}
		}
	}
	return s
}

// meet notes what can be met from a round on, or from an ending: see [replay.Outcome.Next].
func (s *subject) meet(next int) {
	if ending, ok := replay.EndingOf(next); ok {
		s.ended[ending] = true
	}
	if next < 0 || s.met[next] {
		return
	}
	s.met[next] = true
	for j := range s.Replay.Rounds[next].Choices {
		s.meet(s.NextRound(next, j))
	}
}

// canLeave reports whether a round ends the incident, or a choice of it does or
// leads to a round of which it is known that it can be left.
func (s *subject) canLeave(round int) bool {
	choices := s.Replay.Rounds[round].Choices
	for j := range choices {
		if next := s.NextRound(round, j); next < 0 || s.leaves[next] {
			return true
		}
	}
	return len(choices) == 0
}

// stuck proves that nobody gets stuck: choices that lead to another round stay
// open for ever, so a debrief that the graph reaches, every reader can reach.
func stuck(c Check, s *subject, list *diag.List) {
	for i, round := range s.Replay.Rounds {
		if s.leaves[i] || !s.met[i] || round.Best() == nil {
			continue // a round without a best choice has been reported as that
		}
		list.Errorf(c.Code, round.Span, "let a choice lead on, with `next=` in its outcome's heading or “Proceed to Round N.” in its result",
			"no debrief can be reached from Round %s%s: every choice leads back", round.Label, path(s.Machine, i))
	}
}

// path says how a round is reached, where that takes picks.
func path(m *trail.Machine, round int) string {
	if i, ok := m.First(trail.Round, round); ok && m.Reached(i) != "" {
		return ", " + m.Reached(i)
	}
	return ""
}

func unreachable(c Check, s *subject, list *diag.List) {
	for i, round := range s.Replay.Rounds {
		if !s.met[i] {
			list.Warnf(c.Code, round.Span, fmt.Sprintf("lead to it with `{next=%s}` in an outcome's heading, or remove it", round.Label),
				"nothing leads to Round %s", round.Label)
		}
	}
}

func unreachableEnding(c Check, s *subject, list *diag.List) {
	for i, ending := range s.Replay.Endings {
		if !s.ended[i] {
			list.Warnf(c.Code, ending.Span, fmt.Sprintf("lead to it with `{next=%q}` in an outcome's heading, or remove it", ending.Title),
				"nothing leads to the ending %q", ending.Title)
		}
	}
}

// bestTimes compares the costs on the best path with the optimal time. Shares
// add up by themselves, so only written costs can contradict.
func bestTimes(c Check, s *subject, list *diag.List) {
	sum := new(big.Rat)
	for _, i := range s.BestPath() {
		for j, choice := range s.Replay.Rounds[i].Choices {
			if choice == s.Replay.Rounds[i].Best() {
				sum.Add(sum, s.Cost(i, j))
			}
		}
	}
	if len(s.BestPath()) > 0 && sum.Cmp(s.Scoring.Optimal) != 0 {
		list.Warnf(c.Code, s.Replay.OptimalSpan, "change the costs of the best choices or the optimal time",
			"the best choices cost %s in all, but the optimal time is %s", minutes(sum), minutes(s.Scoring.Optimal))
	}
}

func missTimes(c Check, s *subject, list *diag.List) {
	sum, misses := new(big.Rat).Set(s.Scoring.Optimal), 0
	for i, round := range s.Replay.Rounds {
		for j, choice := range round.Choices {
			if choice.Outcome.Grade != replay.Miss {
				continue
			}
			misses++
			if choice.Outcome.Cost == nil {
				sum.Add(sum, s.Scoring.MissShare)
			} else {
				sum.Add(sum, s.Cost(i, j))
			}
		}
	}
	if misses > 0 && sum.Cmp(s.Scoring.Worst) != 0 {
		list.Warnf(c.Code, s.Replay.WorstSpan, "change the costs of the misses or the worst time",
			"every wrong choice and the best path take %s in all, but the worst time is %s", minutes(sum), minutes(s.Scoring.Worst))
	}
}

func minutes(q *big.Rat) string {
	if q.IsInt() {
		return q.RatString() + " min"
	}
	return strings.TrimRight(strings.TrimRight(q.FloatString(2), "0"), ".") + " min"
}

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
	run  func(c Check, m *trail.Machine, list *diag.List)
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
	for _, c := range Checks() {
		c.run(c, m, list)
	}
}

// reached returns what can be met from round start on, as in
// [replay.Outcome.Next], and whether that includes a debrief, be it that of an ending.
func reached(m *trail.Machine, start int) (met map[int]bool, debrief bool) {
	met = map[int]bool{}
	todo := []int{start}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if met[i] {
			continue
		}
		met[i] = true
		if i < 0 {
			debrief = true
			continue
		}
		round := m.Replay.Rounds[i]
		if round.Closing() {
			debrief = true
		}
		for j := range round.Choices {
			todo = append(todo, m.NextRound(i, j))
		}
	}
	return met, debrief
}

// stuck proves that nobody gets stuck: choices that lead to another round stay
// open for ever, so a debrief that the graph reaches, every reader can reach.
func stuck(c Check, m *trail.Machine, list *diag.List) {
	if len(m.Replay.Rounds) == 0 {
		return
	}
	met, _ := reached(m, 0)
	for i, round := range m.Replay.Rounds {
		if !met[i] || !round.Closing() && round.Best() == nil {
			continue // a round without a best choice has been reported as that
		}
		if _, debrief := reached(m, i); !debrief {
			list.Errorf(c.Code, round.Span, "let a choice lead on, with `next=` in its outcome's heading or “Proceed to Round N.” in its result",
				"no debrief can be reached from Round %s%s: every choice leads back", round.Label, path(m, i))
		}
	}
}

// path says how a round is reached, where that takes picks.
func path(m *trail.Machine, round int) string {
	if i, ok := m.First(trail.Round, round); ok && m.Reached(i) != "" {
		return ", " + m.Reached(i)
	}
	return ""
}

func unreachable(c Check, m *trail.Machine, list *diag.List) {
	if len(m.Replay.Rounds) == 0 {
		return
	}
	met, _ := reached(m, 0)
	for i, round := range m.Replay.Rounds {
		if !met[i] {
			list.Warnf(c.Code, round.Span, fmt.Sprintf("lead to it with `{next=%s}` in an outcome's heading, or remove it", round.Label),
				"nothing leads to Round %s", round.Label)
		}
	}
}

func unreachableEnding(c Check, m *trail.Machine, list *diag.List) {
	if len(m.Replay.Rounds) == 0 {
		return
	}
	met, _ := reached(m, 0)
	for i, ending := range m.Replay.Endings {
		if !met[replay.NextEnding(i)] {
			list.Warnf(c.Code, ending.Span, fmt.Sprintf("lead to it with `{next=%q}` in an outcome's heading, or remove it", ending.Title),
				"nothing leads to the ending %q", ending.Title)
		}
	}
}

// bestTimes compares the costs on the best path with the optimal time. Shares
// add up by themselves, so only written costs can contradict.
func bestTimes(c Check, m *trail.Machine, list *diag.List) {
	sum := new(big.Rat)
	for _, i := range m.BestPath() {
		for j, choice := range m.Replay.Rounds[i].Choices {
			if choice == m.Replay.Rounds[i].Best() {
				sum.Add(sum, m.Cost(i, j))
			}
		}
	}
	if len(m.BestPath()) > 0 && sum.Cmp(m.Scoring.Optimal) != 0 {
		list.Warnf(c.Code, m.Replay.OptimalSpan, "change the costs of the best choices or the optimal time",
			"the best choices cost %s in all, but the optimal time is %s", minutes(sum), minutes(m.Scoring.Optimal))
	}
}

func missTimes(c Check, m *trail.Machine, list *diag.List) {
	sum, misses := new(big.Rat).Set(m.Scoring.Optimal), 0
	for i, round := range m.Replay.Rounds {
		for j, choice := range round.Choices {
			if choice.Outcome.Grade != replay.Miss {
				continue
			}
			misses++
			if choice.Outcome.Cost == nil {
				sum.Add(sum, m.Scoring.MissShare)
			} else {
				sum.Add(sum, m.Cost(i, j))
			}
		}
	}
	if misses > 0 && sum.Cmp(m.Scoring.Worst) != 0 {
		list.Warnf(c.Code, m.Replay.WorstSpan, "change the costs of the misses or the worst time",
			"every wrong choice and the best path take %s in all, but the worst time is %s", minutes(sum), minutes(m.Scoring.Worst))
	}
}

func minutes(q *big.Rat) string {
	if q.IsInt() {
		return q.RatString() + " min"
	}
	return strings.TrimRight(strings.TrimRight(q.FloatString(2), "0"), ".") + " min"
}

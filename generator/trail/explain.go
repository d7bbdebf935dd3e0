package trail

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

// maxFactors is how many reasons for many pages are named.
const maxFactors = 5

// a factor is one thing that multiplies pages.
type factor struct {
	size int
	why  diag.Related
}

// reportTooMany says what an explicit detail and the coarser ones would cost,
// and what multiplies the pages, largest factor first.
func (m *Machine) reportTooMany(d Detail, limit int, list *diag.List) {
	var costs []string
	for _, coarser := range Details()[d:] {
		text := fmt.Sprintf("%s over %d", coarser, CountLimit)
		if n, ok := m.Count(coarser); ok {
			text = fmt.Sprintf("%s %d", coarser, n)
		}
		costs = append(costs, text)
	}
	hint := "choose a coarser detail, or `detail: auto`"
	if _, finite := m.Count(ByNone); d == ByNone || !finite {
		hint = "let fewer choices lead back to their round, or none, with `on_miss: continue`"
	}
	if _, finite := m.Count(d); finite {
		hint += "; or raise `trail.max_pages` in site.yaml"
	}
	var why []diag.Related
	for _, f := range m.factors(d) {
		why = append(why, f.why)
	}
	list.Add(diag.Diagnostic{
		Code: codeTooManyPages, Severity: diag.Error, Span: m.Replay.TitleSpan,
		Message: fmt.Sprintf("detail %s needs more than the %d pages allowed (pages needed: %s)", d, limit, strings.Join(costs, ", ")),
		Hint:    hint,
		Related: why,
	})
}

// factors lists what multiplies the pages under detail d, largest first.
func (m *Machine) factors(d Detail) (all []factor) {
	w := newWalk(m.g, d, 0)
	for i, round := range m.Replay.Rounds {
		if round.Closing() {
			continue
		}
		f := factor{why: diag.Related{Span: round.Span}}
		if by, back := m.g.leadsBack(i); back {
			f.size = 1 << len(round.Choices)
			f.why.Message = fmt.Sprintf("Round %s remembers up to %d sets of tried choices because Round %s leads back to it, line %d",
				round.Label, f.size, m.Replay.Rounds[by].Label, m.Replay.Rounds[by].Span.Position().Line)
		} else {
			f.size = w.waysRemembered(i)
			f.why.Message = fmt.Sprintf("Round %s is remembered in %d ways: %s", round.Label, f.size, d.Means())
		}
		if k := m.g.retryCount(i); d >= ByTotal && f.size == 1 && k > 0 && k < 21 {
			f.size = pagesWithin(k, CountLimit)
			f.why.Message = fmt.Sprintf("Round %s has %d pages of its own: %d choices lead back to it", round.Label, f.size, k)
		}
		all = append(all, f)
	}
	if n := m.clockValues(d); n > 1 {
		all = append(all, factor{n, diag.Related{Span: m.Replay.TitleSpan, Message: fmt.Sprintf("unequal costs give %d clock values", n)}})
	}
	all = slices.DeleteFunc(all, func(f factor) bool { return f.size < 2 })
	slices.SortStableFunc(all, func(a, b factor) int { return cmp.Compare(b.size, a.size) })
	return all[:min(len(all), maxFactors)]
}

// leadsBack returns a round from which a choice leads back to round after it was left.
func (g *graph) leadsBack(round int) (by int, back bool) {
	for i := range g.next {
		if i == round || g.once(round) || !g.reach[round].has(i) {
			continue
		}
		if slices.Contains(g.next[i], round) {
			return i, true
		}
	}
	return 0, false
}

// waysRemembered counts the distinct records that a visit to a round can leave.
func (w *walk) waysRemembered(round int) int {
	records := map[uint32]bool{}
	at := &w.g.spots[w.g.entrances[round]]
	for choice, way := range at.ways {
		if way.again {
			continue
		}
		for _, e := range w.effectsOf(at, choice, CountLimit) {
			records[e.record] = true
		}
	}
	return len(records)
}

// clockValues counts the clock values at the debrief where misses cost unequal
// minutes; it is 0 where they do not, or where there are too many to count.
func (m *Machine) clockValues(d Detail) int {
	costs := map[int64]bool{}
	for i, grades := range m.g.grades {
		for j, grade := range grades {
			if grade == replay.Miss {
				costs[m.Scoring.units[i][j]] = true
			}
		}
	}
	if len(costs) < 2 || d == ByNone {
		return 0
	}
	stats, err := m.Stats(nil)
	if err != nil {
		return 0
	}
	return len(stats.Ends)
}

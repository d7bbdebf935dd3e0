package trail

import "github.com/replaygen/replaygen/generator/replay"

// exceeds reports whether detail d certainly needs more than limit pages. It
// looks at one way to each round that passes no round twice: the best path, and
// the shortest from there. What was tried on such a way, or what is kept of it,
// can be chosen round by round, so that there are at least as many ways to enter
// the round as the product says, whatever the clock.
func (m *Machine) exceeds(d Detail, limit int) bool {
	pages := 0
	todo, before := m.entries()
	for ; len(todo) > 0; todo = todo[1:] {
		round := todo[0]
		ways := 1
		for to, from := round, before[round]; from >= 0 && ways <= limit; to, from = from, before[from] {
			ways *= m.waysToLeave(d, from, to, m.g.reach[round].has(from), limit)
		}
		pages += min(ways, limit+1) * min(pagesWithin(m.g.retryCount(round), limit), limit+1)
		if pages > limit {
			return true
		}
	}
	return false
}

// entries lists the rounds that can be reached, and by which round each is
// entered on the way that exceeds looks at; -1 is the briefing.
func (m *Machine) entries() (rounds []int, before map[int]int) {
	before = map[int]int{}
	enter := func(round, from int) {
		if _, known := before[round]; !known && round >= 0 {
			before[round] = from
			rounds = append(rounds, round)
		}
	}
	from := -1
	for _, round := range m.g.bestPath {
		enter(round, from)
		from = round
	}
	if len(m.g.next) > 0 {
		enter(0, -1)
	}
	for i := 0; i < len(rounds); i++ {
		for _, next := range m.g.next[rounds[i]] {
			enter(next, rounds[i])
		}
	}
	return rounds, before
}

// waysToLeave is how many memories a first visit to a round that leads on to
// another can at least leave. While the round is live they are sets of choices.
func (m *Machine) waysToLeave(d Detail, round, next int, live bool, limit int) int {
	var retries [3]int // by grade: choices that can be tried before
	var onward [3]int  // by grade: choices that lead there
	for c, to := range m.g.next[round] {
		switch to {
		case round:
			retries[m.g.grades[round][c]]++
		case next:
			onward[m.g.grades[round][c]]++
		}
	}
	switch {
	case live || d == ByPicks:
		k := retries[0] + retries[1] + retries[2]
		if k > 20 {
			return limit + 1
		}
		return (onward[0] + onward[1] + onward[2]) << k
	case d == ByRounds:
		// How many of each grade were tried; every further grade of the last adds one.
		return (retries[0]+1)*(retries[1]+1)*(retries[2]+1) + present(onward) - 1
	case d == ByGrades:
		return present(worstGrades(retries, onward))
	}
	return 1
}

// worstGrades marks the grades that can be the worst of one choice that leads
// on and any that were tried before.
func worstGrades(retries, onward [3]int) (worst [3]int) {
	for last, n := range onward {
		if n == 0 {
			continue
		}
		worst[last] = 1
		for g := range replay.Grade(last) {
			if retries[g] > 0 {
				worst[g] = 1
			}
		}
	}
	return worst
}

// present counts the grades of which there is one.
func present(counts [3]int) (n int) {
	for _, count := range counts {
		if count > 0 {
			n++
		}
	}
	return n
}

package trail

import (
	"slices"

	"github.com/replaygen/replaygen/generator/replay"
)

// leaving are the ways to leave a round that was entered with nothing tried.
type leaving struct {
	exits []exit
	chances
}

// an exit is a choice with which a round is left, and what all picks in it cost.
type exit struct {
	choice int
	clock  int64
}

// leavable reports whether a round that is entered once can be left, and its
// best choice leaves it. Then the choices that lead back are all alike to a
// responder, and what happens in the round can be said in closed form.
func (c *chain) leavable(at *spot) bool {
	left := false
	for choice, way := range at.ways {
		if way.again && c.g.grades[at.Round][choice] == replay.Best {
			return false
		}
		left = left || !way.again
	}
	return left
}

// leavingOf returns the ways to leave the round at a place.
func (c *chain) leavingOf(at *spot) *leaving {
	grades := c.g.grades[at.Round]
	sets, counts := at.retried()
	turns, whole := c.odds.turns(len(grades), sets[len(sets)-1].picked, slices.Contains(grades, replay.Best))
	exits := newPool[exit](0)
	l := &leaving{chances: chances{whole: whole}}
	for choice, way := range at.ways {
		if way.again {
			continue
		}
		for i, set := range sets {
			n, isNew := exits.number(exit{choice, set.clock + way.cost})
			if isNew {
				l.of, l.ways = append(l.of, natural{}), append(l.ways, natural{})
			}
			turn := &turns[set.picked]
			chance := turn.other
			if grades[choice] == replay.Best {
				chance = turn.best
			}
			l.of[n] = l.of[n].plus(chance.times(counts[i]))
			l.ways[n] = l.ways[n].plus(turn.orders.times(counts[i]))
		}
	}
	l.exits = exits.all
	return l
}

// tries is a number of choices that led back, and what they cost in all.
type tries struct {
	picked int
	clock  int64
}

// retried returns what of the choices of a round that lead back to it can have
// been picked before it is left, and each in how many sets; all of them are the last.
func (at *spot) retried() (all []tries, counts []natural) {
	sets := newPool[tries](0)
	sets.number(tries{})
	counts = []natural{{word: 1}}
	for _, way := range at.ways {
		if !way.again {
			continue
		}
		for j, count := range slices.Clone(counts) {
			set := sets.all[j]
			n, isNew := sets.number(tries{set.picked + 1, set.clock + way.cost})
			if isNew {
				counts = append(counts, natural{})
			}
			counts[n] = counts[n].plus(count)
		}
	}
	return sets.all, counts
}

package specimen

import (
	"maps"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// A shape is what decides how many pages a replay has.
type shape struct {
	rounds []roundShape
	// written is whether every cost is given in minutes. If not, none is, and
	// costs count half shares of a miss beyond the best step.
	written bool
	detail  detail
}

// A roundShape is a decision: misses that lead back to it, and ways out of it.
type roundShape struct {
	retries []int // what each miss costs that leads back
	exits   []exit
}

// An exit is a way out of a round: the best choice, which comes first, a good
// one that leads onward too, or a miss that leads to the replay's ending.
type exit struct {
	cost int
	ends bool
}

// detail is how exactly later pages remember; see content/README.md.
type detail int

const (
	byPicks detail = iota
	byRounds
	byGrades
	byTotal
	byNone
	auto // the finest that fits, which is the default
)

// String returns the word of the front matter.
func (d detail) String() string {
	return [...]string{"picks", "rounds", "grades", "total", "none", "auto"}[d]
}

// chooseShape draws shapes until one has about the wanted number of pages, and
// settles for the nearest of many otherwise.
func (l Library) chooseShape(rng *rand.Rand) shape {
	const closeEnough = 0.05
	attempts := 2000 // of which one in 120 is close enough for 200 pages, and more for other numbers
	if l.Rounds != 0 || l.Choices != 0 {
		attempts = 200 // what little there is to choose has been seen by then
	}
	var nearest shape
	distance := math.Inf(1)
	for range attempts {
		s := l.drawShape(rng)
		pages := s.pages(l.maxPages())
		if pages > l.maxPages() {
			continue
		}
		if d := math.Abs(float64(pages)/float64(l.Pages) - 1); d < distance {
			nearest, distance = s, d
		}
		if distance <= closeEnough {
			return nearest
		}
	}
	if nearest.rounds == nil {
		nearest = l.drawShape(rng)
		nearest.detail = byNone // which fits, see maxPages
	}
	return nearest
}

// drawShape draws any shape that the library allows.
func (l Library) drawShape(rng *rand.Rand) shape {
	s := shape{written: rng.IntN(4) > 0, detail: auto}
	if rng.IntN(3) == 0 {
		s.detail = detail(rng.IntN(int(auto)))
	}
	costs := drawCosts(rng, s.written)
	rounds, choices := l.Rounds, 3+rng.IntN(3)
	if rounds == 0 {
		rounds = 2 + rng.IntN(6)
	}
	for range rounds {
		n := choices - rng.IntN(2)
		if l.Choices != 0 {
			n = l.Choices
		}
		s.rounds = append(s.rounds, drawRound(rng, n, s.written, costs))
	}
	if r := &s.rounds[rng.IntN(rounds)]; rng.IntN(6) == 0 && len(r.retries) > 1 {
		r.exits = append(r.exits, exit{cost: r.retries[0], ends: true})
		r.retries = r.retries[1:]
	}
	return s
}

// drawCosts returns what misses may cost. The fewer different sums there are,
// the fewer pages.
func drawCosts(rng *rand.Rand, written bool) []int {
	if !written {
		return []int{2}
	}
	sets := [...][]int{{5}, {10}, {5, 10}, {4, 8}, {5, 10, 15}, {6, 9}, {3, 5, 8}}
	return sets[rng.IntN(len(sets))]
}

func drawRound(rng *rand.Rand, choices int, written bool, costs []int) roundShape {
	best := exit{}
	if written {
		best.cost = 2 + rng.IntN(4)
	}
	r := roundShape{exits: []exit{best}}
	for range choices - 1 {
		r.retries = append(r.retries, costs[rng.IntN(len(costs))])
	}
	if len(r.retries) > 1 && rng.IntN(5) == 0 {
		r.exits = append(r.exits, exit{cost: best.cost + (r.retries[0]+1)/2})
		r.retries = r.retries[1:]
	}
	return r
}

// pages returns how many pages the shape has, on a site that allows limit; more
// than limit means too many, under auto under every detail.
func (s shape) pages(limit int) int {
	if s.detail != auto {
		return s.count(s.detail, limit)
	}
	for d := byPicks; d < byNone; d++ {
		if n := s.count(d, limit); n <= limit {
			return n
		}
	}
	return s.count(byNone, limit)
}

// A summary is what pages after a round still know of a path. Equal knowledge
// has equal numbers; a collision would merely make a count a little less exact.
type summary struct {
	known uint64
	clock int
}

// count counts the pages under a detail, and stops where it sees that they
// exceed limit. It is the formula of generator/ARCHITECTURE.md for rounds that
// are not alike: a round has, for every summary before it, its fresh page and
// the pages of its retries with any of the other retries tried, and for every
// summary after it an outcome.
func (s shape) count(d detail, limit int) int {
	pages := 1 // the briefing
	before := map[summary]bool{{}: true}
	for _, r := range s.rounds {
		k := len(r.retries)
		pages += len(before) * (1 + k<<k/2)
		var onward map[summary]bool
		for i, e := range r.exits {
			if pages+len(before)*r.kinds(d) > limit {
				return limit + 1
			}
			after := leave(before, r.ways(d, i))
			pages += len(after)
			switch {
			case e.ends:
				pages += len(after) // the ending's debrief
			case onward == nil:
				onward = after
			default:
				maps.Copy(onward, after)
			}
		}
		before = onward
	}
	return pages + 2*len(before) // the closing round and the debrief
}

// kinds returns in how many ways, at least, a detail tells apart the paths
// through a round to one of its exits, so that as many times more is known behind it.
func (r roundShape) kinds(d detail) int {
	switch d {
	case byPicks:
		return 1 << len(r.retries)
	case byRounds:
		return 1 + len(r.retries)
	}
	return 1
}

// leave returns what is known behind a round, given what was known before it
// and what the round adds.
func leave(before, ways map[summary]bool) map[summary]bool {
	after := make(map[summary]bool, len(before))
	for b := range before {
		for w := range ways {
			const spread = 0x9e3779b97f4a7c15 // an odd number near 2^64 / golden ratio
			after[summary{known: (b.known + w.known) * spread, clock: b.clock + w.clock}] = true
		}
	}
	return after
}

// ways returns what a round adds to the knowledge of those who leave it by one
// of its exits, after any of its retries. Every detail but none knows the clock.
func (r roundShape) ways(d detail, exit int) map[summary]bool {
	ways := map[summary]bool{}
	for picks := range 1 << len(r.retries) {
		w := summary{clock: r.exits[exit].cost}
		for i, c := range r.retries {
			if picks>>i&1 == 1 {
				w.clock += c
			}
		}
		switch d {
		case byPicks:
			w.known = uint64(picks)<<8 | uint64(exit)
		case byRounds:
			w.known = uint64(bits.OnesCount(uint(picks)))<<8 | uint64(exit)
		case byGrades:
			w.known = uint64(exit)
			if picks > 0 || r.exits[exit].ends {
				w.known = 1 << 8 // some miss
			}
		case byNone:
			w.clock = 0
		}
		ways[w] = true
	}
	return ways
}

// ended reports whether the replay has an ending.
func (s shape) ended() bool {
	return slices.ContainsFunc(s.rounds, func(r roundShape) bool {
		return slices.ContainsFunc(r.exits, func(e exit) bool { return e.ends })
	})
}

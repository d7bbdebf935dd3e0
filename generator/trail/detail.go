package trail

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
)

// Detail is how much pages after a round still know about it. Every detail
// but [ByNone] also knows the clock.
type Detail int

// The details, finest first.
const (
	ByPicks  Detail = iota // exactly which choices were tried
	ByRounds               // how many misses, and whether good or best followed
	ByGrades               // the worst grade picked, and the running total
	ByTotal                // only the running total
	ByNone                 // nothing
)

// Details lists every detail, finest first.
func Details() []Detail { return []Detail{ByPicks, ByRounds, ByGrades, ByTotal, ByNone} }

var detailNames = [...]string{"picks", "rounds", "grades", "total", "none"}

// String returns the name that authors write.
func (d Detail) String() string { return detailNames[d] }

// Means says in a few words what pages after a round still know.
func (d Detail) Means() string {
	return [...]string{
		"exactly which choices were tried",
		"how many misses each round took",
		"whether each round was clean, and the running total",
		"only the running total",
		"nothing about earlier rounds",
	}[d]
}

// ParseDetail returns the detail called name. The empty name and "auto" are no
// detail: ok is false and err nil.
func ParseDetail(name string) (d Detail, ok bool, err error) {
	if name == "" || name == "auto" {
		return 0, false, nil
	}
	for i, n := range detailNames {
		if n == name {
			return Detail(i), true, nil
		}
	}
	return 0, false, fmt.Errorf("unknown detail %q: use auto, %s", name, strings.Join(detailNames[:], ", "))
}

// Picks is a set of choices of one round; bit i stands for the i-th choice.
type Picks uint32

// Has reports whether choice i is in the set.
func (p Picks) Has(i int) bool { return p>>i&1 == 1 }

// With returns the set with choice i added.
func (p Picks) With(i int) Picks { return p | 1<<i }

// Len returns the number of choices in the set.
func (p Picks) Len() int { return bits.OnesCount32(uint32(p)) }

// A Record is what a page knows about one round under the machine's detail.
// It is comparable: pages with equal records say the same about the round.
type Record struct {
	Detail  Detail
	Visited bool         // some choice was picked; always false under ByTotal and ByNone
	Picks   Picks        // under ByPicks, and for the round being played
	Misses  int          // under ByPicks and ByRounds
	Goods   int          // under ByPicks and ByRounds
	Bests   int          // under ByPicks and ByRounds
	Worst   replay.Grade // worst grade picked, if Visited
}

// Exact reports whether the record tells exactly which choices were picked.
func (r Record) Exact() bool { return r.Detail == ByPicks }

// gradedPicks are the choices of a round by grade.
type gradedPicks [replay.Best + 1]Picks

func byGrade(grades []replay.Grade) (g gradedPicks) {
	for i, grade := range grades {
		g[grade] = g[grade].With(i)
	}
	return g
}

// recordOf condenses the picks of a round to what detail d keeps of them.
func recordOf(d Detail, graded gradedPicks, picks Picks) Record {
	rec := Record{Detail: d}
	if d >= ByTotal || picks == 0 {
		return rec
	}
	misses, goods, bests := (picks & graded[replay.Miss]).Len(), (picks & graded[replay.Good]).Len(), (picks & graded[replay.Best]).Len()
	rec.Visited, rec.Worst = true, worst(misses, goods)
	if d == ByPicks {
		rec.Picks = picks
	}
	if d <= ByRounds {
		rec.Misses, rec.Goods, rec.Bests = misses, goods, bests
	}
	return rec
}

// worst returns the worst grade of some picks, of which so many are misses and good.
func worst(misses, goods int) replay.Grade {
	switch {
	case misses > 0:
		return replay.Miss
	case goods > 0:
		return replay.Good
	}
	return replay.Best
}

// pack encodes what a record distinguishes in 32 bits; 0 is "not visited".
func (r Record) pack() uint32 {
	switch {
	case !r.Visited:
		return 0
	case r.Detail == ByPicks:
		return uint32(r.Picks)
	case r.Detail == ByRounds:
		return 1<<31 | uint32(r.Misses)<<16 | uint32(r.Goods)<<8 | uint32(r.Bests)
	default:
		return uint32(r.Worst) + 1
	}
}

// unpack is the inverse of pack under detail d.
func unpack(d Detail, graded gradedPicks, v uint32) Record {
	switch {
	case v == 0 || d >= ByTotal:
		return Record{Detail: d}
	case d == ByPicks:
		return recordOf(d, graded, Picks(v))
	case d == ByRounds:
		misses, goods, bests := unpackCounts(v)
		return Record{Detail: d, Visited: true, Misses: misses, Goods: goods, Bests: bests, Worst: worst(misses, goods)}
	default:
		return Record{Detail: d, Visited: true, Worst: unpackGrade(v)}
	}
}

// unpackCounts returns what [ByRounds] packs.
func unpackCounts(v uint32) (misses, goods, bests int) {
	return int(v >> 16 & 0xff), int(v >> 8 & 0xff), int(v & 0xff)
}

// unpackGrade returns what [ByGrades] packs.
func unpackGrade(v uint32) (worst replay.Grade) { return replay.Grade(v - 1) }

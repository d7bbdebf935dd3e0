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

// recordOf condenses the picks of a round to what detail d keeps of them.
func recordOf(d Detail, grades []replay.Grade, picks Picks) Record {
	rec := Record{Detail: d}
	if d >= ByTotal || picks == 0 {
		return rec
	}
	rec.Visited, rec.Worst = true, replay.Best
	var count [3]int
	for i, g := range grades {
		if picks.Has(i) {
			count[g]++
			rec.Worst = min(rec.Worst, g)
		}
	}
	switch d {
	case ByPicks:
		rec.Picks = picks
		fallthrough
	case ByRounds:
		rec.Misses, rec.Goods, rec.Bests = count[replay.Miss], count[replay.Good], count[replay.Best]
	}
	return rec
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
func unpack(d Detail, grades []replay.Grade, v uint32) Record {
	switch {
	case v == 0 || d >= ByTotal:
		return Record{Detail: d}
	case d == ByPicks:
		return recordOf(d, grades, Picks(v))
	case d == ByRounds:
		rec := Record{Detail: d, Visited: true, Misses: int(v >> 16 & 0xff), Goods: int(v >> 8 & 0xff), Bests: int(v & 0xff), Worst: replay.Best}
		if rec.Misses > 0 {
			rec.Worst = replay.Miss
		} else if rec.Goods > 0 {
			rec.Worst = replay.Good
		}
		return rec
	default:
		return Record{Detail: d, Visited: true, Worst: replay.Grade(v - 1)}
	}
}

package site

import (
	"strings"

	"github.com/replaygen/replaygen/generator/trail"
)

// A moment is the clock and the misses so far, as far as the detail knows them, with
// what pages say of them. There are few, however many states there are.
type moment struct {
	id        uint64      // counts moments
	standings []*standing // nil until told, see [toldAt]
}

type momentKey struct {
	clock  int64 // see [trail.Machine.Units]
	misses int   // 0 where they are not known
}

func (p *Replay) momentKey(i int) momentKey {
	misses, _ := p.machine.Misses(i)
	return momentKey{p.machine.Units(i), misses}
}

// A standing says how the reader stands.
type standing struct {
	text  []byte // escaped for HTML
	apart bool   // whether it holds an isolate
}

// isolate is the character by which a text that it is in gets put into others in
// another way; see [words.Table].
const isolate = "\u2068"

// Where a standing is told: on the way, at a debrief, at the endings.
const (
	toldOpen = iota
	toldResolved
	toldEnded // and one more for every further ending
)

func toldAt(place trail.Place) int {
	ending, ended := place.Ending()
	switch {
	case ended:
		return toldEnded + ending
	case place.Kind == trail.Debrief:
		return toldResolved
	default:
		return toldOpen
	}
}

// moment returns the moment of state i, with the standing that its scene tells.
func (p *Replay) moment(sc *scene, i int) *moment {
	key := p.momentKey(i)
	now := p.moments[key]
	if now == nil {
		now = &moment{id: uint64(len(p.moments)), standings: make([]*standing, toldEnded+len(p.view.Endings))}
		p.moments[key] = now
	}
	if now.standings[sc.told] == nil {
		text := p.standing(sc.place, i)
		now.standings[sc.told] = &standing{text: []byte(escape(text)), apart: strings.Contains(text, isolate)}
	}
	return now
}

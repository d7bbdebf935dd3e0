package trail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
)

// maxName bounds the length of a page's name: file systems stop at 255 bytes.
const maxName = 120

// Name returns the name of state i's file within the replay's folder, without
// its extension: the place, then what is remembered, in lower case. It depends
// on nothing but the state, so that a published link keeps its meaning.
//
//	round-2            nothing happened yet
//	outcome-2c.1-b.2-ac   detail picks: B in round 1; A tried before C
//	round-3.1-2x.2-0x     detail rounds: two misses, then none
//	debrief-4.23m1of3     detail total: 23 1/3 minutes
//
// A name that would be too long ends in a hash of what it would have said.
func (m *Machine) Name(i int) string { return string(m.AppendName(nil, i)) }

// AppendName appends the name of state i's file to buf; see [Machine.Name].
func (m *Machine) AppendName(buf []byte, i int) []byte {
	begin := len(buf)
	buf = append(buf, m.parts.places[m.states.all[i].place]...)
	behind := len(buf)
	buf = m.appendSuffix(append(buf, '.'), i, m.parts.lower)
	suffix := buf[behind+1:]
	switch {
	case len(suffix) == 0:
		return buf[:behind]
	case len(buf)-begin > maxName:
		sum := sha256.Sum256(suffix)
		return hex.AppendEncode(append(buf[:behind], ".h"...), sum[:10])
	}
	return buf
}

// Trail returns what state i remembers in the form that URLs carry: the part of
// the page's name behind the place, with letters in capitals, or "start".
func (m *Machine) Trail(i int) string { return string(m.AppendTrail(nil, i)) }

// AppendTrail appends what state i remembers to buf; see [Machine.Trail].
func (m *Machine) AppendTrail(buf []byte, i int) []byte {
	begin := len(buf)
	if buf = m.appendSuffix(buf, i, m.parts.letters); len(buf) == begin {
		return append(buf, start...)
	}
	return buf
}

// PlaceID returns the identifier of a place that pages carry for tests and
// tools: briefing, round-1, outcome-1A, closing-4, debrief.
func (m *Machine) PlaceID(p Place) string {
	switch p.Kind {
	case Briefing:
		return "briefing"
	case Round:
		return "round-" + m.Replay.Rounds[p.Round].Label
	case Outcome:
		round := m.Replay.Rounds[p.Round]
		return fmt.Sprintf("outcome-%s%c", round.Label, round.Choices[p.Choice].Letter)
	case Closing:
		return "closing-" + m.Replay.Rounds[p.Round].Label
	default:
		return "debrief"
	}
}

// placeName is the place's part of a file name. Unlike PlaceID it tells the
// debriefs of different endings apart, and is the same in any letter case.
func (m *Machine) placeName(p Place) string {
	switch p.Kind {
	case Briefing:
		return "index"
	case Outcome:
		letter := m.Replay.Rounds[p.Round].Choices[p.Choice].Letter
		return "outcome-" + m.labelName(p.Round) + strings.ToLower(string(letter))
	case Debrief:
		if ending, ok := p.Ending(); ok {
			return "ending-" + words(m.Replay.Endings[ending].Title)
		}
		if p.Round < 0 {
			return "debrief"
		}
		return "debrief-" + m.labelName(p.Round)
	case Closing:
		return "closing-" + m.labelName(p.Round)
	default:
		return "round-" + m.labelName(p.Round)
	}
}

// words reduces a title to what names are made of. The parser refuses endings
// whose titles would become equal here.
func words(title string) string {
	name := replay.Slugify(title)
	if name == "" {
		sum := sha256.Sum256([]byte(title))
		return "h" + hex.EncodeToString(sum[:5])
	}
	return name
}

var labelSeparators = strings.NewReplacer(".", "-", "_", "-")

// labelName is a round's label as names use it: dots part the pieces of a name.
// The parser refuses labels that would become equal here.
func (m *Machine) labelName(round int) string {
	return strings.ToLower(labelSeparators.Replace(m.Replay.Rounds[round].Label))
}

// nameParts are the pieces that names and trails are put together from.
type nameParts struct {
	places []string // by number of a spot
	labels []string // by round, with the dash behind
	// The letters of choices, by round: as trails and as names write them.
	letters, lower []string
}

func newNameParts(m *Machine) (p nameParts) {
	for _, at := range m.g.spots {
		p.places = append(p.places, m.placeName(at.Place))
	}
	for i, round := range m.Replay.Rounds {
		var letters []byte
		for _, c := range round.Choices {
			letters = append(letters, c.Letter)
		}
		p.labels = append(p.labels, m.labelName(i)+"-")
		p.letters = append(p.letters, string(letters))
		p.lower = append(p.lower, strings.ToLower(string(letters)))
	}
	return p
}

// appendSuffix writes down what state i remembers, choices by these letters: a
// piece a round, then the clock where the pieces do not tell it, joined by dots.
func (m *Machine) appendSuffix(buf []byte, i int, letters []string) []byte {
	s := m.states.all[i]
	begin := len(buf)
	buf = m.appendMemory(buf, s.memory, m.spot(i).live, letters)
	if s.clock == 0 || m.g.tellsClock[m.Detail] {
		return buf
	}
	if len(buf) > begin {
		buf = append(buf, '.')
	}
	return m.appendClock(buf, s.clock)
}

// appendMemory writes a piece for each round of a memory, joined by dots.
func (m *Machine) appendMemory(buf []byte, at memory, live set, letters []string) []byte {
	if at == 0 {
		return buf
	}
	r := &m.states.memories[at]
	if r.rest != 0 {
		buf = append(m.appendMemory(buf, r.rest, live, letters), '.')
	}
	buf = append(buf, m.parts.labels[r.round]...)
	if m.Detail == ByPicks || live.has(int(r.round)) {
		return appendLetters(buf, Picks(r.value), letters[r.round])
	}
	return appendRecord(buf, m.Detail, r.value)
}

func appendLetters(buf []byte, picks Picks, letters string) []byte {
	for ; picks != 0; picks &= picks - 1 {
		buf = append(buf, letters[bits.TrailingZeros32(uint32(picks))])
	}
	return buf
}

// appendRecord writes a packed record, as the details rounds and grades keep it.
func appendRecord(buf []byte, d Detail, v uint32) []byte {
	if d == ByGrades {
		return append(buf, unpackGrade(v).String()...)
	}
	misses, goods, bests := unpackCounts(v)
	buf = append(strconv.AppendInt(buf, int64(misses), 10), 'x')
	if goods > 0 {
		buf = append(strconv.AppendInt(buf, int64(goods), 10), 'g')
	}
	if bests == 0 { // left without its best choice
		buf = append(buf, 'n')
	}
	return buf
}

// appendClock writes exact minutes: 18m, 23m1of3.
func (m *Machine) appendClock(buf []byte, clock int64) []byte {
	unit := m.Scoring.unit
	whole, rest := clock/unit, clock%unit
	buf = append(strconv.AppendInt(buf, whole, 10), 'm')
	if rest == 0 {
		return buf
	}
	d := gcd(rest, unit)
	buf = append(strconv.AppendInt(buf, rest/d, 10), "of"...)
	return strconv.AppendInt(buf, unit/d, 10)
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

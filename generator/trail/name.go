package trail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
func (m *Machine) Name(i int) string {
	place := m.placeName(m.states[i].place)
	suffix := strings.ToLower(m.suffix(i))
	if suffix == "" {
		return place
	}
	if name := place + "." + suffix; len(name) <= maxName {
		return name
	}
	sum := sha256.Sum256([]byte(suffix))
	return place + ".h" + hex.EncodeToString(sum[:10])
}

// AppendName appends the name of state i's file to buf; see [Machine.Name].
func (m *Machine) AppendName(buf []byte, i int) []byte { return append(buf, m.Name(i)...) }

// AppendTrail appends what state i remembers to buf; see [Machine.Trail].
func (m *Machine) AppendTrail(buf []byte, i int) []byte { return append(buf, m.Trail(i)...) }

// Trail returns what state i remembers in the form that URLs carry: the part of
// the page's name behind the place, with letters in capitals, or "start".
func (m *Machine) Trail(i int) string {
	if suffix := m.suffix(i); suffix != "" {
		return suffix
	}
	return start
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

// suffix writes down what state i remembers: a piece a round, then the clock
// where the pieces do not tell it, joined by dots.
func (m *Machine) suffix(i int) string {
	s := &m.states[i]
	live := m.g.live(s.place)
	var b strings.Builder
	for _, r := range s.memory {
		round := int(r.round)
		b.WriteString(m.labelName(round))
		b.WriteByte('-')
		if live != nil && live.has(round) {
			m.writeLetters(&b, round, Picks(r.value))
		} else {
			m.writeRecord(&b, round, unpack(m.Detail, m.g.grades[round], r.value))
		}
		b.WriteByte('.')
	}
	if s.clock != 0 && !m.g.tellsClock[m.Detail] {
		m.writeClock(&b, s.clock)
	}
	return strings.TrimSuffix(b.String(), ".")
}

func (m *Machine) writeLetters(b *strings.Builder, round int, picks Picks) {
	for c, choice := range m.Replay.Rounds[round].Choices {
		if picks.Has(c) {
			b.WriteByte(choice.Letter)
		}
	}
}

func (m *Machine) writeRecord(b *strings.Builder, round int, rec Record) {
	switch rec.Detail {
	case ByPicks:
		m.writeLetters(b, round, rec.Picks)
	case ByRounds:
		b.WriteString(strconv.Itoa(rec.Misses))
		b.WriteByte('x')
		if rec.Goods > 0 {
			b.WriteString(strconv.Itoa(rec.Goods))
			b.WriteByte('g')
		}
		if rec.Bests == 0 { // left without its best choice
			b.WriteByte('n')
		}
	default:
		b.WriteString(rec.Worst.String())
	}
}

// writeClock writes exact minutes: 18m, 23m1of3.
func (m *Machine) writeClock(b *strings.Builder, clock int64) {
	unit := m.Scoring.unit
	whole, rest := clock/unit, clock%unit
	fmt.Fprintf(b, "%dm", whole)
	if rest > 0 {
		d := gcd(rest, unit)
		fmt.Fprintf(b, "%dof%d", rest/d, unit/d)
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

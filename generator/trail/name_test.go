package trail_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestNamesSayWhatIsRemembered writes the name and the trail of every state of
// generated replays a second time, from what the machine says of the state.
func TestNamesSayWhatIsRemembered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		if rapid.Bool().Draw(t, "long") { // so long that some names are hashed
			for _, round := range r.Rounds {
				round.Label += "_" + strings.Repeat("Q.", 40)
			}
		}
		m := compile(t, r, rapid.SampledFrom(trail.Details()).Draw(t, "detail"))
		for i := range m.Len() {
			suffix := remembers(m, i)
			name := placeOf(m, m.Place(i))
			if lower := strings.ToLower(suffix); lower != "" {
				if name += "." + lower; len(name) > 120 {
					sum := sha256.Sum256([]byte(lower))
					name = placeOf(m, m.Place(i)) + ".h" + hex.EncodeToString(sum[:10])
				}
			} else {
				suffix = "start"
			}
			if got := string(m.AppendName([]byte("x/"), i)); got != "x/"+name || m.Name(i) != name {
				t.Fatalf("detail %s: state %d is called %s and %s, want %s", m.Detail, i, got, m.Name(i), name)
			}
			if got := string(m.AppendTrail([]byte("?"), i)); got != "?"+suffix || m.Trail(i) != suffix {
				t.Fatalf("detail %s: state %d has the trail %s and %s, want %s", m.Detail, i, got, m.Trail(i), suffix)
			}
		}
	})
}

// placeOf names a place.
func placeOf(m *trail.Machine, p trail.Place) string {
	label := func() string { return labelOf(m.Replay.Rounds[p.Round]) }
	ending, ends := p.Ending()
	switch {
	case p.Kind == trail.Briefing:
		return "index"
	case p.Kind == trail.Round:
		return "round-" + label()
	case p.Kind == trail.Outcome:
		return "outcome-" + label() + strings.ToLower(string(rune('A'+p.Choice)))
	case p.Kind == trail.Closing:
		return "closing-" + label()
	case ends:
		return "ending-" + replay.Slugify(m.Replay.Endings[ending].Title)
	case p.Round >= 0:
		return "debrief-" + label()
	}
	return "debrief"
}

func labelOf(r *replay.Round) string {
	return strings.ToLower(strings.NewReplacer(".", "-", "_", "-").Replace(r.Label))
}

// remembers writes down what state i knows of each round, and the clock where
// that does not tell it.
func remembers(m *trail.Machine, i int) string {
	var pieces []string
	for round, r := range m.Replay.Rounds {
		if rec := m.Record(i, round); rec.Visited {
			pieces = append(pieces, labelOf(r)+"-"+recordText(r, rec))
		}
	}
	if clock, known := m.ExactClock(i); known && clock.Sign() > 0 && !m.TellsMinutes() {
		whole := new(big.Int).Quo(clock.Num(), clock.Denom())
		text := whole.String() + "m"
		if rest := new(big.Rat).Sub(clock, new(big.Rat).SetInt(whole)); rest.Sign() > 0 {
			text += strings.Replace(rest.String(), "/", "of", 1)
		}
		pieces = append(pieces, text)
	}
	return strings.Join(pieces, ".")
}

func recordText(r *replay.Round, rec trail.Record) (text string) {
	switch {
	case rec.Exact():
		for c, choice := range r.Choices {
			if rec.Picks.Has(c) {
				text += string(choice.Letter)
			}
		}
		return text
	case rec.Detail == trail.ByGrades:
		return rec.Worst.String()
	}
	text = fmt.Sprintf("%dx", rec.Misses)
	if rec.Goods > 0 {
		text += fmt.Sprintf("%dg", rec.Goods)
	}
	if rec.Bests == 0 {
		text += "n"
	}
	return text
}

package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A layout is executed and minified once per place. Where pages of the place
// differ it writes a marker: a word of letters and digits that passes unchanged
// through escaping and minifying in text, attributes, URLs and tags alike. The
// result is cut at the markers into a shell: literal bytes and holes.

// marker is "qzslot", a salt that no text of the site can hold, the hole's
// number and "zq". HTML attribute names are case-insensitive, so it is in lower case.
const markerFormat = "qzslot%sn%dzq"

// newSalt returns a salt from a hash of texts: none of them can hold a marker
// made with it, since it would have to hold its own hash.
func newSalt(texts ...string) string {
	hash := sha256.New()
	for _, text := range texts {
		hash.Write([]byte(text + "\x00"))
	}
	return strings.Map(func(r rune) rune {
		if r <= '9' {
			return r - '0' + 'g' // letters only: digits end the salt
		}
		return r
	}, hex.EncodeToString(hash.Sum(nil)[:8]))
}

// A hole is a place in a shell that is filled per state.
type hole struct {
	slot   string // name of a slot or of a value
	round  int    // for mark, step and span: which round; negative for a span without one
	choice int    // for href and on: which choice
}

// A shell is what a template left once its constant parts are known.
type shell struct {
	literals [][]byte // one more than holes
	holes    []hole
}

// shellBuilder hands out markers while a template runs.
type shellBuilder struct {
	salt  string
	holes []hole
}

func (b *shellBuilder) mark(h hole) string {
	b.holes = append(b.holes, h)
	return fmt.Sprintf(markerFormat, b.salt, len(b.holes)-1)
}

// cut splits output at the builder's markers.
func (b *shellBuilder) cut(output []byte) *shell {
	s := &shell{}
	marker := regexp.MustCompile(fmt.Sprintf(`(?i)qzslot%sn([0-9]+)zq`, b.salt))
	from := 0
	for _, at := range marker.FindAllSubmatchIndex(output, -1) {
		n, err := strconv.Atoi(string(output[at[2]:at[3]]))
		if err != nil || n >= len(b.holes) {
			continue
		}
		s.literals = append(s.literals, bytes.Clone(output[from:at[0]]))
		s.holes = append(s.holes, b.holes[n])
		from = at[1]
	}
	s.literals = append(s.literals, bytes.Clone(output[from:]))
	return s
}

// Slot marks where a page's own part goes: one of [valueNames], which are texts, or
// one of [slotNames], which are templates; mark, step and, where pages know what
// a round took, span take a round. What stands for a retired page has [movedSlots] only.
func (p *Page) Slot(name string, round ...*RoundView) (string, error) {
	if p.Kind == "moved" && !slices.Contains(movedSlots, name) {
		return "", fmt.Errorf("slot %q: moved pages have only the slots %s", name, strings.Join(movedSlots, ", "))
	}
	switch name {
	case "suggest":
		if !p.Suggests {
			return "", fmt.Errorf("slot %q: there is no address for suggestions here; ask {{if .Suggests}} first", name)
		}
	case "regret":
		if p.Kind != "outcome" || !p.Replay.KnowsClock {
			return "", fmt.Errorf("slot %q is for outcomes of replays that keep a score; ask {{if .Replay.KnowsClock}} first", name)
		}
	case "choices":
		if !p.Offers {
			return "", fmt.Errorf("slot %q: this place offers no choices; ask {{if .Offers}} first", name)
		}
	case "clock", "verdict":
	case "span":
		return p.span(round)
	case "mark", "step":
		if p.slots == nil {
			return "", fmt.Errorf("slot %q: only layouts of pages with a trail have slots", name)
		}
		if len(round) != 1 || round[0] == nil {
			return "", fmt.Errorf("slot %q needs a round: {{$.Slot %q .}} within {{range .Replay.Rounds}}", name, name)
		}
		return p.slots.mark(hole{slot: name, round: round[0].index}), nil
	default:
		if all := slices.Concat(valueNames, slotNames); !slices.Contains(all, name) {
			return "", fmt.Errorf("there is no slot %q; %s", name, choose(name, all, "there are "))
		}
	}
	if p.slots == nil {
		return "", fmt.Errorf("slot %q: only layouts of pages with a trail have slots", name)
	}
	return p.slots.mark(hole{slot: name}), nil
}

// span marks where the slot span goes, which takes a round exactly if pages know
// what each took.
func (p *Page) span(round []*RoundView) (string, error) {
	h := hole{slot: "span", round: -1}
	switch {
	case p.slots == nil:
		return "", errors.New(`slot "span": only layouts of pages with a trail have slots`)
	case len(round) > 0 && !p.Replay.KnowsMinutes():
		return "", errors.New(`slot "span" takes no round here: pages do not know what each took; ask {{if .Replay.KnowsMinutes}} first`)
	case len(round) > 0 && round[0] != nil:
		h.round = round[0].index
	}
	return p.slots.mark(h), nil
}

// valueNames are the texts that pages of a place may differ in.
var valueNames = []string{"title", "social", "description", "image", "facts", "next", "trail", "minutes", "self", "url", "suggest"}

// movedSlots are the values that do not speak of a trail.
var movedSlots = []string{"title", "social", "description", "image", "facts", "next", "self", "url"}

// execute runs a template whose data hands out markers through b.
func execute(t *template.Template, data any, b *shellBuilder, finish func([]byte) ([]byte, error)) (*shell, error) {
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return nil, err
	}
	finished, err := finish(out.Bytes())
	if err != nil {
		return nil, err
	}
	return b.cut(finished), nil
}

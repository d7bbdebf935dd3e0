package site

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A hole is a place in a shell that is filled per state.
type hole struct {
	at     int32 // where it is in the shell's text
	round  int32 // of a mark, a step, a span and a pick: which round
	choice int32 // of a link and a pick: which choice
	kind   kind
	table  table // of the shells that may fill it; nil for a value
}

// A kind says what fills a hole.
type kind uint8

const (
	// Slots: what their templates make of what they see.
	choicesHole kind = iota
	markHole
	stepHole
	clockHole
	spanHole // of a round
	verdictHole
	regretHole
	spentHole // the slot span without a round

	// Texts that layouts may ask for. The first three are shells too.
	titleHole
	socialHole
	descriptionHole
	imageHole
	factsHole
	nextHole
	trailHole
	minutesHole
	selfHole
	urlHole
	suggestHole

	// What is left of those, and what slots and drawings ask for.
	linkHole     // where a choice leads
	pickHole     // "on" if a choice is known to have been picked
	nameHole     // of the page
	standingHole // of the reader, see [standing]
	sharedHole   // see [Page.Shared]; no shell keeps one
)

// kindNames are the names by which layouts ask for slots and texts.
var kindNames = [...]string{
	choicesHole: "choices", markHole: "mark", stepHole: "step", clockHole: "clock", spanHole: "span",
	verdictHole: "verdict", regretHole: "regret", spentHole: "span",
	titleHole: "title", socialHole: "social", descriptionHole: "description", imageHole: "image", factsHole: "facts",
	nextHole: "next", trailHole: "trail", minutesHole: "minutes", selfHole: "self", urlHole: "url", suggestHole: "suggest",
}

// slotNames are those that have a template each, valueNames the texts that pages of
// a place may differ in.
var (
	slotNames  = kindNames[choicesHole : regretHole+1]
	valueNames = kindNames[titleHole : suggestHole+1]
)

// movedSlots are the values that do not speak of a trail.
var movedSlots = []string{"title", "social", "description", "image", "facts", "next", "self", "url"}

// isSlot reports whether a template fills the hole.
func (k kind) isSlot() bool { return k <= spentHole }

// isShell reports whether a shell fills the hole, else it is a value.
func (k kind) isShell() bool { return k <= descriptionHole }

// Slot marks where a page's own part goes: one of [valueNames], which are texts, or
// one of [slotNames], which are templates; mark, step and, where pages know what
// a round took, span take a round. What stands for a retired page has [movedSlots] only.
func (p *Page) Slot(name string, round ...*RoundView) (string, error) {
	if p.Kind == "moved" && !slices.Contains(movedSlots, name) {
		return "", fmt.Errorf("slot %q: moved pages have only the slots %s", name, strings.Join(movedSlots, ", "))
	}
	h := hole{kind: kind(max(0, slices.Index(kindNames[:], name)))}
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
		h.round = int32(round[0].index)
	default:
		if all := slices.Concat(valueNames, slotNames); !slices.Contains(all, name) {
			return "", fmt.Errorf("there is no slot %q; %s", name, choose(name, all, "there are "))
		}
	}
	if p.slots == nil {
		return "", fmt.Errorf("slot %q: only layouts of pages with a trail have slots", name)
	}
	return p.slots.mark(h), nil
}

// span marks where the slot span goes, which takes a round exactly if pages know
// what each took.
func (p *Page) span(round []*RoundView) (string, error) {
	h := hole{kind: spentHole}
	switch {
	case p.slots == nil:
		return "", errors.New(`slot "span": only layouts of pages with a trail have slots`)
	case len(round) > 0 && !p.Replay.KnowsMinutes:
		return "", errors.New(`slot "span" takes no round here: pages do not know what each took; ask {{if .Replay.KnowsMinutes}} first`)
	case len(round) > 0 && round[0] != nil:
		h.kind, h.round = spanHole, int32(round[0].index)
	}
	return p.slots.mark(h), nil
}

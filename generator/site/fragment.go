package site

import (
	"fmt"
	"reflect"

	"github.com/replaygen/replaygen/generator/trail"
)

// slotKey is all that a slot's rendering depends on.
type slotKey struct {
	kind    kind
	round   int
	place   trail.Place
	status  string
	record  trail.Record
	tried   trail.Picks
	clock   int
	score   int
	misses  int
	counted bool
	beaten  int
	regret  int
}

// slotKey says which rendering of a slot state i needs. It is the same in states of
// one place whose [stitcher.key] is.
func (p *Replay) slotKey(h *hole, i int) slotKey {
	m := p.machine
	k := slotKey{kind: h.kind, round: int(h.round)}
	switch h.kind {
	case choicesHole:
		k.place, k.tried = m.Place(i), m.Tried(i)
	case markHole, stepHole:
		k.status, k.record, k.tried = p.roundState(i, k.round)
		if k.status == "current" { // else it is the same everywhere
			k.place = m.Place(i)
		}
	case spanHole:
		k.status, k.record, _ = p.roundState(i, k.round)
		if k.status != "current" {
			k.status = "" // else it is drawn alike
		}
	case spentHole:
		k.clock, _ = m.Clock(i)
	case regretHole:
		k.regret = p.regret(i)
	case clockHole, verdictHole:
		k.clock, _ = m.Clock(i)
		k.score, _ = m.Score(i)
		if h.kind == verdictHole {
			k.misses, k.counted = m.Misses(i)
			k.beaten = p.beaten(i)
			if place := m.Place(i); place.Choice > 0 {
				k.place = place // an ending may have a verdict of its own
			}
		}
	}
	return k
}

// fragment renders a slot, once per key.
func (p *Replay) fragment(k slotKey) (*shell, error) {
	sh := p.fragments[k]
	if sh != nil {
		return sh, nil
	}
	name := kindNames[k.kind]
	slot, err := p.view.locale.slot(name)
	if err == nil {
		sh, err = p.renderSlot(slot, k)
	}
	if err != nil {
		return nil, fmt.Errorf("slot %s: %w", name, err)
	}
	p.fragments[k] = sh
	return sh, nil
}

// renderSlot executes the template of a slot, unless it has seen the like before.
func (p *Replay) renderSlot(slot *slot, k slotKey) (*shell, error) {
	b := &shellBuilder{salt: p.salt}
	page := p.setting(k.place).page
	data := p.data(k, page, b)
	if slot.sight.beyond || len(b.holes) > 0 {
		return p.site.execute(slot.Template, data, b, page.Root)
	}
	look := slot.sight.append(nil, reflect.ValueOf(data))
	if sh := slot.seen.get(look); sh != nil {
		return sh, nil
	}
	sh, err := p.site.execute(slot.Template, data, b, page.Root)
	if err == nil {
		slot.seen.put(look, sh)
	}
	return sh, err
}

package site

import (
	"fmt"

	"github.com/replaygen/replaygen/generator/trail"
)

// A scene is a place with what its pages are stitched from.
type scene struct {
	place trail.Place
	page  *Page
	told  int    // which of a moment's standings its pages tell
	shell *shell // nil until the layout is executed
}

// layoutOf names the layout of each kind of place.
var layoutOf = [...]string{
	trail.Briefing: "briefing", trail.Round: "round", trail.Outcome: "outcome",
	trail.Closing: "closing", trail.Debrief: "debrief",
}

// setting returns the scene of a place, perhaps without its shell.
func (p *Replay) setting(place trail.Place) *scene {
	sc := p.scenes[place]
	if sc == nil {
		sc = &scene{place: place, page: p.newPage(place), told: toldAt(place)}
		p.scenes[place] = sc
	}
	return sc
}

// scene returns the scene of a place and executes its layout, once.
func (p *Replay) scene(place trail.Place) (*scene, error) {
	sc := p.setting(place)
	if sc.shell != nil {
		return sc, nil
	}
	layout, err := p.view.locale.layout(sc.page.Kind)
	if err == nil {
		b := &shellBuilder{salt: p.salt, share: p.sharer(layout, sc.page), fill: func(sh *shell, h hole) { p.settle(sc, sh, h) }}
		sc.page.slots = b
		sc.shell, err = p.site.execute(layout, sc.page, b, sc.page.Root)
	}
	sc.page.slots = nil // slots get the page too, and cannot ask for slots
	if err != nil {
		return nil, fmt.Errorf("layout %s: %w", sc.page.Kind, err)
	}
	return sc, nil
}

// settle fills a hole of a scene as far as all its states fill it alike, and leaves
// holes for the rest.
func (p *Replay) settle(sc *scene, sh *shell, h hole) {
	switch h.kind {
	case titleHole, socialHole, descriptionHole:
		if text, fixed := p.fixedText(sc, h.kind); fixed {
			sh.write([]byte(text))
			return
		}
	case factsHole:
		sh.write(fmt.Appendf(nil, `data-replay="%s" data-place="%s"`, escape(p.view.Slug), escape(p.machine.PlaceID(sc.place))))
	case imageHole:
		if !p.hasVerdict(sc.place) {
			sh.write([]byte(p.covers()[""].url))
			return
		}
	case urlHole:
		sh.write([]byte(p.site.absolute(p.view.Slug + "/")))
		h.kind = selfHole
	case suggestHole:
		p.settleSuggestion(sc.place, sh)
		return
	}
	if h.kind.isShell() {
		h.table = p.table(sh, h)
	}
	sh.hole(h)
}

// table returns the table of what fills a new hole of a scene's shell: one for all
// holes of the scene that are filled alike, and one for all scenes of what says
// nothing of the place.
func (p *Replay) table(sh *shell, h hole) table {
	if everywhere := p.tables[h.kind]; everywhere != nil {
		return everywhere
	}
	for _, other := range sh.holes {
		if other.kind == h.kind && other.round == h.round {
			return other.table
		}
	}
	return table{}
}

// newPage returns what the templates of a place see.
func (p *Replay) newPage(place trail.Place) *Page {
	page := &Page{
		Site: p.site.view, Lang: p.view.Language, Dir: p.view.Dir,
		Kind: layoutOf[place.Kind], Root: "../", Stylesheet: "../" + p.site.stylesheet, title: p.placeTitle(place),
		Canonical: p.site.canonical(p.view.Slug), Replay: p.view,
		NoIndex: place.Kind != trail.Briefing, Suggests: p.suggests(place.Kind),
	}
	rounds := p.view.Rounds
	switch place.Kind {
	case trail.Briefing:
		if len(rounds) > 0 {
			page.NextName = rounds[0].Name
		}
	case trail.Round:
		page.Round, page.Offers = rounds[place.Round], true
	case trail.Outcome:
		page.Round = rounds[place.Round]
		page.Choice = page.Round.Choices[place.Choice]
		next := p.machine.NextRound(place.Round, place.Choice)
		page.Offers = next == place.Round
		page.ShowsBest = p.machine.ShowsWhatWorks(place.Round, place.Choice)
		page.NextName = p.words.Text("debrief")
		if next >= 0 {
			page.NextName = rounds[next].Name
		}
	case trail.Closing:
		page.Round, page.NextName = rounds[place.Round], p.words.Text("debrief")
	case trail.Debrief:
		page.NextReplay = p.site.follow(p.site.next(p.view.Slug), p.view.locale)
		if place.Round >= 0 {
			page.Round = rounds[place.Round]
		}
		if ending, ok := place.Ending(); ok {
			page.Ending = p.view.Endings[ending]
		}
	}
	return page
}

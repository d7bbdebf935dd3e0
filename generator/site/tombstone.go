package site

import (
	"fmt"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/trail"
)

// Retired names pages of one replay that were published once and are no longer
// made. The replay itself may be gone too.
type Retired struct {
	Slug  string
	Names []string // without extension, sorted, none that a state has
}

// A tombstone is the page at the path of a retired one: it says that the replay
// has changed since, and leads on.
type tombstone struct {
	slug, name string
	to         *landing
}

// A landing is where tombstones lead. Its layout is executed once; tombstones
// that lead there differ in nothing but their own name.
type landing struct {
	site  *Site
	page  *Page
	next  string // relative URL, escaped
	shell *shell
}

// addTombstones adds a page for every retired one.
func (s *Site) addTombstones(retired []Retired) error {
	gone, err := s.landing(nil, 0)
	if err != nil {
		return err
	}
	all := map[string]*landings{}
	for _, p := range s.replays {
		l := &landings{replay: p, states: map[string]int{}, made: map[int]*landing{}}
		all[p.view.Slug] = l
		// Also where nothing was retired: a mistake in the layout must not wait
		// for the day when the layout is needed.
		if _, err := l.of("index"); err != nil {
			return err
		}
	}
	for _, r := range retired {
		for _, name := range r.Names {
			to := gone
			if l := all[r.Slug]; l != nil {
				if to, err = l.of(name); err != nil {
					return err
				}
			}
			s.tombstones = append(s.tombstones, tombstone{slug: r.Slug, name: name, to: to})
		}
	}
	return nil
}

// landings are those of one replay.
type landings struct {
	replay *replayPages
	states map[string]int // by what a name says of the place
	made   map[int]*landing
}

// of returns where a retired page leads.
func (l *landings) of(name string) (*landing, error) {
	place, _, _ := strings.Cut(name, ".")
	state, known := l.states[place]
	if !known {
		state = l.replay.machine.Nearest(place)
		l.states[place] = state
	}
	if l.made[state] == nil {
		made, err := l.replay.site.landing(l.replay, state)
		if err != nil {
			return nil, err
		}
		l.made[state] = made
	}
	return l.made[state], nil
}

// landing executes the layout for tombstones that lead to a state of p or, if p
// is nil, to the index.
func (s *Site) landing(p *replayPages, state int) (*landing, error) {
	page := &Page{
		Site: s.view, Kind: "moved", Root: "../", Stylesheet: "../" + s.stylesheet,
		Canonical: s.canonical(""), NextName: "all replays", NoIndex: true,
	}
	l := &landing{site: s, page: page, next: "../index.html"}
	salt := newSalt(s.view.Title, s.view.Description)
	if p != nil {
		salt, l.next = p.salt, "index.html"
		page.Replay, page.Canonical, page.NextName = p.view, s.canonical(p.view.Slug), "the briefing"
		if place := p.machine.Place(state); place.Kind != trail.Briefing {
			page.Round = p.view.Rounds[place.Round]
			page.NextName = page.Round.Name
			l.next = string(p.appendLink(nil, state))
		}
	}
	page.slots = &shellBuilder{salt: salt}
	var err error
	if l.shell, err = execute(s.theme.layouts["moved"], page, page.slots, s.minify); err != nil {
		return nil, fmt.Errorf("layout moved: %w", err)
	}
	return l, nil
}

// file returns the tombstone's file.
func (t *tombstone) file() File {
	return File{Path: path.Join(t.slug, t.name+".html"), Append: t.append}
}

// append stitches the page.
func (t *tombstone) append(buf []byte) []byte {
	sh := t.to.shell
	for n, h := range sh.holes {
		buf = append(buf, sh.literals[n]...)
		buf = t.appendValue(buf, h.slot)
	}
	return append(buf, sh.literals[len(sh.literals)-1]...)
}

// appendValue appends a value of the page, escaped for HTML text and attributes.
func (t *tombstone) appendValue(buf []byte, slot string) []byte {
	switch slot {
	case "next":
		return append(buf, t.to.next...)
	case "self":
		return fmt.Appendf(buf, "%s.html", escape(t.name))
	case "url":
		return fmt.Appendf(buf, "%s%s.html", t.to.site.absolute(t.slug+"/"), escape(t.name))
	case "facts":
		return fmt.Appendf(buf, `data-replay="%s" data-tombstone="%s"`, escape(t.slug), escape(t.name))
	case "title":
		return append(buf, escape(t.title())...)
	case "social":
		return append(buf, escape(t.social())...)
	default:
		return append(buf, escape(t.description())...)
	}
}

// title is unique on the site: it holds the page's own name.
func (t *tombstone) title() string {
	if r := t.to.page.Replay; r != nil {
		return fmt.Sprintf("Changed since: %s – %s", t.name, r.Title)
	}
	return fmt.Sprintf("No longer here: %s/%s – %s", t.slug, t.name, t.to.page.Site.Title)
}

// social is the title that a link to the page unfolds to.
func (t *tombstone) social() string {
	if r := t.to.page.Replay; r != nil {
		return r.Title + ", which has changed since"
	}
	return "A replay that is no longer here"
}

func (t *tombstone) description() string {
	page := t.to.page
	if page.Replay == nil {
		return fmt.Sprintf("The replay behind this link is no longer part of “%s”.", page.Site.Title)
	}
	return fmt.Sprintf("Incident replay “%s” has changed since this link was shared. It leads on to %s.", page.Replay.Title, page.NextName)
}

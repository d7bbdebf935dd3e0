package site

import (
	"fmt"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/trail"
)

// A tombstone is the page at the path of a retired one, which was published once
// and is no longer made: it says that the replay has changed since, and leads on.
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

// Tombstone returns the page that stands for a retired one of this replay. The
// name, without extension, is none that a state has.
func (p *Replay) Tombstone(name string) File {
	return tombstoneFile(p.view.Slug, name, func() (*landing, error) { return p.landing(name) })
}

// Tombstone returns the page that stands for one of a replay that is gone.
func (s *Site) Tombstone(slug, name string) File {
	return tombstoneFile(slug, name, s.gone)
}

func tombstoneFile(slug, name string, to func() (*landing, error)) File {
	return File{Path: path.Join(slug, name+".html"), Append: func(buf []byte) ([]byte, error) {
		landing, err := to()
		if err != nil {
			return buf, err
		}
		t := tombstone{slug: slug, name: name, to: landing}
		return t.append(buf), nil
	}}
}

// landing returns where a retired page leads.
func (p *Replay) landing(name string) (*landing, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place, _, _ := strings.Cut(name, ".")
	state, known := p.nearest[place]
	if !known {
		state = p.machine.Nearest(place)
		p.nearest[place] = state
	}
	if p.landings[state] == nil {
		made, err := p.site.landing(p, state)
		if err != nil {
			return nil, err
		}
		p.landings[state] = made
	}
	return p.landings[state], nil
}

// landing executes the layout for tombstones that lead to a state of p or, if p
// is nil, to the index.
func (s *Site) landing(p *Replay, state int) (*landing, error) {
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

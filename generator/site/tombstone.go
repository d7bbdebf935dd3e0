package site

import (
	"fmt"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
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
	site   *Site
	page   *Page
	locale *locale
	next   string // relative URL, escaped
	image  string // URL in full, escaped
	shell  *shell
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
		Canonical: s.canonical(""), NextName: s.locale.table.Text("gone_all"), NoIndex: true,
	}
	l := &landing{site: s, page: page, locale: s.locale, next: "../index.html", image: s.cover.url}
	salt := newSalt(s.view.Title, s.view.Description)
	if p != nil {
		salt, l.locale, l.next, l.image = p.salt, p.view.locale, "index.html", p.covers()[""].url
		page.Replay, page.Canonical, page.NextName = p.view, s.canonical(p.view.Slug), p.words.Text("moved_briefing")
		if place := p.machine.Place(state); place.Kind != trail.Briefing {
			page.Round = p.view.Rounds[place.Round]
			page.NextName = page.Round.Name
			l.next = string(p.appendLink(nil, state))
		}
	}
	page.Lang, page.Dir, page.slots = l.locale.lang, l.locale.dir, &shellBuilder{salt: salt}
	layout, err := l.locale.layout("moved")
	if err == nil {
		l.shell, err = s.execute(layout, page, page.slots, page.Root)
	}
	if err != nil {
		return nil, fmt.Errorf("layout moved: %w", err)
	}
	return l, nil
}

// append stitches the page.
func (t *tombstone) append(buf []byte) []byte {
	sh, from := t.to.shell, int32(0)
	for _, h := range sh.holes {
		buf = append(buf, sh.text[from:h.at]...)
		buf, from = t.appendValue(buf, h.kind), h.at
	}
	return append(buf, sh.text[from:]...)
}

// appendValue appends a value of the page, escaped for HTML text and attributes.
func (t *tombstone) appendValue(buf []byte, k kind) []byte {
	switch k {
	case nextHole:
		return append(buf, t.to.next...)
	case selfHole:
		return fmt.Appendf(buf, "%s.html", escape(t.name))
	case urlHole:
		return fmt.Appendf(buf, "%s%s.html", t.to.site.absolute(t.slug+"/"), escape(t.name))
	case factsHole:
		return fmt.Appendf(buf, `data-replay="%s" data-tombstone="%s"`, escape(t.slug), escape(t.name))
	case imageHole:
		return append(buf, t.to.image...)
	case titleHole:
		return append(buf, escape(t.title())...)
	case socialHole:
		return append(buf, escape(t.social())...)
	default:
		return append(buf, escape(t.description())...)
	}
}

// title is unique on the site: it holds the page's own name.
func (t *tombstone) title() string {
	if r := t.to.page.Replay; r != nil {
		return t.to.locale.table.Text("moved_title", words.String("page", t.name), words.String("replay", r.Title))
	}
	return t.to.locale.table.Text("gone_title", words.String("page", t.slug+"/"+t.name), words.String("site", t.to.page.Site.Title))
}

// social is the title that a link to the page unfolds to.
func (t *tombstone) social() string {
	if r := t.to.page.Replay; r != nil {
		return t.to.locale.table.Text("moved_social", words.String("replay", r.Title))
	}
	return t.to.locale.table.Text("gone_social")
}

func (t *tombstone) description() string {
	page, table := t.to.page, t.to.locale.table
	if page.Replay == nil {
		return table.Text("gone_description", words.String("site", page.Site.Title))
	}
	return table.Text("moved_description", words.String("replay", page.Replay.Title), words.String("place", page.NextName))
}

package site

import (
	"encoding/xml"
	"fmt"
)

// index is the list of all replays.
func (s *Site) index(cards []Card) ([]byte, error) {
	page := &Page{Site: s.view, Kind: "index", Stylesheet: s.stylesheet, Canonical: "index.html", Replays: cards}
	if s.base != nil {
		page.Canonical = s.base.String()
	}
	return s.render("index", page)
}

// missing is the page for missing files. A host serves it at the missing
// URL, where relative links would lead nowhere: it takes the base URL's path
// where that is known.
func (s *Site) missing() ([]byte, error) {
	page := &Page{Site: s.view, Kind: "404", Stylesheet: s.stylesheet, NoIndex: true}
	if s.base != nil {
		page.Root = s.base.EscapedPath()
		page.Stylesheet = page.Root + s.stylesheet
	}
	return s.render("404", page)
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists the index and the briefings: pages of states are variants of
// those. The addresses are absolute, as sitemaps require, where the base URL is known.
func (s *Site) sitemap(cards []Card) ([]byte, error) {
	base := ""
	if s.base != nil {
		base = s.base.String()
	}
	m := urlSet{URLs: []sitemapURL{{Loc: base + "index.html"}}}
	if base != "" {
		m.URLs[0].Loc = base
	}
	for _, c := range cards {
		loc := base + c.Slug + "/"
		if base == "" {
			loc += "index.html"
		}
		m.URLs = append(m.URLs, sitemapURL{Loc: loc, LastMod: c.Date})
	}
	body, err := xml.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("sitemap: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

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

// Missing returns the page for missing files. A host serves it at the missing
// URL, where relative links would lead nowhere: root is the path of the site on
// its host, with a slash at either end, or "" to take that of the base URL.
func (s *Site) Missing(root string) File {
	if root == "" && s.base != nil {
		root = s.base.EscapedPath()
	}
	page := &Page{Site: s.view, Kind: "404", Root: root, Stylesheet: root + s.stylesheet, NoIndex: true}
	return renderedFile("404.html", func() ([]byte, error) { return s.render("404", page) })
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

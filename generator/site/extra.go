package site

import (
	"encoding/xml"
	"fmt"
)

// addIndex adds the list of all replays.
func (s *Site) addIndex() error {
	page := &Page{Site: s.view, Kind: "index", Stylesheet: s.stylesheet, Canonical: "index.html"}
	if s.base != nil {
		page.Canonical = s.base.String()
	}
	for _, p := range s.replays {
		page.Replays = append(page.Replays, p.view)
	}
	body, err := s.render("index", page)
	if err != nil {
		return err
	}
	s.fixed = append(s.fixed, fixedFile("index.html", body))
	return nil
}

// addMissing adds the page for missing files. A host serves it at the missing
// URL, where relative links would lead nowhere: it takes the base URL's path
// where that is known.
func (s *Site) addMissing() error {
	page := &Page{Site: s.view, Kind: "404", Stylesheet: s.stylesheet, NoIndex: true}
	if s.base != nil {
		page.Root = s.base.EscapedPath()
		page.Stylesheet = page.Root + s.stylesheet
	}
	body, err := s.render("404", page)
	if err != nil {
		return err
	}
	s.fixed = append(s.fixed, fixedFile("404.html", body))
	return nil
}

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// addSitemap lists the index and the briefings: pages of states are variants of
// those. The addresses are absolute, as sitemaps require, where the base URL is known.
func (s *Site) addSitemap() error {
	base := ""
	if s.base != nil {
		base = s.base.String()
	}
	m := sitemap{URLs: []sitemapURL{{Loc: base + "index.html"}}}
	if base != "" {
		m.URLs[0].Loc = base
	}
	for _, p := range s.replays {
		loc := base + p.view.Slug + "/"
		if base == "" {
			loc += "index.html"
		}
		m.URLs = append(m.URLs, sitemapURL{Loc: loc, LastMod: p.view.Date})
	}
	body, err := xml.Marshal(m)
	if err != nil {
		return fmt.Errorf("sitemap: %w", err)
	}
	s.fixed = append(s.fixed, fixedFile("sitemap.xml", append([]byte(xml.Header), body...)))
	return nil
}

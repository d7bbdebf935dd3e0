package site

import (
	"encoding/xml"
	"fmt"
)

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists the lists of replays and the briefings: pages of states are
// variants of those. The addresses are absolute, as sitemaps require, where the
// base URL is known.
func (s *Site) sitemap(cards []Card) ([]byte, error) {
	loc := func(name string) string {
		if s.base == nil {
			return name
		}
		return s.address(name)
	}
	var m urlSet
	for _, l := range lists(cards) {
		_, paths, _ := l.pages()
		for _, name := range paths {
			m.URLs = append(m.URLs, sitemapURL{Loc: loc(name)})
		}
	}
	for _, c := range cards {
		m.URLs = append(m.URLs, sitemapURL{Loc: loc(c.Path), LastMod: c.Date})
	}
	body, err := xml.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("sitemap: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

// robots returns robots.txt, or nil: crawlers look for it at a host's root only.
func (s *Site) robots() []File {
	if s.base == nil || s.base.Path != "/" {
		return nil
	}
	return []File{fixedFile("robots.txt", []byte("User-agent: *\nAllow: /\n\nSitemap: "+s.base.String()+"sitemap.xml\n"))}
}

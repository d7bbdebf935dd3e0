package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// A LogoView is the site's logo as templates see it.
type LogoView struct {
	Src           string // relative to the page
	Width, Height int    // in pixels, as far as that is known from the file; else 0
}

// A LinkView is a link as templates see it.
type LinkView struct{ Text, Href string }

// Logo returns the site's logo as this page refers to it, or nil.
func (p *Page) Logo() *LogoView {
	if p.Site.logo.Src == "" {
		return nil
	}
	logo := p.Site.logo
	logo.Src = p.Root + logo.Src
	return &logo
}

// Footer returns the site's own links at the foot of the page, as this page
// refers to them.
func (p *Page) Footer() []LinkView {
	links := slices.Clone(p.Site.footer)
	for i, link := range links {
		if p.Site.within[i] {
			links[i].Href = p.Root + link.Href
		}
	}
	return links
}

// publishLook finds the files that the settings name for every page.
func (s *Site) publishLook(cfg Config, list *diag.List) {
	if cfg.Logo != "" {
		logo, err := s.content.logo(cfg.Logo)
		if err != nil {
			list.Errorf(codeSetting, cfg.At("logo"), hintFor(err, "a logo is a picture in the content folder, by its path from there"),
				"the logo %q cannot be shown: %v", cfg.Logo, err)
		}
		s.view.logo = logo
	}
	for i, link := range cfg.Footer {
		if link.Href == "" {
			continue // [ParseConfig] has reported it
		}
		href, err := s.content.footer(link.Href)
		if err != nil {
			list.Errorf(codeSetting, cfg.At(fmt.Sprintf("footer.%d.href", i)), hintFor(err, "write the full URL, or the path of a file in the content folder"),
				"the link %q leads to nothing on this site: %v", link.Href, err)
			continue
		}
		within := strings.HasPrefix(href, "../") // as pages of replays see it
		s.view.footer = append(s.view.footer, LinkView{link.Text, strings.TrimPrefix(href, "../")})
		s.view.within = append(s.view.within, within)
	}
}

// logo publishes a picture of the content. Its path is from the site's root.
func (l *Content) logo(name string) (LogoView, error) {
	found, err := l.picture(path.Join("content", name))
	return LogoView{Src: found.path, Width: found.look.width, Height: found.look.height}, err
}

// footer returns where a link of the footer leads, as pages of replays see it.
// Unlike a replay, the settings know where on its host the site is published.
func (l *Content) footer(dest string) (href string, err error) {
	if strings.HasPrefix(dest, "/") {
		return dest, nil
	}
	return l.link("content", dest)
}

package site

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"maps"
	"path"
	"slices"

	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
)

// Sum returns a hash of what all pages share, as far as it stands in files: the
// theme, the stylesheet, and what the settings lead to. The settings themselves are
// not part of it.
func (s *Site) Sum() []byte {
	h := sha256.New()
	write(h, "site", s.stylesheet, fmt.Sprintf("%+v %+v", s.view.logo, s.view.footer))
	s.theme.sum(h)
	return h.Sum(nil)
}

func (t *Theme) sum(h hash.Hash) {
	write(h, t.scheme, string(t.styles))
	for _, name := range slices.Sorted(maps.Keys(t.sources)) {
		write(h, "template", name, string(t.sources[name].Text))
	}
	for _, name := range slices.Sorted(maps.Keys(t.static)) {
		write(h, "static", name, t.static[name].Path) // which has a hash of its bytes
	}
}

// write hashes texts so that no others have the same hash.
func write(h hash.Hash, texts ...string) {
	for _, text := range texts {
		fmt.Fprintf(h, "%d %s", len(text), text)
	}
}

// A Link is a destination in a replay's texts.
type Link struct {
	Dest  string
	Image bool
}

// Links returns every link and image of a replay.
func Links(r *replay.Replay) (links []Link) {
	for _, d := range destinations(r) {
		links = append(links, Link{d.Dest, d.Image})
	}
	return links
}

// Leads returns a hash of where links in the file at a path lead on the site. Files
// that they lead to are published, as if [Site.Replay] had met them.
func (l *Content) Leads(file string, links []Link) []byte {
	h, dir := sha256.New(), path.Dir(file)
	for _, link := range links {
		switch {
		case markdown.Refused(link.Dest, link.Image):
		case link.Image:
			src, _, err := l.image(dir, link.Dest)
			write(h, src, fmt.Sprint(err))
		default:
			href, err := l.link(dir, link.Dest)
			write(h, href, fmt.Sprint(err))
		}
	}
	return h.Sum(nil)
}

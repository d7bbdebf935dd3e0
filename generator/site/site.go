// Package site turns compiled replays into the files of a web site: pages
// without scripts, one a state, that work at any path and from a disk.
//
// A layout is executed and minified once per place, with slots where pages of
// that place differ; a slot is rendered once per distinct value. A page is the
// concatenation of those bytes, made when it is asked for.
package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/trail"
)

// A Site is ready to be published or served.
type Site struct {
	view       SiteView
	base       *url.URL // nil if not known; its path ends in a slash
	theme      *Theme
	minifier   *minify.M
	stylesheet string // path from the root
	assets     *assets
	replays    []*replayPages // newest first
	tombstones []tombstone
	fixed      []File // files that are no state's page
}

// New renders what the pages of machines, and those that stand for retired
// ones, are stitched from. content is the content folder, so that images and
// links can be followed. What is wrong with the theme or with a link goes to
// list; an error means that nothing came of it.
func New(cfg Config, theme *Theme, machines []*trail.Machine, retired []Retired, content fs.FS, list *diag.List) (*Site, error) {
	s := &Site{
		view:     SiteView{Title: cfg.Title, Description: cfg.Description, Language: cfg.Language},
		theme:    theme,
		minifier: newMinifier(),
		assets:   newAssets(content),
	}
	if cfg.BaseURL != "" {
		base, err := url.Parse(strings.TrimSuffix(cfg.BaseURL, "/") + "/")
		if err != nil {
			return nil, fmt.Errorf("base URL: %w", err)
		}
		s.base, s.view.BaseURL = base, base.String()
	}
	if err := s.addStylesheet(cfg.Highlight); err != nil {
		list.Errorf(codeSetting, diag.Span{}, "set highlight.light and highlight.dark in site.yaml", "%v", err)
		return s, nil
	}
	s.addReplays(machines, list)
	s.fixed = append(s.fixed, s.assets.files()...)
	addTombstones := func() error { return s.addTombstones(retired) }
	for _, add := range []func() error{addTombstones, s.addIndex, s.addMissing, s.addSitemap} {
		if err := add(); err != nil {
			theme.report(err, list)
		}
	}
	s.fixed = append(s.fixed, fixedFile(".nojekyll", nil))
	return s, nil
}

func newMinifier() *minify.M {
	m := minify.New()
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true})
	m.Add("text/css", &css.Minifier{})
	return m
}

func (s *Site) minify(page []byte) ([]byte, error) { return s.minifier.Bytes("text/html", page) }

// addStylesheet joins the theme's styles and those of highlighted code.
func (s *Site) addStylesheet(h HighlightConfig) error {
	code, err := markdown.Stylesheet(h.Light, h.Dark)
	if err != nil {
		return err
	}
	small, err := s.minifier.Bytes("text/css", slices.Concat(code, []byte("\n"), s.theme.styles))
	if err != nil {
		return fmt.Errorf("stylesheet: %w", err)
	}
	s.stylesheet = "assets/" + hashedName("style.css", small)
	s.fixed = append(s.fixed, fixedFile(s.stylesheet, small))
	return nil
}

// addReplays renders replays in parallel; the result does not depend on how
// they were scheduled.
func (s *Site) addReplays(machines []*trail.Machine, list *diag.List) {
	links := newLinks(machines, s.assets)
	s.replays = make([]*replayPages, len(machines))
	lists := make([]diag.List, len(machines))
	errs := make([]error, len(machines))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, m := range machines {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			s.replays[i], errs[i] = newReplayPages(s, m, links.texts(m.Replay, &lists[i]))
		})
	}
	wg.Wait()
	reported := map[string]bool{}
	for i, err := range errs {
		list.Append(&lists[i])
		if err != nil && !reported[err.Error()] {
			reported[err.Error()] = true // a mistake in a theme breaks every replay alike
			s.theme.report(err, list)
		}
	}
	s.replays = slices.DeleteFunc(s.replays, func(p *replayPages) bool { return p == nil })
	slices.SortFunc(s.replays, func(a, b *replayPages) int {
		return cmp.Or(cmp.Compare(b.view.Date, a.view.Date), cmp.Compare(a.view.Title, b.view.Title), cmp.Compare(a.view.Slug, b.view.Slug))
	})
}

// Files yields every file of the site. Its order is the same every time.
func (s *Site) Files() iter.Seq[File] {
	return func(yield func(File) bool) {
		for _, f := range s.fixed {
			if !yield(f) {
				return
			}
		}
		for _, p := range s.replays {
			for i := range p.machine.Len() {
				if !yield(p.file(i)) {
					return
				}
			}
		}
		for i := range s.tombstones {
			if !yield(s.tombstones[i].file()) {
				return
			}
		}
	}
}

// Len returns the number of files.
func (s *Site) Len() int {
	n := len(s.fixed) + len(s.tombstones)
	for _, p := range s.replays {
		n += p.machine.Len()
	}
	return n
}

// canonical returns the URL of a replay's briefing, or of the index for "", as
// pages of replays write it.
func (s *Site) canonical(slug string) string {
	switch {
	case s.base != nil && slug != "":
		return s.base.String() + slug + "/"
	case s.base != nil:
		return s.base.String()
	case slug != "":
		return "index.html"
	default:
		return "../index.html"
	}
}

// absolute returns the full URL of a path from the root, or "" where the base
// URL is not known.
func (s *Site) absolute(path string) string {
	if s.base == nil {
		return ""
	}
	return escape(s.base.String() + path)
}

// hashedName puts a hash of the bytes into a file name, so that no cache can
// mix an old asset with a new page.
func hashedName(name string, body []byte) string {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:5])
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[:dot] + "." + hash + name[dot:]
	}
	return name + "." + hash
}

func fixedFile(path string, body []byte) File {
	return File{Path: path, Append: func(buf []byte) []byte { return append(buf, body...) }}
}

// render executes a layout that has no slots.
func (s *Site) render(layout string, page *Page) ([]byte, error) {
	var out bytes.Buffer
	if err := s.theme.layouts[layout].Execute(&out, page); err != nil {
		return nil, err
	}
	return s.minify(out.Bytes())
}

// Package site turns compiled replays into the files of a web site: pages
// without scripts, one a state, that work at any path and from a disk.
//
// A layout is executed and minified once per place, with slots where pages of
// that place differ; a slot is rendered once per distinct value. A page is the
// concatenation of those bytes, made when it is asked for.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// A Site is what all pages share: settings, theme and content. It is safe for
// concurrent use.
type Site struct {
	view       SiteView
	base       *url.URL // nil if not known; its path ends in a slash
	theme      *Theme
	minifier   *minify.M
	styles     []byte
	stylesheet string // path from the root
	content    *Content
	gone       func() (*landing, error) // where pages of replays lead that are gone
}

// New returns a site without replays. What is wrong with the settings goes to list.
func New(cfg Config, theme *Theme, content *Content, list *diag.List) *Site {
	s := &Site{
		view:     SiteView{Title: cfg.Title, Description: cfg.Description, Language: cfg.Language},
		theme:    theme,
		minifier: newMinifier(),
		content:  content,
	}
	s.gone = sync.OnceValues(func() (*landing, error) { return s.landing(nil, 0) })
	if base, err := url.Parse(strings.TrimSuffix(cfg.BaseURL, "/") + "/"); err == nil && cfg.BaseURL != "" {
		s.base, s.view.BaseURL = base, base.String() // [CheckBaseURL] has reported others
	}
	if err := s.makeStylesheet(cfg.Highlight); err != nil {
		list.Errorf(codeSetting, diag.Span{}, "set highlight.light and highlight.dark in site.yaml", "%v", err)
	}
	return s
}

// Static returns the files that say nothing of any replay.
func (s *Site) Static() []File {
	return []File{fixedFile(s.stylesheet, s.styles), s.Missing(""), fixedFile(".nojekyll", nil)}
}

// Lists returns the files that say what replays there are.
func (s *Site) Lists(cards []Card) []File {
	cards = newestFirst(cards)
	return []File{
		renderedFile("index.html", func() ([]byte, error) { return s.index(cards) }),
		renderedFile("sitemap.xml", func() ([]byte, error) { return s.sitemap(cards) }),
	}
}

// Stylesheet returns the path of the stylesheet from the site's root.
func (s *Site) Stylesheet() string { return s.stylesheet }

// Render renders files that belong to no replay, so that nothing can fail after it.
func (s *Site) Render(files []File) error {
	for _, f := range files {
		if _, err := f.Append(nil); err != nil {
			return err
		}
	}
	_, err := s.gone()
	return err
}

// Report adds the errors of pages to list, each once: a mistake in a theme breaks
// many pages alike.
func (s *Site) Report(errs []error, list *diag.List) {
	reported := map[string]bool{}
	for _, err := range errs {
		if err != nil && !reported[err.Error()] {
			reported[err.Error()] = true
			s.theme.report(err, list)
		}
	}
}

func newMinifier() *minify.M {
	m := minify.New()
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true})
	m.Add("text/css", &css.Minifier{})
	return m
}

func (s *Site) minify(page []byte) ([]byte, error) { return s.minifier.Bytes("text/html", page) }

// makeStylesheet joins the theme's styles and those of highlighted code.
func (s *Site) makeStylesheet(h HighlightConfig) error {
	code, err := markdown.Stylesheet(h.Light, h.Dark)
	if err != nil {
		return err
	}
	s.styles, err = s.minifier.Bytes("text/css", slices.Concat(code, []byte("\n"), s.theme.styles))
	if err != nil {
		return fmt.Errorf("stylesheet: %w", err)
	}
	s.stylesheet = "assets/" + hashedName("style.css", s.styles)
	return nil
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

// render executes a layout that has no slots.
func (s *Site) render(layout string, page *Page) ([]byte, error) {
	var out bytes.Buffer
	if err := s.theme.layouts[layout].Execute(&out, page); err != nil {
		return nil, err
	}
	return s.minify(out.Bytes())
}

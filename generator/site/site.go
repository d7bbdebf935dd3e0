// Package site turns compiled replays into the files of a web site: pages
// without scripts, one a state, that work at any path and from a disk.
//
// A layout is executed and minified once per place, with slots where pages of
// that place differ; a slot is rendered once per distinct value. A page is the
// concatenation of those bytes, made when it is asked for.
package site

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image/color"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"

	"github.com/replaygen/replaygen/generator/colour"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// A Site is what all pages share: settings, theme and content. It is safe for
// concurrent use.
type Site struct {
	view       SiteView
	locale     *locale  // of what belongs to no replay
	base       *url.URL // nil if not known; its path ends in a slash
	theme      *Theme
	minifier   *minify.M
	html       *html.Minifier
	presses    *sync.Pool // of *press
	styles     []byte
	stylesheet string // path from the root
	content    *Content
	suggest    string                        // see [Config]
	accent     color.RGBA                    // of pictures; zero for their own
	cover      *cover                        // the picture that links to lists of replays unfold to
	sheets     string                        // whether replays have a facilitator's sheet, unless they say otherwise: true or false
	next       func(slug string) *NextReplay // what to play after a replay; see [Site.Leading]
	gone       func() (*landing, error)      // where pages of replays lead that are gone
}

// New returns a site without replays. What is wrong with the settings goes to list.
func New(cfg Config, theme *Theme, content *Content, list *diag.List) *Site {
	l := theme.locale(cfg.Language)
	l.report(diag.Span{}, list)
	s := &Site{
		locale:   l,
		view:     SiteView{Title: cfg.Title, Description: cfg.Description, Language: l.lang, Dir: l.dir, ColorScheme: theme.scheme},
		theme:    theme,
		minifier: minify.New(),
		html:     &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true},
		presses:  &sync.Pool{New: func() any { return new(press) }},
		content:  content,
		suggest:  cfg.Suggest,
		sheets:   strconv.FormatBool(cfg.Facilitator),
		next:     func(string) *NextReplay { return nil },
	}
	s.minifier.Add("text/html", s.html)
	s.minifier.Add("text/css", &css.Minifier{})
	s.gone = sync.OnceValues(func() (*landing, error) { return s.landing(nil, 0) })
	if base, err := url.Parse(strings.TrimSuffix(cfg.BaseURL, "/") + "/"); err == nil && cfg.BaseURL != "" {
		s.base, s.view.BaseURL = base, base.String() // [CheckBaseURL] has reported others
	}
	if accent, err := colour.Parse(cfg.Accent); err == nil {
		s.accent = accent.RGBA() // [ParseConfig] has reported others
	}
	s.cover = s.siteCover()
	s.publishLook(cfg, list)
	if err := s.makeStylesheet(cfg, list); err != nil {
		list.Errorf(codeSetting, cfg.At("highlight"), "set highlight.light and highlight.dark in site.yaml", "%v", err)
	}
	return s
}

// Leading returns the site with debriefs that lead on to another replay; next
// returns that by the slug of the one that was played, or nil.
func (s *Site) Leading(next func(slug string) *NextReplay) *Site {
	led := *s
	led.next = next
	return &led
}

// Styles returns the files that any page needs.
func (s *Site) Styles() []File {
	return append(s.theme.Static(), hashedFile(s.stylesheet, s.styles), fixedFile(".nojekyll", nil))
}

// Static returns the files that say nothing of any replay.
func (s *Site) Static() []File {
	files := append(s.Styles(), s.Missing(""))
	if s.base != nil {
		files = append(files, s.cover.file())
	}
	return append(files, s.robots()...)
}

// Lists returns the files that say what replays there are.
func (s *Site) Lists(cards []Card) []File {
	cards = newestFirst(cards)
	for i, c := range cards {
		cards[i] = s.take(c)
	}
	files := append(s.listFiles(cards), madeFile("sitemap.xml", func() ([]byte, error) { return s.sitemap(cards) }))
	if name := s.feedPath(cards); name != "" {
		files = append(files, madeFile(name, func() ([]byte, error) { return s.feed(cards) }))
	}
	return files
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
		if err == nil {
			continue
		}
		d := s.theme.diagnose(err)
		if key := fmt.Sprint(d.Span.Path(), d.Span.Start, d.Message); !reported[key] {
			reported[key] = true
			list.Add(d)
		}
	}
}

// makeStylesheet joins the styles of highlighted code, the theme's and those that
// the settings ask for.
func (s *Site) makeStylesheet(cfg Config, list *diag.List) error {
	h := cfg.Highlight
	accent, _, _ := s.accentStyle(cfg, list)
	switch s.theme.scheme {
	case "light":
		h.Dark = h.Light
	case "dark":
		h.Light = h.Dark
	}
	code, err := markdown.Stylesheet(h.Light, h.Dark)
	if err != nil {
		return err
	}
	scheme := fmt.Sprintf(":root{color-scheme:%s}\n", s.theme.scheme)
	s.styles, err = s.minifier.Bytes("text/css", slices.Concat(code, []byte(scheme), s.theme.styles, []byte(accent)))
	if err != nil {
		return fmt.Errorf("stylesheet: %w", err)
	}
	s.stylesheet = assetFolder + hashedName("style.css", s.styles)
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

// full returns the full URL of a path from the root, or "" where the base URL is
// not known.
func (s *Site) full(path string) string {
	if s.base == nil {
		return ""
	}
	return s.base.String() + path
}

// absolute returns the same, escaped for HTML.
func (s *Site) absolute(path string) string { return escape(s.full(path)) }

// hashedName puts a hash of the bytes into a file name, so that no cache can
// mix an old asset with a new page.
func hashedName(name string, body []byte) string {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:5])
	ext := path.Ext(name)
	if len(ext) > maxExtension || ext == name {
		ext = ""
	}
	stem := name[:len(name)-len(ext)]
	return stem[:min(len(stem), maxStem)] + "." + hash + ext
}

// Names of files may have 255 bytes at most.
const (
	maxExtension = 20
	maxStem      = 200
)

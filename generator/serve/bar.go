package serve

import (
	"bytes"
	"crypto/rand"
	_ "embed" // for the pages below
	"fmt"
	"html/template"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

//go:embed page/bar.html
var barText string

//go:embed page/report.html
var reportText string

//go:embed page/waiting.html
var waitingText string

//go:embed page/reload.js
var reloadScript string

var (
	barTemplate     = template.Must(template.New("bar").Parse(barText))
	reportTemplate  = template.Must(template.New("report").Parse(reportText))
	waitingTemplate = template.Must(template.New("waiting").Parse(waitingText))
)

// fill executes one of the templates above.
func fill(t *template.Template, data any) []byte {
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		panic("serve: a template of the server's own does not fit its data: " + err.Error())
	}
	return out.Bytes()
}

// A script is what reloads a page.
type script struct {
	Nonce, Base, Key, Style string
	Code                    template.JS
}

func newScript(nonce, base, key, style string) script {
	return script{Nonce: nonce, Base: base, Key: key, Style: style, Code: template.JS(reloadScript)} //nolint:gosec // our own
}

// A bar is what an author sees below a page that readers do not.
type bar struct {
	script
	Page      string // name of the page or of its file
	Facts     []string
	Source    place // of the place in the author's file
	Jumps     []jump
	Warnings  []place
	Published string // link to the page as it is published
}

// A place is a position in a file.
type place struct {
	Text string       // content/x.md:12:3
	Href template.URL // to the author's editor, or ""
	Note string
}

// A jump leads to another page of the replay.
type jump struct{ Text, Href string }

// decorate adds the author's bar and the script to a page.
func (s *Server) decorate(body []byte, v *view, a answer) []byte {
	nonce := rand.Text()
	b := bar{
		script: newScript(nonce, s.base, s.key(v, a), s.base+v.Site().Stylesheet()),
		Page:   a.file.Path, Published: "?published",
	}
	if a.replay != nil && a.state >= 0 {
		s.describe(&b, v, a)
	}
	body = allow(body, nonce)
	end := bytes.LastIndex(body, []byte("</body>"))
	if end < 0 {
		end = len(body)
	}
	return slices.Concat(body[:end], fill(barTemplate, b), body[end:])
}

// describe says what the page of a state is and where it leads.
func (s *Server) describe(b *bar, v *view, a answer) {
	pages := v.Pages(a.replay)
	m := pages.Machine()
	b.Page = m.Name(a.state)
	b.Facts = append(b.Facts, "detail "+m.Detail.String())
	if clock, known := m.Clock(a.state); known {
		score, _ := m.Score(a.state)
		b.Facts = append(b.Facts, fmt.Sprintf("%d min, score %d", clock, score))
	}
	b.Facts = append(b.Facts, fmt.Sprintf("%d pages", m.Len()))
	link, _, _ := strings.Cut(pages.Link(a.state), "?")
	b.Published = link + "?published"
	b.Source = s.place(v, spanOf(m, a.state), a.replay)
	for i, round := range m.Replay.Rounds {
		for _, kind := range []trail.PlaceKind{trail.Round, trail.Closing} {
			if state, ok := m.First(kind, i); ok {
				text := "Round " + round.Label
				if round.Title != "" {
					text += ": " + round.Title
				}
				b.Jumps = append(b.Jumps, jump{text, pages.Link(state)})
			}
		}
	}
	if best, worst, ok := m.Extremes(); ok {
		b.Jumps = append(b.Jumps, jump{"Debrief of the best path", pages.Link(best)}, jump{"Debrief of the worst path", pages.Link(worst)})
	}
	if slices.ContainsFunc(pages.Extras(), func(f site.File) bool { return path.Base(f.Path) == site.SheetName }) {
		b.Jumps = append(b.Jumps, jump{"Facilitator’s sheet", site.SheetName})
	}
	for _, d := range v.troubles(a.replay).Sorted() {
		if d.Severity == diag.Warning {
			warning := s.place(v, d.Span, a.replay)
			warning.Note = d.Message
			b.Warnings = append(b.Warnings, warning)
		}
	}
}

// spanOf returns the place in the author's text that a page shows.
func spanOf(m *trail.Machine, i int) diag.Span {
	r, p := m.Replay, m.Place(i)
	if ending, ok := p.Ending(); ok {
		return r.Endings[ending].Span
	}
	switch {
	case p.Kind == trail.Outcome:
		return r.Rounds[p.Round].Choices[p.Choice].Outcome.Span
	case p.Kind == trail.Round || p.Kind == trail.Closing:
		return r.Rounds[p.Round].Span
	case p.Kind == trail.Debrief && r.OptimalSpan.Source != nil:
		return r.OptimalSpan
	}
	return r.TitleSpan
}

// place names a place in a file and links to the author's editor. Of page text,
// which is imported on the fly, only the file is known.
func (s *Server) place(v *view, span diag.Span, r *library.Replay) place {
	if span.IsZero() {
		return place{}
	}
	at, name := span.Position(), span.Path()
	p := place{Text: fmt.Sprintf("%s:%d:%d", name, at.Line, at.Column)}
	if r != nil && r.Path == name && strings.HasSuffix(name, ".txt") {
		at, p.Text = diag.Position{Line: 1, Column: 1}, name
	}
	if link := s.editor(v); link != "" {
		file := &url.URL{Path: filepath.ToSlash(filepath.Join(s.source, filepath.FromSlash(name)))}
		if !strings.HasPrefix(file.Path, "/") {
			file.Path = "/" + file.Path // C:/… on Windows
		}
		path := file.EscapedPath()
		if before, _, _ := strings.Cut(link, "{path}"); strings.Contains(before, "?") {
			path = strings.NewReplacer("%2F", "/", "+", "%20").Replace(url.QueryEscape(file.Path))
		}
		replace := strings.NewReplacer("{path}", path, "{line}", strconv.Itoa(at.Line), "{column}", strconv.Itoa(at.Column))
		p.Href = template.URL(replace.Replace(link)) //nolint:gosec // [site.CheckEditor] has looked at its scheme
	}
	return p
}

func (s *Server) editor(v *view) string {
	if s.opts.Editor != "" {
		return s.opts.Editor
	}
	return v.Config().Editor
}

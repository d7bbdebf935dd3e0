package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// An answer is what a path on the site leads to. At most one of file, to,
// problems and unread is set; with none of them the path leads nowhere.
type answer struct {
	file     *site.File
	to       string // relative to the site's root: a redirect
	problems *diag.List
	err      error // with problems: what could not be read
	unread   int   // how many replays have to be read first

	replay  *library.Replay // whose page it is, if any
	state   int             // of a page of a state, else -1
	retired bool            // the file stands for a page that an edit of the replay took away
}

// patience is how many replays a reader waits for. While more are unread, lists
// of replays say so and come again.
const patience = 100

func page(f site.File) answer { return answer{file: &f, state: -1} }

func redirect(to string) answer { return answer{to: to, state: -1} }

// find looks up a path from the site's root, as GitHub Pages does.
func (s *Server) find(ctx context.Context, v *view, name string, query url.Values) answer {
	if list := v.Common(); v.Broken() != nil || list.HasErrors() {
		return answer{problems: list, err: v.Broken(), state: -1}
	}
	if f, ok := v.static()[name]; ok {
		return page(f)
	}
	folder, file, below := strings.Cut(name, "/")
	switch {
	case folder == "assets" && below:
		return s.asset(ctx, v, name)
	case folder == "", v.Find(folder) == nil && !v.published(folder): // a slug that cannot be used may be ""
		if unread := v.Unread(); unread > patience && !s.opts.Plain && !query.Has("published") {
			return answer{unread: unread, state: -1}
		}
		return v.list(name)
	case !below:
		return redirect(folder + "/" + question(query))
	}
	return v.replayPage(folder, file, query)
}

// asset returns a file that pages link to. One that no page has been asked for
// yet is not known before every replay has been looked at.
func (s *Server) asset(ctx context.Context, v *view, name string) answer {
	for _, content := range append(s.earlier(), v.Content()) {
		if f, ok := content.Asset(name); ok {
			return page(f)
		}
	}
	v.Diagnose(ctx)
	if f, ok := v.Content().Asset(name); ok {
		return page(f)
	}
	return answer{state: -1}
}

// published reports whether pages of a replay were ever published.
func (v *view) published(slug string) bool {
	if slug == "" {
		return false // the index
	}
	var list diag.List
	_, err := v.Lock(slug, &list)
	return err == nil
}

// list returns a page that lists replays.
func (v *view) list(name string) answer {
	lists := v.lists()
	if name == "" || strings.HasSuffix(name, "/") {
		name += indexFile
	} else if _, isFolder := lists[name+"/"+indexFile]; isFolder {
		return redirect(name + "/")
	}
	for _, candidate := range []string{name, name + ".html"} {
		if f, ok := lists[candidate]; ok {
			return page(f)
		}
		if f, ok := v.static()[candidate]; ok {
			return page(f)
		}
	}
	return answer{state: -1}
}

const indexFile = "index.html"

// replayPage returns the page of a replay called file.
func (v *view) replayPage(slug, file string, query url.Values) answer {
	name := strings.TrimSuffix(file, ".html")
	if file == "" {
		name = "index"
	}
	r := v.Find(slug)
	if r == nil {
		return v.tombstone(slug, name, v.Site().Tombstone)
	}
	if list := v.troubles(r); list.HasErrors() {
		return answer{problems: list, replay: r, state: -1}
	}
	pages := v.Pages(r)
	if to, ok := v.byTrail(pages, slug, name, query.Get("trail")); ok {
		a := redirect(to)
		a.replay = r
		return a
	}
	if i, ok := pages.State(name); ok {
		f := pages.Page(i)
		return answer{file: &f, replay: r, state: i}
	}
	for _, f := range pages.Extras() {
		if extra := path.Base(f.Path); extra == file || extra == file+".html" {
			return answer{file: &f, replay: r, state: -1}
		}
	}
	a := v.tombstone(slug, name, func(_, name string) site.File { return pages.Tombstone(name) })
	a.retired = a.file != nil
	if a.file == nil && name == strings.ToLower(name) { // as all names are
		a.to, _ = v.nearest(r, name, query.Get("trail"), trail.Changed)
	}
	a.replay = r
	return a
}

// troubles is what is to be said of one replay, also in comparison with others.
func (v *view) troubles(r *library.Replay) *diag.List {
	list := v.Problems(r)
	if twins := v.Twins(r); len(twins) > 0 {
		list.Append(v.Compare(twins))
	}
	return list
}

// tombstone returns the page that stands for a retired one, if it was ever published.
func (v *view) tombstone(slug, name string, make func(slug, name string) site.File) answer {
	var list diag.List
	if l, err := v.Lock(slug, &list); err != nil || !l.Has(name) {
		return answer{state: -1}
	}
	return page(make(slug, name))
}

// byTrail returns the page that a trail given to the briefing means.
func (v *view) byTrail(pages *site.Replay, slug, name, word string) (to string, ok bool) {
	if name != "index" || word == "" {
		return "", false
	}
	res := pages.Machine().Resolver().Address(trail.Address{Folder: slug, Page: name, Trail: word, Clock: -1, Score: -1})
	if res.Followed == "" || res.State == 0 || res.Fault > trail.Unknown { // of an older version, the beginning will do
		return "", false
	}
	return slug + "/" + pages.Link(res.State), true
}

// nearest returns the page that comes closest to one that is not there: as far
// as its trail can be followed, else the round that it speaks of, else the
// briefing. ok is false if what is wrong with the name is worse than worst.
func (v *view) nearest(r *library.Replay, name, word string, worst trail.Fault) (to string, ok bool) {
	pages := v.Pages(r)
	m := pages.Machine()
	res := m.Resolver().Address(trail.Address{Folder: r.Slug, Page: name, Trail: word, Clock: -1, Score: -1})
	if res.Fault > worst {
		return "", false
	}
	state := res.State
	if state == 0 {
		state = m.Nearest(name)
	}
	return r.Slug + "/" + pages.Link(state), true
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "this server only shows pages", http.StatusMethodNotAllowed)
		return
	}
	select {
	case <-s.opened:
	default:
		select {
		case <-s.opened:
		case <-r.Context().Done():
			http.Error(w, "this server ends before it has begun", http.StatusServiceUnavailable)
			return
		}
	}
	name, below := strings.CutPrefix(r.URL.Path, s.base)
	tool, isTool := strings.CutPrefix(name, toolFolder)
	switch {
	case !below && (r.URL.Path == "/" || r.URL.Path+"/" == s.base):
		http.Redirect(w, r, s.base, http.StatusFound)
	case !below:
		http.NotFound(w, r)
	case isTool && !s.opts.Plain:
		s.tool(w, r, tool)
	default:
		s.reply(w, r, s.now(), name)
	}
}

// reply writes the answer to a path on the site.
func (s *Server) reply(w http.ResponseWriter, r *http.Request, v *view, name string) {
	query := r.URL.Query()
	s.write(w, v, s.find(r.Context(), v, name, query), s.opts.Plain || query.Has("published"))
}

// write writes an answer; plain is as it is published.
func (s *Server) write(w http.ResponseWriter, v *view, a answer, plain bool) {
	if a.to != "" {
		w.Header().Set("Location", s.base+a.to)
		w.WriteHeader(http.StatusFound)
		return
	}
	if a.unread > 0 {
		s.writeWaiting(w, v, a)
		return
	}
	status := http.StatusOK
	if a.file == nil && a.problems == nil {
		missing := v.Site().Missing(s.base)
		a.file, status = &missing, http.StatusNotFound
	}
	body := v.render(&a)
	if a.problems != nil {
		s.writeReport(w, v, a, plain)
		return
	}
	kind := contentType(a.file.Path)
	if !plain && strings.HasPrefix(kind, "text/html") {
		body = s.decorate(body, v, a)
	}
	send(w, status, kind, body)
}

// render makes the answer's file. If a template fails, problems take its place.
func (v *view) render(a *answer) []byte {
	if a.file == nil {
		return nil
	}
	body, err := a.file.Append(nil)
	if err != nil {
		a.file, a.problems = nil, &diag.List{}
		v.Site().Report([]error{err}, a.problems)
	}
	return body
}

func send(w http.ResponseWriter, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader may have left
}

// contentType returns the media type of a file of the site, whatever the machine
// thinks of its extension.
func contentType(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".xml":
		return "application/xml"
	case ".txt", ".md", ".yaml", ".yml", ".log":
		return "text/plain; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png", ".gif", ".webp", ".avif":
		return "image/" + ext[1:]
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".json":
		return "application/json"
	case ".pdf":
		return "application/pdf"
	}
	return "application/octet-stream"
}

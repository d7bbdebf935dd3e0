// Package serve shows a source as the site that it would be built into, page by
// page and as it is now. Nothing is written: a page is rendered from the models
// in memory when it is asked for, and a change reads again only what changed.
//
// A [Server] is an http.Handler. It answers as GitHub Pages would (/name is
// name.html, /folder leads to /folder/, what is missing is 404.html), and besides:
//
//   - /replay/?trail=… leads to the page that a trail means.
//   - A page that an edit took away leads to the nearest that lives.
//   - Pages of a replay with errors are a report of the errors, and so is every
//     page while the settings or the theme are broken. They answer 500.
//   - Pages carry a script that reloads them after a change, and the author's
//     bar. Both are left out with [Options.Plain], and for ?published.
//
// Only files that are part of the site are ever served: the path of a request is
// looked up in it, and never opened.
package serve

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/watch"
)

// Options say what to serve, and how.
type Options struct {
	Source   string // directory that holds content/; "" is the current one
	BasePath string // where the site stands on its host, such as /repo/; "" is /
	Drafts   bool   // show drafts too
	Plain    bool   // serve the pages as they are published
	Editor   string // link to a place in a file, instead of the settings' editor; see [site.Config]
	// Poll is how often to look for changes where the system's notifications are
	// not to be used; 0 uses them where they can be had.
	Poll time.Duration
	// Report, if set, is told what there is to say of the source: once it has been
	// read, and after every change that makes a difference. It is called from one
	// goroutine at a time.
	Report func([]diag.Diagnostic)
	// Notice, if set, is told what the author should know of watching.
	Notice func(text string)
}

// keep is how many compiled replays stay in memory.
const keep = 24

// A Server shows one source. It is safe for concurrent use.
type Server struct {
	opts    Options
	base    string // path of the site on its host, with a slash at either end
	source  string // absolute
	session string // tells this server's pages from those of the one before
	hub     *hub
	opened  chan struct{} // closed once there is an edition

	mu       sync.RWMutex
	current  *view
	contents []*site.Content // of earlier editions, which open pages may still refer to
}

// A view is an edition with what the server makes of it once.
type view struct {
	*library.Edition
	number int // of the edition
	// static and lists are files by their paths. The lists need a look at every
	// replay, so they are asked for last.
	static, lists func() map[string]site.File
}

func byPath(files func() []site.File) func() map[string]site.File {
	return sync.OnceValue(func() map[string]site.File {
		all := map[string]site.File{}
		for _, f := range files() {
			all[f.Path] = f
		}
		return all
	})
}

// New returns a server. It answers as soon as [Server.Watch] runs; the source is
// read then, replay by replay, as pages are asked for.
func New(opts Options) (*Server, error) {
	source, err := filepath.Abs(opts.Source)
	if err != nil {
		return nil, err
	}
	base := "/" + strings.Trim(opts.BasePath, "/") + "/"
	if base == "//" {
		base = "/"
	}
	return &Server{
		opts: opts, base: base, source: source, session: strings.ToLower(rand.Text()[:10]),
		hub: newHub(), opened: make(chan struct{}),
	}, nil
}

// Base returns the path of the site on its host, with a slash at either end.
func (s *Server) Base() string { return s.base }

// Watch reads the source and follows its changes until the context ends, which
// also ends all streams of events. It is called once.
func (s *Server) Watch(ctx context.Context) error {
	defer s.hub.close()
	// Watching begins before reading: nothing that happens in between is missed.
	batches, err := watch.Start(ctx, watch.Options{
		Roots: []string{filepath.Join(s.source, library.ContentDir), filepath.Join(s.source, library.ThemesDir)},
		Poll:  s.opts.Poll,
	})
	if err != nil {
		return err
	}
	s.show(library.Open(library.Dir(s.source), library.Options{Drafts: s.opts.Drafts, Keep: keep}))
	close(s.opened)
	reporter := s.startReporter(ctx)
	defer reporter.stop()
	for batch := range batches {
		if batch.Notice != "" && s.opts.Notice != nil {
			s.opts.Notice(batch.Notice)
		}
		if s.change(batch.Paths) {
			reporter.wake()
		}
	}
	return nil
}

// change shows the edition after a change of paths, and reports whether there is one.
func (s *Server) change(paths []string) bool {
	var changed []string
	for _, p := range paths {
		if rel, err := filepath.Rel(s.source, p); err == nil {
			changed = append(changed, filepath.ToSlash(rel))
		}
	}
	if len(changed) == 0 {
		return false
	}
	before := s.now()
	next := before.After(changed)
	if before.Same(next) {
		return false
	}
	s.show(next)
	s.hub.broadcast()
	return true
}

// remembered is how many earlier contents are looked through for assets.
const remembered = 8

func (s *Server) show(e *library.Edition) {
	v := &view{Edition: e}
	v.static = byPath(func() []site.File { return e.Site().Static() })
	v.lists = byPath(func() []site.File { return e.Site().Lists(e.Cards()) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current != nil {
		v.number = s.current.number + 1
		if old := s.current.Content(); old != e.Content() {
			s.contents = append([]*site.Content{old}, s.contents...)
			s.contents = s.contents[:min(len(s.contents), remembered)]
		}
	}
	s.current = v
}

func (s *Server) now() *view {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.current
}

// earlier returns contents that pages which are still open may refer to.
func (s *Server) earlier() []*site.Content {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.contents)
}

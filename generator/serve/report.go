package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
)

// A report is the page that stands where errors leave none.
type report struct {
	script
	Subject  string // what is affected
	Title    string
	Failure  string // what could not be read; "" if nothing
	Problems []problem
}

// A problem is one diagnostic for a page.
type problem struct {
	Place                         place
	Severity, Code, Message, Hint string
	Excerpt                       string
	Related                       []place
}

func (s *Server) writeReport(w http.ResponseWriter, v *view, a answer, plain bool) {
	nonce := rand.Text()
	page := report{script: newScript(nonce, s.base, s.key(v, a), ""), Subject: "the whole site"}
	if plain {
		page.Code = ""
	}
	if a.replay != nil {
		page.Subject = a.replay.Path
	}
	errors := a.problems.Count(diag.Error)
	if a.err != nil {
		page.Failure = a.err.Error()
		errors++
	}
	page.Title = fmt.Sprintf("%d things to mend", errors)
	if errors == 1 {
		page.Title = "1 thing to mend"
	}
	for _, d := range a.problems.Sorted() {
		if d.Severity != diag.Note {
			page.Problems = append(page.Problems, s.problem(v, a, d))
		}
	}
	send(w, http.StatusInternalServerError, contentType(".html"), fill(reportTemplate, page))
}

// writeWaiting says that the library is still being read; the page loads itself again.
func (s *Server) writeWaiting(w http.ResponseWriter, v *view, a answer) {
	total := len(v.Replays())
	w.Header().Set("Retry-After", "1")
	send(w, http.StatusServiceUnavailable, contentType(".html"), fill(waitingTemplate, map[string]int{"Read": total - a.unread, "Total": total}))
}

func (s *Server) problem(v *view, a answer, d diag.Diagnostic) problem {
	p := problem{
		Place: s.place(v, d.Span, a.replay), Severity: d.Severity.String(), Code: string(d.Code),
		Message: d.Message, Hint: d.Hint, Excerpt: diag.Excerpt(d.Span),
	}
	for _, r := range d.Related {
		related := s.place(v, r.Span, nil)
		related.Note = r.Message
		p.Related = append(p.Related, related)
	}
	return p
}

// A reporter tells the author what there is to say, in a goroutine of its own,
// so that pages never wait for it.
type reporter struct {
	server  *Server
	cancel  context.CancelFunc
	again   chan struct{}
	running sync.WaitGroup
	said    []diag.Diagnostic
}

func (s *Server) startReporter(ctx context.Context) *reporter {
	ctx, cancel := context.WithCancel(ctx)
	r := &reporter{server: s, cancel: cancel, again: make(chan struct{}, 1)}
	r.wake()
	r.running.Go(func() {
		for first := true; ; first = false {
			if _, more := <-r.again; !more {
				return
			}
			if first {
				giveWay(ctx)
			}
			r.tell(ctx, first)
		}
	})
	return r
}

// giveWay leaves the processors to the first page that is asked for.
func giveWay(ctx context.Context) {
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
	}
}

// wake asks for another look.
func (r *reporter) wake() {
	select {
	case r.again <- struct{}{}:
	default: // it is going to look anyway
	}
}

func (r *reporter) stop() {
	r.cancel()
	close(r.again)
	r.running.Wait()
}

// tell looks at the source and reports what is new since the last time.
func (r *reporter) tell(ctx context.Context, first bool) {
	v := r.server.now()
	list := v.Diagnose(ctx)
	if ctx.Err() != nil {
		return
	}
	if err := v.Broken(); err != nil {
		list.Errorf(library.CodeUnreadable, diag.Span{}, "the preview goes on; it shows the site again as soon as this can be read", "%v", err)
	}
	now := list.Sorted()
	if r.server.opts.Report != nil && (first || !same(now, r.said)) {
		r.server.opts.Report(now)
	}
	r.said = now
}

// same reports whether two lists say the same of the same places.
func same(a, b []diag.Diagnostic) bool {
	if len(a) != len(b) {
		return false
	}
	for i, d := range a {
		e := b[i]
		if d.Code != e.Code || d.Message != e.Message || d.Span.Path() != e.Span.Path() || d.Span.Position() != e.Span.Position() {
			return false
		}
	}
	return true
}

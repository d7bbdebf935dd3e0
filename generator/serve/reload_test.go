package serve_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestWhere: an open page learns that it is out of date, and what to load.
func TestWhere(t *testing.T) {
	text := func(oldNew ...string) map[string]string {
		return map[string]string{"content/disk.md": edited(t, oldNew...)}
	}
	withoutC := text("- C) Reboot\n", "", "### If you chose C:\n> *[Result: Worse.]*\n", "")
	for i, tt := range []struct {
		name, open string
		change     map[string]string // new texts of files; "" removes one
		want       string            // what to load; "same" is the same page, "" the index
	}{
		{"an edit", "disk/round-1.html", text("The disk is full.", "An edit."), "same"},
		{"an edit of what is not shown", "disk/", text("Worse.", "An edit."), "same"},
		{"an extension-less name", "disk/round-1", text("The disk is full.", "An edit."), "same"},
		{"other times", "disk/debrief-3.1-b.2-a.html?trail=1-B.2-A&clock=4&score=100", text("4 minutes", "6 minutes"),
			"disk/debrief-3.1-b.2-a.html?trail=1-B.2-A&clock=6&score=100"},
		{"the choice is gone", "disk/outcome-1c.1-c.html?trail=1-C&clock=5&score=92", withoutC, "disk/round-1.html?trail=start&clock=0&score=100"},
		{"a choice that was tried is gone", "disk/outcome-1a.1-ac.html?trail=1-AC&clock=8&score=67", withoutC, "disk/round-1.html?trail=start&clock=0&score=100"},
		{"a later choice is gone", "disk/outcome-2c.1-b.2-c.html?trail=1-B.2-C&clock=5&score=92",
			text("- C) Wait\n", "", "### If you chose C:\n> *[Result: It is larger.]*\n", ""), "disk/round-2.1-b.html?trail=1-B&clock=2&score=100"},
		{"the debrief is of a round that is gone", "disk/debrief-3.1-b.2-a.html?trail=1-B.2-A", text("## Round 3", "## Round 4", "Round 3", "Round 4"),
			"disk/debrief-4.1-b.2-a.html?trail=1-B.2-A&clock=4&score=100"},
		{"the round has another label", "disk/outcome-2b.1-b.2-b.html?trail=1-B.2-B", text("## Round 2:", "## Round 2b:", "Round 2.", "Round 2b."),
			"disk/round-2b.1-b.html?trail=1-B&clock=2&score=100"},
		{"another detail", "disk/outcome-1a.1-ac.html?trail=1-AC&clock=8&score=67", text("# Incident", "---\ndetail: none\n---\n# Incident"),
			"disk/outcome-1a.1-ac.html?trail=1-AC"},
		{"the replay is gone", "disk/round-1.html", map[string]string{"content/disk.md": ""}, ""},
		{"the replay is gone, the page was published", "disk/outcome-1a.1-ac.html", map[string]string{"content/disk.md": ""}, "same"},
		{"the replay has another name", "disk/round-1.html", map[string]string{"content/disk.md": "", "content/full.md": disk}, ""},
		{"the replay is broken", "disk/round-1.html?clock=0&trail=start&x=%2f", map[string]string{"content/disk.md": "# Bad\n"}, "same"},
		{"the site is broken", "disk/round-1.html?trail=start&clock=0", map[string]string{"content/site.yaml": "titel: x\n"}, "same"},
		{"the facilitator’s sheet", "disk/facilitator.html", text("The disk is full.", "An edit."), "same"},
		{"the list", "", map[string]string{"content/other.md": titled("An edit")}, "same"},
		{"the list, with parameters", "index.html?b=2&a=1", map[string]string{"content/other.md": titled("An edit")}, "same"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			base := []string{"/", "/repo/"}[i%2]
			if tt.want == "same" {
				tt.want = tt.open
			}
			p := newFolder(t, map[string]string{
				"content/disk.md": disk, "content/other.md": titled("Other"), "content/names/disk.names": "index\noutcome-1a.1-ac\n",
			}).preview(serve.Options{BasePath: base})
			before := p.expectKey(base, base+tt.open)
			for name, text := range tt.change {
				if text == "" {
					p.remove(name)
				} else {
					p.replace(name, text)
				}
			}
			var now standing
			if !within(func() bool {
				now = p.where(base, base+tt.open)
				return now.Key != before && p.get(now.To).status != 404
			}) {
				t.Fatalf("it is still %s; now %+v", before, now)
			}
			if now.To != base+tt.want {
				t.Errorf("the page is to load %s, want %s", now.To, base+tt.want)
			}
			p.expectKey(base, now.To)
		})
	}
}

// expectKey returns the key of a page, which the page must know, or it would be
// loaded again and again.
func (p *preview) expectKey(base, target string) string {
	p.Helper()
	key := p.where(base, target).Key
	if r := p.get(target); r.status == 404 || !strings.Contains(r.body, `data-key="`+key+`"`) {
		p.Errorf("%s does not know its key %s: status %d to %s\n%s", target, key, r.status, r.location(), r.body)
	}
	return key
}

// TestWhereOfOthers: an edit of one replay makes no page of another load.
func TestWhereOfOthers(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/other.md": titled("Other")})
	p := f.preview(serve.Options{})
	before := p.where("/", "/other/round-1.html")
	f.replace("content/disk.md", edited(t, "The disk is full.", "An edit."))
	p.await("/disk/round-1", 200, "An edit.")
	if now := p.where("/", "/other/round-1.html"); now != before {
		t.Errorf("%+v, then %+v", before, now)
	}
	f.replace("content/disk.md", "# Bad\n")
	p.await("/disk/round-1", 500, "to mend")
	if now := p.where("/", "/other/round-1.html"); now != before {
		t.Errorf("%+v, then, with the other broken, %+v", before, now)
	}
	if again := f.preview(serve.Options{}).where("/", "/other/round-1.html"); again.Key == before.Key {
		t.Error("pages of the server before have the keys of this one's")
	}
}

// TestWhereWhileUnread: a list that cannot be shown yet, since the preview has just
// begun, is not given up for another page.
func TestWhereWhileUnread(t *testing.T) {
	files := map[string]string{}
	for i := range 150 {
		files[fmt.Sprintf("content/r%d.md", i)] = strings.Replace(titled(fmt.Sprint(i)), "# Incident", "---\ntags: [dns]\n---\n# Incident", 1)
	}
	p := newFolder(t, files).preview(serve.Options{})
	const open = "/tags/dns.html"
	if !within(func() bool {
		if now := p.where("/", open); now.To != open {
			t.Fatalf("the page is to load %s", now.To)
		}
		return p.get(open).status == 200
	}) {
		t.Error("the list is never there")
	}
}

// TestPlainHasNoTools: with the pages as they are published there is nothing
// that they could ask.
func TestPlainHasNoTools(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk}).preview(serve.Options{Plain: true})
	for _, target := range []string{"/_replaygen/events", "/_replaygen/where?page=/", "/_replaygen/"} {
		if r := p.get(target); r.status != 404 || !strings.Contains(r.body, "Page not found") {
			t.Errorf("%s: status %d", target, r.status)
		}
	}
	for _, target := range []string{"/", "/disk/round-1", "/nowhere"} {
		if r := p.get(target); strings.Contains(r.body, "<script") || strings.Contains(r.body, "replaygen-bar") {
			t.Errorf("%s is not as it is published:\n%s", target, r.body)
		}
	}
}

// A stream is an open stream of events.
type stream struct {
	t      *testing.T
	events chan string // what was said, without comments; closed at its end
}

func (h *host) listen(t *testing.T) *stream {
	t.Helper()
	return listen(t, "http://"+h.addr+h.server.Base())
}

// listen opens the stream of events of the site at url.
func listen(t *testing.T, url string) *stream {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url+"_replaygen/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || kind != "text/event-stream" {
		t.Fatalf("status %d, type %q", answer.StatusCode, kind)
	}
	s := &stream{t, make(chan string, 1000)}
	go func() {
		defer close(s.events)
		defer answer.Body.Close()
		lines := bufio.NewScanner(answer.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				s.events <- data
			}
		}
	}()
	return s
}

// next waits for the next event; ok is false at the stream's end.
func (s *stream) next() (event string, ok bool) {
	s.t.Helper()
	select {
	case event, ok = <-s.events:
		return event, ok
	case <-time.After(deadline):
		s.t.Fatal("no event came")
		return "", false
	}
}

func (s *stream) expect(want string) {
	s.t.Helper()
	if event, ok := s.next(); !ok || event != want {
		s.t.Fatalf("event %q, %v; want %q", event, ok, want)
	}
}

// TestEvents: one at once, one after each change, and an end with the server.
func TestEvents(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	h := f.run(0, serve.Options{})
	streams := []*stream{h.listen(t), h.listen(t), h.listen(t)}
	for _, s := range streams {
		s.expect("changed")
	}
	key := h.where("/", "/disk/round-1").Key
	for _, words := range []string{"One edit.", "Another edit."} {
		f.replace("content/disk.md", edited(t, "The disk is full.", words))
		for _, s := range streams {
			s.expect("changed")
		}
		// By then the page is there.
		if now := h.where("/", "/disk/round-1"); now.Key == key || !strings.Contains(h.get("/disk/round-1").body, words) {
			t.Errorf("the event comes before the page that says %q", words)
		}
	}
	h.stop()
	for _, s := range streams {
		if event, ok := s.next(); ok {
			t.Errorf("another event: %q", event)
		}
	}
	if late := h.get("/_replaygen/events"); late.status != 200 || !strings.Contains(late.body, "data: changed") {
		t.Errorf("after the end: %+v", late)
	}
}

// TestEventsInAPortal end with the watching, though the portal goes on.
func TestEventsInAPortal(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk}).preview(serve.Options{})
	portal := httptest.NewServer(p.server)
	defer portal.Close()
	s := listen(t, portal.URL+"/")
	s.expect("changed")
	p.stop()
	if event, ok := s.next(); ok {
		t.Errorf("another event: %q", event)
	}
	if r := p.get("/disk/round-1"); r.status != 200 {
		t.Errorf("after the watching a page answers %d", r.status)
	}
}

// TestEventsOfABurst: events say that there is news, not how much of it.
func TestEventsOfABurst(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	h := f.run(0, serve.Options{})
	s := h.listen(t)
	s.expect("changed")
	const edits = 500
	for i := range edits {
		f.replace("content/disk.md", edited(t, "The disk is full.", strings.Repeat("word ", i)))
	}
	f.replace("content/disk.md", edited(t, "The disk is full.", "The last edit."))
	s.expect("changed")
	h.await("/disk/round-1", 200, "The last edit.")
	h.stop()
	n := 0
	for range s.events {
		n++
	}
	if n > edits/2 {
		t.Errorf("%d events for %d edits", n, edits)
	}
}

// TestHeadOfEvents does not wait for any.
func TestHeadOfEvents(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk}).preview(serve.Options{})
	if r := p.ask("HEAD", "/_replaygen/events"); r.status != 200 || r.body != "" || r.header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("status %d, %v", r.status, r.header)
	}
}

// TestQuietStreams stay open: they show that they live before anybody gives them up.
func TestQuietStreams(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk}).preview(serve.Options{})
	p.await("/disk/round-1", 200, "The disk is full.")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, "GET", "/_replaygen/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		w := &timedWriter{t: t, header: http.Header{}}
		go p.server.ServeHTTP(w, r)
		time.Sleep(time.Hour) // of the bubble's clock
		cancel()
		synctest.Wait()
		if w.written < 100 {
			t.Errorf("in an hour it showed only %d times that it lives", w.written)
		}
	})
}

// A timedWriter holds that nothing is written after the time allowed for it.
type timedWriter struct {
	t       *testing.T
	header  http.Header
	until   time.Time
	written int
}

func (w *timedWriter) Header() http.Header { return w.header }
func (w *timedWriter) WriteHeader(int)     {}
func (w *timedWriter) Flush()              {}

func (w *timedWriter) Write(text []byte) (int, error) {
	w.written++
	return io.Discard.Write(text)
}

func (w *timedWriter) SetWriteDeadline(until time.Time) error {
	if !w.until.IsZero() && !time.Now().Before(w.until) {
		w.t.Errorf("the time to write was over at %v", w.until) // see http.ResponseController
	}
	w.until = until
	return nil
}

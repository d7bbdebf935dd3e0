package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/trail"
)

// Pages of the server's own stand below this; no replay's folder begins so.
const (
	toolFolder = "_replaygen/"
	eventsTool = "events"
	whereTool  = "where"
)

// tool answers what the script in the pages asks.
func (s *Server) tool(w http.ResponseWriter, r *http.Request, name string) {
	switch name {
	case eventsTool:
		s.events(w, r)
	case whereTool:
		s.where(w, r)
	default:
		http.NotFound(w, r)
	}
}

// heartbeat is how often a stream of events shows that it lives; a client that
// has not taken one when the next is due is gone.
const heartbeat = 15 * time.Second

// events streams a message at once and after every change. It says no more than
// that there may be something new: pages then ask where they stand. So nothing
// is lost when a stream breaks off, be it that the server is started again.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	changes, leave := s.hub.join()
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	stream := http.NewResponseController(w)
	say := func(text string) bool {
		_ = stream.SetWriteDeadline(time.Now().Add(2 * heartbeat)) // not every writer has one
		if _, err := fmt.Fprint(w, text); err != nil {
			return false
		}
		return stream.Flush() == nil
	}
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for ok := say("retry: 300\ndata: changed\n\n"); ok; {
		select {
		case <-r.Context().Done():
			return
		case _, open := <-changes:
			ok = open && say("data: changed\n\n")
		case <-alive.C:
			ok = say(": alive\n\n")
		}
	}
}

// A standing tells an open page how it stands.
type standing struct {
	Key   string `json:"key"`   // if the page has another one, it is out of date
	To    string `json:"to"`    // the path to load then
	Style string `json:"style"` // path of the stylesheet, which can be swapped by itself
}

// where tells the page at ?page= how it stands.
func (s *Server) where(w http.ResponseWriter, r *http.Request) {
	asked, err := url.Parse(r.URL.Query().Get("page"))
	if err != nil || strings.HasPrefix(asked.EscapedPath(), "//") { // which might lead to another host
		http.Error(w, "page is no path", http.StatusBadRequest)
		return
	}
	v := s.now()
	name, below := strings.CutPrefix(asked.Path, s.base)
	if !below {
		http.NotFound(w, r)
		return
	}
	a := s.find(r.Context(), v, name, asked.Query())
	v.render(&a)
	now := standing{Key: s.key(v, a), To: s.living(v, a, name, asked)}
	if v.Site() != nil {
		now.Style = s.base + v.Site().Stylesheet()
	}
	body, err := json.Marshal(now)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, http.StatusOK, contentType(".json"), body)
}

// living returns the path to load for an open page: the one asked for, with its
// parameters as they are now, else that of the nearest page that lives.
func (s *Server) living(v *view, a answer, name string, asked *url.URL) string {
	slug, file, _ := strings.Cut(name, "/")
	r, query := v.Find(slug), asked.Query()
	switch {
	case a.problems != nil, a.unread > 0, a.file != nil && a.state < 0 && !a.retired, a.state >= 0 && len(query) == 0:
		return asked.RequestURI()
	case a.state >= 0:
		return s.base + slug + "/" + v.Pages(a.replay).Link(a.state)
	case a.to != "":
		return s.base + a.to
	case r != nil:
		to, _ := v.nearest(r, strings.TrimSuffix(file, ".html"), query.Get("trail"), trail.Malformed)
		return s.base + to
	}
	return s.base // the index
}

func question(query url.Values) string {
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

// key changes with everything that changes a page but its stylesheet.
func (s *Server) key(v *view, a answer) string {
	if a.problems != nil || a.replay == nil {
		return fmt.Sprintf("%s-%d", s.session, v.number)
	}
	return s.replayKey(v, a.replay, a.state)
}

func (s *Server) replayKey(v *view, r *library.Replay, state int) string {
	sum := r.Sum()
	key := fmt.Sprintf("%s-%d-%x", s.session, v.Layout(), sum[:8])
	if state < 0 {
		key += "-gone" // another page than that of the state, should it come
	}
	return key
}

// policyPattern finds the policy that a page declares. The theme may have one of its own.
var policyPattern = regexp.MustCompile(`(?i)(<meta\s[^>]*http-equiv=["']?content-security-policy["']?[^>]*content=")([^"]*)"`)

// allow widens a page's policy for what bears nonce, and for asking this server.
func allow(body []byte, nonce string) []byte {
	found := policyPattern.FindSubmatchIndex(body)
	if found == nil {
		return body
	}
	policy := widen(string(body[found[4]:found[5]]), nonce)
	return bytes.Join([][]byte{body[:found[4]], []byte(policy), body[found[5]:]}, nil)
}

// widen adds to the directives of a policy; what one has no directive for falls
// to default-src.
func widen(policy, nonce string) string {
	add := map[string]string{"script-src": "'nonce-" + nonce + "'", "style-src": "'nonce-" + nonce + "'", "connect-src": "'self'"}
	var out []string
	for directive := range strings.SplitSeq(policy, ";") {
		name, sources, _ := strings.Cut(strings.TrimSpace(directive), " ")
		if more := add[strings.ToLower(name)]; more != "" {
			sources = strings.TrimSpace(strings.ReplaceAll(sources, "'none'", "") + " " + more)
			delete(add, strings.ToLower(name))
		}
		if name != "" {
			out = append(out, strings.TrimSpace(name+" "+sources))
		}
	}
	for _, name := range []string{"script-src", "style-src", "connect-src"} {
		if add[name] != "" {
			out = append(out, name+" "+add[name])
		}
	}
	return strings.Join(out, "; ")
}

// A hub wakes streams of events.
type hub struct {
	mu      sync.Mutex
	closed  bool
	members map[chan struct{}]bool
}

func newHub() *hub { return &hub{members: map[chan struct{}]bool{}} }

// join returns a channel that receives after a broadcast, once for all that went
// unheard, and is closed with the hub.
func (h *hub) join() (changes <-chan struct{}, leave func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(c)
		return c, func() {}
	}
	h.members[c] = true
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.members, c)
	}
}

func (h *hub) broadcast() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.members {
		select {
		case c <- struct{}{}:
		default: // one is waiting already
		}
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for c := range h.members {
		close(c)
	}
	clear(h.members)
}

package serve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/serve"
)

// deadline is for what happens within milliseconds unless it never does.
const deadline = 20 * time.Second

// disk is a replay of two decisions and a closing round. B and then A is best;
// everything else leads back to its round.
const disk = `# Incident Replay: Disk Full
## Setup
- **Time:** Sunday
## Round 1: Writes Fail
The disk is full.
- A) Delete logs
- B) List open files
- C) Reboot
### If you chose A:
> *[Result: Not there.]*
### If you chose B (recommended):
> *[Result: Found it. Proceed to Round 2.]*
### If you chose C:
> *[Result: Worse.]*
## Round 2: The File Grows
- A) Empty it
- B) Remove it
- C) Wait
### If you chose A (recommended):
> *[Result: There is room. Proceed to Round 3.]*
### If you chose B:
> *[Result: It is still open.]*
### If you chose C:
> *[Result: It is larger.]*
## Round 3: Keep It So
1. Rotate logs
## Damage Report
- **Optimal resolution time:** 4 minutes
- **If every wrong choice was made:** 16 minutes
`

// edited is disk with some of its words replaced, each of which must be there.
func edited(t testing.TB, oldNew ...string) string {
	t.Helper()
	text := disk
	for i := 0; i < len(oldNew); i += 2 {
		if !strings.Contains(text, oldNew[i]) {
			t.Fatalf("the replay does not say %q", oldNew[i])
		}
		text = strings.Replace(text, oldNew[i], oldNew[i+1], 1)
	}
	return text
}

// titled is disk by another name.
func titled(title string) string { return strings.Replace(disk, "Disk Full", title, 1) }

// drawing is an image of a size of its own.
func drawing(size int) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d 1"><path d="M0 0h1"/></svg>`, size)
}

// A folder is a source on disk. Paths are relative to it, with slashes.
type folder struct {
	testing.TB
	dir string
}

func newFolder(t testing.TB, files map[string]string) folder {
	t.Helper()
	f := folder{t, t.TempDir()}
	for name, text := range files {
		f.write(name, text)
	}
	return f
}

func (f folder) at(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f folder) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f folder) write(name, text string) {
	f.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.at(name)), 0o777))
	f.must(os.WriteFile(f.at(name), []byte(text), 0o666))
}

// replace writes a file as careful editors do: aside, and then in its place.
func (f folder) replace(name, text string) {
	f.Helper()
	f.write(name+".tmp", text)
	f.rename(name+".tmp", name)
}

func (f folder) rename(from, to string) {
	f.Helper()
	f.must(os.Rename(f.at(from), f.at(to)))
}

func (f folder) remove(name string) {
	f.Helper()
	f.must(os.RemoveAll(f.at(name)))
}

func (f folder) symlink(target, name string) {
	f.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.at(name)), 0o777))
	if err := os.Symlink(target, f.at(name)); err != nil {
		f.Skip(err)
	}
}

// A preview is a server over a folder, while a test lasts or until it is stopped.
type preview struct {
	folder
	server *serve.Server
	stop   func()

	mu   sync.Mutex
	said [][]string // what was reported, one line a diagnostic
}

// preview starts a server that follows the folder.
func (f folder) preview(opts serve.Options) *preview {
	f.Helper()
	p := &preview{folder: f}
	opts.Source = f.dir
	opts.Report = p.hear
	var err error
	p.server, err = serve.New(opts)
	f.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.server.Watch(ctx) }()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			f.Error(err)
		}
	})
	f.Cleanup(p.stop)
	return p
}

func (p *preview) hear(all []diag.Diagnostic) {
	lines := []string{}
	for _, d := range all {
		at := d.Span.Position()
		lines = append(lines, fmt.Sprintf("%s:%d:%d %s %s", d.Span.Path(), at.Line, at.Column, d.Severity, d.Code))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, lines)
}

// reports returns all that was reported so far.
func (p *preview) reports() [][]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said[:len(p.said):len(p.said)]
}

// A reply is an answer of the server.
type reply struct {
	status int
	header http.Header
	body   string
}

// location is where a redirect leads.
func (r reply) location() string { return r.header.Get("Location") }

func (p *preview) ask(method, target string) reply {
	ctx, cancel := context.WithTimeout(context.Background(), deadline) // an answer may be a stream
	defer cancel()
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, httptest.NewRequestWithContext(ctx, method, target, nil))
	if ctx.Err() != nil {
		p.Errorf("%s %s: the answer has no end", method, target)
	}
	return reply{w.Code, w.Header(), w.Body.String()}
}

func (p *preview) get(target string) reply { return p.ask("GET", target) }

// within reports whether a condition holds before the deadline.
func within(holds func() bool) bool {
	late := time.After(deadline)
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-late:
			return false
		case <-tick.C:
		}
	}
	return true
}

// await waits until a page says something with a status.
func (p *preview) await(target string, status int, text string) (last reply) {
	p.Helper()
	if !within(func() bool {
		last = p.get(target)
		return last.status == status && strings.Contains(last.location()+last.body, text)
	}) {
		p.Fatalf("%s answers %d, not %d with %q:\n%s%s", target, last.status, status, text, last.location(), last.body)
	}
	return last
}

// A standing is what an open page learns of itself.
type standing struct{ Key, To, Style string }

// where asks how the page at target stands.
func (p *preview) where(base, target string) standing {
	p.Helper()
	r := p.get(base + "_replaygen/where?" + url.Values{"page": {target}}.Encode())
	if r.status != 200 {
		p.Fatalf("where %s: status %d: %s", target, r.status, r.body)
	}
	var s standing
	p.must(json.Unmarshal([]byte(r.body), &s))
	return s
}

package serve_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/replaygen/replaygen/generator/serve"
)

// resources counts what may leak.
func resources() (goroutines, files int) {
	entries, _ := os.ReadDir("/proc/self/fd") // elsewhere only goroutines are counted
	return runtime.NumGoroutine(), len(entries)
}

// expectNoLeak returns a function that waits until as much is in use as now.
func expectNoLeak(t *testing.T) (check func()) {
	goroutines, files := resources()
	return func() {
		t.Helper()
		var g, f int
		if !within(func() bool {
			http.DefaultTransport.(*http.Transport).CloseIdleConnections()
			g, f = resources()
			return g <= goroutines && f <= files
		}) {
			stacks := make([]byte, 1<<20)
			t.Errorf("%d goroutines and %d files are open, before it were %d and %d:\n%s", g, f, goroutines, files, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// TestEndWithinASecond: with streams open, requests half sent, answers half read
// and connections that idle.
func TestEndWithinASecond(t *testing.T) {
	check := expectNoLeak(t)
	t.Run("server", func(t *testing.T) {
		h := newFolder(t, map[string]string{"content/disk.md": disk}).run(0, serve.Options{})
		var streams []*stream
		for range 8 {
			s := h.listen(t)
			s.expect("changed")
			streams = append(streams, s)
		}
		var conns []net.Conn
		for _, request := range []struct {
			text     string
			answered bool
		}{
			{"GET /disk/round-1 HTTP/1.1\r\nHost: localhost\r\n\r\n", true},                       // then idle
			{"GET /_replaygen/events HTTP/1.1\r\nHost: localhost\r\n\r\n", true},                  // and nobody reads on
			{"GET /disk/round-1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n", false}, // its body never comes
			{"GET /disk/round-1 HTTP/1.1\r\nHost: loc", false},
			{"", false},
		} {
			conn, err := net.Dial("tcp", h.addr)
			h.must(err)
			defer conn.Close()
			conns = append(conns, conn)
			_, err = io.WriteString(conn, request.text)
			h.must(err)
			if request.answered {
				_, err = conn.Read(make([]byte, 1))
				h.must(err)
			}
		}
		began := time.Now()
		h.stop()
		if took := time.Since(began); took > 5*time.Second { // a second is promised; a busy machine is forgiven
			t.Errorf("the server needed %v to end", took)
		}
		for _, s := range streams {
			if _, ok := s.next(); ok {
				t.Error("a stream goes on")
			}
		}
		for _, conn := range conns {
			h.must(conn.SetDeadline(time.Now().Add(time.Second)))
			if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("a connection stays open")
			}
		}
		if _, err := net.Dial("tcp", h.addr); err == nil {
			t.Error("the port is still open")
		}
	})
	check()
}

// TestEndBeforeTheBeginning: a server may be stopped before it has read anything.
func TestEndBeforeTheBeginning(t *testing.T) {
	check := expectNoLeak(t)
	t.Run("server", func(t *testing.T) {
		f := newFolder(t, map[string]string{"content/disk.md": disk})
		listener, err := serve.Listen("127.0.0.1", 0)
		f.must(err)
		server, err := serve.New(serve.Options{Source: f.dir})
		f.must(err)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		f.must(server.Run(ctx, listener, nil))
	})
	check()
}

// TestNobodyWatches: who asks a server that reads nothing may give up.
func TestNobodyWatches(t *testing.T) {
	server, err := serve.New(serve.Options{Source: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	server.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/", nil))
	if w.Code != 503 {
		t.Errorf("status %d", w.Code)
	}
}

// TestEndOfTheListener: without its listener the server says why it ends.
func TestEndOfTheListener(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	listener, err := serve.Listen("127.0.0.1", 0)
	f.must(err)
	server, err := serve.New(serve.Options{Source: f.dir})
	f.must(err)
	f.must(listener.Close())
	if err := server.Run(t.Context(), listener, nil); err == nil {
		t.Error("no error")
	}
}

// TestListen takes the next port where one is taken, and says where there is none.
func TestListen(t *testing.T) {
	first, err := serve.Listen("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	taken := first.Addr().(*net.TCPAddr).Port
	second, err := serve.Listen("127.0.0.1", taken)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if got := second.Addr().(*net.TCPAddr).Port; got <= taken || got > taken+100 {
		t.Errorf("port %d after %d, which is taken", got, taken)
	}
	for _, tt := range []struct {
		bind string
		port int
	}{{"256.0.0.1", 0}, {"127.0.0.1", 65536}, {"127.0.0.1", -1}, {"192.0.2.1", 0}} {
		if l, err := serve.Listen(tt.bind, tt.port); err == nil {
			t.Errorf("it listens at %v", l.Addr())
			l.Close()
		}
	}
}

// TestRequestsWaitForTheSource: the address is known before anything is read,
// and who asks at once is answered.
func TestRequestsWaitForTheSource(t *testing.T) {
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("content/disk-%d.md", i)] = titled(fmt.Sprintf("Disk %d", i))
	}
	h := newFolder(t, files).run(0, serve.Options{})
	if status, err := h.say("GET /disk-77/round-1 HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil || status != "200 OK" {
		t.Errorf("%q, %v", status, err)
	}
	if r := h.get("/a-z?published"); r.status != 200 || strings.Count(r.body, `/index.html">Disk `) != 300 {
		t.Errorf("as it is published, the list of all answers %d:\n%s", r.status, r.body)
	}
	// Lists of so many replays may be late, but never fail or lack some.
	if !within(func() bool {
		r := h.get("/a-z")
		if r.status == 503 && strings.Contains(r.body, "of 300 are read") {
			return false
		}
		if n := strings.Count(r.body, `/index.html">Disk `); r.status != 200 || n != 300 {
			t.Errorf("the list of all answers %d with %d replays", r.status, n)
		}
		return true
	}) {
		t.Error("the list does not come")
	}
}

// TestManyClients: 200 readers at once, while a text is edited every ten milliseconds.
func TestManyClients(t *testing.T) {
	const clients, duration = 200, 1500 * time.Millisecond
	check := expectNoLeak(t)
	t.Run("server", func(t *testing.T) {
		f := newFolder(t, map[string]string{
			"content/disk.md": edited(t, "The disk is full.", "![a drawing](full.svg)"), "content/full.svg": drawing(1), "content/other.md": titled("Other"),
		})
		h := f.run(0, serve.Options{})
		targets := []string{
			"/", "/disk", "/disk/", "/disk/round-1", "/disk/outcome-1c.1-ac.html", "/disk/debrief-3.1-b.2-a.html", "/disk/?trail=1-AC", "/other/round-1.html?published",
			h.image("/disk/round-1"), "/sitemap.xml", "/_replaygen/where?page=/disk/round-1", h.where("/", "/").Style,
		}
		client := &http.Client{
			Transport:     &http.Transport{MaxIdleConnsPerHost: clients},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Timeout:       deadline,
		}
		defer client.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(t.Context(), duration)
		defer cancel()
		var running sync.WaitGroup
		var answers sync.Map
		for range clients {
			running.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					target := targets[rand.IntN(len(targets))]
					status, err := h.fetch(client, target)
					if err != nil || status != 200 && status != 302 {
						t.Errorf("%s: status %d, %v", target, status, err)
						return
					}
					answers.Store(target, status)
				}
			})
		}
		edits := 0
		for tick := time.Tick(10 * time.Millisecond); ctx.Err() == nil; <-tick {
			edits++
			f.replace("content/disk.md", edited(t, "The disk is full.", fmt.Sprintf("![a drawing](full.svg) Edit %d.", edits)))
			if edits%30 == 0 { // not so often that an open page loses its image
				f.replace("content/full.svg", drawing(edits))
			}
		}
		running.Wait()
		h.await("/disk/round-1", 200, fmt.Sprintf("Edit %d.", edits))
		for _, target := range targets {
			if _, asked := answers.Load(target); !asked {
				t.Errorf("nobody asked for %s", target)
			}
		}
	})
	check()
}

func (h *host) fetch(client *http.Client, target string) (status int, err error) {
	answer, err := client.Get("http://" + h.addr + target)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

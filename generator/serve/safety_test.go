package serve_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestHosts: whoever makes a foreign name lead to this machine reads nothing.
func TestHosts(t *testing.T) {
	tests := []struct {
		host    string
		answers bool
	}{
		{"127.0.0.1", true}, {"127.0.0.1:1414", true}, {"192.168.1.20:80", true},
		{"[::1]", true}, {"[::1]:1414", true}, {"[fe80::1]:1414", true},
		{"localhost", true}, {"localhost:1414", true}, {"LocalHost", true}, {"localhost.", true}, {"localhost.:1414", true},
		{"replays.localhost", true}, {"a.b.localhost:1414", true},
		{"docs.example", true}, {"DOCS.example:1414", true}, {"docs.example.:1414", true},
		{"", false}, {":1414", false}, {"attacker.example", false}, {"attacker.example:1414", false},
		{"localhost.attacker.example", false}, {"notlocalhost", false},
		{"127.0.0.1.attacker.example", false}, {"127.0.0.1.nip.io:1414", false}, {"x.docs.example", false}, {"docs.example.attacker", false},
		{"0x7f.1", false}, {"2130706433", false}, {"::1]:1414]", false}, {"localhost\t", false}, {"localhost,attacker.example", false},
	}
	if own, err := os.Hostname(); err == nil {
		tests = append(tests, struct {
			host    string
			answers bool
		}{own + ":1414", true})
	}
	said := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
	}
	handler := serve.CheckHost(said("a page"), []string{"docs.example"})
	for _, tt := range tests {
		r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
		r.Host = tt.host
		handler.ServeHTTP(w, r)
		answers := w.Code == 200 && w.Body.String() == "a page"
		refuses := w.Code == 403 && strings.Contains(w.Body.String(), "--allow-host")
		if answers != tt.answers || refuses == tt.answers {
			t.Errorf("%q: status %d %q", tt.host, w.Code, w.Body)
		}
		if refuses && w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%q: the refusal may be kept", tt.host)
		}
	}
}

// TestMethods: nothing but reading.
func TestMethods(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk}).preview(serve.Options{})
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"} {
		for _, target := range []string{"/", "/disk/round-1", "/nowhere", "/_replaygen/events", "/_replaygen/where?page=/"} {
			if r := p.ask(method, target); r.status != 405 || r.header.Get("Allow") != "GET, HEAD" || r.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: status %d, %v", method, target, r.status, r.header)
			}
		}
	}
}

// TestNothingIsKept: a page that a browser keeps is yesterday's.
func TestNothingIsKept(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk, "content/bad.md": "# Bad\n"}).preview(serve.Options{BasePath: "/repo/"})
	for target, status := range map[string]int{
		"/": 302, "/elsewhere": 404, "/repo/": 200, "/repo/disk": 302, "/repo/disk/?trail=1-A": 302, "/repo/disk/round-1": 200, "/repo/nowhere": 404, "/repo/bad/": 500,
		"/repo/_replaygen/where?page=/repo/": 200, "/repo/_replaygen/where?page=%25zz": 400, "/repo/_replaygen/no": 404, p.where("/repo/", "/repo/").Style: 200,
	} {
		r := p.get(target)
		if r.status != status || r.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: status %d, want %d; Cache-Control %q", target, r.status, status, r.header.Get("Cache-Control"))
		}
		if r.header.Get("X-Content-Type-Options") != "nosniff" || r.header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %v", target, r.header)
		}
	}
}

// TestPathsLeadNowhereElse asks for what is no part of the site, in every spelling.
func TestPathsLeadNowhereElse(t *testing.T) {
	const secret = "for nobody's eyes"
	f := newFolder(t, map[string]string{
		"content/disk.md":              edited(t, "The disk is full.", "![a drawing](img/full.svg)"),
		"content/img/full.svg":         drawing(1),
		"content/site.yaml":            "# " + secret + "\ntitle: Site\n",
		"content/names/disk.names":     "# " + secret + "\nindex\n",
		"content/_notes.txt":           secret,
		"content/.hidden/notes.svg":    secret,
		"content/README.md":            secret,
		"content/img/unlinked.svg":     secret,
		"themes/default/styles/99.css": "/* " + secret + " */",
		"secret.txt":                   secret,
		"public/index.html":            secret,
		".git/config":                  secret,
	})
	up := strings.Count(f.dir, string(os.PathSeparator)) + 3
	for _, base := range []string{"/", "/repo/"} {
		p := f.preview(serve.Options{BasePath: base})
		if r := p.get(p.server.Base() + "disk/round-1"); r.status != 200 {
			t.Fatalf("the site itself answers %d", r.status)
		}
		for _, name := range []string{
			"secret.txt", "public/index.html", ".git/config", "content/site.yaml", "disk.md", "content/names/disk.names", "_notes.txt", ".hidden/notes.svg",
			"content/img/full.svg", "assets/unlinked.svg", "themes/default/styles/99.css", f.dir + "/secret.txt", strings.Repeat("../", up) + "etc/passwd",
		} {
			for _, spelling := range spellings(name) {
				r := p.get(p.server.Base() + spelling)
				if r.status != 404 || strings.Contains(r.body, secret) || strings.Contains(r.body, "root:") {
					t.Errorf("%s: status %d to %q: %s", spelling, r.status, r.location(), r.body)
				}
			}
		}
	}
}

// spellings are ways in which somebody could write a path that leads out of
// where it begins, or to another file than it seems.
func spellings(name string) []string {
	escaped := strings.NewReplacer("/", "%2f", ".", "%2e").Replace(name)
	return []string{
		name, escaped, strings.ReplaceAll(name, "..", "%2E%2E"),
		"../" + name, "../../" + name, "./../" + name, "%2e%2e/" + name, "..%2f" + escaped, "..%5c" + name, "..%5C..%5C" + escaped, "..\\" + name,
		"assets/../../" + name, "assets/..%2f..%2f" + escaped, "disk/../../" + name, "disk/..%2f" + name, "disk/%2e%2e%5c" + name,
		"/" + name, "//" + name, "%2f" + name, "%2f%2f" + escaped, "assets//" + name, "./" + name, "file:" + name, "C:" + name,
		name + "%00", name + "%00.html", "%00" + name, "disk/%00" + name, name + "%20", name + "%0a", name + "/.", name + "/..%2f" + escaped, name + "::$DATA",
	}
}

// TestRedirectsStayHere: what is asked for never becomes another host.
func TestRedirectsStayHere(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	for _, broken := range []string{"no", "yes"} {
		if broken == "yes" {
			f.write("content/site.yaml", "titel: x\n")
		}
		p := f.preview(serve.Options{})
		for _, target := range []string{"/%2fattacker.example", "/%2f%2fattacker.example/", "//attacker.example", "///attacker.example", "/\\attacker.example", "/%5cattacker.example/x", "/%09/attacker.example", "/disk%2f%2fattacker.example"} {
			if to := p.get(target).location(); strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
				t.Errorf("%s leads to %s", target, to)
			}
			r := p.get("/_replaygen/where?" + url.Values{"page": {target}}.Encode())
			for _, to := range []string{`"to":"//`, `"to":"/\\`, `"to":"/\t`} {
				if r.status == 200 && strings.Contains(r.body, to) {
					t.Errorf("broken %s: the page %s is sent to %s", broken, target, r.body)
				}
			}
		}
	}
}

// TestLinksOutOfTheContent: pages show and link to nothing beyond the content.
func TestLinksOutOfTheContent(t *testing.T) {
	outside := newFolder(t, map[string]string{"secret.svg": drawing(77), "secret.log": "for nobody's eyes"})
	text := edited(t, "The disk is full.", `
[one](logs/absolute.log) [two](logs/relative.log) [three](folder/secret.log) [four](../secret.log)
[five](logs/inside.log) [six](%2e%2e/secret.log) [seven](/etc/passwd) [eight](logs/inside.log%00) [nine](..%5csecret.log)
![ten](file:///etc/passwd)
`)
	f := newFolder(t, map[string]string{"content/disk.md": text, "content/logs/kept.log": "kept", "secret.log": "for nobody's eyes"})
	f.symlink(outside.at("secret.log"), "content/logs/absolute.log")
	f.symlink("../../secret.log", "content/logs/relative.log")
	f.symlink("kept.log", "content/logs/inside.log")
	f.symlink(outside.dir, "content/folder")
	p := f.preview(serve.Options{Plain: true})
	body := p.get("/disk/round-1").body
	if n := strings.Count(body, `href="../assets/`); n != 2 { // inside.log and the stylesheet
		t.Errorf("the page links to %d files:\n%s", n, body)
	}
	for _, image := range []string{"/etc/passwd", "../secret.svg", "folder/secret.svg", "logs/absolute.log"} {
		f.replace("content/disk.md", edited(t, "The disk is full.", "![a picture]("+image+")"))
		r := p.await("/disk/round-1", 500, "to mend")
		if strings.Contains(r.body, "nobody") || strings.Contains(r.body, "root:") {
			t.Errorf("%s: the report shows what it must not:\n%s", image, r.body)
		}
		f.replace("content/disk.md", disk)
		p.await("/disk/round-1", 200, "The disk is full.")
	}
}

// A host is a server that runs on a port, while a test lasts or until it is stopped.
type host struct {
	*preview
	addr string
	stop func() // returns when it has ended
}

// run starts a server on a port.
func (f folder) run(port int, opts serve.Options, hosts ...string) *host {
	f.Helper()
	p := &preview{folder: f}
	opts.Source, opts.Report = f.dir, p.hear
	var err error
	p.server, err = serve.New(opts)
	f.must(err)
	listener, err := serve.Listen("127.0.0.1", port)
	f.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.server.Run(ctx, listener, hosts) }()
	stop := func() {
		f.Helper()
		cancel()
		select {
		case err := <-ended:
			ended <- nil // for whoever stops it again
			f.must(err)
		case <-time.After(deadline):
			f.Fatal("the server does not end")
		}
	}
	f.Cleanup(stop)
	return &host{p, listener.Addr().String(), stop}
}

// say sends text to the server as it is and returns the status of the answer, or
// an error where there is none.
func (h *host) say(text string) (status string, err error) {
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(deadline)); err != nil {
		return "", err
	}
	_, _ = io.WriteString(conn, text) // what matters is the answer
	line, err := bufio.NewReader(conn).ReadString('\n')
	_, status, _ = strings.Cut(strings.TrimSpace(line), " ")
	return status, err
}

// TestRunKeepsTheRules holds that what the rules are for is also there.
func TestRunKeepsTheRules(t *testing.T) {
	h := newFolder(t, map[string]string{"content/disk.md": disk}).run(0, serve.Options{}, "docs.example")
	for name, tt := range map[string]struct{ text, want string }{
		"a page":                   {"GET /disk/round-1 HTTP/1.1\r\nHost: localhost\r\n\r\n", "200 OK"},
		"a name that is allowed":   {"GET /disk/round-1 HTTP/1.1\r\nHost: docs.example\r\n\r\n", "200 OK"},
		"a name that is not":       {"GET /disk/round-1 HTTP/1.1\r\nHost: attacker.example\r\n\r\n", "403 Forbidden"},
		"two names":                {"GET /disk/round-1 HTTP/1.1\r\nHost: localhost\r\nHost: attacker.example\r\n\r\n", "400 Bad Request"},
		"no name":                  {"GET /disk/round-1 HTTP/1.1\r\n\r\n", "400 Bad Request: missing required Host header"},
		"none in the old protocol": {"GET /disk/round-1 HTTP/1.0\r\n\r\n", "403 Forbidden"},
		"a name in the target":     {"GET http://attacker.example/disk/round-1 HTTP/1.1\r\nHost: localhost\r\n\r\n", "403 Forbidden"},
		"a way up":                 {"GET /disk/../../secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", "404 Not Found"},
		"large headers":            {"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", "431 Request Header Fields Too Large"},
		"a long address":           {"GET /" + strings.Repeat("x", 64<<10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "431 Request Header Fields Too Large"},
		"nonsense":                 {"\x16\x03\x01\r\n\r\n", "400 Bad Request"},
	} {
		if got, err := h.say(tt.text); err != nil || got != tt.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, tt.want)
		}
	}
}

// TestSlowClients are not waited for.
func TestSlowClients(t *testing.T) {
	if testing.Short() {
		t.Skip("takes five seconds")
	}
	t.Parallel()
	h := newFolder(t, map[string]string{"content/disk.md": disk}).run(0, serve.Options{})
	if status, err := h.say("GET /disk/round-1 HTTP/1.1\r\nHost: local"); err == nil {
		t.Errorf("half a request is answered: %s", status)
	} else if wait, ok := err.(net.Error); ok && wait.Timeout() {
		t.Errorf("half a request is waited for: %v", err)
	}
}

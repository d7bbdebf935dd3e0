package main_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/replaygen/replaygen/generator/serve"
)

// serverRoom is a replay with a page that is longer than a window. %s stands for
// the words that are edited.
const serverRoom = `# Incident Replay: The Server Room
## Setup
- **Time:** Monday
## Round 1: Heat
%s

` + "```text\n" + `1
2
3
4
5
6
7
8
9
10
11
12
13
14
15
16
17
18
19
20
21
22
23
24
25
26
27
28
29
30
` + "```" + `

**Choose your action:**
- A) Open the door
- B) Look at the pump
- C) Leave

### If you chose A:
> *[Result: Now the corridor is warm too.]*

### If you chose B (recommended):
> *[Result: It stands still. Proceed to Round 2.]*

### If you chose C:
> *[Result: It does not help.]*

## Round 2: Cold
1. Watch the pump

## Damage Report
- **Optimal resolution time:** 4 minutes
- **If every wrong choice was made:** 16 minutes
`

// preview is a source that is being served from this process.
type preview struct {
	*testing.T
	dir, url string
	port     int
	stop     func()
}

// startPreview writes a source and serves it until the test ends.
func startPreview(t *testing.T, files map[string]string, opts serve.Options) *preview {
	t.Helper()
	p := &preview{T: t, dir: t.TempDir()}
	for name, text := range files {
		p.write(name, text)
	}
	p.start(opts)
	t.Cleanup(func() { p.stop() })
	return p
}

// start serves the source, on the same port as the last time.
func (p *preview) start(opts serve.Options) {
	p.Helper()
	opts.Source = p.dir
	server, err := serve.New(opts)
	if err != nil {
		p.Fatal(err)
	}
	listener, err := serve.Listen("127.0.0.1", p.port)
	if err != nil {
		p.Fatal(err)
	}
	var port int
	if _, err := fmt.Sscanf(listener.Addr().String(), "127.0.0.1:%d", &port); err != nil || p.port != 0 && port != p.port {
		p.Fatalf("it listens at %v, not at port %d again", listener.Addr(), p.port)
	}
	p.port, p.url = port, fmt.Sprintf("http://127.0.0.1:%d%s", port, server.Base())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, listener, nil) }()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			p.Error(err)
		}
	})
}

// write writes a file as editors do.
func (p *preview) write(name, text string) {
	p.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(file+".tmp", []byte(text), 0o666); err != nil {
		p.Fatal(err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		p.Fatal(err)
	}
}

func (p *preview) remove(name string) {
	p.Helper()
	if err := os.RemoveAll(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
		p.Fatal(err)
	}
}

// edit writes the replay with other words.
func (p *preview) edit(words string) {
	p.Helper()
	p.write("content/server-room.md", fmt.Sprintf(serverRoom, words))
}

// await waits until an expression is true on the page, which may be loaded anew
// meanwhile.
func (b *browser) await(t *testing.T, expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && holds {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s is not true on %s", expression, evaluate[string](t, b, `location.href + ": " + document.body.innerText.slice(0, 500)`))
		case <-tick.C:
		}
	}
}

// says is an expression: whether the page says something.
func says(text string) string { return fmt.Sprintf("document.body.innerText.includes(%q)", text) }

// openTab opens a page in another tab of the browser, until the test ends.
func (b *browser) openTab(t *testing.T, url string) *browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	tab := &browser{ctx: ctx}
	tab.scripts(t, true) // the first call must not have a deadline: the tab would end with it
	tab.open(t, url)
	return tab
}

// watchConsole returns a function that returns what the browser complained of
// since it was called last: scripts that failed, and what a policy forbade.
func (b *browser) watchConsole(t *testing.T) (complaints func() []string) {
	t.Helper()
	var mu sync.Mutex
	var all []string
	err := chromedp.Listen(b.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Source != log.EntrySourceNetwork { // a server that is away is none of the page's faults
				all = append(all, e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			all = append(all, e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		taken := all
		all = nil
		return taken
	}
}

// TestServeInBrowser keeps pages of a preview open while files change, in one
// Chromium and with the scripts that pages have only while they are served.
func TestServeInBrowser(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	complaints := b.watchConsole(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *browser)
	}{
		{"an edit shows where the reader was", testReloadKeepsPlace},
		{"a style is swapped", testStyleIsSwapped},
		{"a server that is started again", testRestart},
		{"ten tabs", testTenTabs},
		{"errors come and go", testErrorsComeAndGo},
		{"a state that is gone", testStateIsGone},
		{"the author's bar", testAuthorsBar},
		{"published pages have no bar", testPlainPages},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.scripts(t, true)
			b.size(t, 1280, 700)
			test.run(t, b)
			for _, c := range complaints() {
				t.Errorf("the browser complains: %s", c)
			}
		})
	}
	t.Run("a policy that is broken", func(t *testing.T) { testComplaintsAreHeard(t, b, complaints) })
	t.Run("axe", func(t *testing.T) { testAxeOnServedPages(t, b) })
	t.Run("without scripts", func(t *testing.T) { testGameOnServedPages(t, b) })
}

func testReloadKeepsPlace(t *testing.T, b *browser) {
	otherRoom := strings.Replace(serverRoom, "Server Room", "Other Room", 1)
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "It is warm."), "content/other.md": otherRoom}, serve.Options{})
	b.open(t, p.url+"server-room/round-1.html?trail=start&clock=0&score=100")
	b.await(t, says("It is warm."))
	for _, words := range []string{"It is hot.", "It is very hot."} {
		b.do(t, chromedp.Evaluate[chromedp.Void](`scrollTo(0, 333); window.before = true`))
		p.edit(words)
		b.await(t, says(words)+" && document.readyState === 'complete'")
		b.await(t, "scrollY === 333 && window.before === undefined")
	}
	if query := evaluate[string](t, b, "location.search"); query != "?trail=start&clock=0&score=100" {
		t.Errorf("the address ends in %s", query)
	}
	// An edit of another replay is none of this page's business.
	b.do(t, chromedp.Evaluate[chromedp.Void]("window.before = true"))
	p.write("content/other.md", fmt.Sprintf(otherRoom, "It is cold."))
	other := b.openTab(t, p.url+"other/round-1.html")
	other.await(t, says("It is cold."))
	b.settle(t)
	if !evaluate[bool](t, b, "window.before === true") {
		t.Error("the page was loaded for the sake of another")
	}
}

// settle waits until the page has had every occasion to find itself out of date:
// an event has come, and the server has been asked.
func (b *browser) settle(t *testing.T) {
	t.Helper()
	evaluate[bool](t, b, `(async () => {
		const base = document.querySelector("script[data-base]").dataset.base;
		for (let i = 0; i < 3; i++) {
			await new Promise(done => {
				const stream = new EventSource(base + "_replaygen/events");
				stream.onmessage = () => { stream.close(); done(); };
			});
			await (await fetch(base + "_replaygen/where?page=" + base)).json();
		}
		return true;
	})()`)
}

func testStyleIsSwapped(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "It is warm.")}, serve.Options{BasePath: "/some/repo/"})
	b.open(t, p.url+"server-room/round-1.html")
	b.do(t, chromedp.Evaluate[chromedp.Void](`scrollTo(0, 333); window.before = true`))
	for _, size := range []string{"77px", "88px"} {
		p.write("themes/default/styles/99-own.css", "h1 { font-size: "+size+" }")
		b.await(t, fmt.Sprintf(`getComputedStyle(document.querySelector("h1")).fontSize === %q`, size))
		b.await(t, `document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	}
	if !evaluate[bool](t, b, "window.before === true && scrollY > 0") {
		t.Error("the page was loaded where a style could be swapped")
	}
	p.write("themes/default/layouts/round.html", `<!doctype html><html lang="en"><head><title>{{.Slot "title"}}</title></head><body>A layout of our own.</body></html>`)
	b.await(t, says("A layout of our own.")+" && window.before === undefined")
}

func testRestart(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "It is warm.")}, serve.Options{})
	b.open(t, p.url+"server-room/round-1.html")
	tab := b.openTab(t, p.url)
	for _, words := range []string{"It was edited meanwhile.", "And again."} {
		p.stop()
		p.edit(words)
		tab.do(t, chromedp.Evaluate[chromedp.Void]("window.before = true"))
		p.start(serve.Options{})
		b.await(t, says(words))
		tab.await(t, says("The Server Room")+" && window.before === undefined")
	}
	p.edit("An edit after that.")
	b.await(t, says("An edit after that."))
}

func testTenTabs(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "It is warm.")}, serve.Options{})
	first := b.openTab(t, p.url+"server-room/round-1.html") // listens for all
	first.await(t, says("It is warm."))
	b.open(t, p.url+"server-room/round-1.html")
	tabs := []*browser{b}
	for range 8 {
		tabs = append(tabs, b.openTab(t, p.url+"server-room/round-1.html"))
	}
	p.edit("It is hot.")
	for _, tab := range append(tabs, first) {
		tab.await(t, says("It is hot."))
	}
	p.write("themes/default/styles/99-own.css", "h1 { font-size: 77px }")
	for _, tab := range append(tabs, first) {
		tab.await(t, `getComputedStyle(document.querySelector("h1")).fontSize === "77px"`)
	}
	first.close() // now another has to listen
	p.edit("It is very hot.")
	for _, tab := range tabs {
		tab.await(t, says("It is very hot."))
	}
}

func testErrorsComeAndGo(t *testing.T, b *browser) {
	p := startPreview(t, nil, serve.Options{})
	b.open(t, p.url)
	b.await(t, says("1 thing to mend")+" && "+says("there is no content folder here"))
	p.edit("It is warm.")
	b.await(t, says("The Server Room"))
	b.open(t, p.url+"server-room/outcome-1c.1-c.html?trail=1-C&clock=8&score=67")
	for name, mistake := range map[string]struct{ file, text, says string }{
		"content":              {"content/server-room.md", strings.Replace(serverRoom, "chose A:", "chose A: {csot=8m}", 1), `unknown attribute "csot"`},
		"settings":             {"content/site.yaml", "titel: x\n", `did you mean`},
		"a template":           {"themes/default/layouts/outcome.html", "{{if}}", `missing value for if`},
		"a template that runs": {"themes/default/layouts/outcome.html", "{{index .Site.Title 9999}}", `out of range`},
	} {
		p.write(mistake.file, mistake.text)
		b.await(t, says("1 thing to mend")+" && "+says(mistake.says))
		b.do(t, chromedp.Evaluate[chromedp.Void]("window.before = true"))
		b.settle(t)
		if !evaluate[bool](t, b, "window.before === true") {
			t.Errorf("%s: the report loads again and again", name)
		}
		if mistake.file == "content/server-room.md" {
			p.edit("It is warm.")
		} else {
			p.remove(mistake.file)
		}
		b.await(t, says("It does not help."))
	}
	if at := evaluate[string](t, b, "location.href"); !strings.HasPrefix(at, p.url+"server-room/outcome-1c.1-c.html?trail=1-C&") {
		t.Errorf("after the errors the browser is at %s", at)
	}
}

func testStateIsGone(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "It is warm.")}, serve.Options{})
	b.open(t, p.url)
	b.open(t, p.url+"server-room/round-1.html")
	b.follow(t, chromedp.Click(chromedp.CSS("a[data-choice=C]")))
	steps := evaluate[int](t, b, "history.length")
	without := strings.NewReplacer("- C) Leave\n", "", "### If you chose C:\n> *[Result: It does not help.]*\n", "", "%s", "C is gone.")
	p.write("content/server-room.md", without.Replace(serverRoom))
	b.await(t, `location.pathname === "/server-room/round-1.html" && `+says("C is gone."))
	if now := evaluate[int](t, b, "history.length"); now != steps {
		t.Errorf("the way back has %d steps, before it were %d", now, steps)
	}
	p.remove("content/server-room.md")
	p.write("content/other.md", fmt.Sprintf(serverRoom, "It is cold."))
	b.await(t, `location.pathname === "/" && document.querySelector('a[href="other/index.html"]') !== null`)
}

// bar is an expression for the author's bar.
const bar = `document.querySelector("#replaygen-bar").shadowRoot`

func testAuthorsBar(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "[It](gone.md) is warm.")}, serve.Options{Editor: "vscode://file{path}:{line}:{column}"})
	b.open(t, p.url+"server-room/outcome-1a.1-ac.html")
	text := evaluate[string](t, b, bar+`.querySelector("#bar").textContent`)
	for _, want := range []string{"outcome-1a.1-ac", "detail picks", "12 min, score 33", "content/server-room.md:45:5", "Jump to", "1 warning", "gone.md", "Published page"} {
		if !strings.Contains(text, want) {
			t.Errorf("the bar lacks %q: %s", want, text)
		}
	}
	file := filepath.ToSlash(filepath.Join(p.dir, "content", "server-room.md"))
	if link := evaluate[string](t, b, bar+`.querySelector("#bar > a").href`); link != "vscode://file"+file+":45:5" {
		t.Errorf("the source is linked as %s", link)
	}
	if !evaluate[bool](t, b, `(() => {
		const last = [...document.querySelectorAll("footer a")].at(-1);
		scrollTo(0, document.body.scrollHeight);
		const box = last.getBoundingClientRect();
		return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === last;
	})()`) {
		t.Error("the bar lies over the end of the page")
	}
	for _, jump := range []struct{ text, page string }{
		{"Round 1: Heat", "round-1"}, {"Round 2: Cold", "closing-2.1-b"}, {"Debrief of the best path", "debrief-2.1-b"}, {"Debrief of the worst path", "debrief-2.1-abc"},
	} {
		b.do(t, chromedp.Evaluate[chromedp.Void](bar+`.querySelector("summary").click()`))
		b.follow(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...%s.querySelectorAll("details a")].find(a => a.textContent === %q).click()`, bar, jump.text)))
		if at := evaluate[string](t, b, "location.pathname"); at != "/server-room/"+jump.page+".html" {
			t.Errorf("%s leads to %s", jump.text, at)
		}
	}
	testFold(t, b, p)
	b.follow(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...%s.querySelectorAll("a")].find(a => a.textContent === "Published page").click()`, bar)))
	if evaluate[int](t, b, `document.querySelectorAll("script, #replaygen-bar").length`) != 0 {
		t.Error("the published page has a bar or a script")
	}
}

// testFold folds the bar away, which holds for all pages until it is unfolded.
func testFold(t *testing.T, b *browser, p *preview) {
	const shown = bar + `.querySelector("#bar").checkVisibility()`
	const fold = bar + `.querySelector("#fold")`
	state := fold + `.getAttribute("aria-expanded") + " " + ` + fold + `.textContent`
	for _, step := range []struct {
		shown bool
		state string
	}{{true, "true As published"}, {false, "false Author’s bar"}, {true, "true As published"}} {
		for _, page := range []string{"server-room/round-1.html", "", "nowhere.html", "server-room/debrief-2.1-abc.html"} {
			b.open(t, p.url+page)
			b.await(t, "document.readyState === 'complete'")
			if got := evaluate[bool](t, b, shown); got != step.shown {
				t.Errorf("%s: the bar is shown: %v", page, got)
			}
			if got := evaluate[string](t, b, state); got != step.state {
				t.Errorf("%s: the button is %q, want %q", page, got, step.state)
			}
		}
		b.do(t, chromedp.Evaluate[chromedp.Void](fold+`.click()`))
	}
	b.do(t, chromedp.Evaluate[chromedp.Void](fold+`.click()`))
}

func testPlainPages(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{"content/server-room.md": fmt.Sprintf(serverRoom, "It is warm.")}, serve.Options{Plain: true})
	for _, page := range []string{"", "server-room/", "server-room/round-1.html", "nowhere.html"} {
		b.open(t, p.url+page)
		if n := evaluate[int](t, b, `document.querySelectorAll("script, #replaygen-bar").length`); n != 0 {
			t.Errorf("%q has %d scripts and bars", page, n)
		}
	}
}

// testComplaintsAreHeard shows that a page which breaks its policy would be found.
func testComplaintsAreHeard(t *testing.T, b *browser, complaints func() []string) {
	p := startPreview(t, map[string]string{
		"content/server-room.md":           fmt.Sprintf(serverRoom, "It is warm."),
		"themes/default/partials/top.html": `<p style="color: red">Inline.</p><script>document.title = "ran"</script>`,
	}, serve.Options{})
	b.scripts(t, true)
	complaints()
	b.open(t, p.url+"server-room/round-1.html")
	b.await(t, says("Inline."))
	found := strings.Join(complaints(), "\n")
	if !strings.Contains(found, "style") || !strings.Contains(found, "script") || evaluate[string](t, b, "document.title") == "ran" {
		t.Errorf("the browser complains of %q only", found)
	}
}

func testAxeOnServedPages(t *testing.T, b *browser) {
	p := startPreview(t, map[string]string{
		"content/server-room.md": fmt.Sprintf(serverRoom, "[It](gone.md) is warm."),
		"content/broken.md":      strings.Replace(serverRoom, "chose A:", "chose A: {csot=8m}", 1),
	}, serve.Options{Editor: "vscode://file{path}:{line}"})
	for _, page := range []string{"server-room/round-1.html", "broken/"} {
		reportAll(t, b.axeFaults(t, p.url+page))
		reportAll(t, b.reflowFaults(t, p.url+page))
	}
}

// testGameOnServedPages plays a game on served pages as on published ones, with
// the author's bar and without the scripts that make it fold.
func testGameOnServedPages(t *testing.T, b *browser) {
	const replay = "disk-full-of-nothing"
	files := map[string]string{}
	for _, name := range []string{"content/" + replay + ".md", "content/site.yaml"} {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	b.scripts(t, false)
	p := startPreview(t, files, serve.Options{BasePath: "/some/repo/"})
	replaygen(t, "build", "--quiet", "--source", p.dir, "--base-url", sampleBase)
	site := serveSite(t, filepath.Join(p.dir, "public"))
	play(t, b, site, p.url, replay, func(t *testing.T, selector string) {
		// The bar may lie over the end of the window, not of the page.
		b.do(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).scrollIntoView({block: "center"})`, selector)))
		b.follow(t, chromedp.Click(chromedp.CSS(selector)))
	})
}

// served is a command "replaygen serve" that runs.
type served struct {
	cmd    *exec.Cmd
	out    *bufio.Reader
	stderr *strings.Builder
	url    string
}

// runServe starts the command and waits for its address.
func runServe(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{cmd: exec.CommandContext(t.Context(), "replaygen", append([]string{"serve"}, args...)...), stderr: &strings.Builder{}}
	s.cmd.Stderr = s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	first := s.line(t)
	if _, err := fmt.Sscanf(first, "The preview is at %s", &s.url); err != nil {
		t.Fatalf("it begins with %q", first)
	}
	return s
}

func (s *served) line(t *testing.T) string {
	t.Helper()
	line, err := s.out.ReadString('\n')
	if err != nil {
		t.Fatalf("%v after %q; %s", err, line, s.stderr)
	}
	return strings.TrimSuffix(line, "\n")
}

// end interrupts the command, as Ctrl-C does, and returns the rest of its output.
func (s *served) end(t *testing.T) string {
	t.Helper()
	began := time.Now()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(s.out)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, s.stderr)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v to end", took)
	}
	return string(rest)
}

// TestServeCommand runs the command as an author does, twice at once.
func TestServeCommand(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	first := runServe(t, "--port", "0", "--source", dir, "--base-path", "/some/repo")
	if line := first.line(t); !strings.HasSuffix(line, " no problems") {
		t.Errorf("then it says %q", line)
	}
	status := func(url string) int {
		answer, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, answer.Body)
		return answer.StatusCode
	}
	if !strings.HasSuffix(first.url, "/some/repo/") || status(first.url+"disk-full-of-nothing/round-1") != 200 {
		t.Errorf("%s is no site", first.url)
	}
	port := strings.Split(strings.TrimPrefix(first.url, "http://127.0.0.1:"), "/")[0]
	second := runServe(t, "--port", port, "--source", dir)
	if line := second.line(t); line != "Port "+port+" is taken, so this is the next that is free." {
		t.Errorf("of a port that is taken it says %q", line)
	}
	if second.url == first.url || status(second.url) != 200 {
		t.Errorf("%s is no other site than %s", second.url, first.url)
	}
	second.line(t) // no problems
	if err := os.WriteFile(filepath.Join(dir, "content", "new.md"), []byte("# Incident Replay: New\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*served{first, second} {
		if line := s.line(t); !strings.HasSuffix(line, " problems") {
			t.Errorf("of a broken replay it says %q", line)
		}
		s.end(t)
		if n := strings.Count(s.stderr.String(), "rounds-missing"); n != 1 || !strings.Contains(s.stderr.String(), "content/new.md:1:") {
			t.Errorf("the problem is printed %d times: %s", n, s.stderr)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the source now holds %v, %v", entries, err)
	}
}

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/replaygen/replaygen/generator/serve"
)

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

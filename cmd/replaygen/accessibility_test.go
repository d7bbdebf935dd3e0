package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focusStop is an element that the Tab key reached.
type focusStop struct {
	Index   int    // among all elements of the page; -1 when the page itself has the focus
	Label   string // how to name it to people
	Skips   bool   // it is a link within the page
	InMain  bool
	Ring    bool // it looks focused
	Visible bool // its middle is in the viewport and nothing lies over it
}

const readFocus = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {Index: -1};
	const style = getComputedStyle(e), r = e.getClientRects()[0] ?? e.getBoundingClientRect();
	const top = document.elementFromPoint(r.left + r.width / 2, r.top + Math.min(r.height, innerHeight) / 2);
	return {
		Index: [...document.querySelectorAll('*')].indexOf(e),
		Label: e.tagName.toLowerCase() + ' ' + JSON.stringify(e.textContent.trim().slice(0, 40)),
		Skips: (e.getAttribute('href') ?? '').startsWith('#'),
		InMain: document.querySelector('main').contains(e),
		Ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none',
		Visible: top !== null && (e.contains(top) || top.contains(e) && top.tagName !== 'HTML'),
	}
})()`

// readTabbable lists the positions of the elements that Tab should reach.
const readTabbable = `(() => {
	const all = [...document.querySelectorAll('*')];
	return [...document.querySelectorAll('a[href], button, summary, input:checked, [tabindex="0"]')]
		.filter(e => e.checkVisibility({visibilityProperty: true})).map(e => all.indexOf(e));
})()`

// tab presses the Tab key and returns where the focus went.
func (b *browser) tab(t *testing.T) focusStop {
	t.Helper()
	b.do(t, chromedp.KeyEvent(kb.Tab))
	return evaluate[focusStop](t, b, readFocus)
}

// tabTo presses Tab until the element has the focus.
func (b *browser) tabTo(t *testing.T, selector string) {
	t.Helper()
	const limit = 300
	for range limit {
		b.tab(t)
		if evaluate[bool](t, b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	t.Fatalf("pressed Tab %d times without reaching %s", limit, selector)
}

// keyboardFaults walks through a page with the Tab key: the skip link comes
// first and works, everything that can be used is reached in reading order, and
// the focus can be seen wherever it is.
func (b *browser) keyboardFaults(t *testing.T, url string) []string {
	t.Helper()
	b.size(t, 1280, 900)
	b.open(t, url)
	want := evaluate[[]int](t, b, readTabbable)
	var faults []string
	fail := func(format string, args ...any) { faults = append(faults, url+": "+fmt.Sprintf(format, args...)) }
	for i, index := range want {
		stop := b.tab(t)
		if stop.Index != index {
			fail("Tab %d reaches %s, which is not the next element in reading order", i+1, stop.Label)
			return faults
		}
		if i == 0 && !stop.Skips {
			fail("Tab first reaches %s instead of a skip link", stop.Label)
		}
		if !stop.Ring {
			fail("%s has the focus and does not show it", stop.Label)
		}
		if !stop.Visible {
			fail("%s has the focus and cannot be seen", stop.Label)
		}
	}
	if last := b.tab(t); last.Index >= 0 && last.Index != want[0] {
		fail("Tab also reaches %s", last.Label)
	}

	b.open(t, url)
	b.tab(t)
	b.do(t, chromedp.KeyEvent(kb.Enter))
	if inMain := evaluate[bool](t, b, `document.querySelectorAll('main a[href], main summary').length > 0`); inMain {
		if stop := b.tab(t); !stop.InMain {
			fail("after the skip link Tab reaches %s, outside of main", stop.Label)
		}
	}
	return faults
}

// unfold opens what a page shows on demand: that must not be too wide either.
const unfold = `querySelectorAll('details').forEach(d => d.open = true)`

// reflowFaults reports a page that has to be scrolled sideways at 320 px, the
// width of WCAG 2.2, 1.4.10, or where something sticks out of its <details>.
func (b *browser) reflowFaults(t *testing.T, url string) []string {
	t.Helper()
	b.size(t, 320, 640)
	b.open(t, url)
	width := evaluate[int](t, b, `document.`+unfold+`, document.documentElement.scrollWidth`)
	out := evaluate[[]string](t, b, `[...document.querySelectorAll('details > *')]
		.filter(e => e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right + 0.5)
		.map(e => [e.tagName.toLowerCase(), ...e.classList].join('.'))`)
	if len(out) > 0 && width <= 320 {
		return []string{fmt.Sprintf("%s: at 320 px, %s sticks out of its details", url, strings.Join(out, ", "))}
	}
	if width <= 320 {
		return nil
	}
	widest := evaluate[string](t, b, `[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 320.5)
		.slice(0, 3).map(e => [e.tagName.toLowerCase(), ...e.classList].join('.')).join(', ')`)
	return []string{fmt.Sprintf("%s: %d px wide at 320 px, because of %s", url, width, widest)}
}

// framedReflowFaults is like reflowFaults for many pages of one host, side by
// side in frames of that width: loading them one by one takes longer. The page
// around them is the host's answer outside of the site, which has no policy.
func (b *browser) framedReflowFaults(t *testing.T, urls []string) []string {
	t.Helper()
	around, err := url.Parse(urls[0])
	if err != nil {
		t.Fatal(err)
	}
	list, err := json.Marshal(urls)
	if err != nil {
		t.Fatal(err)
	}
	b.open(t, around.ResolveReference(&url.URL{Path: "/outside"}).String())
	b.scripts(t, true) // those of the page around
	defer b.scripts(t, false)
	wide := evaluate[[]string](t, b, fmt.Sprintf(`Promise.all(%s.map(url => new Promise((resolve, reject) => {
		const frame = document.createElement('iframe');
		frame.style = 'width: 320px; height: 640px; border: 0';
		frame.onload = () => {
			if (!frame.contentDocument.querySelector('main')) return reject(url + ' is no page');
			frame.contentDocument.%s;
			resolve([url, frame.contentDocument.documentElement.scrollWidth]);
		};
		frame.src = url;
		document.body.append(frame);
	}))).then(all => all.filter(([, width]) => width > 320).map(([url]) => url))`, list, unfold))
	var faults []string
	for _, u := range wide {
		faults = append(faults, b.reflowFaults(t, u)...)
	}
	return faults
}

// printFaults prints a page and reports what paper would hide.
func (b *browser) printFaults(t *testing.T, url string) []string {
	t.Helper()
	b.size(t, 1280, 900)
	b.open(t, url)
	b.look(t, "light", "print")
	defer b.look(t, "light", "screen")
	var faults []string
	for _, summary := range evaluate[[]string](t, b, `[...document.querySelectorAll('details')]
		.filter(d => [...d.children].some(e => e.tagName !== 'SUMMARY' && !e.checkVisibility()))
		.map(d => d.querySelector('summary').textContent.trim())`) {
		faults = append(faults, fmt.Sprintf("%s: the details %q are not printed", url, summary))
	}
	if pdf := run(t, b, chromedp.PrintToPDF()); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		faults = append(faults, url+": does not print")
	}
	return faults
}

// axeFaults runs axe-core on a page, in both colour schemes. REPLAYGEN_AXE names
// its axe.min.js.
func (b *browser) axeFaults(t *testing.T, url string) (faults []string) {
	t.Helper()
	file := os.Getenv("REPLAYGEN_AXE")
	if file == "" {
		if required() {
			t.Fatal("REPLAYGEN_AXE does not name the file axe.min.js of axe-core")
		}
		return nil
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b.size(t, 1280, 900)
	b.scripts(t, true) // axe runs as one; the page's own policy still forbids others
	defer b.look(t, "light", "screen")
	defer b.scripts(t, false)
	b.open(t, url)
	evaluate[bool](t, b, standIn+";true")
	evaluate[bool](t, b, string(axe)+";true")
	for _, scheme := range []string{"light", "dark"} {
		b.look(t, scheme, "screen")
		for _, v := range evaluate[[]string](t, b, `axe.run(document, {resultTypes: ['violations'],
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
			.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + ' at ' + n.target.join(' '))))`) {
			faults = append(faults, fmt.Sprintf("%s (%s): axe %s", url, scheme, v))
		}
	}
	return faults
}

// testBrowserChecksCanFail gives every check a page that it must refuse.
func testBrowserChecksCanFail(t *testing.T, b *browser) {
	keyboard := func(t *testing.T, url string) []string { return b.keyboardFaults(t, url) }
	print := func(t *testing.T, url string) []string { return b.printFaults(t, url) }
	reflow := func(t *testing.T, url string) []string { return b.reflowFaults(t, url) }
	framed := func(t *testing.T, url string) []string { return b.framedReflowFaults(t, []string{url}) }
	axe := func(t *testing.T, url string) []string { return b.axeFaults(t, url) }
	t.Run("nothing to find", func(t *testing.T) {
		sound := serveSite(t, writeSite(t, handmade())).url + "demo/index.html"
		for _, check := range []func(*testing.T, string) []string{keyboard, print, reflow, framed, axe} {
			reportAll(t, check(t, sound))
		}
	})
	tests := []struct {
		name           string
		check          func(t *testing.T, url string) []string
		file, old, new string
		want           string
	}{
		{"no skip link", keyboard, "demo/index.html", `<a class=skip href="#main">Skip to the content</a>`, ``, "instead of a skip link"},
		{"skip link leads nowhere", keyboard, "demo/index.html", `href="#main">Skip to the content</a>`,
			`href="#nowhere">Skip to the content</a><a href="index.html">Home</a>`, "outside of main"},
		{"focus is not shown", keyboard, "site.css", `:focus-visible{outline:3px solid}`, `:focus-visible{outline:none}`, "does not show it"},
		{"focus is covered", keyboard, "site.css", `:root{`, `header{position:fixed;inset:0;z-index:1}:root{`, "cannot be seen"},
		{"focus order", keyboard, "demo/index.html", `<a data-next`, `<a tabindex=1 data-next`, "not the next element in reading order"},
		{"details stay closed on paper", print, "site.css", `details::details-content`, `details.never`, `the details "More" are not printed`},
		{"wide at 320 px", reflow, "site.css", `:root{`, `h1{width:400px}:root{`, "416 px wide at 320 px, because of h1"},
		{"wide at 320 px when opened", reflow, "site.css", `:root{`, `details p{width:400px}:root{`, "416 px wide at 320 px, because of p"},
		{"sticking out at 320 px", reflow, "site.css", `:root{`, `body{margin:0 20px}details p{width:290px}:root{`, "p sticks out of its details"},
		{"wide at 320 px in a frame", framed, "site.css", `:root{`, `h1{width:400px}:root{`, "416 px wide at 320 px, because of h1"},
		{"pale in light", axe, "site.css", `light-dark(#00429d,#9cf)`, `light-dark(#ccc,#9cf)`, "(light): axe color-contrast"},
		{"pale in dark", axe, "site.css", `light-dark(#00429d,#9cf)`, `light-dark(#00429d,#333)`, "(dark): axe color-contrast"},
		{"no page language", axe, "demo/index.html", ` lang=en`, ``, "axe html-has-lang"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site := handmade()
			damage(t, site, tt.file, tt.old, tt.new)
			faults := tt.check(t, serveSite(t, writeSite(t, site)).url+"demo/index.html")
			if os.Getenv("REPLAYGEN_AXE") == "" && strings.Contains(tt.want, "axe") {
				t.Skip("REPLAYGEN_AXE does not name axe.min.js")
			}
			if !strings.Contains(strings.Join(faults, "\n"), tt.want) {
				t.Errorf("want a fault that says %q, got %q", tt.want, faults)
			}
		})
	}
	t.Run("scripts are off", func(t *testing.T) { testScriptsAreOff(t, b) })
}

// testScriptsAreOff gives the browser a page whose script would run if pages
// had scripts: first allowed, as a control, then not.
func testScriptsAreOff(t *testing.T, b *browser) {
	site := handmade()
	damage(t, site, "index.html", "default-src 'none'", "default-src 'unsafe-inline'")
	damage(t, site, "index.html", "script-src 'none'", "script-src 'unsafe-inline'")
	damage(t, site, "index.html", "</main>", "<script>document.title = 'ran'</script></main>")
	url := serveSite(t, writeSite(t, site)).url
	for _, on := range []bool{true, false} {
		b.scripts(t, on)
		b.open(t, url)
		if ran := run(t, b, chromedp.Title()) == "ran"; ran != on {
			t.Errorf("with scripts on = %v, the page's script ran = %v", on, ran)
		}
	}
}

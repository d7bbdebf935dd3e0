package main_test

import (
	"fmt"
	"strings"
	"testing/fstest"
)

// handmadeBase is where the hand-made site says it is served.
const handmadeBase = "https://example.test/some/repo/"

// handmadePolicy is the Content-Security-Policy of every hand-made page.
const handmadePolicy = `default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; script-src 'none'`

// handmade returns a site as small as one can be that shows every kind of page:
// one round whose choice A (5 min) leads on and whose choice B costs 10 min, and
// two pages of earlier versions, one of them of a replay that is gone.
// The tests of the checkers break it in one place each.
func handmade() fstest.MapFS {
	const (
		more   = `<details><summary>More</summary><p>What the log said.</p></details>`
		choice = `<li><a data-choice=%s accesskey=%[1]s href="%s">%[1]s) do something</a></li>`
		closed = `<li><span data-choice=B data-tried>B) do something (tried)</span></li>`
		next   = `<p><a data-next href="%s">Go on</a></p>`
	)
	site := fstest.MapFS{
		".nojekyll": file(""),
		"site.css":  file(handmadeStyle),
		"sitemap.xml": file(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` +
			`<url><loc>` + handmadeBase + `</loc></url><url><loc>` + handmadeBase + `demo/index.html</loc></url></urlset>`),
		"index.html": handmadePage{title: "Replays",
			body: `<p><a href="demo/index.html">Demo</a> or <a href="https://example.test/">elsewhere</a></p>`}.file(""),
		"404.html": handmadePage{title: "Not found",
			body: `<p><a href="/some/repo/index.html">All replays</a></p>`}.file("/some/repo/"),
		"demo/index.html": handmadePage{title: "Demo", place: "briefing", score: 100,
			body: more + fmt.Sprintf(next, "round-1.html?trail=start&amp;clock=0&amp;score=100")}.file("../"),
		"demo/round-1.html": handmadePage{title: "Round 1", place: "round-1", score: 100,
			body: `<ul>` + fmt.Sprintf(choice, "A", "outcome-1a.html?trail=1a&amp;clock=5&amp;score=100") +
				fmt.Sprintf(choice, "B", "outcome-1b.html?trail=1b&amp;clock=10&amp;score=50") + `</ul>`}.file("../"),
		"demo/outcome-1b.html": handmadePage{title: "Round 1: B", place: "outcome-1B", clock: 10, score: 50,
			body: `<ul>` + fmt.Sprintf(choice, "A", "outcome-1a-1.html?trail=1ba&amp;clock=15&amp;score=0") + closed + `</ul>`}.file("../"),
	}
	for _, old := range []struct{ replay, name, nearest, entry string }{
		{"demo", "outcome-1c", "round-1.html?trail=start&amp;clock=0&amp;score=100", "demo/index.html"},
		{"gone", "round-1", "../index.html", "index.html"},
	} {
		site[old.replay+"/"+old.name+".html"] = handmadePage{title: "No longer here: " + old.name, entry: old.entry,
			state: fmt.Sprintf(" data-replay=%s data-tombstone=%s", old.replay, old.name),
			body:  fmt.Sprintf(`<p><a data-nearest href="%s">Go on</a></p>`, old.nearest)}.file("../")
	}
	for _, end := range []struct {
		suffix, trail string
		clock, score  int
	}{{"", "1a", 5, 100}, {"-1", "1ba", 15, 0}} {
		add := func(kind, title, place, body string) {
			site["demo/"+kind+end.suffix+".html"] = handmadePage{title: title + end.suffix, place: place, clock: end.clock, score: end.score, body: body}.file("../")
		}
		onward := func(kind string) string {
			return fmt.Sprintf(next, fmt.Sprintf("%s%s.html?trail=%s&amp;clock=%d&amp;score=%d", kind, end.suffix, end.trail, end.clock, end.score))
		}
		add("outcome-1a", "Round 1: A", "outcome-1A", onward("closing-2"))
		add("closing-2", "Round 2", "closing-2", onward("debrief"))
		add("debrief", "Debrief", "debrief", `<p><a href="index.html">Replay</a></p>`)
	}
	return site
}

// handmadePage is what differs between hand-made pages. A page without a place
// is no state of the replay.
type handmadePage struct {
	title, place string
	clock, score int
	state        string // attributes of main; made from the above if there is a place
	entry        string // the page that search engines should know instead
	body         string
}

// file returns the page as a file from which root leads to the site's top.
func (p handmadePage) file(root string) *fstest.MapFile {
	var robots, panel string
	if p.place != "" {
		p.state = fmt.Sprintf(" data-replay=demo data-place=%s data-clock=%d data-score=%d", p.place, p.clock, p.score)
		panel = fmt.Sprintf("<p>Clock %d min, score %d</p>", p.clock, p.score)
	}
	if p.place != "" && p.place != "briefing" {
		p.entry = "demo/index.html"
	}
	if p.entry != "" {
		robots = `<meta name=robots content=noindex><link rel=canonical href="` + handmadeBase + p.entry + `">`
	}
	return file(strings.NewReplacer("{policy}", handmadePolicy, "{title}", p.title, "{robots}", robots, "{root}", root,
		"{state}", p.state, "{panel}", panel, "{body}", p.body).Replace(handmadeFrame))
}

const handmadeFrame = `<!DOCTYPE html>
<html lang=en>
<head>
<meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="{policy}"><title>{title}</title>
<meta name=viewport content="width=device-width, initial-scale=1"><meta name=description content="A page">
<meta property=og:title content="{title}"><meta property=og:description content="A page">
{robots}<link rel=stylesheet href="{root}site.css"><link rel=icon href="data:,">
</head>
<body><header><a class=skip href="#main">Skip to the content</a></header>
<main id=main tabindex=-1{state}><h1>{title}</h1>{panel}{body}</main></body>
</html>
`

const handmadeStyle = `:root{color-scheme:light dark}
body{font:1rem/1.5 sans-serif;margin:1rem;color:light-dark(#111,#eee);background:light-dark(#fff,#111)}
a{color:light-dark(#00429d,#9cf);display:inline-block;min-height:24px}
:focus-visible{outline:3px solid}
@media print{details::details-content{content-visibility:visible;height:auto}}
`

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

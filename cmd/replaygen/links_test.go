package main_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestHandmadeSiteKeepsTheRules(t *testing.T) {
	reportFaults(t, handmade(), handmadeBase)
}

func TestSampleSiteKeepsTheRules(t *testing.T) {
	t.Parallel()
	reportFaults(t, os.DirFS(buildSample(t)), sampleBase)
}

// TestSiteRulesCanFail breaks the hand-made site in one place for every rule.
func TestSiteRulesCanFail(t *testing.T) {
	tests := []struct {
		rule, file string
		old, new   string // see damage
		want       string // what a fault must say
	}{
		{"policy", "demo/round-1.html", `<meta charset=utf-8>`, `<meta charset=utf-8><title>x</title>`, "<title> stands before"},
		{"policy", "demo/round-1.html", `; script-src 'none'`, ``, "lacks script-src 'none'"},
		{"policy", "demo/round-1.html", `<meta http-equiv="Content-Security-Policy" content="` + handmadePolicy + `">`, ``, "stands before"},
		{"no-script", "index.html", `</h1>`, `</h1><script>1</script>`, "<script>"},
		{"no-script", "index.html", `<h1>`, `<h1 onclick="x()">`, "event handler onclick"},
		{"no-script", "index.html", `href="demo/index.html"`, `href=" Java&#9;Script:alert(1)"`, "href of <a>"},
		{"no-script", "index.html", `</h1>`, `</h1><svg><a xlink:href="javascript:alert(1)">x</a></svg>`, "href of <a>"},
		{"no-script", "index.html", `<title>`, `<meta http-equiv=refresh content="1;url=x"><title>`, "refresh"},
		{"no-inline-style", "index.html", `<h1>`, `<h1 style="color:red">`, "style attribute on <h1>"},
		{"no-inline-style", "index.html", `</head>`, `<style>h1{color:red}</style></head>`, "<style>"},
		{"headings", "index.html", `</h1>`, `</h1><h3>Deep</h3>`, `<h3> "Deep" follows a heading of level 1`},
		{"headings", "index.html", `</h1>`, `</h1><h1>Again</h1>`, "2 h1, want 1"},
		{"headings", "index.html", `<h1>Replays</h1>`, `<p>Replays</p>`, "0 h1, want 1"},
		{"unique-id", "index.html", `<h1>`, `<h1 id=main>`, `id "main"`},
		{"head", "index.html", ` lang=en`, ``, "no lang"},
		{"head", "index.html", `<meta name=description content="A page">`, ``, "no meta description"},
		{"head", "index.html", `<link rel=icon href="data:,">`, ``, "no icon"},
		{"landmarks", "index.html", `<a class=skip href="#main">Skip to the content</a>`, ``, "instead of skipping"},
		{"landmarks", "index.html", `</main>`, `</main><main></main>`, "2 main, want 1"},
		{"landmarks", "index.html", `href="#main"`, `href="#elsewhere"`, "not where main starts"},
		{"shown-score", "demo/outcome-1b.html", `Clock 10 min`, `Clock 100 min`, `clock "10" is not shown`},
		{"shown-score", "demo/outcome-1b.html", `score 50`, `score fifty`, `score "50" is not shown`},

		{"files", ".nojekyll", "", "", "no .nojekyll"},
		{"files", "404.html", "", "", "no 404.html"},
		{"files", "demo/Notes.txt", "", "new", "upper-case letters"},
		{"references", "demo/debrief.html", "", "", "no file demo/debrief.html"},
		{"references", "index.html", `href="site.css"`, `href="Site.css"`, "no file Site.css"},
		{"references", "index.html", `href="site.css"`, `href="https://cdn.test/site.css"`, "from outside the site"},
		{"references", "index.html", `href="demo/index.html"`, `href="demo/"`, "names a folder"},
		{"references", "index.html", `href="demo/index.html"`, `href="/some/repo/demo/index.html"`, "is not relative"},
		{"references", "index.html", `href="demo/index.html"`, `href="` + handmadeBase + `demo/index.html"`, "is not relative"},
		{"references", "index.html", `href="demo/index.html"`, `href="demo/index.html#nowhere"`, "no id nowhere"},
		{"references", "index.html", `href="demo/index.html"`, `href="../../../demo/index.html"`, "leads above the site"},
		{"references", "index.html", `</h1>`, `</h1><img alt="" srcset="a.png 1x, b.png 2x">`, "no file b.png"},
		{"references", "404.html", `href="/some/repo/index.html"`, `href="index.html"`, "write it from the root"},
		{"references", "site.css", `:root{`, `body{background:url("missing.png")}:root{`, "no file missing.png"},
		{"references", "site.css", `:root{`, `@import "https://cdn.test/x.css";:root{`, "from outside the site"},
		{"unique-title", "demo/debrief-1.html", `<title>Debrief-1</title>`, `<title>Debrief</title>`, "is also that of"},
		{"unique-title", "index.html", `<title>Replays</title>`, `<title> </title>`, "no title"},
		{"contract", "demo/round-1.html", `data-place=round-1`, `data-place=round`, `data-place is "round"`},
		{"contract", "demo/round-1.html", `data-replay=demo`, `data-replay=other`, `data-replay is "other"`},
		{"contract", "demo/round-1.html", `data-clock=0`, `data-clock=0.5`, `data-clock is "0.5"`},
		{"contract", "demo/round-1.html", `data-score=100`, `data-score=101`, `data-score is "101"`},
		{"contract", "demo/round-1.html", `data-place=round-1`, `data-position=round-1`, "does not say which state"},
		{"contract", "demo/debrief.html", `data-place=debrief`, `data-place=briefing`, "is index.html"},
		{"steps", "demo/round-1.html", `accesskey=B`, ``, `choice B has accesskey ""`},
		{"steps", "demo/outcome-1b.html", ` data-tried`, ``, "choice B is closed, yet not tried"},
		{"steps", "demo/debrief.html", `href="index.html"`, `data-next href="index.html"`, "debrief offers 1 next links"},
		{"steps", "demo/closing-2.html", ` data-next`, ``, "closing-2 offers 0 next links"},
		{"parameters", "demo/round-1.html", `clock=5`, `clock=6`, "leads to clock 5"},
		{"parameters", "demo/round-1.html", `score=50`, `score=51`, "score 50"},
		{"parameters", "demo/round-1.html", `trail=1b`, `path=1b`, "outcome-1b.html?path=1b"},
		{"parameters", "demo/round-1.html", `outcome-1b.html?trail=1b`, `outcome-1a.html?trail=1b`, "choice B leads to outcome-1A, want outcome-1B"},
		{"reachable", "demo/outcome-1b.html", `outcome-1a-1.html`, `outcome-1a.html`, "no link from index.html leads here"},
		{"ends", "demo/closing-2-1.html", ` data-next`, ``, "no debrief can be reached"},
		{"indexing", "demo/index.html", `<title>`, `<meta name=robots content=noindex><title>`, "the briefing is noindex"},
		{"indexing", "demo/round-1.html", `<meta name=robots content=noindex>`, ``, "a state is not noindex"},
		{"indexing", "demo/round-1.html", `<link rel=canonical href="` + handmadeBase + `demo/index.html">`, ``, "no canonical link"},
		{"indexing", "demo/round-1.html", handmadeBase + `demo/index.html`, handmadeBase + `index.html`, "want the briefing"},
		{"tombstones", "demo/outcome-1c.html", `data-nearest`, ``, "leads on to 0 places"},
		{"tombstones", "demo/outcome-1c.html", `round-1.html`, `round-9.html`, "which is no page"},
		{"tombstones", "demo/outcome-1c.html", `round-1.html`, `../gone/round-1.html`, "no living page"},
		{"tombstones", "demo/outcome-1c.html", `<meta name=robots content=noindex>`, ``, "noindex"},
		{"tombstones", "gone/round-1.html", handmadeBase + `index.html`, handmadeBase + `demo/index.html`, "want index.html"},
		{"tombstones", "demo/index.html", `</h1>`, `</h1><a href="outcome-1c.html">old</a>`, "no longer made"},
		{"sitemap", "sitemap.xml", `demo/index.html`, `demo/round-1.html`, "is noindex"},
		{"sitemap", "sitemap.xml", `demo/index.html`, `demo/gone.html`, "is no page"},
		{"sitemap", "sitemap.xml", `<url><loc>` + handmadeBase + `</loc></url>`, ``, "index.html is missing"},
		{"sitemap", "sitemap.xml", `<url>`, `<url`, "XML syntax error"},
	}
	untested := map[string]bool{}
	for _, r := range pageRules() {
		untested[r.name] = true
	}
	for _, r := range siteRules() {
		untested[r.name] = true
	}
	for _, tt := range tests {
		t.Run(tt.rule+"/"+tt.want, func(t *testing.T) {
			site := handmade()
			damage(t, site, tt.file, tt.old, tt.new)
			faults, err := checkSite(site, handmadeBase)
			if err != nil {
				t.Fatal(err)
			}
			found := slices.ContainsFunc(faults, func(f fault) bool {
				return f.rule == tt.rule && strings.Contains(f.detail, tt.want)
			})
			if !found {
				t.Errorf("want a fault of %s that says %q, got %v", tt.rule, tt.want, faults)
			}
		})
		delete(untested, tt.rule)
	}
	for rule := range untested {
		t.Errorf("no site here breaks the rule %s", rule)
	}
}

// damage replaces old by new in one file. Where old is "" it adds a file that
// holds new, or removes the file if new is "" too.
func damage(t *testing.T, site fstest.MapFS, name, old, new string) {
	t.Helper()
	switch {
	case old == "" && new == "":
		delete(site, name)
	case old == "":
		site[name] = file(new)
	case !strings.Contains(string(site[name].Data), old):
		t.Fatalf("%s holds no %q to replace:\n%s", name, old, site[name].Data)
	default:
		site[name] = file(strings.Replace(string(site[name].Data), old, new, 1))
	}
}

// reportFaults checks a site and fails the test for every broken rule, saying
// the first of each rule in full: one mistake in a layout is on every page.
func reportFaults(t *testing.T, fsys fs.FS, base string) {
	t.Helper()
	faults, err := checkSite(fsys, base)
	if err != nil {
		t.Fatal(err)
	}
	const most = 5
	count := map[string]int{}
	for _, f := range faults {
		if count[f.rule]++; count[f.rule] <= most {
			t.Error(f)
		}
	}
	for rule, n := range count {
		if n > most {
			t.Errorf("[%s] is broken %d times in all", rule, n)
		}
	}
}

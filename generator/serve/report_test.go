package serve_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/serve"
)

// awaitReport waits until the last report is the wanted one.
func (p *preview) awaitReport(want ...string) {
	p.Helper()
	if want == nil {
		want = []string{}
	}
	if !within(func() bool {
		all := p.reports()
		return len(all) > 0 && cmp.Equal(want, all[len(all)-1])
	}) {
		p.Fatalf("want the report %q, got %q", want, p.reports())
	}
}

// broken is disk with two errors and two warnings.
func broken(t *testing.T) string {
	return edited(t, "### If you chose A:", "### If you chose A: {csot=8m}", "A) Empty it", "A) Empty [it](gone.md)", "### If you chose B:\n> *[Result: It is", "### If you chose Q:\n> *[Result: It is")
}

// TestBrokenReplay: its pages say all that is wrong; everything else goes on.
func TestBrokenReplay(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/other.md": titled("Other")})
	p := f.preview(serve.Options{Editor: "vscode://file{path}:{line}:{column}"})
	p.await("/disk/round-1", 200, "The disk is full.")
	f.write("content/disk.md", broken(t))
	page := p.await("/disk/round-1", 500, "to mend")
	for _, want := range []string{
		"<h1>2 things to mend</h1>", "In content/disk.md.",
		// Each with its place, which leads to the editor, its code, its line and its remedy.
		`<span class="severity error">error</span> in <a href="vscode://file` + f.at("content/disk.md") + `:9:22"><code>content/disk.md:9:22</code></a>`,
		`<code>attribute-unknown</code>`, `<h2>unknown attribute &#34;csot&#34;</h2>`,
		"    9 | ### If you chose A: {csot=8m}\n      |                      ^^^^\n",
		`did you mean &#34;cost=8m&#34;?`,
		`<span class="severity warning">warning</span> in`, `the link &#34;gone.md&#34; leads to nothing`,
		`### If you chose Q:`,
		// It comes back by itself.
		`data-base="/" data-key="`, `connect-src 'self'`, "This page comes back by itself",
	} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the report lacks %s:\n%s", want, page.body)
		}
	}
	for _, target := range []string{"/disk/", "/disk/debrief-3.1-b.2-a.html", "/disk/nowhere.html", "/disk/?trail=1-A", "/disk/?published"} {
		if r := p.get(target); r.status != 500 || !strings.Contains(r.body, "2 things to mend") {
			t.Errorf("%s: status %d", target, r.status)
		}
	}
	for target, status := range map[string]int{"/": 200, "/other/": 200, "/other/round-1.html": 200, "/sitemap.xml": 200, "/nowhere": 404, "/disk": 302} {
		if r := p.get(target); r.status != status {
			t.Errorf("%s: status %d while another replay is broken", target, r.status)
		}
	}
	if at := p.get("/disk/round-1?published"); strings.Contains(at.body, "<script") || !strings.Contains(at.body, "2 things to mend") {
		t.Errorf("as published, the report has a script, or does not report:\n%s", at.body)
	}
	f.write("content/disk.md", disk)
	p.await("/disk/round-1", 200, "The disk is full.")
}

// TestReportIsToldOnce: once for each list that differs from the one before, and
// once more when all is well again.
func TestReportIsToldOnce(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": broken(t), "content/other.md": titled("Other")})
	p := f.preview(serve.Options{})
	first := []string{
		"content/disk.md:9:22 error attribute-unknown", "content/disk.md:16:17 warning dead-link",
		"content/disk.md:17:3 warning outcome-missing", "content/disk.md:21:18 error outcome-unknown",
	}
	p.awaitReport(first...)
	for _, words := range []string{"Other again", "Other still", "Other at last"} {
		f.replace("content/other.md", titled(words))
		p.await("/other/", 200, words)
	}
	f.replace("content/disk.md", disk)
	p.awaitReport()
	f.replace("content/other.md", titled("Disk Full"))
	p.awaitReport("content/other.md:1:20 warning same-title")
	f.replace("content/other.md", titled("Other"))
	p.awaitReport()
	p.stop()
	want := [][]string{first, {}, {"content/other.md:1:20 warning same-title"}, {}}
	if diff := cmp.Diff(want, p.reports()); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
}

// TestSlugOfNothing: a file whose name gives no slug does not stand for the index.
func TestSlugOfNothing(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/日本.md": titled("Other")})
	p := f.preview(serve.Options{})
	p.awaitReport("content/日本.md:1:1 error slug-unusable")
	for target, status := range map[string]int{"/": 200, "//": 404, "/index.html": 200, "/disk/": 200} {
		if r := p.get(target); r.status != status {
			t.Errorf("%s: status %d (to %q), want %d", target, r.status, r.location(), status)
		}
	}
}

// TestOneSlugTwice: neither replay may stand for the other.
func TestOneSlugTwice(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/other.md": titled("Other"), "content/third.md": titled("Third")})
	p := f.preview(serve.Options{})
	p.await("/disk/", 200, "Disk Full")
	f.replace("content/other.md", "---\nslug: disk\n---\n"+titled("Other"))
	for _, target := range []string{"/disk/", "/disk/round-1"} {
		r := p.await(target, 500, "two replays have the slug")
		if !strings.Contains(r.body, "content/other.md:4:20") || !strings.Contains(r.body, "content/disk.md:1:20") {
			t.Errorf("%s names not both files:\n%s", target, r.body)
		}
	}
	p.await("/other/", 404, "Page not found")
	p.await("/third/", 200, "Third")
	f.remove("content/disk.md")
	p.await("/disk/", 200, "Other")
}

// TestBrokenSite: while the settings or the theme are broken, every page says so.
func TestBrokenSite(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		want       []string
	}{
		"an unknown setting": {"content/site.yaml", "titel: Ours\n", []string{"content/site.yaml:1:1", "titel", "did you mean"}},
		"no YAML":            {"content/site.yaml", "title: [\n", []string{"content/site.yaml:1:"}},
		"a bad value":        {"content/site.yaml", "title: Ours\ntrail: {detail: most}\n", []string{"content/site.yaml:2:17", "trail: {detail: most}", "^^^^"}},
		"a bad style":        {"content/site.yaml", "highlight: {light: nosuch}\n", []string{"nosuch"}},
		"a bad editor":       {"content/site.yaml", "editor: javascript:alert(1)//{path}\n", []string{"content/site.yaml:1:9", "must not run code"}},
		"no such theme":      {"content/site.yaml", "theme: nosuch\n", []string{"there is no theme themes/nosuch"}},
		"a theme elsewhere":  {"content/site.yaml", "theme: ../../etc\n", []string{"there is no theme"}},
		"a template":         {"themes/default/layouts/round.html", "<p>\n{{if}}", []string{"themes/default/layouts/round.html:2", "missing value for if", "{{if}}"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t, map[string]string{"content/disk.md": disk, "content/site.yaml": "title: Ours\n"})
			p := f.preview(serve.Options{})
			p.await("/", 200, "Ours")
			f.write(test.file, test.text)
			r := p.await("/", 500, "1 thing to mend")
			for _, want := range append(test.want, "In the whole site.") {
				if !strings.Contains(r.body, want) {
					t.Errorf("the report lacks %q:\n%s", want, r.body)
				}
			}
			for _, target := range []string{"/disk/round-1", "/nowhere", "/assets/style.css", "/sitemap.xml", "/?published"} {
				if r := p.get(target); r.status != 500 {
					t.Errorf("%s: status %d", target, r.status)
				}
			}
			fresh := f.preview(serve.Options{}) // whose very first build fails
			fresh.await("/disk/", 500, "1 thing to mend")
			for _, p := range []*preview{p, fresh} {
				if !within(func() bool { said := p.reports(); return len(said) > 0 && len(said[len(said)-1]) == 1 }) {
					t.Errorf("reported: %q", p.reports())
				}
			}
			f.write("content/disk.md", edited(t, "The disk is full.", "An edit while the site is broken."))
			for _, p := range []*preview{p, fresh} {
				p.await("/disk/", 500, "1 thing to mend")
			}
			f.remove(test.file)
			for _, p := range []*preview{p, fresh} {
				p.await("/disk/round-1", 200, "An edit while the site is broken.")
				p.await("/", 200, "disk/index.html")
				p.awaitReport()
			}
		})
	}
}

// TestTroublesOutliveOtherEdits: what is wrong is said until it is mended,
// whatever else changes meanwhile.
func TestTroublesOutliveOtherEdits(t *testing.T) {
	for name, change := range map[string]func(folder){
		"a bad style":       func(f folder) { f.write("content/site.yaml", "highlight: {light: nosuch}\n") },
		"a bad setting":     func(f folder) { f.write("content/site.yaml", "trail: {detail: most}\n") },
		"no such theme":     func(f folder) { f.write("content/site.yaml", "theme: nosuch\n") },
		"a template":        func(f folder) { f.write("themes/default/layouts/round.html", "{{if}}") },
		"a file unreadable": func(f folder) { f.symlink("loop.md", "content/loop.md") },
		"settings likewise": func(f folder) { f.symlink("site.yaml", "content/site.yaml") },
		"a theme's file":    func(f folder) { f.symlink("round.html", "themes/default/layouts/round.html") },
		"its own text":      func(f folder) { f.write("content/bad.md", "# Bad\n") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t, map[string]string{"content/disk.md": disk, "content/other.md": titled("Other")})
			change(f)
			p := f.preview(serve.Options{})
			if !within(func() bool { return len(p.reports()) > 0 && len(p.reports()[0]) > 0 }) {
				t.Fatalf("reported: %q", p.reports())
			}
			f.replace("content/other.md", broken(t))
			if !within(func() bool { return len(p.reports()) > 1 }) {
				t.Fatalf("reported: %q", p.reports())
			}
			f.replace("content/other.md", titled("Other"))
			if !within(func() bool { return len(p.reports()) > 2 }) {
				t.Fatalf("reported: %q", p.reports())
			}
			fresh := f.preview(serve.Options{})
			if !within(func() bool { return len(fresh.reports()) > 0 }) {
				t.Fatal("nothing is reported")
			}
			if diff := cmp.Diff(fresh.reports()[0], p.reports()[2]); diff != "" {
				t.Errorf("after edits elsewhere (-fresh +edited):\n%s", diff)
			}
			for _, target := range []string{"/", "/disk/round-1"} {
				if a, b := p.get(target).status, fresh.get(target).status; a != b {
					t.Errorf("%s: status %d, of a fresh start %d", target, a, b)
				}
			}
		})
	}
}

// TestBrokenPages: a template that parses may fail for some pages. The others go on.
func TestBrokenPages(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	p := f.preview(serve.Options{})
	p.await("/disk/round-1", 200, "The disk is full.")
	for file, pages := range map[string][]string{
		"themes/default/layouts/round.html":   {"/disk/round-1", "/disk/round-2.1-b.html"},
		"themes/default/layouts/debrief.html": {"/disk/debrief-3.1-b.2-a.html"},
		"themes/default/layouts/index.html":   {"/", "/index.html"},
		"themes/default/layouts/404.html":     {"/nowhere", "/404.html"},
	} {
		f.write(file, "<!doctype html>\n<title>x</title>{{index .Site.Title 9999}}")
		for _, target := range pages {
			r := p.await(target, 500, "1 thing to mend")
			if !strings.Contains(r.body, file+":2:19") || !strings.Contains(r.body, "out of range") {
				t.Errorf("%s: %s", target, r.body)
			}
			// What the page is told must fit to the page, or it would load for ever.
			if now := p.where("/", target); !strings.Contains(r.body, `data-key="`+now.Key+`"`) {
				t.Errorf("%s is sent to %+v:\n%s", target, now, r.body)
			}
		}
		for _, target := range []string{"/disk/", "/disk/outcome-1a.1-a.html"} {
			if r := p.get(target); r.status != 200 {
				t.Errorf("%s: status %d while %s is broken", target, r.status, file)
			}
		}
		f.remove(file)
		for _, target := range pages {
			if !within(func() bool { return p.get(target).status != 500 }) {
				t.Errorf("%s does not come back", target)
			}
		}
	}
}

// TestWithoutContent: a server may be started before there is anything to show.
func TestWithoutContent(t *testing.T) {
	f := newFolder(t, nil)
	p := f.preview(serve.Options{})
	p.await("/", 500, "there is no content folder here")
	p.awaitReport(":0:0 error unreadable")
	f.must(os.MkdirAll(f.at("content"), 0o777))
	p.await("/", 500, "there are no replays in content")
	p.awaitReport(":0:0 error no-content")
	f.write("content/disk.md", disk)
	p.await("/disk/round-1", 200, "The disk is full.")
	p.awaitReport()
	f.rename("content", "elsewhere")
	p.await("/disk/round-1", 500, "there is no content folder here")
	f.rename("elsewhere", "content")
	p.await("/disk/round-1", 200, "The disk is full.")
	f.remove("content/disk.md")
	p.await("/", 500, "there are no replays in content")
}

// TestUnreadableFile is reported like any other trouble.
func TestUnreadableFile(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/other.md": titled("Other")})
	p := f.preview(serve.Options{})
	p.await("/disk/", 200, "Disk Full")
	f.must(os.Chmod(f.at("content/disk.md"), 0))
	p.await("/disk/", 500, "permission denied")
	f.must(os.Chmod(f.at("content/disk.md"), 0o666))
	p.await("/disk/", 200, "Disk Full")
}

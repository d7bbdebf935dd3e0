package serve_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestAnswersLikeGitHubPages asks for names as people and links write them.
func TestAnswersLikeGitHubPages(t *testing.T) {
	f := newFolder(t, map[string]string{
		"content/disk.md":         edited(t, "The disk is full.", "![a drawing](img/full.svg)"),
		"content/img/full.svg":    drawing(1),
		"content/unlinked.svg":    drawing(2),
		"content/names/old.names": "index\nround-1\n",
	})
	const missing = "Page not found"
	tests := []struct {
		target string
		status int
		want   string // in the page, or the path that a redirect leads to
	}{
		{"/", 200, "disk/index.html"},
		{"/?trail=1-A", 200, "disk/index.html"},
		{"/index.html", 200, "disk/index.html"},
		{"/index", 200, "disk/index.html"},
		{"/index/", 404, missing},
		{"/404.html", 200, missing},
		{"/404", 200, missing},
		{"/sitemap.xml", 200, "<urlset"},
		{"/sitemap", 404, missing},
		{"/Index.html", 404, missing},
		{"/disk", 302, "/disk/"},
		{"/disk?trail=1-B", 302, "/disk/?trail=1-B"},
		{"/disk/", 200, `data-place="briefing"`},
		{"/disk/index.html", 200, `data-place="briefing"`},
		{"/disk/index", 200, `data-place="briefing"`},
		{"/disk/index/", 404, missing},
		{"/disk/index.html/", 404, missing},
		{"/disk/round-1.html", 200, `data-place="round-1"`},
		{"/disk/round-1", 200, `data-place="round-1"`},
		{"/disk/round-1?clock=5", 200, `data-place="round-1"`},
		{"/disk/round-1.html?trail=2-A", 200, `data-place="round-1"`},
		{"/disk/round-1.html?x=%zz;y", 200, `data-place="round-1"`},
		{"/disk/outcome-1c.1-ac.html", 200, `data-place="outcome-1C"`},
		{"/disk/round-1/", 404, missing},
		{"/disk/round-1.html/", 404, missing},
		{"/disk/round-1.html.html", 404, missing},
		{"/disk/round-1.htm", 404, missing},
		{"/disk/Round-1.html", 404, missing},
		{"/disk/INDEX.html", 404, missing},
		{"/Disk/round-1.html", 404, missing},
		{"/disk/round-1.html%3Fclock=5", 404, missing},
		{"/disk/deep/round-1.html", 404, missing},
		{"/disk/nowhere.html", 404, missing},
		{"/disk.md", 404, missing},
		{"/nowhere", 404, missing},
		{"/nowhere/", 404, missing},
		{"/nowhere/at/all/x.html", 404, missing},
		{"/assets", 404, missing},
		{"/assets/", 404, missing},
		{"/assets/full.svg", 404, missing},
		{"/assets/unlinked.svg", 404, missing},
		{"/old", 302, "/old/"}, // is gone, but was published once
		{"/old/", 200, "No longer here"},
		{"/old/round-1", 200, "No longer here"},
		{"/old/round-2", 404, missing},
	}
	for _, base := range []string{"/", "/repo/", "/some/repo/"} {
		p := f.preview(serve.Options{BasePath: base})
		for _, tt := range tests {
			r := p.get(base + tt.target[1:])
			want := tt.want
			if tt.status == 302 {
				want = base + want[1:]
			}
			if r.status != tt.status || tt.status == 302 && r.location() != want || !strings.Contains(r.body+r.location(), want) {
				t.Errorf("%s: status %d to %q, want %d %q:\n%s", base+tt.target[1:], r.status, r.location(), tt.status, want, r.body)
			}
			if h := p.ask("HEAD", base+tt.target[1:]); h.status != r.status || h.header.Get("Content-Type") != r.header.Get("Content-Type") {
				t.Errorf("HEAD %s: status %d, type %q", tt.target, h.status, h.header.Get("Content-Type"))
			}
		}
	}
}

// TestMissingPageWorks wherever it is shown: its links are not relative.
func TestMissingPageWorks(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	for _, base := range []string{"/", "/repo/"} {
		p := f.preview(serve.Options{BasePath: base})
		for _, target := range []string{"nowhere", "no/where/at/all.html", "disk/nowhere.html"} {
			body := p.get(base + target).body
			links := regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(body, -1)
			if len(links) < 3 {
				t.Errorf("%s%s has only the links %q", base, target, links)
			}
			for _, link := range links {
				if strings.HasPrefix(link[1], "?") || strings.HasPrefix(link[1], "#") || strings.HasPrefix(link[1], "data:") {
					continue
				}
				if r := p.get(link[1]); !strings.HasPrefix(link[1], base) || r.status != 200 {
					t.Errorf("%s%s links to %s, which answers %d", base, target, link[1], r.status)
				}
			}
		}
	}
}

// TestBasePath: the host's root leads to the site, and nothing else is there.
func TestBasePath(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	for _, written := range []string{"/repo/", "repo", "/repo"} {
		p := f.preview(serve.Options{BasePath: written})
		if p.server.Base() != "/repo/" {
			t.Errorf("%q: the base path is %s", written, p.server.Base())
		}
		for target, want := range map[string]string{
			"/": "302 /repo/", "/repo": "302 /repo/", "/repo/disk": "302 /repo/disk/",
			"/disk/": "404 ", "/index.html": "404 ", "/repository/": "404 ", "/_replaygen/where?page=/repo/": "404 ",
			"/repo/_replaygen/where?page=/repo/": "200 ", "/repo/_replaygen/nothing": "404 ", "/repo/_replaygen/": "404 ",
		} {
			r := p.get(target)
			if got := fmt.Sprintf("%d %s", r.status, r.location()); got != want {
				t.Errorf("%q: %s answers %s, want %s", written, target, got, want)
			}
		}
	}
	for _, written := range []string{"", "/"} {
		if p := f.preview(serve.Options{BasePath: written}); p.server.Base() != "/" {
			t.Errorf("%q: the base path is %s", written, p.server.Base())
		}
	}
}

// TestContentTypes do not depend on what the machine knows.
func TestContentTypes(t *testing.T) {
	links := ""
	files := map[string]string{"content/img/x.svg": drawing(1)}
	want := map[string]string{
		".png": "image/png", ".jpg": "image/jpeg", ".JPEG": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
		".pdf": "application/pdf", ".log": "text/plain; charset=utf-8", ".json": "application/json", ".odd": "application/octet-stream", "": "application/octet-stream",
	}
	for ext := range want {
		files["content/files/x"+ext] = "bytes of x" + ext
		links += " [x](files/x" + ext + ")"
	}
	files["content/disk.md"] = edited(t, "The disk is full.", "![x](img/x.svg)"+links)
	p := newFolder(t, files).preview(serve.Options{})
	found := map[string]string{}
	for _, link := range regexp.MustCompile(`"\.\.(/assets/[^"]*)"`).FindAllStringSubmatch(p.get("/disk/round-1").body, -1) {
		r := p.get(link[1])
		found[strings.ToLower(strings.TrimPrefix(r.body, "bytes of x"))] = r.header.Get("Content-Type")
		if r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be taken for something else", link[1])
		}
	}
	for ext, kind := range want {
		if found[strings.ToLower(ext)] != kind {
			t.Errorf("x%s is served as %q, want %q", ext, found[strings.ToLower(ext)], kind)
		}
	}
	if drawn := strings.ToLower(drawing(1)); found[drawn] != "image/svg+xml" {
		t.Errorf("a drawing is served as %q", found[drawn])
	}
	for target, kind := range map[string]string{
		"/": "text/html; charset=utf-8", "/nowhere": "text/html; charset=utf-8", "/sitemap.xml": "application/xml", p.where("/", "/").Style: "text/css; charset=utf-8",
	} {
		if got := p.get(target).header.Get("Content-Type"); got != kind {
			t.Errorf("%s is served as %q, want %q", target, got, kind)
		}
	}
}

// TestTrails: the folder of a replay with a trail leads to the trail's page.
func TestTrails(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/brief.md": "---\ndetail: total\n---\n" + titled("Brief")})
	for _, base := range []string{"/", "/repo/"} {
		p := f.preview(serve.Options{BasePath: base})
		for target, want := range map[string]string{
			// What links carry leads to where they lead.
			"disk/?trail=1-AC":                    "outcome-1a.1-ac.html",
			"disk/?trail=1-ABC.2-A":               "debrief-3.1-abc.2-a.html",
			"disk/index.html?trail=1-B":           "round-2.1-b.html",
			"disk/index?trail=1-B":                "round-2.1-b.html",
			"disk/?clock=4&trail=1-B.2-A&score=1": "debrief-3.1-b.2-a.html",
			// Letter case and surrounding space are the reader's.
			"disk/?trail=1-ac":      "outcome-1a.1-ac.html",
			"disk/?trail=%201-B%20": "round-2.1-b.html",
			// A page's name will do too.
			"disk/?trail=round-2.1-b": "round-2.1-b.html",
			// So will a trail that another detail wrote, or an older version of the
			// text: it is followed as far as it goes.
			"brief/?trail=1-B.2-A": "debrief-3.4m.html", "disk/?trail=1-B.2-D": "round-2.1-b.html", "disk/?trail=1-A.9-A": "outcome-1a.1-a.html",
			"disk/?trail=" + strings.Repeat("1-A.", 500): "outcome-1a.1-a.html",
			// The start is the briefing, and what means nothing too.
			"disk/?trail=start": "", "disk/?trail=": "", "disk/?trail": "", "disk/?": "",
			"disk/?trail=%00%ff": "", "disk/?trail=../../etc/passwd": "", "disk/?trail=9-Z": "", "disk/?trail=1-": "", "disk/?trail=1-Q": "",
			"disk/?trail=" + strings.Repeat("9-A.", 500): "",
		} {
			r := p.get(base + target)
			slug, _, _ := strings.Cut(target, "/")
			switch {
			case want == "":
				if r.status != 200 || !strings.Contains(r.body, `data-place="briefing"`) {
					t.Errorf("%s: status %d to %q, want the briefing", target, r.status, r.location())
				}
			default:
				to, query, _ := strings.Cut(r.location(), "?")
				if r.status != http.StatusFound || to != base+slug+"/"+want || !strings.HasPrefix(query, "trail=") {
					t.Errorf("%s: status %d to %q, want %s", target, r.status, r.location(), want)
				}
				if r.location() == "" {
					continue
				}
				if page := p.get(r.location()); page.status != 200 {
					t.Errorf("%s leads to %s, which answers %d", target, r.location(), page.status)
				}
			}
		}
	}
}

package site_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

const diskFull = `---
tags: [disk]
description: A disk that is full of nothing.
---
# Incident Replay: Disk Full

## Setup
- **Time:** Sunday

## Round 1: Writes Fail
> *[Pressure cue: "Checkout is down."]*

**What you see:**
A full disk, and qzslotxn0zq for good measure.

**Choose your action:**
- A) Delete [logs](other.md)
- B) List ` + "`lsof +L1`" + ` <b>now</b>
- C) Reboot

### If you chose B (recommended):
> *[Result: Found it. Proceed to Round 2.]*

### If you chose A:
> *[Result: Not there.]*

### If you chose C:
> *[Result: Worse.]*

## Round 2: Keep It So
**Actions:**
1. Rotate properly

## Damage Report
- **Optimal resolution time:** 4 minutes
- **If every wrong choice was made:** 16 minutes

## Cross-References
- Replay: [the other](other.md)
- Manual: [lsof](https://example.org/lsof)
- Gone: [nowhere](gone.md)
`

const other = `# Incident Replay: Other

## Setup
- **Time:** now

## Round 1: Start
![a drawing](img/Disk.svg)

**Choose your action:**
- A) One
- B) Two

### If you chose A (recommended):
> *[Result: Done.]*

### If you chose B:
> *[Result: Not so.]*

## Damage Report
- **Optimal resolution time:** 4 minutes
- **If every wrong choice was made:** 16 minutes
`

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>`

// source is the content of a small site.
func source() fstest.MapFS {
	return fstest.MapFS{
		"content/disk-full.md": {Data: []byte(diskFull)},
		"content/other.md":     {Data: []byte(other)},
		"content/img/Disk.svg": {Data: []byte(drawing)},
	}
}

// build returns every file of a site and what was said about it.
func build(t *testing.T, content fstest.MapFS, cfg site.Config, own fs.FS) (map[string]string, []string) {
	t.Helper()
	return buildWith(t, content, cfg, own, nil)
}

// buildWith is build with pages that were published once, by slug.
func buildWith(t *testing.T, content fstest.MapFS, cfg site.Config, own fs.FS, retired map[string][]string) (map[string]string, []string) {
	t.Helper()
	var list diag.List
	made := render(t, content, cfg, own, retired, &list)
	files := map[string]string{}
	for _, f := range made {
		if _, twice := files[f.Path]; twice {
			t.Errorf("%s is made twice", f.Path)
		}
		body, err := f.Append(nil)
		if err != nil {
			continue // it has been reported
		}
		files[f.Path] = string(body)
		if again, _ := f.Append([]byte("x")); string(again) != "x"+string(body) {
			t.Errorf("%s differs when it is made again", f.Path)
		}
	}
	var said []string
	for _, d := range list.Sorted() {
		p := d.Span.Position()
		said = append(said, fmt.Sprintf("%s:%d:%d %s %s", d.Span.Path(), p.Line, p.Column, d.Severity, d.Message))
	}
	return files, said
}

// render makes every file of a site.
func render(t *testing.T, content fstest.MapFS, cfg site.Config, own fs.FS, retired map[string][]string, list *diag.List) (files []site.File) {
	t.Helper()
	theme, err := site.LoadTheme("own", own, list)
	if err != nil {
		t.Fatal(err)
	}
	slugs := map[string]string{"content/disk-full.md": "disk-full", "content/other.md": "other"}
	assets := site.NewContent(site.Directory{Slugs: slugs}, folder(t, content))
	s := site.New(cfg, theme, assets, list)
	var cards []site.Card
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(slugs)) {
		r := replay.Parse(diag.NewSource(name, content[name].Data), list)
		m := trail.Compile(r, trail.Options{Detail: cfg.Trail.Detail}, list)
		pages := s.Replay(m, list)
		cards, errs = append(cards, site.NewCard(m)), append(errs, pages.Render())
		for i := range m.Len() {
			files = append(files, pages.Page(i))
		}
		files = append(files, pages.Extras()...)
		for _, name := range retired[r.Slug] {
			files = append(files, pages.Tombstone(name))
		}
	}
	for _, name := range retired["gone"] {
		files = append(files, s.Tombstone("gone", name))
	}
	fixed := slices.Concat(s.Static(), s.Lists(cards))
	s.Report(append(errs, s.Render(fixed)), list)
	return slices.Concat(files, fixed, assets.Assets())
}

// folder returns the content folder of a source.
func folder(t *testing.T, source fs.FS) fs.FS {
	t.Helper()
	content, err := fs.Sub(source, "content")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestSite(t *testing.T) {
	for _, detail := range []string{"picks", "rounds", "grades", "total", "none"} {
		cfg := site.DefaultConfig()
		cfg.Trail.Detail = detail
		files, said := build(t, source(), cfg, nil)
		if diff := cmp.Diff([]string{
			`content/disk-full.md:41:19 warning the link "gone.md" leads to nothing on this site; its text is shown without it`,
		}, said); diff != "" {
			t.Errorf("diagnostics (-want +got):\n%s", diff)
		}
		titles := map[string]string{}
		for path, body := range files {
			if !strings.HasSuffix(path, ".html") {
				continue
			}
			if n := strings.Count(body, "qzslot"); n > 1 || n == 1 && !strings.Contains(body, "qzslotxn0zq for good measure") {
				t.Errorf("detail %s: a marker is left in %s", detail, path)
			}
			title := text(t, body, "title")
			if other, taken := titles[title]; taken || title == "" {
				t.Errorf("detail %s: %s and %s have the title %q", detail, path, other, title)
			}
			titles[title] = path
		}
	}
}

// text returns the text of the first element with a name.
func text(t *testing.T, page, name string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data != name {
			continue
		}
		var b strings.Builder
		for c := range n.Descendants() {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			}
		}
		return strings.Join(strings.Fields(b.String()), " ")
	}
	return ""
}

func TestPages(t *testing.T) {
	files, _ := build(t, source(), site.DefaultConfig(), nil)
	for path, wants := range map[string][]string{
		"disk-full/index.html": {
			`<main data-replay="disk-full" data-place="briefing" data-clock="0" data-score="100"`,
			`data-next href="round-1.html?trail=start&amp;clock=0&amp;score=100"`,
			`<link rel="canonical" href="index.html">`,
			`<meta name="description" content="A disk that is full of nothing.">`,
		},
		"disk-full/round-1.html": {
			`<title>Round 1: Writes Fail – Disk Full</title>`,
			`<meta name="robots" content="noindex">`,
			`data-choice="C" href="outcome-1c.1-c.html?trail=1-C&amp;clock=6&amp;score=83"`,
			`&lt;b>now&lt;/b>`,
		},
		"disk-full/outcome-1a.1-ac.html": {
			`data-place="outcome-1A" data-clock="12" data-score="33"`,
			`data-choice="A" data-tried`, `data-choice="C" data-tried`,
			`data-choice="B" href="outcome-1b.1-abc.html?trail=1-ABC&amp;clock=16&amp;score=0"`,
			`gives away 50 points`,
		},
		"disk-full/debrief-2.1-bc.html": {
			`Disk Full: resolved in 10 min, 1 miss, score 50`,
			`<a href="../other/index.html">the other</a>`,
			`<a href="https://example.org/lsof">lsof</a>`,
		},
		"other/round-1.html": {`src="../assets/disk.`},
		"index.html":         {`href="disk-full/index.html"`, `href="other/index.html"`, `href="assets/style.`},
		"sitemap.xml":        {`<loc>disk-full/index.html</loc>`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
	if strings.Contains(files["disk-full/debrief-2.1-bc.html"], "gone.md") {
		t.Error("a link that leads to nothing was published")
	}
	if strings.Contains(files["disk-full/index.html"], "noindex") {
		t.Error("the briefing, which is canonical, has noindex")
	}
}

func TestBaseURL(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/some/repo"
	files, _ := build(t, source(), cfg, nil)
	for path, wants := range map[string][]string{
		"disk-full/round-1.html": {`<link rel="canonical" href="https://example.org/some/repo/disk-full/">`, `<meta property="og:url" content="https://example.org/some/repo/disk-full/round-1.html?trail=start&amp;clock=0&amp;score=100">`},
		"404.html":               {`href="/some/repo/assets/style.`, `href="/some/repo/index.html"`},
		"sitemap.xml":            {`<loc>https://example.org/some/repo/</loc>`, `<loc>https://example.org/some/repo/other/</loc>`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
}

package site_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/site"
)

// retired is what earlier versions of the small site published: pages of the
// two replays, and one of a replay that is gone.
func retired() map[string][]string {
	return map[string][]string{
		"disk-full": {"debrief-2.1-bd", "outcome-1d.1-ad", "outcome-7a", "outcome-9b.5-x", "round-7.1-d"},
		"gone":      {"index", "round-1"},
	}
}

func TestTombstones(t *testing.T) {
	files, said := buildWith(t, source(), site.DefaultConfig(), nil, retired())
	without, _ := build(t, source(), site.DefaultConfig(), nil)
	if len(said) != 1 { // the dead link in the text
		t.Errorf("said %q", said)
	}
	if len(files) != len(without)+7 {
		t.Errorf("%d files with tombstones, %d without", len(files), len(without))
	}
	for path, wants := range map[string][]string{
		"disk-full/outcome-1d.1-ad.html": {
			`<main data-replay="disk-full" data-tombstone="outcome-1d.1-ad" id="main">`,
			`<title>Changed since: outcome-1d.1-ad – Disk Full</title>`,
			`<a class="button" data-nearest href="round-1.html?trail=start&amp;clock=0&amp;score=100">Go to Round 1: Writes Fail</a>`,
			`<link rel="canonical" href="index.html">`, `<meta name="robots" content="noindex">`,
			`<meta property="og:title" content="Disk Full, which has changed since">`,
			`<a class="title" href="index.html">Disk Full</a>`,
		},
		"disk-full/debrief-2.1-bd.html": {`data-nearest href="index.html">Go to the briefing</a>`, `data-tombstone="debrief-2.1-bd"`},
		"disk-full/round-7.1-d.html":    {`data-nearest href="index.html">Go to the briefing</a>`},
		"gone/index.html": {
			`<main data-replay="gone" data-tombstone="index" id="main">`,
			`<title>No longer here: gone/index – Incident replays</title>`,
			`data-nearest href="../index.html">See all replays</a>`,
			`<link rel="canonical" href="../index.html">`, `<meta name="robots" content="noindex">`,
		},
		"gone/round-1.html": {`<title>No longer here: gone/round-1 – Incident replays</title>`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
	titles := map[string]string{}
	for path, body := range files {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		title := text(t, body, "title")
		if titles[title] != "" {
			t.Errorf("%s and %s have the title %q", path, titles[title], title)
		}
		titles[title] = path
		if strings.Contains(strings.ReplaceAll(body, "qzslotxn0zq for good measure", ""), "qzslot") {
			t.Errorf("a marker is left in %s", path)
		}
	}
	for _, path := range []string{"sitemap.xml", "index.html", "disk-full/index.html"} {
		if diff := cmp.Diff(without[path], files[path]); diff != "" {
			t.Errorf("tombstones change %s:\n%s", path, diff)
		}
	}
}

func TestTombstonesWithBaseURL(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/some/repo"
	files, _ := buildWith(t, source(), cfg, nil, retired())
	for path, wants := range map[string][]string{
		"disk-full/outcome-1d.1-ad.html": {
			`<link rel="canonical" href="https://example.org/some/repo/disk-full/">`,
			`<meta property="og:url" content="https://example.org/some/repo/disk-full/outcome-1d.1-ad.html">`,
		},
		"gone/index.html": {`<link rel="canonical" href="https://example.org/some/repo/">`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
}

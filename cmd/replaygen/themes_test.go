package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// buildDocs builds two replays of the sample with the theme docs and with
// everything that settings can add to a page, and returns the site's folder.
func buildDocs(t *testing.T) string {
	t.Helper()
	source := t.TempDir()
	content := filepath.Join(source, "content")
	if err := os.CopyFS(filepath.Join(content, "img"), os.DirFS("../../content/img")); err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{"site.yaml": []byte(`theme: docs
accent: "#1f4fd1"
logo: img/negative-cache.svg
footer: [{text: Handbook, href: "https://example.test/handbook"}]
suggest: "https://example.test/new?title={title}&body={file}:{line}%20({state})"
`)}
	const withdrawn = "autoscaler-fed-itself.md" // leaves pages that lead on to others
	for _, name := range []string{"postgres-lock-queue.md", "disk-full-of-nothing.md", withdrawn} {
		text, err := os.ReadFile(filepath.Join("../../content", name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = text
	}
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(content, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	replaygen(t, "build", "--quiet", "--source", source, "--base-url", sampleBase)
	if err := os.Remove(filepath.Join(content, withdrawn)); err != nil {
		t.Fatal(err)
	}
	replaygen(t, "build", "--quiet", "--source", source, "--base-url", sampleBase)
	return filepath.Join(source, "public")
}

func TestDocsThemeKeepsTheRules(t *testing.T) {
	reportFaults(t, os.DirFS(buildDocs(t)), sampleBase)
}

// framed serves a page that shows the site in a frame, as a docs portal would.
func framed(t *testing.T, s servedSite, path string) string {
	t.Helper()
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>Docs</title>
			<body style="margin:0;background:light-dark(#fff8e0,#102030)"><iframe title="Replay" src="%s" style="border:0;width:100%%;height:1200px"></iframe>`, s.url+path)
	}))
	t.Cleanup(host.Close)
	return host.URL
}

// testInFrame shows that a page of the theme docs belongs into a frame: the
// page around it shines through, nothing moves on its own when that is
// scrolled, and it fits a narrow column.
func testInFrame(t *testing.T, b *browser, s servedSite) {
	defer b.look(t, "light", "screen")
	for _, kind := range s.kinds(t) {
		b.size(t, 700, 900)
		b.open(t, s.url+kind.path)
		for _, scheme := range []string{"light", "dark"} {
			b.look(t, scheme, "screen")
			seen := evaluate[[]string](t, b, `[document.documentElement, document.body].map(e => getComputedStyle(e).backgroundColor)`)
			if strings.Join(seen, " ") != "rgba(0, 0, 0, 0) rgba(0, 0, 0, 0)" {
				t.Errorf("%s: the page hides what lies behind it: %q", kind.path, seen)
			}
			stuck := evaluate[[]string](t, b, `[...document.querySelectorAll('body *')]
				.filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)).map(e => e.tagName + '.' + e.className)`)
			if len(stuck) > 0 {
				t.Errorf("%s: %q move when the page around is scrolled", kind.path, stuck)
			}
			if wide := evaluate[int](t, b, `document.documentElement.scrollWidth`); wide > 700 {
				t.Errorf("%s: %d px wide in a column of 700 px", kind.path, wide)
			}
		}
		for _, scheme := range []string{"light", "dark"} {
			b.look(t, scheme, "screen")
			takeScreenshot(t, b, "docs-frame-"+kind.name+"-"+scheme, framed(t, s, kind.path))
		}
	}
}

// standIn gives a page that shows what lies behind it something to show: axe
// takes that for white in every colour scheme.
const standIn = `if ([document.documentElement, document.body].every(e => getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)'))
	document.documentElement.style.background = 'Canvas'`

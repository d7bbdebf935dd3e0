package serve_test

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/serve"
)

// buildSample builds a copy of the repository's own site, in which some pages
// have been retired and one replay is gone. It returns the source, where the
// build has kept its names, and the published files.
func buildSample(t *testing.T) (folder, map[string]string) {
	t.Helper()
	f := newFolder(t, nil)
	f.must(os.CopyFS(f.at("content"), os.DirFS("../../content")))
	f.must(os.CopyFS(f.at("themes"), os.DirFS("../../themes")))
	f.write("content/names/long-gone.names", "index\nround-1\noutcome-1a.1-a retired\n")
	names, err := os.ReadFile(f.at("content/names/disk-full-of-nothing.names"))
	f.must(err)
	f.write("content/names/disk-full-of-nothing.names", string(names)+"outcome-1z.1-z\nround-77\ndebrief.7-xyz retired\n")
	_, err = generator.Build(context.Background(), generator.Options{Source: f.dir})
	f.must(err)
	files := readTree(t, f.at("public"))
	delete(files, ".replaygen-manifest") // is the build's own
	return f, files
}

// readTree returns the text of every file below a directory.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestPagesAreThePublishedOnes asks for every file that a build publishes, of
// replays, tombstones and assets, in all ways to ask for it.
func TestPagesAreThePublishedOnes(t *testing.T) {
	t.Parallel()
	f, files := buildSample(t)
	for _, kind := range []string{".html", ".css", ".svg", ".xml", ".nojekyll", "long-gone/round-1.html", "disk-full-of-nothing/round-77.html"} {
		found := 0
		for name := range files {
			if strings.HasSuffix(name, kind) {
				found++
			}
		}
		if found == 0 {
			t.Errorf("the sample site has no file that ends in %s", kind)
		}
	}
	plain, full := f.preview(serve.Options{Plain: true}), f.preview(serve.Options{})
	for i, name := range slices.Sorted(maps.Keys(files)) {
		want := files[name]
		same(t, name+"?published", full.get("/"+name+"?published"), want)
		if i%8 != 0 && strings.Count(name, ".") > 1 {
			continue // a page that differs from others in little but its trail
		}
		same(t, "plain "+name, plain.get("/"+name), want)
		if strings.HasSuffix(name, ".html") {
			compareWithout(t, name, full.get("/"+name), want)
		} else {
			same(t, name, full.get("/"+name), want)
		}
	}
}

func same(t *testing.T, name string, r reply, want string) {
	t.Helper()
	if r.status != 200 || r.body != want {
		t.Errorf("%s: status %d (-published +served):\n%s", name, r.status, cmp.Diff(want, r.body))
	}
}

// The policy that the theme declares, and how it reads while serving.
const (
	policy      = `content="default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; script-src 'none'"`
	widerPolicy = `content="default-src 'none'; style-src 'self' 'nonce-N'; img-src 'self' data:; base-uri 'none'; form-action 'none'; script-src 'nonce-N'; connect-src 'self'"`
)

// compareWithout compares a page with the published one, without what serving
// adds: the author's bar, its script, and the policy that allows both.
func compareWithout(t *testing.T, name string, r reply, want string) {
	t.Helper()
	before, bar, found := strings.Cut(r.body, `<div id="replaygen-bar"><template shadowrootmode="open">`)
	end := strings.LastIndex(bar, "</script>\n</body>")
	nonce := nonceOf(r.body)
	if !found || end < 0 || len(nonce) < 20 || strings.Count(r.body, ` nonce="`+nonce+`"`) != 3 {
		t.Errorf("%s: the author's bar is not there, or without its nonce %q", name, nonce)
		return
	}
	bare := strings.Replace(before, strings.ReplaceAll(widerPolicy, "nonce-N", "nonce-"+nonce), policy, 1) + strings.TrimPrefix(bar[end:], "</script>\n")
	same(t, name+" without the bar", reply{status: r.status, body: bare}, want)
}

// nonceOf returns what the scripts and styles of the server's own bear on a page.
func nonceOf(body string) string {
	_, nonce, _ := strings.Cut(body, ` nonce="`)
	nonce, _, _ = strings.Cut(nonce, `"`)
	return nonce
}

// TestNoncesAreNew: a nonce that could be foreseen would allow any script.
func TestNoncesAreNew(t *testing.T) {
	p := newFolder(t, map[string]string{"content/disk.md": disk, "content/bad.md": "# Bad\n"}).preview(serve.Options{})
	for _, target := range []string{"/", "/disk/", "/nowhere", "/bad/"} {
		first, second := p.get(target), p.get(target)
		if a, b := nonceOf(first.body), nonceOf(second.body); a == "" || b == "" || a == b {
			t.Errorf("%s: nonces %q and %q", target, a, b)
		}
	}
}

// TestDrafts are shown only when asked for.
func TestDrafts(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/idea.md": "---\ndraft: true\n---\n" + titled("Idea")})
	for drafts, want := range map[bool]int{true: 200, false: 404} {
		p := f.preview(serve.Options{Drafts: drafts})
		if r := p.get("/idea/round-1.html"); r.status != want {
			t.Errorf("drafts %v: status %d, want %d", drafts, r.status, want)
		}
		if listed := strings.Contains(p.get("/").body, "idea/index.html"); listed != drafts {
			t.Errorf("drafts %v: listed %v", drafts, listed)
		}
	}
}

// TestPolicyOfTheme: a theme may have its own policy, or none.
func TestPolicyOfTheme(t *testing.T) {
	for policy, want := range map[string]string{
		`<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`:                                                          `content="default-src 'self'; script-src NONCE; style-src NONCE; connect-src 'self'"`,
		`<meta http-equiv="content-security-policy" content="script-src 'none';STYLE-SRC 'self' https://example.org ; connect-src 'none'">`: `content="script-src NONCE; STYLE-SRC 'self' https://example.org NONCE; connect-src 'self'"`,
		`<meta http-equiv="Content-Security-Policy" content="img-src 'self'"><meta name=x content="script-src 'none'">`:                     `content="img-src 'self'; script-src NONCE`,
		``: ``,
	} {
		p := newFolder(t, map[string]string{
			"content/disk.md":                   disk,
			"themes/default/layouts/round.html": `<!doctype html><html lang=en><head>` + policy + `<title>{{.Slot "title"}}</title></head><body>own</body></html>`,
		}).preview(serve.Options{})
		body := p.get("/disk/round-1.html").body
		if got := strings.ReplaceAll(body, "'nonce-"+nonceOf(body)+"'", "NONCE"); !strings.Contains(got, want) {
			t.Errorf("%s: the page lacks %s:\n%s", policy, want, got)
		}
	}
}

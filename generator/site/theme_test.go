package site_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/themes"
)

// folderOf makes a theme's folder of texts by path.
func folderOf(files map[string]string) fstest.MapFS {
	own := fstest.MapFS{}
	for name, text := range files {
		own[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return own
}

// style returns the stylesheet of a theme.
func style(t *testing.T, name string, own fs.FS) string {
	t.Helper()
	var list diag.List
	theme, err := site.LoadTheme(name, own, &list)
	if err != nil {
		t.Fatal(err)
	}
	s := site.New(site.DefaultConfig(), theme, site.NewContent(site.Directory{}, fstest.MapFS{}), &list)
	for _, d := range list.Sorted() {
		t.Errorf("%s: %s", d.Span.Path(), d.Message)
	}
	for _, f := range s.Styles() {
		if f.Path == s.Stylesheet() {
			body, err := f.Append(nil)
			if err != nil {
				t.Fatal(err)
			}
			return string(body)
		}
	}
	t.Fatal("there is no stylesheet")
	return ""
}

// TestFallback: a theme takes what it lacks from the one it extends, and that
// from the default theme.
func TestFallback(t *testing.T) {
	plain, docs := style(t, "default", nil), style(t, "docs", nil)
	if plain == docs {
		t.Fatal("the themes docs and default look the same")
	}
	mine := map[string]string{"styles/95-mine.css": "main{order:95}"}
	with := func(manifest string) fs.FS {
		files := folderOf(mine)
		files["theme.yaml"] = &fstest.MapFile{Data: []byte(manifest)}
		return files
	}
	for _, test := range []struct {
		about, name string
		own         fs.FS
		base        string
	}{
		{"a theme", "ours", folderOf(mine), plain},
		{"an empty theme.yaml", "ours", with("# nothing\n"), plain},
		{"extends default", "ours", with("extends: default\n"), plain},
		{"extends docs", "ours", with("name: Ours\ndescription: Our own.\nextends: docs\n"), docs},
		{"over the default theme", "default", folderOf(mine), plain},
		{"over the docs theme", "docs", folderOf(mine), docs},
		{"in place of the docs theme", "docs", with("extends: default\n"), plain},
	} {
		got := style(t, test.name, test.own)
		if got == test.base {
			t.Errorf("%s: its own style is missing", test.about)
		}
		if got != test.base+"main{order:95}" {
			t.Errorf("%s: it is not what it extends and its own style", test.about)
		}
	}
}

// TestFallbackFileByFile: the nearest file of a name wins, of every kind.
func TestFallbackFileByFile(t *testing.T) {
	own := folderOf(map[string]string{
		"theme.yaml":           "extends: docs\n",
		"partials/bottom.html": `<footer>our own foot</footer>`,
		"layouts/404.html":     `<!doctype html><html lang="en"><title>own 404</title>{{template "bottom" .}}</html>`,
	})
	files, said := build(t, source(), site.DefaultConfig(), own)
	if len(said) != 1 { // the dead link of the sample
		t.Errorf("said %q", said)
	}
	for page, want := range map[string]string{"404.html": "own 404", "disk-full/round-1.html": "our own foot"} {
		if !strings.Contains(files[page], want) {
			t.Errorf("%s lacks %q:\n%s", page, want, files[page])
		}
	}
}

// TestBuiltinThemes are complete and without mistakes.
func TestBuiltinThemes(t *testing.T) {
	for _, name := range themes.Names() {
		var list diag.List
		theme, err := site.LoadTheme(name, nil, &list)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list.Sorted() {
			t.Errorf("%s: %s:%v: %s", name, d.Span.Path(), d.Span.Position(), d.Message)
		}
		other, err := site.LoadTheme(name, nil, &list)
		if err != nil || !theme.SameTemplates(other) {
			t.Errorf("%s differs from itself (%v)", name, err)
		}
	}
	if _, ok := themes.Builtin("ours"); ok {
		t.Error("there is a theme that nobody made")
	}
}

func TestManifestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"extneds: docs\n":       `1:1 unknown key "extneds" (did you mean "extends"? the keys are: name, description, extends, color_scheme)`,
		"\nextends: doks\n":     `2:10 a theme cannot extend "doks" (did you mean "docs"? the themes that come with replaygen are: default, docs)`,
		"extends: ours\n":       `1:10 a theme cannot extend "ours" (the themes that come with replaygen are: default, docs)`,
		"color_scheme: blue\n":  `1:15 color_scheme must be light, dark or light dark ("light dark" takes the one that the reader prefers)`,
		"name: [x]\n":           `1:7 "name" needs a text, found a list (write for example "name: some text")`,
		"color_scheme: light\n": "",
	} {
		var list diag.List
		if _, err := site.LoadTheme("ours", folderOf(map[string]string{"theme.yaml": text}), &list); err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, d := range list.Sorted() {
			p := d.Span.Position()
			said = append(said, fmt.Sprintf("%d:%d %s (%s)", p.Line, p.Column, d.Message, d.Hint))
			if d.Span.Path() != "themes/ours/theme.yaml" {
				t.Errorf("%q is reported in %q", text, d.Span.Path())
			}
		}
		if got := strings.Join(said, "\n"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestColorScheme(t *testing.T) {
	for manifest, want := range map[string]string{
		"": "light dark", "color_scheme: light\n": "light", "color_scheme: dark\n": "dark",
	} {
		own := folderOf(map[string]string{"theme.yaml": manifest, "layouts/404.html": "{{.Site.ColorScheme}}"})
		if got := style(t, "ours", own); !strings.Contains(got, ":root{color-scheme:"+want+"}") {
			t.Errorf("%q: the style does not set the scheme %s", manifest, want)
		}
		files, _ := build(t, source(), site.DefaultConfig(), own)
		if files["404.html"] != want {
			t.Errorf("%q: templates see the scheme %q, want %q", manifest, files["404.html"], want)
		}
	}
}

// TestStatic publishes files that templates and styles refer to, from pages in
// every folder.
func TestStatic(t *testing.T) {
	own := folderOf(map[string]string{
		"static/img/Dots 1.svg": drawing,
		"static/other.svg":      drawing,
		"static/.hidden":        "x",
		"partials/top.html":     `<header><img alt="" src="{{static "img/Dots 1.svg"}}"></header>`,
		"slots/mark.html":       `<li><img alt="" src="{{static "other.svg"}}">`,
		"styles/1.css":          `main { background: url("../static/img/Dots 1.svg"), url( ../static/other.svg ) } p { background: url('../static/other.svg') }`,
	})
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/repo/"
	files, said := build(t, source(), cfg, own)
	if len(said) != 1 { // the dead link of the sample
		t.Errorf("said %q", said)
	}
	var published []string
	for path := range files {
		if strings.HasPrefix(path, "assets/theme/") {
			published = append(published, path)
		}
	}
	slices.Sort(published)
	if len(published) != 2 || !strings.HasPrefix(published[0], "assets/theme/dots-1.") || !strings.HasPrefix(published[1], "assets/theme/other.") {
		t.Fatalf("published %q", published)
	}
	for page, root := range map[string]string{"index.html": "", "tags/disk.html": "../", "disk-full/index.html": "../", "404.html": "/repo/"} {
		if want := fmt.Sprintf(`src="%s%s"`, root, published[0]); !strings.Contains(files[page], want) {
			t.Errorf("%s lacks %s:\n%s", page, want, files[page])
		}
	}
	if want := fmt.Sprintf(`src="../%s"`, published[1]); !strings.Contains(files["disk-full/round-1.html"], want) {
		t.Errorf("the slot mark lacks %s", want)
	}
	for path, body := range files {
		if strings.HasSuffix(path, ".css") && strings.Count(body, strings.TrimPrefix(published[1], "assets/")) != 2 {
			t.Errorf("%s does not refer twice to %s", path, published[1])
		}
		if strings.Contains(body, "qzroot") {
			t.Errorf("a marker is left in %s", path)
		}
	}
}

func TestStaticMistakes(t *testing.T) {
	for _, test := range []struct{ file, text, want string }{
		{"layouts/404.html", "\n{{static \"other.svg\"}}", `themes/own/layouts/404.html:2:10-21 there is no file "other.svg" in static/ (there are dots.svg)`},
		{"layouts/404.html", `{{static "dot.svg"}}`, `themes/own/layouts/404.html:1:10-19 there is no file "dot.svg" in static/ (did you mean "dots.svg"?)`},
		{"styles/1.css", "p {\n  background: url('../static/dot.svg')", `themes/own/styles/1.css:2:30-37 there is no file "dot.svg" in static/ (did you mean "dots.svg"?)`},
		{"static/run.js", "alert(1)", `themes/own/static/run.js:1:1-1 this file cannot be published: pages with scripts of their own are not published ()`},
		{"static/run.svg", `<svg><script/></svg>`, `themes/own/static/run.svg:1:1-1 this file cannot be published: it holds a <script> element ()`},
	} {
		said := complaints(t, map[string]string{"static/dots.svg": drawing, test.file: test.text})
		if diff := cmp.Diff([]string{test.want}, said); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.file, diff)
		}
	}
}

// TestStaticLinks: a symbolic link could publish any file of the machine.
func TestStaticLinks(t *testing.T) {
	own := folderOf(map[string]string{"static/link.svg": "target"})
	own["static/link.svg"].Mode = fs.ModeSymlink
	own["static/target"] = &fstest.MapFile{Data: []byte("secret")}
	var list diag.List
	if _, err := site.LoadTheme("own", own, &list); err != nil {
		t.Fatal(err)
	}
	if list.Len() != 1 || !strings.Contains(list.Sorted()[0].Message, "symbolic link") {
		t.Errorf("said %v", list.Sorted())
	}
}

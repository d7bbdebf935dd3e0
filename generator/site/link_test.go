package site_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// destination builds a replay that holds one link or image, and returns the page
// that it is on and what is said of it: "severity code message (hint)".
func destination(t *testing.T, content fstest.MapFS, markdown string) (page string, said []string) {
	t.Helper()
	content["content/other.md"] = &fstest.MapFile{Data: []byte(strings.Replace(other, "![a drawing](img/Disk.svg)", markdown, 1))}
	var list diag.List
	for _, f := range render(t, content, site.DefaultConfig(), nil, nil, &list) {
		if f.Path != "other/round-1.html" {
			continue
		}
		body, err := f.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		page = string(body)
	}
	for _, d := range list.Sorted() {
		if d.Span.Path() == "content/other.md" {
			said = append(said, d.Severity.String()+" "+string(d.Code)+" "+d.Message+" ("+d.Hint+")")
		}
	}
	return page, said
}

// files is the source with more files, by their paths in the content folder.
func files(more map[string]string) fstest.MapFS {
	content := source()
	for name, text := range more {
		content["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return content
}

// TestLinks: a link that cannot be published is shown without, and the warning says
// what is the matter with it.
func TestLinks(t *testing.T) {
	long := strings.Repeat("long", 60)
	content := files(map[string]string{
		"a.html": "<script>1</script>", "a.js": "1", "a.svg": "<svg onload='1'/>", "d.md": "---\ndraft: true\n---\n# Incident Replay: D\n",
		"d.txt": "---\ndraft: true\n---\nIncident Replay: D\n", "README.md": "# How we write\n",
		".git/config": "token", "logs/.env": "token", "_p/_a.log": "for all", "site.yaml": "editor: mine", "logs/site.yaml": "replicas: 1",
		"logs/full.log": "all of it", "logs/a..b.log": "dots",
		"pom.xml":  `<project xmlns="http://maven.apache.org/POM/4.0.0"><version>1</version></project>`,
		"page.xml": `<x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>1</h:script></x>`, "style.xml": `<?xml-stylesheet href="x.xsl"?><x/>`,
		"drawing.xml": `<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>`, "broken.xml": "<x>", "page.xht": "<html/>",
		"frame.svg":   `<svg xmlns="http://www.w3.org/2000/svg"><x:iframe xmlns:x="http://www.w3.org/1999/xhtml" srcdoc="1"/></svg>`,
		long + ".log": "a name as long as file systems allow",
	})
	const (
		always  = "link to a replay or another file in the content folder, or write the full URL"
		hidden  = `put a copy beside the replay, under another name, if everybody may read it`
		root    = "a path from the root leads elsewhere, wherever the site is not at the root of its host"
		local   = "other computers do not have this path"
		beside  = "put a copy beside the replay and write its path from this file"
		dot     = `what has a name that begins with "." is never published`
		scripts = "pages with scripts of their own are not published"
		drawn   = "take that out of the drawing, or save it as .png"
		asText  = "publish it elsewhere and write the full URL, or save it as .txt"
	)
	for dest, want := range map[string]struct{ why, hint string }{
		"https://example.org/x": {}, "//example.org/x": {}, "mailto:ops@example.org": {},
		"disk-full.md": {}, "logs/full.log": {}, "logs/a..b.log": {}, "_p/_a.log": {}, "logs/site.yaml": {}, "img/../logs/full.log": {},
		"pom.xml": {}, long + ".log": {},
		"page.xml":                {"it holds <script>, an element of web pages", asText},
		"drawing.xml":             {"it holds <svg>, an element of web pages", asText},
		"style.xml":               {"it holds a <?xml-stylesheet?> instruction", asText},
		"broken.xml":              {"it is not a valid XML document (XML syntax error on line 1: unexpected EOF)", asText},
		"page.xht":                {scripts, "publish it elsewhere and write the full URL"},
		"frame.svg":               {"it holds a <iframe> element", drawn},
		"gone.pdf":                {"", always},
		"a.html":                  {scripts, "publish it elsewhere and write the full URL"},
		"a.js":                    {scripts, "publish it elsewhere and write the full URL"},
		"a.svg":                   {"it holds a script in the attribute onload", "take that out of the drawing, or save it as .png"},
		"d.md":                    {"it is a draft", `build with --drafts, or take "draft: true" out of that file`},
		"d.txt":                   {"it is a draft", `build with --drafts, or take "draft: true" out of that file`},
		"README.md":               {"it is not a replay of this site", always},
		"../secret.log":           {"it lies outside the content folder", "put a copy into the content folder"},
		"logs":                    {"it is a folder", "link to a file in it"},
		"#round-2":                {"it names no file", always},
		"":                        {"it names no file", always},
		"100%.log":                {"it is not a path", always},
		".git/config":             {dot, hidden},
		"logs/%2eenv":             {dot, hidden},
		"site.yaml":               {"the settings of the site are not published", hidden},
		"img/../SITE.yaml":        {"the settings of the site are not published", hidden},
		"file:///etc/passwd":      {local, beside},
		"FILE:x.log":              {local, beside},
		`C:\x.log`:                {local, beside},
		"d:/x.log":                {local, beside},
		"/logs/full.log":          {root, `write the path relative to this file, such as "logs/full.log", or the full URL`},
		"///example.org/full.log": {root, `write the path relative to this file, such as "example.org/full.log", or the full URL`},
	} {
		page, said := destination(t, content, "A [word](<"+dest+">).")
		var wants []string
		if want.hint != "" {
			why := ""
			if want.why != "" {
				why = ": " + want.why
			}
			wants = []string{`warning dead-link the link "` + strings.ReplaceAll(dest, `\`, `\\`) + `" leads to nothing on this site` + why + `; its text is shown without it (` + want.hint + `)`}
		}
		if diff := cmp.Diff(wants, said); diff != "" {
			t.Errorf("%s (-want +got):\n%s", dest, diff)
		}
		_, asset, _ := strings.Cut(page, "assets/"+long[:20])
		if name := asset[:max(0, strings.IndexAny(asset, "\">"))]; strings.HasPrefix(dest, long) == (name == "") || len(name) > 255-20 {
			t.Errorf("%s is published as a file with a name of %d bytes", dest, 20+len(name))
		}
		if linked := strings.Contains(page, ">word</a>"); linked != (want.hint == "") {
			t.Errorf("%s is a link: %t", dest, linked)
		}
	}
}

// TestLinksOfFolders: the hint for a path from the root begins at the file.
func TestLinksOfFolders(t *testing.T) {
	var list diag.List
	text := strings.Replace(other, "![a drawing](img/Disk.svg)", "[log](/logs/full.log)", 1)
	r := replay.Parse(diag.NewSource("content/team/other.md", []byte(text)), &list)
	theme, err := site.LoadTheme("", nil, &list)
	if err != nil {
		t.Fatal(err)
	}
	s := site.New(site.DefaultConfig(), theme, site.NewContent(site.Directory{}, folder(t, source())), &list)
	s.Replay(trail.Compile(r, trail.Options{}, &list), &list)
	if all := list.Sorted(); len(all) != 1 || !strings.Contains(all[0].Hint, `"../logs/full.log"`) {
		t.Errorf("said %v", all)
	}
}

// TestLinksOutOfTheFolder: a symbolic link that leads out of the content is named.
func TestLinksOutOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret.log", filepath.Join(dir, "content", "out.log")); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var list diag.List
	cfg := site.ParseConfig(diag.NewSource("content/site.yaml", []byte("footer: {text: Log, href: out.log}\n")), &list)
	theme, err := site.LoadTheme("", nil, &list)
	if err != nil {
		t.Fatal(err)
	}
	site.New(cfg, theme, site.NewContent(site.Directory{}, root.FS()), &list)
	want := `the link "out.log" leads to nothing on this site: it is a symbolic link that leads out of the content folder`
	if all := list.Sorted(); len(all) != 1 || all[0].Message != want {
		t.Errorf("said %v, want %s", all, want)
	}
}

// header returns a PNG picture's first bytes, which say how large it is.
func header(t *testing.T, width, height uint32) string {
	t.Helper()
	png := emptyPNG(t, 1, 1)
	binary.BigEndian.PutUint32(png[16:], width)
	binary.BigEndian.PutUint32(png[20:], height)
	binary.BigEndian.PutUint32(png[29:], crc32.ChecksumIEEE(png[12:29]))
	return string(png)
}

// TestImages refuses what pages must not show, and what no browser can.
func TestImages(t *testing.T) {
	pixel := string(emptyPNG(t, 1, 1))
	content := files(map[string]string{
		"img/script.svg":  `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`,
		"img/break.svg":   `<svg xmlns="http://www.w3.org/2000/svg"><a href="java&#10;script:1"/></svg>`,
		"img/doctype.svg": `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "1">]><svg xmlns="http://www.w3.org/2000/svg"/>`,
		"img/handler.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>`,
		"empty.png":       "", "text.png": "hello", "text.jpg": "hello", "text.gif": "hello", "text.webp": "hello", "text.avif": "hello", "kind.gif": pixel,
		"good.PNG": pixel, "good.webp": "RIFF\x04\x00\x00\x00WEBPVP8 ", "good.avif": "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00avifmiaf", "good.bmp": "BM and more", "bare": pixel,
		"wrong.avif": "\x00\x00\x00\x14ftypheic\x00\x00\x00\x00heic avif",
		"a.log":      "some text", ".hidden.png": pixel,
		"large.png": pixel + string(make([]byte, 5_000_000)), "fits.png": pixel + string(make([]byte, 4_000_000)),
		"wide.png": header(t, 100_000, 100_000),
	})
	for dest, want := range map[string]string{
		"img/Disk.svg": "", "good.PNG": "", "good.webp": "", "good.avif": "", "good.bmp": "", "bare": "", "fits.png": "",
		"data:image/png;base64,AAAA": "",
		"missing.png":                `error bad-image the image "missing.png" cannot be shown: there is no such file (images are`,
		"../../secret.png":           `error bad-image the image "../../secret.png" cannot be shown: it lies outside the content folder (put`,
		"img/script.svg":             `error bad-image the image "img/script.svg" cannot be shown: it holds a <script> element (take`,
		"img/handler.svg":            `error bad-image the image "img/handler.svg" cannot be shown: it holds a script in the attribute onload (take`,
		"img/break.svg":              `error bad-image the image "img/break.svg" cannot be shown: it holds a script in the attribute href (take`,
		"img/doctype.svg":            `error bad-image the image "img/doctype.svg" cannot be shown: it declares attributes or entities of its own (take`,
		"https://example.org/x.png":  `warning remote-image the image "https://example.org/x.png" is left out: pages load nothing from other hosts (put`,
		"file:///x.png":              `warning remote-image the image "file:///x.png" is left out: other computers do not have this path (put`,
		"C:/x.png":                   `warning remote-image the image "C:/x.png" is left out: other computers do not have this path (put`,
		"disk-full.md":               `error bad-image the image "disk-full.md" cannot be shown: it is a replay, not a picture (images are`,
		".hidden.png":                `error bad-image the image ".hidden.png" cannot be shown: what has a name that begins with "." is never published (put`,
		"empty.png":                  `error bad-image the image "empty.png" cannot be shown: it is empty (images are`,
		"text.png":                   `error bad-image the image "text.png" cannot be shown: it is not a picture of its kind (unexpected EOF) (images are`,
		"text.jpg":                   `error bad-image the image "text.jpg" cannot be shown: it is not a picture of its kind (`,
		"text.gif":                   `error bad-image the image "text.gif" cannot be shown: it is not a picture of its kind (gif: `,
		"kind.gif":                   `error bad-image the image "kind.gif" cannot be shown: it is not a picture of its kind (gif: `,
		"text.webp":                  `error bad-image the image "text.webp" cannot be shown: it is not a picture of its kind (images are`,
		"text.avif":                  `error bad-image the image "text.avif" cannot be shown: it is not a picture of its kind (images are`,
		"wrong.avif":                 `error bad-image the image "wrong.avif" cannot be shown: it is not a picture of its kind (images are`,
		"a.log":                      `error bad-image the image "a.log" cannot be shown: it is none of .svg, .png, .jpg, .gif, .webp and .avif (images are`,
		"large.png":                  `warning image-large the image "large.png" has 5.0 MB, which takes many readers long to load (make`,
		"wide.png":                   `warning image-large the image "wide.png" has 100000 × 100000 pixels, which takes many readers long to load (make`,
	} {
		page, said := destination(t, content, "![what it shows]("+dest+")")
		if len(said) > 1 || !strings.HasPrefix(strings.Join(said, ""), want) || len(said) == 0 != (want == "") {
			t.Errorf("%s: %q, want %q", dest, said, want)
		}
		if shown := strings.Contains(page, `alt="what it shows"`); shown != (want == "" || strings.HasPrefix(want, "warning image-large")) {
			t.Errorf("%s is shown: %t", dest, shown)
		}
	}
}

// TestImagesNeedText in their place.
func TestImagesNeedText(t *testing.T) {
	content := source()
	alt := func(dest string) string {
		return `warning image-alt the image "` + dest + `" has no text that stands for it, and may be left out (write what it shows in the brackets before its path, for those who cannot see it)`
	}
	for markdown, want := range map[string][]string{
		"![](img/Disk.svg)":                     {alt("img/Disk.svg")},
		"![ &#32; ](img/Disk.svg)":              {alt("img/Disk.svg")},
		"[![](img/Disk.svg)](disk-full.md)":     {alt("img/Disk.svg")},
		"![`df`](img/Disk.svg)":                 nil,
		"![*The* disk][d]\n\n[d]: img/Disk.svg": nil,
	} {
		if _, said := destination(t, content, markdown); !cmp.Equal(want, said) {
			t.Errorf("%s: %q, want %q", markdown, said, want)
		}
	}
}

// TestLinkedFilesMayBeBroken: what is only linked to need not be a picture.
func TestLinkedFilesMayBeBroken(t *testing.T) {
	content := files(map[string]string{"core.png": "dumped"})
	if page, said := destination(t, content, "[The dump](core.png)"); len(said) > 0 || !strings.Contains(page, "../assets/core.") {
		t.Errorf("said %q", said)
	}
}

// TestSharing: contents that follow one another keep a file that stays as it is once.
func TestSharing(t *testing.T) {
	const size = 8 << 20
	folder := fstest.MapFS{"big.log": {Data: bytes.Repeat([]byte("x"), size)}}
	links := []site.Link{{Dest: "big.log"}}
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := heap()
	var all []*site.Content
	for range 4 {
		next := site.NewContent(site.Directory{}, folder)
		if len(all) > 0 {
			next.Sharing(all[len(all)-1])
		}
		next.Leads("content/a.md", links)
		all = append(all, next)
	}
	if grown := heap() - before; grown < size/2 || grown > 3*size/2 {
		t.Errorf("%d contents with a file of %d bytes hold %d", len(all), size, grown)
	}
	runtime.KeepAlive(all)
}

package site_test

import (
	"bytes"
	"fmt"
	pixels "image"
	"image/png"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
)

// look builds the sample with settings and a theme that shows what they set, and
// returns its files and what is said of the settings: "line:column code message (hint)".
func look(t *testing.T, settings string) (files map[string]string, said []string) {
	t.Helper()
	var list diag.List
	cfg := site.ParseConfig(diag.NewSource("content/site.yaml", []byte(settings)), &list)
	content := source()
	content["content/img/logo.png"] = &fstest.MapFile{Data: emptyPNG(t, 60, 20)}
	own := folderOf(map[string]string{
		"partials/top.html":    `<header>{{with .Logo}}<img src="{{.Src}}" alt="{{$.Site.Title}}"{{if .Width}} width="{{.Width}}" height="{{.Height}}"{{end}}>{{end}}</header>`,
		"partials/bottom.html": `<footer>{{range .Footer}}<a href="{{.Href}}">{{.Text}}</a>{{end}}{{if .Suggests}}<a class="suggest" href="{{.Slot "suggest"}}">Suggest</a>{{end}}</footer>`,
	})
	var settled diag.List
	made := render(t, content, cfg, own, map[string][]string{"gone": {"round-1"}}, &settled)
	for _, f := range made {
		if body, err := f.Append(nil); err == nil {
			files = put(files, f.Path, string(body))
		}
	}
	list.Append(&settled)
	for _, d := range list.Sorted() {
		if d.Code != "dead-link" { // of the sample
			p := d.Span.Position()
			said = append(said, fmt.Sprintf("%d:%d %s %s (%s)", p.Line, p.Column, d.Code, d.Message, d.Hint))
		}
	}
	return files, said
}

func put(files map[string]string, path, body string) map[string]string {
	if files == nil {
		files = map[string]string{}
	}
	files[path] = body
	return files
}

func emptyPNG(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, pixels.NewGray(pixels.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAccent(t *testing.T) {
	for settings, want := range map[string]string{
		"":                     "",
		"accent: '#1f4fd1'":    "light-dark(#1f4fd1,#5c8fff)", // brighter on dark ground, where the same could not be read
		"accent: rgb(0 90 60)": "light-dark(#005a3c,",
		"accent: Navy\naccent_dark: oklch(80% 0.1 250)": "light-dark(#000080,#8cc3fc);--rg-on-accent:light-dark(#ffffff,#000000)}}",
	} {
		files, said := look(t, settings)
		if len(said) > 0 {
			t.Errorf("%s: said %q", settings, said)
		}
		css := ""
		for path, body := range files {
			if strings.HasSuffix(path, ".css") {
				css = body
			}
		}
		_, set, ok := strings.Cut(css, "@media not print{")
		if want == "" && !ok {
			continue
		}
		if !ok || !strings.Contains(set, "--rg-accent:"+want) {
			t.Errorf("%s: the style ends in %q, want %q", settings, set, want)
		}
	}
}

func TestLookMistakes(t *testing.T) {
	for settings, want := range map[string]string{
		"accent: 'red;}body{display:none'":                  `1:9 site-setting accent cannot be "red;}body{display:none": it is none of #rgb, #rrggbb, rgb(r g b), hsl(h s l), oklch(l c h) and the names of CSS (write for example "#1f4fd1")`,
		"accent: '#ffcc00'":                                 `1:9 accent-faint accent #ffcc00 has a contrast of 1.2:1 with the theme's grounds; text needs 4.5:1 (#896100 is the nearest that can be read)`,
		"accent: navy\naccent_dark: '#00f8'":                `2:14 site-setting accent_dark cannot be "#00f8": it is see-through, and how well it can be read would depend on what lies behind it (write for example "#1f4fd1")`,
		"accent: navy\naccent_dark: navy":                   `2:14 accent-faint accent_dark #000080 has a contrast of 1.0:1 with the theme's grounds; text needs 4.5:1 (#6a92e5 is the nearest that can be read)`,
		"accent_dark: '#8dc5fb'":                            `1:14 site-setting accent_dark goes with accent, which is not set (set accent, the colour on light ground)`,
		"logo: img/missing.svg":                             `1:7 site-setting the logo "img/missing.svg" cannot be shown: there is no such file (a logo is a picture in the content folder, by its path from there)`,
		"logo: ../secret.svg":                               `1:7 site-setting the logo "../secret.svg" cannot be shown: it lies outside the content folder (put a copy into the content folder)`,
		"logo: other.md":                                    `1:7 site-setting the logo "other.md" cannot be shown: it is a replay, not a picture (a logo is a picture in the content folder, by its path from there)`,
		"footer:\n  - text: Chat":                           `2:5 site-setting a link of the footer needs text and href (write for example "{text: Handbook, href: https://example.org/handbook}")`,
		"footer:\n- {text: x, href: 'javascript:alert(1)'}": `2:19 site-setting the address "javascript:alert(1)" begins with javascript:; only http, https and mailto are allowed (write the full URL, or the path of a file in the content folder)`,
		"footer: [{text: x, href: //example.org/}]":         `1:26 site-setting the address "//example.org/" lacks http: or https: (write the full URL, or the path of a file in the content folder)`,
		"footer: [{text: x, href: https:///x}]":             `1:26 site-setting the address "https:///x" names no host (write the full URL, or the path of a file in the content folder)`,
		"footer: [{text: x, href: gone.pdf}]":               `1:26 site-setting the link "gone.pdf" leads to nothing on this site: there is no such file (write the full URL, or the path of a file in the content folder)`,
		"highlight:\n  light: github\n  dark: githubdark":   `3:9 site-setting there is no highlighting style "githubdark" (did you mean "github-dark"?)`,
		"highlight: {light: zzz}":                           `1:20 site-setting there is no highlighting style "zzz" (there are abap, `,
		"base_url: https://user:pw@example.org/":            `1:11 site-setting base_url must have no user name and no password, which every page would show (`,
		"base_url: https://user@example.org/":               `1:11 site-setting base_url must have no user name and no password, which every page would show (`,
		"base_url: https://example.org/../a":                `1:11 site-setting base_url must have no "." and no ".." in its path (`,
		"base_url: https://example.org/a/%2e%2E":            `1:11 site-setting base_url must have no "." and no ".." in its path (`,
		"base_url: https://example.org/./a":                 `1:11 site-setting base_url must have no "." and no ".." in its path (`,
		`base_url: https://example.org/a\..\b`:              `1:11 site-setting base_url must have no "." and no ".." in its path (`,
		"base_url: https://example.org:65536/":              `1:11 site-setting base_url must have a port from 1 to 65535, or none (`,
		"base_url: https://example.org:0/":                  `1:11 site-setting base_url must have a port from 1 to 65535, or none (`,
		"base_url: https://:80/":                            `1:11 site-setting base_url must be an absolute http or https URL (`,
		"suggest: https://example.org/?at={fiel}":           `1:10 site-setting suggest has no value for {fiel}; did you mean file? there are file, line, state, title, slug (`,
		"suggest: javascript:alert({line})":                 `1:10 site-setting suggest must be an http, https or mailto URL (`,
		"suggest: https://{slug}.example.org/":              `1:10 site-setting suggest must name its host without placeholders (`,
		"suggest: 'https://example.org/a b'":                `1:10 site-setting suggest is not a URL (`,
		"suggest: '{title}'":                                `1:10 site-setting suggest must be an http, https or mailto URL (`,
	} {
		_, said := look(t, settings)
		if len(said) != 1 || !strings.HasPrefix(said[0], want) {
			t.Errorf("%s:\n%q, want\n%s", settings, said, want)
		}
	}
}

// TestLookMistakesTogether: each mistake is reported, at its own place.
func TestLookMistakesTogether(t *testing.T) {
	files, said := look(t, `footer:
  - {text: A, href: "javascript:alert(1)"}
  - {text: B, href: nope.md}
  - {text: C}
  - {text: D, href: /d}
highlight:
  light: gihtub
  dark: Github-Drak
`)
	for i := range said {
		said[i], _, _ = strings.Cut(said[i], " (")
	}
	if diff := cmp.Diff([]string{
		`2:21 site-setting the address "javascript:alert(1)" begins with javascript:; only http, https and mailto are allowed`,
		`3:21 site-setting the link "nope.md" leads to nothing on this site: there is no such file`,
		`4:5 site-setting a link of the footer needs text and href`,
		`7:10 site-setting there is no highlighting style "gihtub"`,
		`8:9 site-setting there is no highlighting style "Github-Drak"`,
	}, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := `<footer><a href="/d">D</a></footer>`; !strings.Contains(files["index.html"], want) {
		t.Errorf("the index lacks %s:\n%s", want, files["index.html"])
	}
}

// TestGoodBaseURLs are those that hosts have.
func TestGoodBaseURLs(t *testing.T) {
	for _, base := range []string{"", "https://example.org", "http://127.0.0.1:8080/a.b/..c/", "https://[::1]:65535/%20/", "https://example.org:/"} {
		if problem := site.CheckBaseURL(base); problem != "" {
			t.Errorf("%q %s", base, problem)
		}
	}
}

// TestLogoAndFooter are there on every page, as seen from its folder.
func TestLogoAndFooter(t *testing.T) {
	files, said := look(t, `base_url: https://example.org/repo/
logo: img/logo.png
footer:
  - {text: Handbook & more, href: "https://example.org/handbook?a=1&b=2"}
  - {text: Portal, href: /portal}
  - {text: Write, href: "mailto:ops@example.org"}
  - {text: Disk, href: disk-full.md}
  - {text: Drawing, href: img/Disk.svg}
`)
	if len(said) > 0 {
		t.Errorf("said %q", said)
	}
	for page, root := range map[string]string{
		"index.html": "", "404.html": "/repo/", "tags/disk.html": "../", "gone/round-1.html": "../",
		"disk-full/index.html": "../", "disk-full/debrief-2.1-bc.html": "../", "disk-full/facilitator.html": "../",
	} {
		body := regexp.MustCompile(`\.[0-9a-f]{10}\.`).ReplaceAllString(files[page], ".HASH.")
		links := []string{
			`<img src="` + root + `assets/logo.HASH.png" alt="Incident replays" width="60" height="20">`,
			`<a href="https://example.org/handbook?a=1&amp;b=2">Handbook & more</a>`, `<a href="/portal">Portal</a>`, `<a href="mailto:ops@example.org">Write</a>`,
			`<a href="` + root + `disk-full/index.html">Disk</a>`, `<a href="` + root + `assets/disk.HASH.svg">Drawing</a>`,
		}
		if page == "404.html" {
			links = links[:1] // it has no foot
		}
		for _, want := range links {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", page, want)
			}
		}
	}
}

// TestLogoSize: a page keeps room for the logo where its file says how large it is.
func TestLogoSize(t *testing.T) {
	for attributes, want := range map[string]string{
		`width="48" height="12"`:                         `width="48" height="12"`,
		`width="48px" height="11.6px" viewBox="0 0 1 1"`: `width="48" height="12"`,
		`viewBox="0 0 100 25"`:                           `width="100" height="25"`,
		`viewBox="0,0,100,25" width="100%" height="2em"`: `width="100" height="25"`,
		`viewBox="0 0 NaN 1e99"`:                         ``,
		`width="12"`:                                     ``,
	} {
		var list diag.List
		content := source()
		content["content/logo.svg"] = &fstest.MapFile{Data: fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" %s/>`, attributes)}
		cfg := site.DefaultConfig()
		cfg.Logo = "logo.svg"
		files, _ := build(t, content, cfg, folderOf(map[string]string{"layouts/404.html": `{{with .Logo}}{{if .Width}}<i width="{{.Width}}" height="{{.Height}}">{{end}}{{end}}`}))
		got := strings.TrimSuffix(strings.TrimPrefix(files["404.html"], "<i "), "></i>")
		if got = strings.TrimSuffix(got, ">"); got != want || list.Len() > 0 {
			t.Errorf("%s: %q, want %q", attributes, got, want)
		}
	}
}

// TestSuggest fills in the address on the pages of rounds and outcomes.
func TestSuggest(t *testing.T) {
	files, said := look(t, `suggest: "https://example.org/new?title={title}&body={file}:{line}%20{state}&l={slug}#new"`)
	if len(said) > 0 {
		t.Errorf("said %q", said)
	}
	link := regexp.MustCompile(`<a class="suggest" href="([^"]*)">`)
	got := map[string]string{}
	for path, body := range files {
		found := link.FindStringSubmatch(body)
		shown := strings.HasPrefix(path, "disk-full/round-1") || strings.HasPrefix(path, "disk-full/outcome") ||
			strings.HasPrefix(path, "other/round-1") || strings.HasPrefix(path, "other/outcome")
		if shown != (found != nil) {
			t.Errorf("%s suggests: %v, want %v", path, found != nil, shown)
		}
		if found != nil {
			got[path] = found[1]
		}
	}
	for path, want := range map[string]string{
		"disk-full/round-1.html":         "https://example.org/new?title=Disk%20Full&amp;body=content/disk-full.md:10%20round-1&amp;l=disk-full#new",
		"disk-full/outcome-1a.1-ac.html": "https://example.org/new?title=Disk%20Full&amp;body=content/disk-full.md:24%20outcome-1a.1-ac&amp;l=disk-full#new",
	} {
		if diff := cmp.Diff(want, got[path]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// TestSuggestEscapes: nothing in a title can change the address.
func TestSuggestEscapes(t *testing.T) {
	content := source()
	title := `A&B=C "+#?%/<ü>`
	content["content/other.md"] = &fstest.MapFile{Data: []byte(strings.Replace(other, "Incident Replay: Other", "Incident Replay: "+title, 1))}
	cfg := site.DefaultConfig()
	cfg.Suggest = "mailto:ops@example.org?subject={title}&body={state}"
	files, _ := build(t, content, cfg, folderOf(map[string]string{"layouts/round.html": `<a href="{{.Slot "suggest"}}">x</a>`}))
	href := attributes(t, files["other/round-1.html"])["href"]
	u, err := url.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"subject": {`A&B=C "+#?%/<ü>`}, "body": {"round-1"}}
	if diff := cmp.Diff(want, u.Query()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", href, diff)
	}
	if strings.Contains(u.RawQuery, "+") {
		t.Errorf("%s has a plus, which mail programs show as it is", href)
	}
}

// attributes returns those of the first link on a page.
func attributes(t *testing.T, page string) map[string]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" {
			for _, a := range n.Attr {
				found[a.Key] = a.Val
			}
			break
		}
	}
	return found
}

// TestAccentOfPictures: previews in a chat have the site's colour, too.
func TestAccentOfPictures(t *testing.T) {
	covers := func(settings string) (all []string) {
		files, _ := look(t, "base_url: https://example.org/\n"+settings)
		for path := range files {
			if strings.Contains(path, "social") {
				all = append(all, path)
			}
		}
		slices.Sort(all)
		return all
	}
	plain, own := covers(""), covers("accent: navy\n")
	if len(plain) == 0 || len(plain) != len(own) {
		t.Fatalf("%d pictures, and %d with an accent", len(plain), len(own))
	}
	for i := range plain {
		if plain[i] == own[i] {
			t.Errorf("%s has the same name with another accent", plain[i])
		}
	}
}

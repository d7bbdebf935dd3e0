package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// twoReplays returns a source whose second replay is the longer, and has a picture.
func twoReplays() fstest.MapFS {
	return fstest.MapFS{
		"content/site.yaml":  {Data: []byte("title: Two replays\n")},
		"content/README.md":  {Data: []byte("# How we write\n")},
		"content/img/a.png":  {Data: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55")},
		"content/disk.md":    {Data: []byte(replayText("Disk Full", ""))},
		"content/sub/dns.md": {Data: []byte(replayText("No Such Name", "![A picture](../img/a.png)\n"))},
	}
}

func replayText(title, situation string) string {
	return "# Incident Replay: " + title + `
## Setup
- **Your role:** on call
## Round 1: It Fails
Nothing works.
` + situation + `
- A) Restart it
- B) Read the log
### If you chose B (recommended):
> *[Result: It says why.]*
### If you chose A: {cost=8m}
> *[Result: It fails again.]*
## Round 2: Make It Stay Fixed
1. Say it louder
## Damage Report
- **Optimal resolution time:** 5 minutes
- **If every wrong choice was made:** 13 minutes
`
}

// buildTwo builds the site of twoReplays into a folder, and returns both.
func buildTwo(t *testing.T, slug string) (site *ourSite, dir string) {
	t.Helper()
	source, dir := writeTwo(t), t.TempDir()
	site, err := buildOurs(t.Context(), source, slug, dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(source, "content", "names")); err == nil {
		t.Error("the source has got a folder of names")
	}
	return site, dir
}

func writeTwo(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "source")
	if err := os.CopyFS(dir, twoReplays()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPagesAreThoseOfTheReplayOfMedianLength(t *testing.T) {
	site, _ := buildTwo(t, "")
	if got := site.replay.Slug; got != "dns" {
		t.Errorf("of two replays the one visited is %q", got)
	}
}

func TestPagesOfAnUnknownReplay(t *testing.T) {
	err := run(t.Context(), []string{"pages", "--source", writeTwo(t), "--replay", "nds"})
	if err == nil || !strings.Contains(err.Error(), `no replay "nds"`) {
		t.Errorf("the error is %v", err)
	}
}

func TestGameFollowsTheBestPath(t *testing.T) {
	site, _ := buildTwo(t, "disk")
	visits := site.visits()
	want := []string{"round-1", "outcome-1b.1-b", "closing-2.1-b", "debrief-2.1-b"}
	if got := bestPath(site.machine); !slices.Equal(got, want) {
		t.Errorf("the best path is %q, not %q", got, want)
	}
	if len(visits) != 2 || visits[0].path != "/replaygen/disk/" || visits[1].path != "/replaygen/disk/facilitator.html" {
		t.Fatalf("the visits are %+v", visits)
	}
	if visits[0].whole.label != "replaygen: a game on the best path, 5 pages together" {
		t.Errorf("the game is %q", visits[0].whole.label)
	}
}

// TestProjectHoldsTheSameReplays shows the project of MkDocs.
func TestProjectHoldsTheSameReplays(t *testing.T) {
	site, dir := buildTwo(t, "dns")
	project := filepath.Join(dir, "project")
	if err := writeProject(project, site); err != nil {
		t.Fatal(err)
	}
	var names []string
	err := fs.WalkDir(os.DirFS(filepath.Join(project, "docs")), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"disk.md", "img/a.png", "index.md", "sub/dns.md"}; !slices.Equal(names, want) {
		t.Errorf("the documents are %q, not %q", names, want)
	}
	text := func(name string) string {
		b, err := os.ReadFile(filepath.Join(project, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if got := text("docs/sub/dns.md"); got != string(twoReplays()["content/sub/dns.md"].Data) {
		t.Errorf("the replay's text is %q", got)
	}
	if got := text("docs/index.md"); !strings.Contains(got, "- [disk](<disk.md>)\n- [dns](<sub/dns.md>)\n") {
		t.Errorf("the home page is %q", got)
	}
	nav := "nav:\n  - index.md\n  - \"sub/dns.md\"\n  - \"disk.md\"\n"
	if got := text("mkdocs.yml"); !strings.Contains(got, "name: material\n") || !strings.HasSuffix(got, nav) {
		t.Errorf("the settings are %q", got)
	}
}

// TestMkDocsBuildsTheProject needs MkDocs and Material.
func TestMkDocsBuildsTheProject(t *testing.T) {
	if _, err := exec.LookPath("mkdocs"); err != nil {
		t.Skip(errNoMkDocs)
	}
	site, dir := buildTwo(t, "dns")
	material, err := buildMaterial(t.Context(), "mkdocs", site, dir)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^mkdocs-[\d.]+, mkdocs-material-[\d.]+`).MatchString(material.generator) {
		t.Errorf("the site was made by %q", material.generator)
	}
	page, err := os.ReadFile(filepath.Join(dir, sitesFolder, materialFolder, "sub", "dns", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"md-footer__link--next", `<h2 id="damage-report">`, "It fails again."} {
		if !strings.Contains(string(page), part) {
			t.Errorf("the page has no %s", part)
		}
	}
	if strings.Contains(string(page), "{cost=8m}") {
		t.Error("the page shows attributes of headings")
	}
}

func TestMkDocsThatIsMissingOrFails(t *testing.T) {
	site, dir := buildTwo(t, "")
	if _, err := buildMaterial(t.Context(), "no-such-mkdocs", site, dir); err == nil || !strings.Contains(err.Error(), "apt-get install mkdocs-material") {
		t.Errorf("without MkDocs the error is %v", err)
	}
	fails, err := exec.LookPath("false")
	if err != nil {
		t.Skip(err)
	}
	if _, err := buildMaterial(t.Context(), fails, site, dir); err == nil || !strings.Contains(err.Error(), "mkdocs build") {
		t.Errorf("of a failing build the error is %v", err)
	}
}

// TestHostAnswersLikeGitHubPages also shows that nothing escapes the meter.
func TestHostAnswersLikeGitHubPages(t *testing.T) {
	h, err := readHost(fstest.MapFS{
		"a/index.html": {Data: []byte(strings.Repeat("<p>again", 500))},
		"a/dot.png":    {Data: bytes.Repeat([]byte{0}, 500)},
	})
	if err != nil {
		t.Fatal(err)
	}
	sites, err := h.serve()
	if err != nil {
		t.Fatal(err)
	}
	defer sites.close()
	page, body := get(t, sites.url+"/a/")
	if page.Get("Content-Type") != "text/html; charset=utf-8" || page.Get("Cache-Control") != "max-age=600" || page.Get("Content-Encoding") != "gzip" {
		t.Errorf("a page has the header %v", page)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(unpacked); err != nil || string(text) != strings.Repeat("<p>again", 500) {
		t.Errorf("the page is %q, %v", text, err)
	}
	picture, dot := get(t, sites.url+"/a/dot.png")
	if picture.Get("Content-Encoding") != "" || len(dot) != 500 {
		t.Errorf("a picture has %d bytes and the header %v", len(dot), picture)
	}
	got, err := h.meter.take()
	if err != nil {
		t.Error(err)
	}
	if got.bytes[kindHeader] < 200 || got.bytes[kindHeader] > 1000 {
		t.Errorf("the headers have %d bytes", got.bytes[kindHeader])
	}
	got.bytes[kindHeader] = 0
	if want := (traffic{requests: 2, bytes: [kinds]int{kindHTML: len(body), kindOther: 500}}); got != want {
		t.Errorf("counted were %+v, not %+v", got, want)
	}
	get(t, sites.url+"/a/missing.css")
	if _, err := h.meter.take(); err == nil || !strings.Contains(err.Error(), "/a/missing.css") {
		t.Errorf("of a missing file the meter says %v", err)
	}
	if got, err := h.meter.take(); got != (traffic{}) || err != nil {
		t.Errorf("later it says %+v, %v", got, err)
	}
}

// get asks as browsers do, and returns the answer as it is sent.
func get(t *testing.T, url string) (http.Header, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip") // asked for by hand, it is not undone
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.Header, body
}

// TestPagesTables shows the tables of three runs, and what medians are taken of.
func TestPagesTables(t *testing.T) {
	game := &visit{opened: row{label: "first"}, followed: row{label: "each"}, whole: row{label: "all"}}
	sheet := &visit{opened: row{label: "sheet"}}
	page := func(requests, html, css int, paint time.Duration) view {
		return view{traffic{requests, [kinds]int{kindHTML: html, kindCSS: css, kindHeader: 200 * requests}}, paint * time.Millisecond}
	}
	for i := range conditions() {
		slower := time.Duration(1 + 9*i)
		for _, noise := range []time.Duration{7, 0, 1} {
			game.record(i, []view{page(2, 2500, 7000, slower*(40+noise)), page(1, 2000, 0, slower*(20+noise)), page(1, 3000, 0, slower*(30+noise))})
			sheet.record(i, []view{page(2, 8000, 7000, slower*(50+noise))})
		}
	}
	var out strings.Builder
	if err := printPages(&out, conditions(), []*visit{game, sheet}); err != nil {
		t.Fatal(err)
	}
	want := `
|       | requests | kB   | first paint, here | first paint, slow phone |
|---    |---:      |---:  |---:               |---:                     |
| first | 2        | 9.9  | 41 ms             | 410 ms                  |
| each  | 1        | 2.7  | 28 ms             | 285 ms                  |
| all   | 4        | 15.3 | 93 ms             | 930 ms                  |
| sheet | 2        | 15.4 | 51 ms             | 510 ms                  |

| kB    | HTML | CSS | scripts | fonts | other | headers |
|---    |---:  |---: |---:     |---:   |---:   |---:     |
| first | 2.5  | 7.0 | 0.0     | 0.0   | 0.0   | 0.4     |
| each  | 2.5  | 0.0 | 0.0     | 0.0   | 0.0   | 0.2     |
| all   | 7.5  | 7.0 | 0.0     | 0.0   | 0.0   | 0.8     |
| sheet | 8.0  | 7.0 | 0.0     | 0.0   | 0.0   | 0.4     |

`
	if diff := cmp.Diff(want, "\n"+out.String()); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

// TestPagesInChromium measures a small site once, without MkDocs, on a slow phone.
func TestPagesInChromium(t *testing.T) {
	if _, err := findChromium(); err != nil && os.Getenv("REPLAYGEN_REQUIRE_BROWSER") != "1" {
		t.Skip(err)
	}
	var out strings.Builder
	plan := pagesPlan{
		source: writeTwo(t), replay: "disk", pictures: t.TempDir(), conditions: conditions()[1:], runs: 1, out: &out,
	}
	if err := plan.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	aligned := regexp.MustCompile(` +\|`).ReplaceAllString(out.String(), " |")
	for _, line := range []string{
		`the replay “Disk Full” \(disk\), in sites of 2 replays`,
		`\| replaygen: the briefing \| 2 \| \d+\.\d \| \d{3,} ms \|`,
		`\| replaygen: each page after it \| 1 \| \d\.\d \| \d{3,} ms \|`,
		`\| replaygen: a game on the best path, 5 pages together \| 6 \| \d+\.\d \| \d{3,} ms \|`,
		`\| replaygen: the whole replay on one page \(facilitator’s sheet\) \| 2 \| \d+\.\d \| \d{3,} ms \|`,
		`\| the least there is: a line of text and a stylesheet of one rule \| 2 \| \d\.\d \| \d{3,} ms \|`,
		`\| the least there is: another line \| 1 \| \d\.\d \| \d{3,} ms \|`,
		`\| replaygen: each page after it \| \d\.\d \| 0\.0 \| 0\.0 \| 0\.0 \| 0\.0 \| 0\.\d \|`,
	} {
		if !regexp.MustCompile(`(?m)^` + line + `$`).MatchString(aligned) {
			t.Errorf("no line is like %s in:\n%s", line, aligned)
		}
	}
	pictures, err := filepath.Glob(filepath.Join(plan.pictures, "*.png"))
	if err != nil || len(pictures) != 8 {
		t.Errorf("the pictures are %q, %v", pictures, err)
	}
}

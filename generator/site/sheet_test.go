package site_test

import (
	"bytes"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/site"
)

func TestSheet(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/repo/"
	files, _ := build(t, source(), cfg, nil)
	page := files["disk-full/facilitator.html"]
	for _, want := range []string{
		`<title>Facilitator’s sheet – Disk Full</title>`, `<meta name="robots" content="noindex">`,
		`aria-label="https://example.org/repo/disk-full/"`, // the QR code
		`Miss, costs 6 min, leads back to this round`, `Best choice, costs 4 min, leads to Round 2: Keep It So`,
		`Found it.`, `Rotate properly`, `<a href="../other/index.html">the other</a>`, `Notes on Round 1: Writes Fail`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the sheet lacks %s:\n%s", want, page)
		}
	}
	key := strings.Index(page, "Answer key")
	if first := strings.Index(page, "Found it."); first < key {
		t.Error("a result stands before the answer key")
	}
	if !strings.Contains(files["disk-full/index.html"], `href="facilitator.html"`) {
		t.Error("the briefing does not lead to the sheet")
	}
}

func TestSheetsAreOptional(t *testing.T) {
	off := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Replace(text, "---\n", "---\nfacilitator: false\n", 1))}
	}
	on := &fstest.MapFile{Data: []byte("---\nfacilitator: true\n---\n" + other)}
	for name, test := range map[string]struct {
		files     fstest.MapFS
		site      bool
		disk, oth bool
	}{
		"by default":      {fstest.MapFS{}, true, true, true},
		"by site":         {fstest.MapFS{}, false, false, false},
		"by replay":       {fstest.MapFS{"content/disk-full.md": off(diskFull)}, true, false, true},
		"replay and site": {fstest.MapFS{"content/other.md": on}, false, false, true},
	} {
		content, cfg := source(), site.DefaultConfig()
		for file, text := range test.files {
			content[file] = text
		}
		cfg.Facilitator = test.site
		files, _ := build(t, content, cfg, nil)
		for slug, want := range map[string]bool{"disk-full": test.disk, "other": test.oth} {
			_, made := files[slug+"/facilitator.html"]
			linked := strings.Contains(files[slug+"/index.html"], "facilitator.html")
			if made != want || linked != want {
				t.Errorf("%s: %s has a sheet: %v, and a link to it: %v, want %v", name, slug, made, linked, want)
			}
		}
	}
}

var (
	image   = regexp.MustCompile(`<meta property="og:image" content="https://example.org/repo/([^"]*)">`)
	picture = regexp.MustCompile(`^disk-full/social(-[a-z]+)?\.[0-9a-f]{10}\.png$`)
)

// TestSocialPictures: every page names a picture that is published, and debriefs
// that of their verdict.
func TestSocialPictures(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/repo/"
	files, _ := build(t, source(), cfg, nil)
	bands := map[string]string{}
	for name, body := range files {
		if !strings.HasSuffix(name, ".html") || name == "404.html" {
			continue
		}
		found := image.FindStringSubmatch(body)
		if found == nil || files[found[1]] == "" {
			t.Errorf("%s names the picture %q", name, found)
			continue
		}
		if !strings.Contains(body, `content="summary_large_image"`) {
			t.Errorf("%s does not ask for a large picture", name)
		}
		if parts := picture.FindStringSubmatch(found[1]); parts != nil {
			bands[name] = parts[1]
		}
	}
	for name, want := range map[string]string{
		"disk-full/index.html": "", "disk-full/round-1.html": "", "disk-full/facilitator.html": "",
		"disk-full/debrief-2.1-b.html": "-great", "disk-full/debrief-2.1-bc.html": "-fair", "disk-full/debrief-2.1-abc.html": "-poor",
	} {
		if got, ok := bands[name]; !ok || got != want {
			t.Errorf("%s has the picture %q, want %q", name, got, want)
		}
	}
	drawn := 0
	for name, body := range files {
		if strings.HasSuffix(name, ".png") {
			drawn++
			if _, err := png.Decode(bytes.NewReader([]byte(body))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if want := 1 + 1 + 3 + 3; drawn != want { // of the site; of replays; of verdicts that somebody can get
		t.Errorf("%d pictures, want %d", drawn, want)
	}
}

func TestNoPicturesWithoutBaseURL(t *testing.T) {
	files, _ := build(t, source(), site.DefaultConfig(), nil)
	for name, body := range files {
		if strings.HasSuffix(name, ".png") || strings.Contains(body, "og:image") || strings.Contains(body, "summary_large_image") {
			t.Errorf("%s: a picture that no chat can find", name)
		}
	}
}

// TestPictureNames change with what a picture shows, and with nothing else.
func TestPictureNames(t *testing.T) {
	names := func(text string) (all []string) {
		content, cfg := source(), site.DefaultConfig()
		cfg.BaseURL = "https://example.org/repo/"
		content["content/disk-full.md"] = &fstest.MapFile{Data: []byte(text)}
		files, _ := build(t, content, cfg, nil)
		for name := range files {
			if picture.MatchString(name) {
				all = append(all, name)
			}
		}
		slices.Sort(all)
		return all
	}
	before := names(diskFull)
	if after := names(strings.Replace(diskFull, "Not there.", "Not here.", 1)); !slices.Equal(before, after) {
		t.Errorf("another result renamed pictures: %q, then %q", before, after)
	}
	after := names(strings.Replace(diskFull, "Replay: Disk Full", "Replay: Disk Empty", 1))
	for _, name := range before {
		if slices.Contains(after, name) {
			t.Errorf("%s kept its name under another title", name)
		}
	}
}

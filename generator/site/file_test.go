package site_test

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
)

// hashed matches a path with a hash.
var hashed = regexp.MustCompile(`\.[0-9a-f]{10}\.`)

// TestSettled: a file whose path settles its bytes has another path where it has
// other bytes, and pages are no such files.
func TestSettled(t *testing.T) {
	settled := func(content fstest.MapFS, own fstest.MapFS, title string) map[string]string {
		cfg := site.DefaultConfig()
		cfg.BaseURL, cfg.Title = "https://example.org/", title
		var list diag.List
		files := map[string]string{}
		for _, f := range render(t, content, cfg, own, nil, &list) {
			body, err := f.Append(nil)
			if err != nil {
				t.Fatal(err)
			}
			if f.Settled {
				files[f.Path] = string(body)
			}
			if f.Settled != hashed.MatchString(f.Path) {
				t.Errorf("%s: settled is %t", f.Path, f.Settled)
			}
		}
		return files
	}
	other := source()
	other["content/img/Disk.svg"] = &fstest.MapFile{Data: []byte(strings.Replace(drawing, "1 1", "2 2", 1))}
	other["content/disk-full.md"] = &fstest.MapFile{Data: []byte(strings.Replace(diskFull, "16 minutes", "17 minutes", 1))}
	own := folderOf(map[string]string{"styles/95-mine.css": "main{order:95}", "static/a.txt": "one"})
	changed := folderOf(map[string]string{"styles/95-mine.css": "main{order:96}", "static/a.txt": "two"})
	before, after := settled(source(), own, "Title"), settled(other, changed, "Other title")
	if len(before) < 8 { // a style, a static file, an asset, pictures of the site and of replays
		t.Errorf("settled are only %d files", len(before))
	}
	for name, body := range after {
		if old, there := before[name]; there && old != body {
			t.Errorf("%s had other bytes", name)
		}
	}
}

// TestFilesAtOnce: several readers may ask for a file at the same time, and get the
// same. The race detector watches.
func TestFilesAtOnce(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/"
	var list diag.List
	for _, f := range render(t, source(), cfg, nil, nil, &list) {
		want, err := f.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				if got, err := f.Append(nil); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: another reader gets something else, %v", f.Path, err)
				}
			})
		}
		readers.Wait()
	}
}

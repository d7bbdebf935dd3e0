package main_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// What a reader waits for on a slow line, in bytes as a host sends them: the
// first page with its stylesheet, which fits into the first round trip of a new
// connection, and every page after it. A debrief repeats the best choices and
// the report in the author's words, most of its bytes, and has room for them.
const (
	firstViewLimit = 14 << 10
	laterPageLimit = 4 << 10
	debriefLimit   = laterPageLimit + 1024
)

// TestWeight compresses every page of the sample site but the facilitator's
// sheets, which hold whole replays and are for paper.
func TestWeight(t *testing.T) {
	t.Parallel()
	site := os.DirFS(buildSample(t))
	sheets, err := fs.Glob(site, "assets/*.css")
	if err != nil || len(sheets) != 1 {
		t.Fatalf("stylesheets %q, %v", sheets, err)
	}
	style := compressed(t, site, sheets[0])
	count, sum, heaviest := 0, 0, 0
	err = fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		if err != nil || path.Ext(name) != ".html" || base == "facilitator.html" {
			return err
		}
		limit := laterPageLimit
		if strings.HasPrefix(base, "debrief") || strings.HasPrefix(base, "ending") {
			limit = debriefLimit
		}
		limit = min(limit, firstViewLimit-style)
		size := compressed(t, site, name)
		if size > limit {
			t.Errorf("%s has %d bytes, more than %d; its stylesheet has %d", name, size, limit, style)
		}
		count, sum, heaviest = count+1, sum+size, max(heaviest, size)
		return nil
	})
	if err != nil || count == 0 {
		t.Fatalf("%d pages, %v", count, err)
	}
	t.Logf("compressed: the stylesheet has %d bytes, a page %d on average and %d at most", style, sum/count, heaviest)
}

// compressed returns the size of a file as a host compresses it.
func compressed(t *testing.T, fsys fs.FS, name string) int {
	t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

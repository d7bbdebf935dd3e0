package main_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// What a reader waits for on a slow line, in bytes as a host sends them: the
// first page with its stylesheet, which fits into the first round trip of a new
// connection, and every page after it. Hosts that know brotli send no later page
// with more than laterPageLimit. With gzip, which all know and GitHub Pages uses,
// debriefs need more: they hold the best choices and the report in the author's
// words.
const (
	firstViewLimit   = 14 << 10
	laterPageLimit   = 4 << 10
	gzipDebriefLimit = 5 << 10
)

// weighed is how many pages are compressed with brotli, which takes its time:
// those that are heaviest with gzip.
const weighed = 40

type weight struct {
	page string
	size int
}

// TestWeight compresses every page of the sample site but the facilitator's
// sheets, which hold whole replays and are for paper.
func TestWeight(t *testing.T) {
	t.Parallel()
	site := os.DirFS(buildSample(t))
	sheets, err := fs.Glob(site, "assets/*.css")
	if err != nil || len(sheets) != 1 {
		t.Fatalf("stylesheets %q, %v", sheets, err)
	}
	style := gzipped(t, site, sheets[0])
	var pages []weight
	err = fs.WalkDir(site, ".", func(name string, _ fs.DirEntry, err error) error {
		base := path.Base(name)
		if err != nil || path.Ext(name) != ".html" || base == "facilitator.html" {
			return err
		}
		limit := laterPageLimit
		if strings.HasPrefix(base, "debrief") || strings.HasPrefix(base, "ending") {
			limit = gzipDebriefLimit
		}
		size := gzipped(t, site, name)
		if size > limit || size+style > firstViewLimit {
			t.Errorf("%s has %d bytes with gzip, more than %d; its stylesheet has %d", name, size, limit, style)
		}
		pages = append(pages, weight{name, size})
		return nil
	})
	if err != nil || len(pages) < weighed {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	slices.SortFunc(pages, func(a, b weight) int { return cmp.Compare(b.size, a.size) })
	for _, p := range pages[:weighed] {
		if size := brotlied(t, site, p.page); size > laterPageLimit {
			t.Errorf("%s has %d bytes with brotli, more than %d", p.page, size, laterPageLimit)
		}
	}
	t.Logf("with gzip, the stylesheet has %d bytes, the heaviest page %d", style, pages[0].size)
}

// gzipped returns the size of a file as any host compresses it.
func gzipped(t *testing.T, fsys fs.FS, name string) int {
	t.Helper()
	return compressed(t, fsys, name, func(out io.Writer) io.WriteCloser {
		w, err := gzip.NewWriterLevel(out, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		return w
	})
}

// brotlied returns the size of a file as a host compresses it that does so once.
func brotlied(t *testing.T, fsys fs.FS, name string) int {
	t.Helper()
	return compressed(t, fsys, name, func(out io.Writer) io.WriteCloser {
		return brotli.NewWriterLevel(out, brotli.BestCompression)
	})
}

func compressed(t *testing.T, fsys fs.FS, name string, through func(io.Writer) io.WriteCloser) int {
	t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := through(&out)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

package publish_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/publish"
)

// The site that is published to measure: 2,000 pages of 6 kB, in ten folders.
const (
	pages   = 2000
	aFolder = 200  // pages
	aPage   = 6144 // bytes
)

// folderOf returns a folder of n pages that end in a version.
func folderOf(path, version string, n int) publish.Folder {
	body := strings.Repeat("0123456789abcdef", aPage/16)
	return publish.Folder{
		Path: path, Len: n,
		AppendName: func(buf []byte, i int) []byte {
			return append(strconv.AppendInt(append(buf, "round-"...), int64(i), 10), ".html"...)
		},
		AppendFile: func(buf []byte, _ int) ([]byte, error) { return append(append(buf, body...), version...), nil },
	}
}

func siteOf(version string) (folders []publish.Folder) {
	for i := range pages / aFolder {
		folder := folderOf(fmt.Sprintf("replay-%02d", i), version, aFolder)
		folder.Turn = i
		folders = append(folders, folder)
	}
	return folders
}

// release publishes folders to a directory and returns their sums.
func release(b *testing.B, folders []publish.Folder, opts publish.Options) (sums []publish.Sum) {
	b.Helper()
	r, err := publish.Begin(context.Background(), opts)
	if err != nil {
		b.Fatal(err)
	}
	for _, folder := range folders {
		sum, err := r.Add(folder)
		if err != nil {
			b.Fatal(err)
		}
		sums = append(sums, sum)
	}
	conclude(b, r)
	return sums
}

// conclude commits a release and closes it.
func conclude(b *testing.B, r *publish.Release) {
	b.Helper()
	if _, err := r.Commit(); err != nil {
		b.Fatal(err)
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAdd publishes a site; BenchmarkRaw writes its files with nothing else.
func BenchmarkAdd(b *testing.B) {
	b.Run("first", func(b *testing.B) {
		b.SetBytes(pages * aPage)
		b.ReportAllocs()
		parent, folders, n := b.TempDir(), siteOf(""), 0
		for b.Loop() { // into a new folder: disks are slow with new files after others were removed
			release(b, folders, publish.Options{Dir: filepath.Join(parent, fmt.Sprint(n))})
			n++
		}
	})
	b.Run("same", func(b *testing.B) {
		b.SetBytes(pages * aPage)
		dir, folders := filepath.Join(b.TempDir(), "public"), siteOf("")
		release(b, folders, publish.Options{Dir: dir})
		for b.Loop() {
			release(b, folders, publish.Options{Dir: dir})
		}
	})
	changed := func(b *testing.B, opts publish.Options) {
		b.SetBytes(pages * aPage)
		opts.Dir = filepath.Join(b.TempDir(), "public")
		versions := [][]publish.Folder{siteOf("a"), siteOf("b")}
		release(b, versions[1], opts)
		for n := 0; b.Loop(); n++ {
			release(b, versions[n%2], opts)
		}
	}
	b.Run("changed", func(b *testing.B) { changed(b, publish.Options{}) })
	b.Run("changed, without exchanges", func(b *testing.B) {
		changed(b, publish.Options{}.WithExchange(func() error { return errors.ErrUnsupported }))
	})
}

// BenchmarkKeep looks at a site that is as it was: by its bytes, and by the sizes and
// times in a cache.
func BenchmarkKeep(b *testing.B) {
	keep := func(b *testing.B, store *cache.Store) {
		b.SetBytes(pages * aPage)
		opts, folders := publish.Options{Dir: filepath.Join(b.TempDir(), "public"), Cache: store}, siteOf("")
		sums := release(b, folders, opts)
		for b.Loop() {
			r, err := publish.Begin(context.Background(), opts)
			if err != nil {
				b.Fatal(err)
			}
			for i, folder := range folders {
				if kept, err := r.Keep(folder.Path, sums[i]); !kept || err != nil {
					b.Fatalf("%s is kept: %t, %v", folder.Path, kept, err)
				}
			}
			conclude(b, r)
		}
	}
	b.Run("read", func(b *testing.B) { keep(b, nil) })
	b.Run("stamped", func(b *testing.B) {
		store, err := cache.Open(b.TempDir(), cache.Options{})
		if err != nil {
			b.Fatal(err)
		}
		keep(b, store)
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkArchive(b *testing.B) {
	b.SetBytes(pages * aPage)
	b.ReportAllocs()
	folders := siteOf("")
	for b.Loop() {
		a := publish.NewArchive(context.Background(), io.Discard, nil)
		for _, folder := range folders {
			if _, err := a.Add(folder); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := a.Commit(); err != nil {
			b.Fatal(err)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

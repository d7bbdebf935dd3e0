package publish_test

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/replaygen/replaygen/generator/publish"
)

// TestAllocationsAPage holds a page to as many allocations as it had when they were
// counted. In a directory they are its name, for us and for the system; in an archive
// most belong to archive/tar. The tenth is for what grows with the number of pages.
func TestAllocationsAPage(t *testing.T) {
	parent, n := t.TempDir(), 0
	for _, c := range []struct {
		to    string
		begin func() (output, error)
		most  float64
	}{
		{"a fresh directory", func() (output, error) {
			n++
			return publish.Begin(context.Background(), publish.Options{Dir: filepath.Join(parent, fmt.Sprint(n))})
		}, 2.1},
		{"an archive", func() (output, error) { return publish.NewArchive(context.Background(), io.Discard, nil), nil }, 8.1},
	} {
		add := func(pages int) float64 {
			folder := folderOf("replay", "", pages)
			return testing.AllocsPerRun(1, func() {
				if err := publishFolder(c.begin, folder); err != nil {
					t.Error(err)
				}
			})
		}
		const less, more = 1000, 3000
		if got := (add(more) - add(less)) / (more - less); got > c.most {
			t.Errorf("a page that is added to %s allocates %.2f times, and may %.2f", c.to, got, c.most)
		}
	}
}

func publishFolder(begin func() (output, error), folder publish.Folder) error {
	to, err := begin()
	if err != nil {
		return err
	}
	defer to.Close()
	if _, err := to.Add(folder); err != nil {
		return err
	}
	_, err = to.Commit()
	return err
}

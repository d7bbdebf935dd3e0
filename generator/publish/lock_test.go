package publish_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/replaygen/replaygen/generator/publish"
)

// TestNeverTwoBuildsAtOnce lets builds begin and end while others do: each that ends
// takes the file away that another may just have opened to lock it.
func TestNeverTwoBuildsAtOnce(t *testing.T) {
	opts := publish.Options{Dir: filepath.Join(t.TempDir(), "public")}
	var inside atomic.Int32
	var builds sync.WaitGroup
	for range 4 {
		builds.Go(func() {
			for range 1500 {
				release, err := publish.Begin(context.Background(), opts)
				if errors.Is(err, publish.ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if inside.Add(1) != 1 {
					t.Error("two builds write to one directory")
				}
				inside.Add(-1)
				if err := release.Close(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	builds.Wait()
}

package publish_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/replaygen/replaygen/generator/publish"
)

// TestDescriptors: a program that builds again and again opens no more files than it
// closes, whether builds end well or are given up.
func TestDescriptors(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // collecting a file closes it
	out := filepath.Join(t.TempDir(), "public")
	next := tree{"index.html": "other", "dns/index.html": "other"}
	builds := func() {
		put(t, out, small)
		put(t, out, next)
		_, err := publishAll(context.Background(), tree{"a.html": "", "A.html": ""}.files(), publish.Options{Dir: out})
		if err == nil {
			t.Error("two files that want one place were published")
		}
	}
	builds()
	before := openFiles(t)
	for range 5 {
		builds()
	}
	if after := openFiles(t); after != before {
		t.Errorf("%d files are open, want the %d of before", after, before)
	}
}

// openFiles returns how many files this process has open.
func openFiles(tb testing.TB) int {
	tb.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if errors.Is(err, os.ErrNotExist) {
		tb.Skip("there is no /proc here")
	}
	if err != nil {
		tb.Fatal(err)
	}
	return len(open)
}

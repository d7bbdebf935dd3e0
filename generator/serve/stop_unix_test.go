//go:build unix

package serve_test

import (
	"strings"
	"syscall"
	"testing"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestPipe: the server does not wait for a pipe in the place of a file. It says so, and ends.
func TestPipe(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	f.must(syscall.Mkfifo(f.at("content/site.yaml"), 0o666)) // who reads it waits for a writer
	p := f.preview(serve.Options{})
	if r := p.get("/disk/"); r.status != 500 || !strings.Contains(r.body, "a pipe or a device") {
		t.Errorf("status %d: %s", r.status, r.body)
	}
	p.stop()
}

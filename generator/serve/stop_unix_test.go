//go:build unix

package serve_test

import (
	"context"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestStopWhileReading: the source may keep the server waiting, but not its end.
func TestStopWhileReading(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	settings := f.at("content/site.yaml")
	f.must(syscall.Mkfifo(settings, 0o666)) // who reads it waits for a writer
	server, err := serve.New(serve.Options{Source: f.dir})
	f.must(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	f.must(err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, listener, nil) }()
	writer, err := os.OpenFile(settings, os.O_WRONLY, 0) // waits until it is read
	f.must(err)
	defer writer.Close() // lets the reader go
	stop()
	select {
	case err := <-ended:
		f.must(err)
	case <-time.After(10 * time.Second):
		t.Fatal("the server waits for a file")
	}
}

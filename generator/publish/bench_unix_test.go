//go:build linux || darwin || freebsd

package publish_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// BenchmarkRaw writes the files of the site that [BenchmarkAdd] publishes, from memory,
// with three system calls each and by one processor.
func BenchmarkRaw(b *testing.B) {
	b.SetBytes(pages * aPage)
	body, err := folderOf("", "", 1).AppendFile(nil, 0)
	if err != nil {
		b.Fatal(err)
	}
	parent, n := b.TempDir(), 0
	for b.Loop() {
		for _, folder := range siteOf("") {
			dir := filepath.Join(parent, fmt.Sprint(n), folder.Path)
			if err := os.MkdirAll(dir, 0o755); err != nil {
				b.Fatal(err)
			}
			var name []byte
			handle, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
			if err != nil {
				b.Fatal(err)
			}
			for i := range folder.Len {
				name = folder.AppendName(name[:0], i)
				if err := writeAt(handle, string(name), body); err != nil {
					b.Fatal(err)
				}
			}
			if err := unix.Close(handle); err != nil {
				b.Fatal(err)
			}
		}
		n++
	}
}

func writeAt(dir int, name string, body []byte) error {
	fd, err := unix.Openat(dir, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o644)
	if err != nil {
		return err
	}
	if _, err := unix.Write(fd, body); err != nil {
		return err
	}
	return unix.Close(fd)
}

//go:build !linux && !darwin && !freebsd

package publish

import (
	"errors"
	"io"
	"os"
)

// A directory is one that is held open, so that its files need not be looked for
// from the root each time.
type directory struct{ root *os.Root }

// An info is what a directory says of a file.
type info struct {
	regular, dir bool
	size         int64
	time         int64 // of the last change of its bytes, in nanoseconds since 1970
}

func openDirectory(base *os.Root, name string) (*directory, error) {
	root, err := base.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &directory{root}, nil
}

func (d *directory) close() error {
	if d == nil {
		return nil
	}
	return d.root.Close()
}

// create writes a file that is not there yet and returns its time.
func (d *directory) create(name string, content []byte) (time int64, err error) {
	file, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return 0, err
	}
	at, err := d.look(name) // the time of an open file may not be its last
	return at.time, err
}

// look returns what stands at a name.
func (d *directory) look(name string) (info, error) {
	found, err := d.root.Lstat(name)
	if err != nil {
		return info{}, err
	}
	return info{found.Mode().IsRegular(), found.IsDir(), found.Size(), found.ModTime().UnixNano()}, nil
}

// names returns the names of all that is in the directory, in any order.
func (d *directory) names() ([]string, error) {
	file, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	names, err := file.Readdirnames(-1)
	return names, errors.Join(err, file.Close())
}

// remove removes a file.
func (d *directory) remove(name string) error { return d.root.Remove(name) }

// resemble reports false: nothing is exchanged here, so no directory has to.
func (d *directory) resemble(*directory) bool { return false }

// read appends the first bytes of a file to buf: as many as size, or all.
func (d *directory) read(name string, buf []byte, size int64) ([]byte, error) {
	file, err := d.root.Open(name)
	if err != nil {
		return buf, err
	}
	from := len(buf)
	buf = append(buf, make([]byte, size)...)
	n, err := io.ReadFull(file, buf[from:])
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil // it has just been cut short
	}
	return buf[:from+n], errors.Join(err, file.Close())
}

package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir returns the files of a source on disk.
func Dir(dir string) Files {
	return Files{Source: disk{os.DirFS(dir)}, Content: inside(filepath.Join(dir, ContentDir))}
}

// endless are the files that whoever reads them may wait for for ever.
const endless = fs.ModeNamedPipe | fs.ModeSocket | fs.ModeDevice

var errEndless = errors.New("a pipe or a device stands where a file is expected")

// finite returns an error if a file is endless. What cannot be looked at, cannot be
// opened either, which says why.
func finite(name string, info fs.FileInfo, err error) error {
	if err == nil && info.Mode()&endless != 0 {
		return &fs.PathError{Op: "open", Path: name, Err: errEndless}
	}
	return nil
}

// disk is a directory in which nothing endless is opened.
type disk struct{ fs.FS }

func (d disk) Open(name string) (fs.File, error) {
	info, err := fs.Stat(d.FS, name)
	if err := finite(name, info, err); err != nil {
		return nil, err
	}
	return d.FS.Open(name)
}

func (d disk) ReadFile(name string) ([]byte, error) {
	info, err := fs.Stat(d.FS, name)
	if err := finite(name, info, err); err != nil {
		return nil, err
	}
	return fs.ReadFile(d.FS, name)
}

// What follows opens nothing, and is passed on for what the directory can do.

func (d disk) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(d.FS, name) }
func (d disk) Lstat(name string) (fs.FileInfo, error)     { return fs.Lstat(d.FS, name) }
func (d disk) ReadLink(name string) (string, error)       { return fs.ReadLink(d.FS, name) }
func (d disk) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.FS, name) }

// inside is a directory that no link leads out of, and in which nothing endless is
// opened. It is opened anew for every file, so that it may be removed and made again
// while somebody watches.
type inside string

func (dir inside) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	root, err := os.OpenRoot(string(dir))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	local := filepath.FromSlash(name)
	info, err := root.Stat(local)
	if err := finite(name, info, err); err != nil {
		return nil, err
	}
	return root.Open(local)
}

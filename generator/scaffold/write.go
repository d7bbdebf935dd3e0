package scaffold

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An ExistsError says that something stands where files should be written.
type ExistsError struct {
	Paths []string // in the order of the files
}

func (e *ExistsError) Error() string {
	verb := "exists"
	if len(e.Paths) > 1 {
		verb = "exist"
	}
	return fmt.Sprintf("nothing was written: %s %s already", strings.Join(e.Paths, ", "), verb)
}

// Write writes files below dir, all of them or none, and returns their paths.
// Directories are created as needed. Nothing is overwritten: if anything stands
// where a file or one of its directories should, the error is an [*ExistsError]
// that names all of it. Each file appears whole: who watches the directory
// never sees a part of one.
func Write(dir string, files []File) (paths []string, err error) {
	if err := findExisting(dir, files); err != nil {
		return nil, err
	}
	w := &writer{}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := w.write(path, f.Text); err != nil {
			return nil, errors.Join(err, w.undo())
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// findExisting reports all that stands in the way of files.
func findExisting(dir string, files []File) error {
	var exists ExistsError
	for _, f := range files {
		path, err := inTheWay(dir, f.Path)
		if err != nil {
			return err
		}
		if path != "" && !slices.Contains(exists.Paths, path) {
			exists.Paths = append(exists.Paths, path)
		}
	}
	if len(exists.Paths) > 0 {
		return &exists
	}
	return nil
}

// inTheWay returns the path of what stands where a file of dir or one of its
// directories should be, or "".
func inTheWay(dir, file string) (string, error) {
	path, names := dir, strings.Split(file, "/")
	for {
		// A link that leads nowhere is in the way as well.
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return "", nil
		} else if err != nil {
			return "", err
		}
		if len(names) == 0 {
			return path, nil
		}
		info, err := os.Stat(path)
		switch {
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return "", err
		case err != nil || !info.IsDir():
			return path, nil
		}
		path, names = filepath.Join(path, names[0]), names[1:]
	}
}

// A writer remembers what it has made, in order.
type writer struct {
	files, dirs []string
}

// undo removes what was made. A directory that somebody else has put a file in
// stays.
func (w *writer) undo() error {
	var errs []error
	for _, path := range w.files {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	for _, path := range slices.Backward(w.dirs) {
		_ = os.Remove(path)
	}
	return errors.Join(errs...)
}

// write makes a file and its directories. The file is written under a name that
// begins with a dot, which watchers and builds ignore, and gets its own by a
// link: unlike a rename, that fails if the name is taken.
func (w *writer) write(path string, text []byte) error {
	dir, name := filepath.Split(path)
	if err := w.makeDir(filepath.Clean(dir)); err != nil {
		return err
	}
	temporary := filepath.Join(dir, "."+name+"-"+rand.Text()+".tmp")
	if err := writeNew(temporary, text); err != nil {
		return err
	}
	defer os.Remove(temporary)
	err := os.Link(temporary, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = writeNew(path, text) // a file system without links
	}
	if errors.Is(err, fs.ErrExist) {
		return &ExistsError{Paths: []string{path}}
	}
	if err == nil {
		w.files = append(w.files, path)
	}
	return err
}

// makeDir makes a directory and its parents.
func (w *writer) makeDir(dir string) error {
	err := os.Mkdir(dir, 0o755)
	if parent := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && parent != dir {
		if err := w.makeDir(parent); err != nil {
			return err
		}
		err = os.Mkdir(dir, 0o755)
	}
	if err == nil {
		w.dirs = append(w.dirs, dir)
		return nil
	}
	if info, statErr := os.Stat(dir); statErr == nil && info.IsDir() {
		return nil
	}
	return err
}

// writeNew writes a file that must not exist; it leaves none if it fails.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

package lock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// ext ends the name of a lock's file, which is called after its replay's slug.
const ext = ".names"

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Slugs lists the replays that have a lock in dir, sorted. A folder that does
// not exist has none. Files whose names begin with "." or "_" are left alone.
func Slugs(source fs.FS, dir string, list *diag.List) ([]string, error) {
	entries, err := fs.ReadDir(source, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var slugs []string
	for _, e := range entries {
		slug, isLock := strings.CutSuffix(e.Name(), ext)
		if !isLock || e.IsDir() || slug == "" || slug[0] == '.' || slug[0] == '_' {
			continue
		}
		if !slugPattern.MatchString(slug) {
			src := diag.NewSource(path.Join(dir, e.Name()), nil)
			list.Errorf(codeFile, src.Span(0, 0), "call the file after the replay's slug, such as disk-full"+ext,
				"%q is not the slug of a replay, so the names in this file belong to none", slug)
			continue
		}
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs) // a.names comes after a-b.names
	return slugs, err
}

// Read reads the lock of a replay from dir.
func Read(source fs.FS, dir, slug string, list *diag.List) (Lock, error) {
	name := path.Join(dir, slug+ext)
	text, err := fs.ReadFile(source, name)
	if err != nil {
		return Lock{}, err
	}
	return Parse(diag.NewSource(name, text), list), nil
}

// Text returns the text of the lock of a replay in dir, with line feeds only; nil
// if there is none.
func Text(source fs.FS, dir, slug string) ([]byte, error) {
	text, err := fs.ReadFile(source, path.Join(dir, slug+ext))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return lineFeeds(text), err
}

// Write writes the lock of a replay to dir, whole or not at all; without text
// it removes the file. Unlike those of [Read], its dir is a path of the system.
func Write(dir, slug string, text []byte) (err error) {
	name := filepath.Join(dir, slug+ext)
	defer func() {
		if err != nil {
			err = fmt.Errorf("the names of its pages could not be kept: %w", err)
		}
	}()
	if len(text) == 0 {
		if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	// The name begins with a dot, so that a watcher of the folder ignores it.
	temporary, err := os.CreateTemp(dir, "."+slug+"-*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temporary.Name())
		}
	}()
	_, err = temporary.Write(text)
	if err := errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

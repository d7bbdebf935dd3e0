package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"
)

// ErrBusy says that another process is publishing to the same directory.
var ErrBusy = errors.New("another build is writing to this directory")

// Names inside the workshop.
const (
	lockName  = "lock"
	stageName = "site"
	draftName = "manifest"
	partsName = "sections"
	// What was in the output and is exchanged lies here until it is removed.
	exchangedName = "exchanged"
)

// probeName is a file that is moved into the output and removed again.
const probeName = ".replaygen-probe"

// A workshop is where a site is made ready. It is locked: while it is open,
// nobody else publishes to the same output.
type workshop struct {
	base     *os.Root // the directory that holds both the output and the workshop
	basePath string
	name     string // of the workshop in base
	output   string // the output in base; "." if the workshop is inside of it
	existed  bool   // the output was there
	empty    bool   // and nothing in it
	lock     *flock.Flock
}

// openWorkshop finds the output and opens a workshop for it: beside it, so that
// nothing shows in the output before it is ready, or inside of it where only
// that is writable or on the same file system.
func openWorkshop(ctx context.Context, dir string, sources []string) (*workshop, error) {
	output, existed, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	if err := refuseSources(output, sources); err != nil {
		return nil, err
	}
	parent, name := filepath.Split(output)
	if name == "" {
		return nil, errors.New("the root directory cannot be the output")
	}
	shop, err := lockWorkshop(ctx, workshop{basePath: parent, name: "." + name + ".replaygen", output: name, existed: existed})
	if err == nil && existed && !shop.canMove() {
		err = shop.close()
	} else if err == nil || !existed || errors.Is(err, ErrBusy) {
		return shop, err
	}
	inside, cause := lockWorkshop(ctx, workshop{basePath: output, name: ".replaygen", output: ".", existed: true})
	if cause != nil {
		return nil, cmp.Or(err, cause)
	}
	return inside, nil
}

// resolve returns the real path of an output directory and whether it exists.
// Its parent directories are created.
func resolve(dir string) (output string, exists bool, err error) {
	if output, err = filepath.Abs(dir); err != nil {
		return "", false, err
	}
	info, err := os.Stat(output)
	switch {
	case err == nil && !info.IsDir():
		return "", false, errors.New("it is a file, not a directory")
	case err == nil:
		output, err = filepath.EvalSymlinks(output)
		return output, true, err
	case !errors.Is(err, fs.ErrNotExist):
		return "", false, err
	}
	if _, err := os.Lstat(output); err == nil {
		return "", false, errors.New("it is a link that leads nowhere")
	}
	if err := os.MkdirAll(filepath.Dir(output), 0o755); err != nil {
		return "", false, err
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(output))
	return filepath.Join(parent, filepath.Base(output)), false, err
}

// refuseSources fails if the output is a source directory or inside one: its
// pages would be read as sources by the next build.
func refuseSources(output string, sources []string) error {
	for _, source := range sources {
		real, err := filepath.EvalSymlinks(source)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			real, err = filepath.Abs(real)
		}
		if err != nil {
			return err
		}
		if below, err := filepath.Rel(real, output); err == nil && filepath.IsLocal(below) {
			return fmt.Errorf("it is inside %s, which the site is made from", source)
		}
	}
	return nil
}

// lockWorkshop opens w: it creates the directory, locks it, and clears what a
// build that was killed left there.
func lockWorkshop(ctx context.Context, w workshop) (*workshop, error) {
	base, err := os.OpenRoot(w.basePath)
	if err != nil {
		return nil, err
	}
	w.base = base
	if err := w.acquire(ctx); err != nil {
		base.Close()
		return nil, err
	}
	if w.existed {
		w.empty, err = w.isEmpty()
	}
	if err == nil {
		err = errors.Join(w.giveBackAll(), base.RemoveAll(w.stage("")), base.Mkdir(w.stage(""), 0o755))
	}
	if err != nil {
		w.close()
		return nil, err
	}
	return &w, nil
}

// acquire creates the workshop and takes its lock. The build that holds the
// lock removes the workshop when it is done, so a lock counts only if it is
// still the one in the directory.
func (w *workshop) acquire(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := w.base.Mkdir(w.name, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := w.refuseForeign(); err != nil {
			return err
		}
		w.lock = flock.New(filepath.Join(w.basePath, w.name, lockName))
		locked, err := w.lock.TryLock()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // the workshop has just been removed
		case errors.Is(err, errors.ErrUnsupported):
			return nil // a file system without locks: better to publish than not
		case err != nil:
			return err
		case !locked:
			return ErrBusy
		}
		held, err := w.lock.Stat()
		if err != nil {
			return errors.Join(err, w.lock.Unlock())
		}
		if current, err := w.base.Stat(path.Join(w.name, lockName)); err == nil && os.SameFile(held, current) {
			return nil
		}
		if err := w.lock.Unlock(); err != nil {
			return err
		}
	}
	return context.Cause(ctx)
}

// refuseForeign fails if something stands in the workshop's place that is none.
func (w *workshop) refuseForeign() error {
	entries, err := fs.ReadDir(w.base.FS(), w.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if n := e.Name(); !slices.Contains([]string{lockName, stageName, draftName, partsName, exchangedName}, n) {
			return fmt.Errorf("%s is needed to prepare the site, but holds %q, which replaygen did not write",
				filepath.Join(w.basePath, w.name), n)
		}
	}
	return nil
}

// canMove reports whether files can be renamed from the workshop into the
// output, which is not so if the output is a mount point or write-protected.
func (w *workshop) canMove() bool {
	from := w.stage(probeName)
	if w.base.WriteFile(from, nil, 0o644) != nil {
		return false
	}
	defer w.base.Remove(from)
	if w.base.Rename(from, w.published(probeName)) != nil {
		return false
	}
	return w.base.Remove(w.published(probeName)) == nil
}

func (w *workshop) isEmpty() (bool, error) {
	entries, err := fs.ReadDir(w.base.FS(), w.output)
	return len(entries) == 0, err
}

// stage returns where a file of the site is made ready, in base.
func (w *workshop) stage(name string) string { return path.Join(w.name, stageName, name) }

// draft returns where a manifest is written before it moves into place, in base.
func (w *workshop) draft() string { return path.Join(w.name, draftName) }

// sections returns where the parts of a manifest are gathered, in base.
func (w *workshop) sections() string { return path.Join(w.name, partsName) }

// exchanged returns where a folder of the output is once it was exchanged, and just
// before it the one to come, in base.
func (w *workshop) exchanged(folder string) string { return path.Join(w.name, exchangedName, folder) }

// published returns where a file of the site is published, in base.
func (w *workshop) published(name string) string { return path.Join(w.output, name) }

// standing looks at a directory of the output without following links. If it
// is not there, missing is the first of its parents, or itself, that is not;
// blocked says that something else, such as a file, stands in that place.
func (w *workshop) standing(dir string) (missing string, blocked bool, err error) {
	for at := 1; at <= len(dir); at++ {
		if at < len(dir) && dir[at] != '/' {
			continue
		}
		info, err := w.base.Lstat(w.published(dir[:at]))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return dir[:at], false, nil
		case err != nil:
			return "", false, err
		case !info.IsDir():
			return dir[:at], true, nil
		}
	}
	return "", false, nil
}

// close removes the workshop and gives the lock back.
func (w *workshop) close() error {
	err := errors.Join(w.giveBackAll(), w.base.RemoveAll(w.stage("")), w.base.RemoveAll(w.draft()), w.base.RemoveAll(w.sections()))
	// Neither of these need succeed: Windows keeps files that are open, and a
	// build that starts now may already have put its own lock there.
	w.base.Remove(path.Join(w.name, lockName))
	w.base.Remove(w.name)
	return errors.Join(err, w.lock.Unlock(), w.base.Close())
}

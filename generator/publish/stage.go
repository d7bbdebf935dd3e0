package publish

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/replaygen/replaygen/generator/site"
)

// A state is how a file of the site compares with the output.
type state byte

const (
	unchanged state = iota
	fresh           // nothing is at its path
	changed         // other bytes of ours are
	taken           // someone else's file is
	covered         // a directory is
)

// A record is what staging a file found out.
type record struct {
	entry
	state state
}

// A staging is the outcome of rendering a site.
type staging struct {
	records []record // sorted by [compareEntries]
	// blockers are paths of the output where something that is not a
	// directory stands in the place of a directory of the site.
	blockers []string
}

// batchSize is how many files a worker gets at a time. They mostly share a
// directory, whose handle is then opened once.
const batchSize = 64

// stage renders every file and writes those that are new or changed to the
// workshop.
func stage(ctx context.Context, shop *workshop, old manifest, files iter.Seq[site.File], opts Options) (staging, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	batches := make(chan []site.File)
	workers := make([]*worker, opts.Workers)
	var running sync.WaitGroup
	for i := range workers {
		w := &worker{shop: shop, old: old, opts: opts}
		workers[i] = w
		running.Go(func() {
			defer w.leave()
			for batch := range batches {
				if err := w.batch(ctx, batch); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	err := deal(ctx, files, batches)
	close(batches)
	running.Wait()
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	gathered := gather(workers)
	if clash := gathered.clash(); clash != nil {
		return staging{}, clash // which is also why a file could not be written
	}
	return gathered, err
}

// gather puts together what the workers found out.
func gather(workers []*worker) staging {
	var s staging
	for _, w := range workers {
		s.records = append(s.records, w.records...)
		s.blockers = append(s.blockers, w.blockers...)
		w.records = nil
	}
	slices.SortFunc(s.records, func(a, b record) int { return compareEntries(a.entry, b.entry) })
	slices.Sort(s.blockers)
	s.blockers = slices.Compact(s.blockers)
	return s
}

// clash returns an error if two files cannot both be published because their
// paths are the same but for case, or one is a directory of the other.
func (s staging) clash() error {
	dir := ""
	for i, r := range s.records {
		if i > 0 && strings.EqualFold(s.records[i-1].path, r.path) {
			return fmt.Errorf("two files of the site want one place: %q and %q", s.records[i-1].path, r.path)
		}
		if path.Dir(r.path) == dir {
			continue
		}
		dir = path.Dir(r.path)
		for d := dir; d != "."; d = path.Dir(d) {
			at, found := slices.BinarySearchFunc(s.records, d, func(r record, d string) int {
				return cmp.Compare(strings.ToLower(r.path), strings.ToLower(d))
			})
			if found {
				return fmt.Errorf("two files of the site want one place: %q and %q", s.records[at].path, r.path)
			}
		}
	}
	return nil
}

// deal hands the files out in batches.
func deal(ctx context.Context, files iter.Seq[site.File], batches chan<- []site.File) error {
	var batch []site.File
	send := func() error {
		select {
		case batches <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	for f := range files {
		if err := validPath(f.Path); err != nil {
			return err
		}
		if batch == nil {
			batch = make([]site.File, 0, batchSize)
		}
		if batch = append(batch, f); len(batch) == batchSize {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}

// A worker renders files one after the other into one buffer.
type worker struct {
	shop     *workshop
	old      manifest
	opts     Options
	records  []record
	blockers []string

	content []byte // of the file at hand
	compare []byte // of the published file

	dir       string   // the directory at hand, with a final slash unless it is the root
	staged    *os.Root // that directory in the workshop; nil until needed
	published *os.Root // and in the output; nil if it is not there
	entered   bool
}

func (w *worker) batch(ctx context.Context, batch []site.File) error {
	for _, f := range batch {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := w.file(f); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		w.opts.step("stage " + f.Path)
	}
	if w.opts.Progress != nil && len(batch) > 0 {
		w.opts.Progress(len(batch))
	}
	return nil
}

func (w *worker) file(f site.File) error {
	dir, name := path.Split(f.Path)
	if !w.entered || dir != w.dir {
		if err := w.enter(dir); err != nil {
			return err
		}
	}
	var err error
	if w.content, err = f.Append(w.content[:0]); err != nil {
		return err
	}
	r := record{entry: entry{path: f.Path, size: int64(len(w.content)), sum: sumOf(w.content)}}
	if r.state, err = w.look(name, f.Path); err != nil {
		return err
	}
	w.records = append(w.records, r)
	if r.state == unchanged || r.state == taken {
		return nil
	}
	return w.write(name)
}

// look compares the content at hand with what is published.
func (w *worker) look(name, full string) (state, error) {
	if w.published == nil {
		return fresh, nil
	}
	info, err := w.published.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fresh, nil
	case err != nil:
		return fresh, err
	case info.IsDir():
		return covered, nil
	}
	if info.Mode().IsRegular() && info.Size() == int64(len(w.content)) {
		if same, err := w.equal(name); same || err != nil {
			return unchanged, err
		}
	}
	if len(w.old.at(full)) == 0 {
		return taken, nil
	}
	return changed, nil
}

// equal reports whether a published file of the same size holds the content at hand.
func (w *worker) equal(name string) (bool, error) {
	file, err := w.published.Open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	if cap(w.compare) < len(w.content) {
		w.compare = make([]byte, cap(w.content))
	}
	w.compare = w.compare[:len(w.content)]
	if _, err := io.ReadFull(file, w.compare); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return false, nil // it has just been cut short
		}
		return false, err
	}
	return bytes.Equal(w.compare, w.content), nil
}

// write writes the content at hand to the workshop.
func (w *worker) write(name string) error {
	if w.staged == nil {
		var err error
		if w.staged, err = openStaged(w.shop, w.dir); err != nil {
			return err
		}
	}
	file, err := w.staged.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(w.content)
	return errors.Join(err, file.Close())
}

func openStaged(shop *workshop, dir string) (*os.Root, error) {
	if err := shop.base.MkdirAll(shop.stage(dir), 0o755); err != nil {
		return nil, err
	}
	return shop.base.OpenRoot(shop.stage(dir))
}

// enter makes dir the directory at hand.
func (w *worker) enter(dir string) error {
	w.leave()
	w.dir, w.entered = dir, true
	if !w.shop.existed || w.shop.empty {
		return nil
	}
	missing, blocked, err := w.shop.standing(path.Clean(dir))
	if blocked {
		w.blockers = append(w.blockers, missing)
	}
	if err == nil && missing == "" {
		w.published, err = w.shop.base.OpenRoot(w.shop.published(dir))
	}
	return err
}

// leave closes the handles on the directory at hand.
func (w *worker) leave() {
	for _, handle := range []*os.Root{w.staged, w.published} {
		if handle != nil {
			handle.Close()
		}
	}
	w.staged, w.published, w.entered = nil, nil, false
}

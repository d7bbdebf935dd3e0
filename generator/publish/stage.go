package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

// A record is what making a file ready found out.
type record struct {
	file
	time  int64 // when the file was written, see [directory]
	state state
}

// A change is a file that is not as it was.
type change struct {
	name  string
	state state
}

// A staged folder is one that is ready.
type staged struct {
	listed
	from   source
	states [covered + 1]int // how many files are in each state
	// changes are the files that are not as they were, by name. A folder that
	// the output lacks lists none: it moves in whole.
	changes   []change
	exchanged bool   // with the folder in the output; it lists no changes either
	missing   string // the first folder on the way to it that the output lacks, or ""
	blocker   string // what is no directory but stands in the place of one, or ""
	rank      int    // of the file that moves in last
	stamp     Sum    // see [stampOf]; 0 if it is not to be kept
}

// A making is a folder on its way to being staged.
type making struct {
	release   *Release
	folder    Folder
	records   []record
	old       []file     // what the manifest lists there
	times     []int64    // of those, where they are known to be as they were; else nil
	published *directory // nil if it is not there

	once   sync.Once  // opens what follows
	staged *directory // where files are written; nil until one is
	failed error      // why it could not be opened
}

// stage makes the files of a folder and writes those that are new or changed to
// the workshop.
func (r *Release) stage(f Folder) (*staged, error) {
	m := &making{release: r, folder: f, records: make([]record, f.Len)}
	st := &staged{listed: listed{path: f.Path}}
	if err := m.open(st); err != nil {
		return nil, err
	}
	err := r.spread(f.Len, m.makeFiles)
	if err == nil {
		m.count(st)
		st.exchanged = m.canExchange(st) && m.linkUnchanged()
	}
	if closing := m.close(); err == nil {
		err = closing
	}
	slices.SortFunc(m.records, func(a, b record) int { return cmp.Compare(a.name, b.name) })
	files := make([]file, len(m.records))
	for i, rec := range m.records {
		files[i] = rec.file
	}
	clash := clashIn(f.Path, files)
	r.mu.Lock()
	defer r.mu.Unlock()
	if clash = cmp.Or(clash, r.clash(f.Path, files)); clash != nil {
		return nil, clash // which is also why a file could not be written
	}
	if err != nil {
		return nil, err
	}
	m.conclude(st, files)
	st.from = r.draft.source
	st.listed, err = r.draft.add(f.Path, files)
	return st, err
}

// open looks at what the output has in the place of the folder.
func (m *making) open(st *staged) (err error) {
	r := m.release
	missing, blocked, err := r.shop.standing(m.folder.Path)
	if err != nil {
		return err
	}
	st.missing = missing
	if blocked {
		st.blocker = missing
	}
	m.old = r.old.files(m.folder.Path)
	if missing != "" || !r.shop.existed {
		return nil
	}
	if m.published, err = openDirectory(r.shop.base, r.shop.published(m.folder.Path)); err != nil {
		return err
	}
	if l, ok := r.old.find(m.folder.Path); ok && len(m.old) > 0 {
		if times, same := r.timesOf(m.published, m.old); same && r.stamped(l, m.old, times) {
			m.times = times
		}
	}
	return nil
}

// target returns the folder in the workshop; it is made when the first file needs it.
func (m *making) target() (*directory, error) {
	m.once.Do(func() {
		shop := m.release.shop
		if m.failed = shop.base.MkdirAll(shop.stage(m.folder.Path), 0o755); m.failed == nil {
			m.staged, m.failed = openDirectory(shop.base, shop.stage(m.folder.Path))
		}
	})
	return m.staged, m.failed
}

func (m *making) close() error { return errors.Join(m.staged.close(), m.published.close()) }

// batchSize is how many files are made between two looks at the clock.
const batchSize = 256

// spread calls work for the numbers below n in batches, from several goroutines if
// there are many.
func (r *Release) spread(n int, work func(w *writer, from, to int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	run := func() {
		w := r.writers.Get().(*writer)
		defer r.writers.Put(w)
		for failed.Load() == nil {
			from := int(next.Add(batchSize)) - batchSize
			if from >= n {
				return
			}
			err := context.Cause(r.ctx)
			if err == nil {
				err = work(w, from, min(from+batchSize, n))
			}
			if err != nil {
				failed.CompareAndSwap(nil, &err)
			}
		}
	}
	const worthSharing = 4 * batchSize
	if n <= worthSharing {
		run()
	} else {
		var running sync.WaitGroup
		for range r.opts.Workers {
			running.Go(run)
		}
		running.Wait()
	}
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// A writer has the buffers to make one file after the other.
type writer struct {
	name    []byte
	content []byte
	compare []byte // what is published
}

func (m *making) makeFiles(w *writer, from, to int) error {
	for i := from; i < to; i++ {
		if err := m.makeFile(w, i); err != nil {
			return fmt.Errorf("%s: %w", path.Join(m.folder.Path, string(w.name)), err)
		}
		m.release.opts.at("stage", m.folder.Path, m.records[i].name)
	}
	m.release.opts.Progress(to - from)
	return nil
}

func (m *making) makeFile(w *writer, i int) (err error) {
	w.name = m.folder.AppendName(w.name[:0], i)
	rec := &m.records[i]
	rec.name = string(w.name)
	if err := validName(rec.name); err != nil {
		return err
	}
	if w.content, err = m.folder.AppendFile(w.content[:0], i); err != nil {
		return err
	}
	rec.size, rec.sum = int64(len(w.content)), sumOf(w.content)
	if err := m.look(w, rec); err != nil {
		return err
	}
	if rec.state == unchanged || rec.state == taken {
		return nil
	}
	target, err := m.target()
	if err != nil {
		return err
	}
	rec.time, err = target.create(rec.name, w.content)
	return err
}

// look compares a file with what is published.
func (m *making) look(w *writer, rec *record) error {
	rec.state = fresh
	if m.published == nil {
		return nil
	}
	at, ours := find(m.old, rec.name)
	if ours && m.times != nil {
		rec.state = changed
		if m.old[at] == rec.file {
			rec.state, rec.time = unchanged, m.times[at]
		}
		return nil
	}
	info, err := m.published.look(rec.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.dir:
		rec.state = covered
		return nil
	}
	if info.regular && info.size == rec.size {
		if w.compare, err = m.published.read(rec.name, w.compare[:0], info.size); err != nil {
			return err
		}
		if string(w.compare) == string(w.content) {
			rec.state, rec.time = unchanged, info.time
			return nil
		}
	}
	rec.state = taken
	if ours {
		rec.state = changed
	}
	return nil
}

// clashIn returns an error if two files of a folder cannot both be published
// because their names are the same but for case. A file without a name was not made
// because another failed.
func clashIn(folder string, files []file) error {
	names := make([]string, 0, len(files))
	for _, f := range files {
		if f.name != "" {
			names = append(names, f.name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	for i := 1; i < len(names); i++ {
		if strings.EqualFold(names[i-1], names[i]) {
			return clashError(path.Join(folder, names[i-1]), path.Join(folder, names[i]))
		}
	}
	return nil
}

// count adds up what was found out about the files of a folder.
func (m *making) count(st *staged) {
	for _, rec := range m.records {
		if st.states[rec.state]++; rec.state != unchanged {
			st.rank = max(st.rank, rank(m.folder.Path, rec.name, rec.state != changed))
		}
	}
}

// conclude notes which files move into place one by one, and the folder's stamp.
func (m *making) conclude(st *staged, files []file) {
	for _, rec := range m.records {
		if rec.state != unchanged && st.missing == "" && !st.exchanged {
			st.changes = append(st.changes, change{rec.name, rec.state})
		}
	}
	st.stamp = stampOf(len(files), func(i int) (file, int64) { return files[i], m.records[i].time })
}

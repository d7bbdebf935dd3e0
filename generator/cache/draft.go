package cache

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A draft is a pack in the making. What is more than a buffer of it stands in a
// file, which gets the name of a pack once it is one. It is safe for concurrent use.
type draft struct {
	dir string

	mu      sync.RWMutex
	records map[Key]record // nil once the draft is published or given up
	file    *os.File       // nil until there is one
	written int64          // bytes in the file
	buffer  []byte         // what comes behind them
	err     error          // why the draft was given up
}

const (
	bufferSize  = 256 << 10
	draftSuffix = ".replaygen-draft"
	// A draft that nobody has written to for so long is abandoned.
	abandoned = 24 * time.Hour
)

func isDraft(name string) bool { return strings.HasSuffix(name, draftSuffix) }

func newDraft(dir string) *draft {
	return &draft{dir: dir, records: map[Key]record{}}
}

// clearAbandoned removes the draft of a process that must have died.
func clearAbandoned(dir string, e fs.DirEntry) {
	if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
		os.Remove(filepath.Join(dir, e.Name())) // the next one tries again
	}
}

// size returns the size of the pack in bytes, 0 without values.
func (d *draft) size() int64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if len(d.records) == 0 {
		return 0
	}
	return d.sizeWith(0)
}

func (d *draft) sizeWith(records int) int64 {
	return d.written + int64(len(d.buffer)+(len(d.records)+records)*recordSize+trailerSize)
}

// add adds a value if the pack does not grow beyond a limit, and reports whether it did.
func (d *draft) add(key Key, value []byte, limit int64) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.records == nil || int64(len(value)) > limit-d.sizeWith(1) {
		return false
	}
	d.records[key] = record{sum: sumOf(key, value), offset: uint64(d.written) + uint64(len(d.buffer)), length: uint64(len(value))}
	d.buffer = append(d.buffer, value...)
	if len(d.buffer) >= bufferSize {
		d.flush()
	}
	return d.err == nil
}

// flush writes the buffer, or gives the draft up.
func (d *draft) flush() {
	if d.file == nil {
		d.file, d.err = os.CreateTemp(d.dir, "*"+draftSuffix)
	}
	if d.err == nil {
		_, d.err = d.file.Write(d.buffer)
	}
	d.written += int64(len(d.buffer))
	d.buffer = d.buffer[:0]
	if d.err != nil {
		d.discard()
	}
}

// discard drops all that is not published.
func (d *draft) discard() {
	if d.file != nil {
		d.file.Close()
		os.Remove(d.file.Name()) // what cannot be removed is abandoned some day
	}
	d.records, d.buffer, d.file = nil, nil, nil
}

// find returns where the value of a key stands.
func (d *draft) find(key Key) (r record, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	r, ok = d.records[key]
	return r, ok
}

// read appends a value to buf, or reports that it is damaged.
func (d *draft) read(key Key, r record, buf []byte) (value []byte, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	switch at := int64(r.offset) - d.written; {
	case d.records == nil:
		return buf, false
	case at >= 0:
		return append(buf, d.buffer[at:][:r.length]...), true
	}
	return readValue(d.file, key, r, buf)
}

// publish makes the draft a pack, if it has values. Nothing can be added any more.
func (d *draft) publish(generation uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.discard()
	if len(d.records) == 0 {
		return d.err
	}
	d.buffer = appendIndex(d.buffer, d.records, generation)
	if d.flush(); d.err != nil {
		return d.err
	}
	if err := d.file.Close(); err != nil {
		return err
	}
	name := d.file.Name()
	return os.Rename(name, strings.TrimSuffix(name, draftSuffix)+packSuffix)
}

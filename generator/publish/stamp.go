package publish

import (
	"encoding/binary"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"github.com/replaygen/replaygen/generator/cache"
)

// A stamp is a hash of the sizes and times of a folder's files. While it is the
// one that the folder had when it was published, nobody has changed a file there.
// (A change within the tick of the clock in which the file was written, to the same
// size, does not show; see [Options.Verify].)

// stampOf returns the stamp of n files, which are sorted. It is never 0.
func stampOf(n int, at func(i int) (f file, time int64)) Sum {
	hash := xxhash.New()
	var line []byte
	for i := range n {
		f, time := at(i)
		line = append(append(line[:0], f.name...), 0)
		line = binary.LittleEndian.AppendUint64(line, uint64(f.size))
		line = binary.LittleEndian.AppendUint64(line, uint64(time))
		hash.Write(line) // never fails
	}
	return max(1, Sum(hash.Sum64()))
}

// stampKey is what the stamp of a folder with a sum is kept by.
func (r *Release) stampKey(l listed) cache.Key {
	return cache.KeyOf([]byte("stamp"), []byte(r.shop.basePath), []byte(r.shop.output), []byte(l.path), strconv.AppendUint(nil, uint64(l.sum), 16))
}

// remember keeps the stamp of a folder, which is in place now.
func (r *Release) remember(st *staged) {
	if r.opts.Cache != nil && st.stamp != 0 {
		r.opts.Cache.Put(r.stampKey(st.listed), binary.LittleEndian.AppendUint64(nil, uint64(st.stamp)))
	}
}

// stamped reports whether files that were written at times are, by the stamp that
// was kept of them, those that were published.
func (r *Release) stamped(l listed, files []file, times []int64) bool {
	if r.opts.Cache == nil || r.opts.Verify {
		return false
	}
	kept, ok := r.opts.Cache.Get(r.stampKey(l), nil)
	return ok && len(kept) == 8 && Sum(binary.LittleEndian.Uint64(kept)) == stampOf(len(files), func(i int) (file, int64) { return files[i], times[i] })
}

// timesOf returns when files of a folder were written; ok is false if any is not
// there, or is no file of its size any more.
func (r *Release) timesOf(d *directory, files []file) (times []int64, ok bool) {
	times = make([]int64, len(files))
	for i, f := range files {
		info, err := d.look(f.name)
		if err != nil || !info.regular || info.size != f.size {
			return nil, false
		}
		times[i] = info.time
	}
	return times, true
}

// intact reports whether a folder of the output holds what the manifest lists. It
// reads the files if their sizes and times do not say so.
func (r *Release) intact(l listed, files []file) (bool, error) {
	missing, blocked, err := r.shop.standing(l.path)
	if err != nil || blocked || missing != "" {
		return false, err
	}
	d, err := openDirectory(r.shop.base, r.shop.published(l.path))
	if err != nil {
		return false, err
	}
	times, same := r.timesOf(d, files)
	if same && !r.stamped(l, files, times) {
		same, err = r.readsAs(d, files)
		if same {
			r.remember(&staged{listed: l, stamp: stampOf(len(files), func(i int) (file, int64) { return files[i], times[i] })})
		}
	}
	if closing := d.close(); err == nil {
		err = closing
	}
	return same, err
}

// readsAs reports whether files hold the bytes that they are listed with.
func (r *Release) readsAs(d *directory, files []file) (same bool, err error) {
	w := r.writers.Get().(*writer)
	defer r.writers.Put(w)
	for _, f := range files {
		if w.compare, err = d.read(f.name, w.compare[:0], f.size); err != nil || sumOf(w.compare) != f.sum {
			return false, err
		}
	}
	return true, nil
}

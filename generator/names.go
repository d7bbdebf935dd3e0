package generator

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/lock"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// Names says what a build did about pages that were published before.
type Names struct {
	Retired    int // pages that lived until this build; each is a tombstone now
	Tombstones int // pages that stand for retired ones, of this and of earlier builds
	Forgotten  int // names that were dropped, see [Options.Forget]
	Written    int // lock files that this build changed
}

// add adds another replay's share.
func (n *Names) add(other Names) {
	n.Retired += other.Retired
	n.Tombstones += other.Tombstones
	n.Forgotten += other.Forgotten
	n.Written += other.Written
}

// A keeping is what a build does about the names of one replay's pages.
type keeping struct {
	slug    string
	retired []string  // pages to lead on from, sorted
	names   Names     // this replay's share
	sum     cache.Key // of the lock's text, as it is once the site is published
	changed bool      // whether the lock has to be written
	packed  []byte    // its text then, see [packer]
}

// tombstones returns what stands for the retired pages.
func (k *keeping) tombstones(standing func(name string) site.File) (files []site.File) {
	for _, name := range k.retired {
		files = append(files, standing(name))
	}
	return files
}

// keepNames compares the pages of a job's replay, whose machine is nil if it is
// gone, with all that were ever published.
func (b *building) keepNames(j *job, m *trail.Machine) error {
	k, living, draft := keeping{slug: j.slug}, pageNames(m), m != nil && m.Replay.Draft
	var text []byte
	if k.changed = !draft; j.locked {
		before, err := b.edition.Lock(j.slug, &j.problems)
		if err != nil {
			return err
		}
		k.decide(before, living, draft, b.opts.Forget)
		text = before.Text()
	}
	if k.changed {
		text = lock.Format(living, k.retired)
		k.packed = b.locks.pack(text)
	}
	k.sum = cache.KeyOf(text)
	j.keeping = k
	return nil
}

// decide decides about a replay that has a lock. What a build publishes of a draft
// is a preview: old links lead to it, but its lock stays as it is.
func (k *keeping) decide(before lock.Lock, living []string, draft, forget bool) {
	retired, now := before.Retired(living)
	if !forget {
		k.retired, k.names.Tombstones = retired, len(retired)
	}
	if k.changed = false; draft {
		return
	}
	if forget {
		k.names.Forgotten = len(retired)
	} else {
		k.names.Retired = now
	}
	k.changed = !before.Is(lock.Format(living, k.retired))
}

// pageNames returns the names of a machine's pages, sorted; none without one.
func pageNames(m *trail.Machine) []string {
	if m == nil {
		return nil
	}
	names := make([]string, m.Len())
	for i := range names {
		names[i] = m.Name(i)
	}
	slices.Sort(names)
	return names
}

// writeNames writes the locks that have changed and adds up what was done. It
// comes after publishing, so that no name is kept that was never published.
func (b *building) writeNames() (total Names, err error) {
	dir := filepath.Join(sourceDir(b.opts), library.NamesDir)
	errs := make([]error, len(b.jobs))
	parallel.Each(len(b.jobs), func(i int) {
		if k := &b.jobs[i].keeping; k.changed {
			k.names.Written = 1
			text, err := unpack(k.packed)
			if err == nil {
				err = lock.Write(dir, k.slug, text)
			}
			errs[i] = err
		}
	})
	for _, j := range b.jobs {
		total.add(j.keeping.names)
	}
	return total, errors.Join(errs...)
}

package generator

import (
	"errors"
	"slices"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/lock"
	"github.com/replaygen/replaygen/generator/parallel"
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
	machine *trail.Machine // nil if the site has no such replay any more
	retired []string       // pages to lead on from, sorted
	names   Names          // this replay's share
	changed bool           // whether the lock has to be written
}

// keepNames compares the pages of this build with all that were ever published,
// replay by replay, those included that the site has no longer.
func keepNames(edition *library.Edition, machines []*trail.Machine, forget bool, list *diag.List) ([]keeping, error) {
	locked, err := edition.Locked(list)
	if err != nil {
		return nil, err
	}
	slugs := slices.Clone(locked)
	bySlug := map[string]*trail.Machine{}
	for _, m := range machines {
		slugs = append(slugs, m.Replay.Slug)
		bySlug[m.Replay.Slug] = m
	}
	slices.Sort(slugs)
	slugs = slices.Compact(slugs)
	kept, errs, lists := make([]keeping, len(slugs)), make([]error, len(slugs)), make([]diag.List, len(slugs))
	parallel.Each(len(slugs), func(i int) {
		slug := slugs[i]
		m := bySlug[slug]
		if _, found := slices.BinarySearch(locked, slug); !found {
			kept[i] = keeping{slug: slug, machine: m, changed: !m.Replay.Draft}
			return
		}
		before, err := edition.Lock(slug, &lists[i])
		kept[i], errs[i] = keep(slug, before, m, forget), err
	})
	for i := range lists {
		list.Append(&lists[i])
	}
	return kept, errors.Join(errs...)
}

// keep decides about a replay that has a lock. What a build publishes of a
// draft is a preview: old links lead to it, but its lock stays as it is.
func keep(slug string, before lock.Lock, m *trail.Machine, forget bool) keeping {
	k := keeping{slug: slug, machine: m}
	living := pageNames(m)
	retired, now := before.Retired(living)
	if !forget {
		k.retired, k.names.Tombstones = retired, len(retired)
	}
	if m != nil && m.Replay.Draft {
		return k
	}
	if forget {
		k.names.Forgotten = len(retired)
	} else {
		k.names.Retired = now
	}
	k.changed = !before.Is(lock.Format(living, k.retired))
	return k
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
func writeNames(dir string, kept []keeping) (total Names, err error) {
	errs := make([]error, len(kept))
	parallel.Each(len(kept), func(i int) {
		if k := &kept[i]; k.changed {
			k.names.Written = 1
			errs[i] = lock.Write(dir, k.slug, lock.Format(pageNames(k.machine), k.retired))
		}
	})
	for _, k := range kept {
		total.add(k.names)
	}
	return total, errors.Join(errs...)
}

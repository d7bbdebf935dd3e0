package publish

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
)

// carryOut brings the output from the old site to the new one.
func (p *plan) carryOut(opts Options) error {
	if !p.shop.existed || p.shop.empty {
		if swapped, err := p.swap(opts); swapped || err != nil {
			return err
		}
	}
	both, err := p.union()
	if err != nil {
		return err
	}
	listed := p.old.sameParts(both)
	if !listed {
		if err := p.list(both, opts); err != nil {
			return err
		}
	}
	if err := p.remove(p.inTheWay, opts); err != nil {
		return err
	}
	if err := p.move(opts); err != nil {
		return err
	}
	if err := p.remove(p.obsolete, opts); err != nil {
		return err
	}
	p.prune(p.left, opts)
	if after := p.parts(); !slices.EqualFunc(both, after, samePart) {
		return p.list(after, opts)
	}
	return nil
}

// parts returns what the manifest of the new site lists.
func (p *plan) parts() []part {
	all := make([]part, len(p.folders))
	for i, st := range p.folders {
		all[i] = part{st.listed, st.from}
	}
	return all
}

// union returns what the manifest lists while both sites are there: the files of
// both, each once.
func (p *plan) union() ([]part, error) {
	both := p.parts()
	if p.old == nil {
		return both, nil
	}
	for _, l := range p.old.folders {
		old := p.old.files(l.path)
		st := p.staged(l.path)
		switch {
		case len(old) == 0 || st != nil && st.sum == l.sum: // nothing to add
		case st == nil:
			both = append(both, part{l, p.old.source})
		default:
			files, err := st.from.section(st.listed)
			if err != nil {
				return nil, err
			}
			merged, err := p.draft.merge(l.path, old, files)
			if err != nil {
				return nil, err
			}
			at := slices.IndexFunc(both, func(b part) bool { return b.path == l.path })
			both[at] = part{merged, p.draft.source}
		}
	}
	slices.SortFunc(both, func(a, b part) int { return cmp.Compare(a.path, b.path) })
	return both, nil
}

// list replaces the manifest.
func (p *plan) list(parts []part, opts Options) error {
	opts.at("list", "", "")
	return writeManifest(p.shop, parts, p.shop.published(ManifestName))
}

// swap puts the whole site into place by one rename. Where an empty directory
// cannot be replaced (Windows, a mount point) it reports false.
func (p *plan) swap(opts Options) (swapped bool, err error) {
	base := p.shop.base
	if err := writeManifest(p.shop, p.parts(), p.shop.stage(ManifestName)); err != nil {
		return false, err
	}
	if p.shop.existed {
		info, err := base.Stat(p.shop.output)
		if err != nil {
			return false, err
		}
		if err := base.Chmod(p.shop.stage(""), info.Mode()); err != nil {
			return false, err
		}
	}
	opts.at("swap", "", "")
	if err := base.Rename(p.shop.stage(""), p.shop.output); err != nil {
		if p.shop.existed {
			return false, nil
		}
		return false, err
	}
	return true, nil
}

// move moves what is new or changed into place, rank by rank.
func (p *plan) move(opts Options) error {
	for rest := p.moves; len(rest) > 0; {
		next := slices.IndexFunc(rest, func(m move) bool { return m.rank != rest[0].rank })
		if next < 0 {
			next = len(rest)
		}
		err := parallel(opts.Workers, rest[:next], func(m move) error {
			if m.exchange {
				return p.exchange(m.path, opts)
			}
			opts.at("move", "", m.path)
			return p.shop.base.Rename(p.shop.stage(m.path), p.shop.published(m.path))
		})
		if err != nil {
			return err
		}
		rest = rest[next:]
	}
	return nil
}

// parallel calls do for every item from several goroutines and returns an error
// if any does.
func parallel[T any](workers int, items []T, do func(T) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var running sync.WaitGroup
	for range min(workers, len(items)) {
		running.Go(func() {
			for failed.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				if err := do(items[i]); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	running.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// remove removes files of the old site, and the directories that this empties.
func (p *plan) remove(names []string, opts Options) error {
	var dirs []string
	for _, name := range names {
		opts.at("remove", "", name)
		if err := p.shop.base.Remove(p.shop.published(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		dirs = append(dirs, parentOf(name))
	}
	p.prune(dirs, opts)
	return nil
}

// prune removes directories, and their parents, that are empty and that the new
// site has no use for.
func (p *plan) prune(dirs []string, opts Options) {
	for _, dir := range dirs {
		for dir != "" && !p.reaches(dir) {
			opts.at("remove", "", dir)
			if p.shop.base.Remove(p.shop.published(dir)) != nil {
				break // something is in it
			}
			dir = parentOf(dir)
		}
	}
}

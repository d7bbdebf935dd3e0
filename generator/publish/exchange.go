package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
)

// A rename over another file costs several times what a new file costs. So where most
// files of a folder change, as all do that refer to a stylesheet, the folder is made
// ready whole and changes places with the one in the output, in one step.
//
// It does so only if both have the same names and nothing else is there. Then the
// exchange makes no path come or go, and in whatever order it and the other moves
// happen, links into the folder lead somewhere; links out of it do since it is not
// exchanged before the last of its files might move. And what the output lacks
// afterwards cannot be ours: somebody has put it there in the meantime. It is given
// back, by the next build if this one dies before it.

// canExchange reports whether a folder may be exchanged for the published one, and
// whether that is less work than to move what changed. It gives it that one's mode.
func (m *making) canExchange(st *staged) bool {
	if st.states[changed] <= st.states[unchanged] || st.states[changed]+st.states[unchanged] < m.folder.Len {
		return false
	}
	names, err := m.published.names()
	return err == nil && len(names) == m.folder.Len && m.staged.resemble(m.published)
}

// linkUnchanged adds to a folder in the workshop what did not change. It reports
// false where that cannot be done by links, which keep files as they are.
func (m *making) linkUnchanged() bool {
	shop := m.release.shop
	for _, rec := range m.records {
		name := path.Join(m.folder.Path, rec.name)
		if rec.state == unchanged && shop.base.Link(shop.published(name), shop.stage(name)) != nil {
			return false
		}
	}
	return true
}

// exchange puts a folder into the place of the one in the output. Where the file
// system refuses, or a folder of the site has come to lie in it, its files move one by
// one: in any order, since all that they refer to is there.
func (p *plan) exchange(folder string, opts Options) error {
	if p.hasFoldersIn(folder) {
		return p.moveFiles(p.shop.stage(folder), folder, opts)
	}
	// From here on what is in the workshop may be what was in the output.
	inside := p.shop.exchanged(folder)
	if err := p.shop.base.MkdirAll(path.Dir(inside), 0o755); err != nil {
		return err
	}
	if err := p.shop.base.Rename(p.shop.stage(folder), inside); err != nil {
		return err
	}
	opts.at("exchange", "", folder)
	if err := p.shop.exchange(folder, opts); err != nil {
		return p.moveFiles(inside, folder, opts)
	}
	return p.shop.giveBack(folder, opts)
}

// moveFiles moves the files of a folder of the workshop into the output.
func (p *plan) moveFiles(from, folder string, opts Options) error {
	entries, err := fs.ReadDir(p.shop.base.FS(), from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		opts.at("move", folder, e.Name())
		if err := p.shop.base.Rename(path.Join(from, e.Name()), p.shop.published(path.Join(folder, e.Name()))); err != nil {
			return err
		}
	}
	return nil
}

// exchange lets a folder in the workshop change places with the one in the output.
func (w *workshop) exchange(folder string, opts Options) error {
	ours, err := openDirectory(w.base, path.Dir(w.exchanged(folder)))
	if err != nil {
		return err
	}
	defer ours.close()
	theirs, err := openDirectory(w.base, path.Dir(w.published(folder)))
	if err != nil {
		return err
	}
	defer theirs.close()
	return opts.exchange(ours, path.Base(folder), theirs, path.Base(folder))
}

// giveBackAll gives back what a build could not that died or failed. To an output
// that is gone there is nothing to give.
func (w *workshop) giveBackAll() error {
	if !w.existed || w.empty {
		return w.base.RemoveAll(w.exchanged(""))
	}
	if err := w.giveBack("", Options{}); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// giveBack removes a folder that was taken out of the output, but for what the output
// lacks of it: that is put back.
func (w *workshop) giveBack(folder string, opts Options) error {
	for {
		info, err := w.base.Lstat(w.exchanged(folder))
		if err == nil && info.IsDir() { // and not a link that somebody made of it
			err = w.giveBackFrom(folder, opts)
		}
		if err != nil {
			return err
		}
		if err := w.base.Remove(w.exchanged(folder)); !errors.Is(err, fs.ErrExist) {
			return err
		} // else somebody was just about to write there
	}
}

func (w *workshop) giveBackFrom(folder string, opts Options) error {
	if _, blocked, err := w.standing(folder); blocked || err != nil {
		return cmp.Or(err, fmt.Errorf("%q is no folder any more; what was in it lies in %s", folder, filepath.Join(w.basePath, w.exchanged(folder))))
	}
	from, err := openDirectory(w.base, w.exchanged(folder))
	if err != nil {
		return err
	}
	defer from.close()
	to, err := openDirectory(w.base, w.published(folder))
	if err != nil {
		return err
	}
	defer to.close()
	ours, err := w.giveBackOthers(folder, from, to, opts)
	if err != nil {
		return err
	}
	for _, name := range ours {
		opts.at("drop", folder, name)
		if from.remove(name) == nil {
			continue
		} // else it is a folder
		if err := w.giveBack(path.Join(folder, name), opts); err != nil {
			return err
		}
	}
	return nil
}

// giveBackOthers puts back what the output lacks and returns the names of the rest.
func (w *workshop) giveBackOthers(folder string, from, to *directory, opts Options) (ours []string, err error) {
	names, err := from.names()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, err := to.look(name); !errors.Is(err, fs.ErrNotExist) {
			ours = append(ours, name)
			continue
		}
		opts.at("give back", folder, name)
		place := path.Join(folder, name)
		if err := w.base.Rename(w.exchanged(place), w.published(place)); err != nil {
			return nil, err
		}
	}
	return ours, nil
}

package watch

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// A dir is a directory of the file system that nodes depend on. It is watched
// once, under its path without links, however many nodes show it.
type dir struct {
	path    string
	watched bool
	mirrors map[*node]bool            // show all its entries
	names   map[string]map[*node]bool // depend on one entry, or on its coming
}

// A place is an entry of a directory, which is named without links.
type place struct{ dir, name string }

// maxMirrors bounds how often one directory is shown: links to directories with
// links would otherwise multiply.
const maxMirrors = 16

func (t *tree) dir(path string) *dir {
	d := t.dirs[path]
	if d == nil {
		d = &dir{path: path, mirrors: map[*node]bool{}, names: map[string]map[*node]bool{}}
		t.dirs[path] = d
	}
	return d
}

// mayEnter tells whether the directory real is shown below n. One that n lies in
// itself would have no end.
func (t *tree) mayEnter(n *node, real string) bool {
	for a := n.parent; a != nil; a = a.parent {
		if isWithin(a.dir.path, real) {
			return false
		}
	}
	return n.dir != nil && n.dir.path == real || t.dirs[real] == nil || len(t.dirs[real].mirrors) < maxMirrors
}

// enter makes n show the directory real, and has it watched before anybody lists it.
func (t *tree) enter(n *node, real string) {
	if n.dir != nil && n.dir.path != real {
		t.leave(n)
	}
	if n.dir == nil {
		n.dir, n.entries, n.stale = t.dir(real), map[string]*node{}, true
		n.dir.mirrors[n] = true
	}
	t.watch(n.dir)
}

// leave makes n show no directory.
func (t *tree) leave(n *node) {
	if n.dir == nil {
		return
	}
	for _, c := range n.entries {
		t.drop(c)
	}
	delete(n.dir.mirrors, n)
	t.release(n.dir)
	n.dir, n.entries = nil, nil
}

// depend makes n depend on these places and no others. It tells whether they
// have to be looked up again, because only now something watches them.
func (t *tree) depend(n *node, places []place) (again bool) {
	old := n.places
	n.places = places
	for _, p := range places {
		d := t.dir(p.dir)
		if d.names[p.name] == nil {
			d.names[p.name] = map[*node]bool{}
		}
		d.names[p.name][n] = true
		again = t.watch(d) || again
	}
	for _, p := range old {
		if slices.Contains(places, p) {
			continue
		}
		d := t.dirs[p.dir]
		delete(d.names[p.name], n)
		if len(d.names[p.name]) == 0 {
			delete(d.names, p.name)
		}
		t.release(d)
	}
	return again
}

// watch tells whether d is watched only since this call, or is gone.
func (t *tree) watch(d *dir) bool {
	if t.notifier == nil || d.watched {
		return false
	}
	err := t.notifier.add(d.path)
	d.watched = err == nil
	return err == nil || errors.Is(err, fs.ErrNotExist)
}

func (t *tree) unwatch(d *dir) {
	if t.notifier != nil && d.watched {
		t.notifier.remove(d.path)
	}
	d.watched = false
}

// release forgets d if nothing depends on it.
func (t *tree) release(d *dir) {
	if len(d.mirrors) == 0 && len(d.names) == 0 {
		t.unwatch(d)
		delete(t.dirs, d.path)
	}
}

// notice marks the nodes that an event is about. It tells whether there are any.
func (t *tree) notice(event fsnotify.Event) bool {
	path, before := filepath.Clean(event.Name), len(t.dirty)
	if event.Has(fsnotify.Create | fsnotify.Remove | fsnotify.Rename) {
		t.doubtBelow(path)
	}
	why := written
	if event.Op == fsnotify.Chmod {
		why = attributes
	}
	marked := len(t.dirty) > before
	d, name := t.dirs[filepath.Dir(path)], filepath.Base(path)
	if d == nil {
		return marked
	}
	for n := range d.names[name] {
		t.mark(n, why)
		marked = true
	}
	if Ignored(name) {
		return marked
	}
	for n := range d.mirrors {
		t.mark(n.child(name), why)
		marked = true
	}
	return marked
}

func (t *tree) mark(n *node, why reason) { t.dirty[n] = max(t.dirty[n], why) }

// doubtBelow doubts the directory called path and all below it, if it is known:
// its name may mean another one now. A watch stays with the directory when that
// is renamed and goes on to report the old name, and fsnotify would take it for
// the watch of the new name: it has to go before the new name is watched.
func (t *tree) doubtBelow(path string) {
	if t.dirs[path] == nil {
		return
	}
	for _, d := range t.dirs {
		if isWithin(d.path, path) {
			t.doubt(d)
		}
	}
}

// doubtAll makes everything be looked at again, after events were lost.
func (t *tree) doubtAll() {
	for _, d := range t.dirs {
		t.doubt(d)
	}
}

// doubt ends the watch of d and marks all that depends on it.
func (t *tree) doubt(d *dir) {
	t.unwatch(d)
	for n := range d.mirrors {
		n.stale = true
		t.report(n) // something in it may have come and gone unnoticed
		t.mark(n, asked)
	}
	for _, nodes := range d.names {
		for n := range nodes {
			t.mark(n, asked)
		}
	}
}

// isWithin tells whether path is dir or below it.
func isWithin(path, dir string) bool {
	const separator = string(filepath.Separator)
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, separator)+separator)
}

package watch

import (
	"io/fs"
	"os"
	"path/filepath"
)

// A tree is the picture of everything below the roots.
type tree struct {
	roots    []*node
	dirs     map[string]*dir  // directories that nodes depend on
	dirty    map[*node]reason // to be looked at again
	changed  map[string]bool  // reported as changed since it was last cleared
	found    bool             // something was reported since a scan began
	notifier *notifier        // nil: nobody tells of changes
	done     <-chan struct{}  // closed: nobody wants to know any more
}

// A node is one path below a root, or a root. Nodes are made per path and not
// per file: a directory with two links to it appears twice.
type node struct {
	parent *node  // nil: a root
	name   string // in the directory of the parent; a root's absolute path
	path   string // as reported

	info   fs.FileInfo // of what the path leads to; nil: nothing
	racy   bool        // info may be older than the last change that it shows
	places []place     // what a link or root depends on besides its parent's directory
	gone   bool        // no longer part of the tree

	// Of a directory that is entered:
	dir     *dir
	entries map[string]*node
	stale   bool // its entries may have changed without notice
}

// A reason is why a node is looked at. Greater ones include lesser ones.
type reason int

const (
	asked      reason = iota // nothing is known to have happened
	attributes               // something other than the content may have changed
	written                  // the content may have changed, even where info does not tell
)

// at is where the node is in the file system. Only its last element can be a link
// unless it is a root.
func (n *node) at() string {
	if n.parent == nil {
		return n.name
	}
	return filepath.Join(n.parent.dir.path, n.name)
}

// child returns the entry of this name, a new one if need be.
func (n *node) child(name string) *node {
	c := n.entries[name]
	if c == nil {
		c = &node{parent: n, name: name, path: filepath.Join(n.path, name)}
		n.entries[name] = c
	}
	return c
}

// isLink tells whether n, which is no root, was a link when it was last looked up.
func (n *node) isLink() bool { return n.parent != nil && n.places != nil }

func (t *tree) report(n *node) {
	t.changed[n.path] = true
	t.found = true
}

// scan compares the roots with the disk, and without notifications everything
// below them. It tells whether it reported anything.
func (t *tree) scan() bool {
	t.found = false
	for _, root := range t.roots {
		t.update(root, asked)
	}
	return t.found
}

// lookAgain compares all dirty nodes with the disk.
func (t *tree) lookAgain() {
	for n, why := range t.dirty {
		delete(t.dirty, n)
		if !n.gone {
			t.update(n, why)
		}
	}
}

// update compares a node with the disk and reports what differs. Entries of a
// directory are compared too unless notifications would have told of them.
func (t *tree) update(n *node, why reason) {
	wasLink := n.isLink()
	info, real, exists := t.find(n)
	if !exists {
		if wasLink || why == written { // what came and went may have been read in between
			t.report(n)
		}
		t.drop(n)
		delete(n.parent.entries, n.name)
		return
	}
	if info != nil && info.Mode()&notContent != 0 {
		info = nil
	}
	if n.differs(info, why) || n.isLink() != wasLink { // one that leads nowhere is there, too
		t.report(n)
	}
	n.info, n.racy = info, isRacy(info)
	if info == nil || !info.IsDir() || !t.mayEnter(n, real) {
		t.leave(n)
		return
	}
	t.enter(n, real)
	if n.stale || why > asked || t.notifier == nil {
		n.stale = false
		t.list(n)
	}
}

// find looks up what a node leads to now: its properties, nil for a link or root
// that leads nowhere, and its path without links. An entry that is not in its
// directory does not exist; a root always does.
func (t *tree) find(n *node) (info fs.FileInfo, real string, exists bool) {
	if n.parent != nil {
		real = n.at()
		info, err := os.Lstat(real)
		if err != nil || info.Mode().Type() != fs.ModeSymlink {
			t.depend(n, nil)
			return info, real, err == nil
		}
	}
	// Between looking and watching, something may change: look until nothing new
	// had to be watched.
	for range maxLinks {
		var places []place
		info, real, places = follow(n.at())
		if !t.depend(n, places) {
			break
		}
	}
	return info, real, true
}

// list compares the entries of a directory with the disk.
func (t *tree) list(n *node) {
	// Without a listing, be it for want of descriptors, the known entries are
	// still compared one by one.
	listed, _ := os.ReadDir(n.dir.path)
	for _, e := range listed {
		if !Ignored(e.Name()) {
			n.child(e.Name())
		}
	}
	for _, c := range n.entries {
		select {
		case <-t.done:
			return
		default:
			t.update(c, asked)
		}
	}
}

// drop takes a node, which is no longer there, and everything below out of the tree.
func (t *tree) drop(n *node) {
	if n.info != nil || n.isLink() {
		t.report(n)
	}
	n.gone = true
	t.leave(n)
	t.depend(n, nil)
}

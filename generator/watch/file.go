package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// maxLinks is how many links in a row are followed, as many as Linux does.
const maxLinks = 40

// follow looks up what a path leads to: its properties, nil if it leads nowhere,
// and its path without links. Whenever that changes, something happens at one of
// the places: at the path itself, at the next link, or where the first directory
// that is missing would come.
func follow(path string) (info fs.FileInfo, real string, places []place) {
	for range maxLinks {
		parent, base := filepath.Split(path)
		if base == "" { // a link's target may end with a separator
			parent, base = filepath.Split(filepath.Clean(path))
		}
		dir, err := filepath.EvalSymlinks(parent)
		if err != nil {
			return nil, "", append(places, firstMissing(filepath.Clean(parent)))
		}
		places = append(places, place{dir, base})
		real := filepath.Join(dir, base)
		info, err := os.Lstat(real)
		if err != nil {
			return nil, "", places
		}
		if info.Mode().Type() != fs.ModeSymlink {
			return info, real, places
		}
		target, err := os.Readlink(real)
		if err != nil {
			return nil, "", places
		}
		path = target
		if !filepath.IsAbs(target) {
			path = dir + string(filepath.Separator) + target // filepath.Join would cut link/.. short
		}
	}
	return nil, "", places
}

// firstMissing finds the place in an existing directory on the way to dir, which
// does not exist.
func firstMissing(dir string) place {
	for {
		parent := filepath.Dir(dir)
		real, err := filepath.EvalSymlinks(parent)
		if err == nil || parent == dir {
			return place{real, filepath.Base(dir)}
		}
		dir = parent
	}
}

// readable are the permissions that matter to who reads a file.
const readable fs.FileMode = 0o444

// notContent are the files that have no content, or one that nobody should wait for.
const notContent = fs.ModeNamedPipe | fs.ModeSocket | fs.ModeDevice

// differs tells whether n has changed since it was last looked at. Directories
// only come and go: what is in them are nodes of their own.
func (n *node) differs(now fs.FileInfo, why reason) bool {
	was := n.info
	switch {
	case was == nil || now == nil:
		return was != nil || now != nil || why == written
	case was.IsDir() && now.IsDir():
		return false
	case why == written, why == asked && n.racy:
		return true
	}
	return was.Mode().Type() != now.Mode().Type() || was.Mode()&readable != now.Mode()&readable ||
		was.Size() != now.Size() || !was.ModTime().Equal(now.ModTime()) || !os.SameFile(was, now)
}

// How coarse the clock of modification times is: at worst a tick of the kernel,
// 10 ms, or the two seconds of FAT, whose times have no fraction.
const (
	clockTick  = 20 * time.Millisecond
	coarseTick = 2 * time.Second
)

// isRacy tells whether a file is so young that it can be written once more without
// another modification time. (Git has the same trouble with its index.)
func isRacy(info fs.FileInfo) bool {
	if info == nil {
		return false
	}
	age, coarse := time.Since(info.ModTime()).Abs(), info.ModTime().Nanosecond() == 0
	return age < clockTick || coarse && age < coarseTick
}

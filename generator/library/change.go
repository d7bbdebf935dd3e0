package library

import (
	"slices"
	"strings"
)

// changes are paths that may have changed; nil means all.
type changes []string

// touch reports whether name, or something above it, may have changed.
func (c changes) touch(name string) bool {
	return c == nil || slices.ContainsFunc(c, func(p string) bool { return p == "." || within(name, p) })
}

// below reports whether dir, or something below it, may have changed.
func (c changes) below(dir string) bool {
	return c.touch(dir) || slices.ContainsFunc(c, func(p string) bool { return within(p, dir) })
}

// assets reports whether files of the content may have changed that pages refer
// to; replays are those that are, or were, there.
func (c changes) assets(replays ...map[string]*Replay) bool {
	return c == nil || slices.ContainsFunc(c, func(p string) bool {
		isReplay := func(all map[string]*Replay) bool { return all[p] != nil }
		return (p == "." || within(p, ContentDir)) && p != ConfigFile && !within(p, NamesDir) && !slices.ContainsFunc(replays, isReplay)
	})
}

// within reports whether a path is dir or below it.
func within(name, dir string) bool {
	return strings.HasPrefix(name, dir) && (len(name) == len(dir) || name[len(dir)] == '/')
}

// Package lock keeps the names of pages that were published, so that a link
// shared years ago still leads somewhere after its page is gone.
//
// The names of one replay stand in one text file, one a line and sorted, so
// that a diff shows what an edit adds and what it retires:
//
//	outcome-1a.1-a
//	outcome-2c.1-b retired
//
// Lines that begin with # are comments. The file is a set: neither the order of
// its lines nor a repeated line means anything, and “retired” only says how the
// last build found the name. So two branches are merged by keeping the lines of
// both. Names become paths: they are lower-case letters, digits, dots and
// hyphens.
//
// What a file says is never thrown away because it cannot be read: a line that
// is not understood is an error, and with errors nothing is written.
package lock

import (
	"bytes"
	"slices"
	"strings"
)

// A Lock is what one file says about the pages of one replay. The zero Lock is
// that of a replay that was never published.
type Lock struct {
	entries []entry // by name, each once
	text    []byte  // of the file, with line feeds only
}

// An entry is one name.
type entry struct {
	name    string
	retired bool // as of the last build
}

// Retired returns the names that are not in living, which is sorted, and how
// many of them were living until now.
func (l Lock) Retired(living []string) (names []string, now int) {
	for _, e := range l.entries {
		for len(living) > 0 && living[0] < e.name {
			living = living[1:]
		}
		if len(living) > 0 && living[0] == e.name {
			continue
		}
		names = append(names, e.name)
		if !e.retired {
			now++
		}
	}
	return names, now
}

// Has reports whether a page of this name was ever published.
func (l Lock) Has(name string) bool {
	_, found := slices.BinarySearchFunc(l.entries, name, func(e entry, name string) int { return strings.Compare(e.name, name) })
	return found
}

// Is reports whether the file holds text. Line breaks do not count: a checkout
// may have changed them.
func (l Lock) Is(text []byte) bool { return bytes.Equal(l.text, text) }

// Text returns the text of the file, with line feeds only.
func (l Lock) Text() []byte { return l.text }

// normalize sorts entries and drops repeated ones. A name that is marked
// retired in one place is retired: a build has said so already.
func (l *Lock) normalize() {
	slices.SortFunc(l.entries, func(a, b entry) int {
		if order := strings.Compare(a.name, b.name); order != 0 || a.retired == b.retired {
			return order
		}
		if a.retired {
			return -1
		}
		return 1
	})
	l.entries = slices.CompactFunc(l.entries, func(a, b entry) bool { return a.name == b.name })
}

const header = `# Pages of this replay that were published, written by replaygen build.
# Commit this file, so that shared links keep working: a page that an edit has
# retired leads on to the nearest place. To merge, keep the lines of both sides.
`

// retiredMark stands behind a name whose page is no longer made, and retiredEnd
// is the rest of its line.
const (
	retiredMark = "retired"
	retiredEnd  = " " + retiredMark + "\n"
)

// Format returns the text of a lock. Both lists are sorted and have no name in
// common. Without names there is no text: such a lock has no file.
func Format(living, retired []string) []byte {
	if len(living)+len(retired) == 0 {
		return nil
	}
	size := len(header)
	for _, name := range living {
		size += len(name) + len("\n")
	}
	for _, name := range retired {
		size += len(name) + len(retiredEnd)
	}
	text := append(make([]byte, 0, size), header...)
	for len(living)+len(retired) > 0 {
		if len(retired) == 0 || len(living) > 0 && living[0] < retired[0] {
			text = append(append(text, living[0]...), '\n')
			living = living[1:]
			continue
		}
		text = append(append(text, retired[0]...), retiredEnd...)
		retired = retired[1:]
	}
	return text
}

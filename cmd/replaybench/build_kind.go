package main

import (
	"slices"
	"strconv"
)

// A buildKind is something that is measured, each time in a process of its own.
type buildKind int

// The kinds, in the order in which a lap measures them; see [order].
const (
	rawWrite     buildKind = iota // the files of the site, from memory and with nothing else
	rendering                     // all that pages are stitched from, without a page
	cold                          // a build that knows nothing, into a fresh folder
	coldWarm                      // a build with a warm cache, into a fresh folder
	noChange                      // the same build again
	replayEdited                  // the same after the edit of a replay
	styleEdited                   // the same after the edit of a style of the theme
	archive                       // a build that knows nothing, as a tar archive to nowhere
	buildKinds                    // how many there are
)

// String returns the kind's name in tables.
func (k buildKind) String() string {
	switch k {
	case rawWrite:
		return "raw write"
	case rendering:
		return "rendering"
	case cold:
		return "cold"
	case coldWarm:
		return "cold, warm cache"
	case noChange:
		return "no change"
	case replayEdited:
		return "replay edited"
	case styleEdited:
		return "style edited"
	case archive:
		return "tar"
	}
	return strconv.Itoa(int(k))
}

// order returns the kinds in the order of a lap. What cold builds are compared with
// stands before them and behind them in turn. Only the last lap edits a style: that
// removes as many files as it writes, and laps after it would measure what a disk
// makes of that.
func order(lap int, last bool) (all []buildKind) {
	for k := range buildKinds {
		all = append(all, k)
	}
	if !last {
		all = slices.DeleteFunc(all, func(k buildKind) bool { return k == styleEdited })
	}
	if lap%2 == 1 {
		slices.Reverse(all[:coldWarm])
	}
	return all
}

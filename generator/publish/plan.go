package publish

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A ConflictError says that files which are not ours stand in the site's place.
type ConflictError struct {
	Paths  []string // in the output, with slashes, sorted
	Damage error    // what is wrong with the manifest, if it could not be used
}

func (e *ConflictError) Error() string {
	message := fmt.Sprintf("these paths belong to the site, but what stands there was not published by it: %s; move or delete it",
		strings.Join(e.Paths, ", "))
	if e.Damage != nil {
		message += fmt.Sprintf(" (%s could not be read: %v)", ManifestName, e.Damage)
	}
	return message
}

// A plan is what has to change in the output.
type plan struct {
	shop     *workshop
	old, new manifest
	states   [covered + 1]int // how many files are in each state
	moves    []move           // in order
	// Files of the old site to remove: those that stand in the way of the new
	// site before anything moves, the others afterwards, in order.
	inTheWay, obsolete []string
	// Directories of listed files that are gone already: a build that died may
	// not have come to removing them.
	left []string
}

// A move takes a file, or a whole directory that the output does not have yet,
// from the workshop to the output.
type move struct {
	path string
	rank int
}

// makePlan compares the staged site with the output. It changes nothing.
func makePlan(shop *workshop, old manifest, damage error, staged staging) (*plan, error) {
	p := &plan{shop: shop, old: old, new: make(manifest, len(staged.records))}
	var needs []string // paths where something that must go stands in the way
	var conflicts []string
	for i, r := range staged.records {
		p.new[i] = r.entry
		p.states[r.state]++
		switch r.state {
		case taken:
			conflicts = append(conflicts, r.path)
		case covered:
			needs = append(needs, r.path)
		}
	}
	needs = append(needs, staged.blockers...)
	if err := p.findObsolete(needs); err != nil {
		return nil, err
	}
	remaining, err := p.remaining(needs)
	if err != nil {
		return nil, err
	}
	if conflicts = append(conflicts, remaining...); len(conflicts) > 0 {
		slices.Sort(conflicts)
		return nil, &ConflictError{Paths: slices.Compact(conflicts), Damage: damage}
	}
	return p, p.findMoves(staged.records)
}

func (p *plan) summary() Summary {
	s := Summary{Files: len(p.new), Unchanged: p.states[unchanged], Removed: len(p.inTheWay) + len(p.obsolete)}
	s.Written = s.Files - s.Unchanged
	for _, e := range p.new {
		s.Bytes += e.size
	}
	return s
}

// findObsolete finds the files of the old site that are not in the new one and
// still hold what was published.
func (p *plan) findObsolete(needs []string) error {
	for i, e := range p.old {
		if i > 0 && p.old[i-1].path == e.path || len(p.new.at(e.path)) > 0 {
			continue
		}
		ours, err := p.claim(e.path)
		if err != nil {
			return fmt.Errorf("%s: %w", e.path, err)
		}
		switch {
		case !ours:
		case slices.ContainsFunc(needs, func(n string) bool { return within(e.path, n) }):
			p.inTheWay = append(p.inTheWay, e.path)
		default:
			p.obsolete = append(p.obsolete, e.path)
		}
	}
	// Entry pages go first and assets last, so that no page that can still be
	// found lacks anything.
	slices.SortStableFunc(p.obsolete, func(a, b string) int { return cmp.Compare(rank(b, false), rank(a, false)) })
	return nil
}

// within reports whether name is dir or a path below it.
func within(name, dir string) bool {
	return name == dir || strings.HasPrefix(name, dir+"/")
}

// claim reports whether a listed file still holds what was published. If it is
// gone, the directory that is left of it is noted.
func (p *plan) claim(name string) (bool, error) {
	missing, blocked, err := p.shop.standing(path.Dir(name))
	if err != nil || blocked {
		return false, err
	}
	if missing != "" {
		p.left = append(p.left, path.Dir(missing))
		return false, nil
	}
	info, err := p.shop.base.Lstat(p.shop.published(name))
	if errors.Is(err, fs.ErrNotExist) {
		p.left = append(p.left, path.Dir(name))
		return false, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	listed := p.old.at(name)
	if !slices.ContainsFunc(listed, func(e entry) bool { return e.size == info.Size() }) {
		return false, nil
	}
	file, err := p.shop.base.Open(p.shop.published(name))
	if err != nil {
		return false, err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return false, err
	}
	found := sum(hash.Sum(nil)[:len(sum{})])
	return slices.ContainsFunc(listed, func(e entry) bool { return e.sum == found }), nil
}

// remaining returns what would still stand at the needed paths once the files
// in the way are removed, and their directories if that empties them.
func (p *plan) remaining(needs []string) ([]string, error) {
	goes := map[string]bool{}
	for _, name := range p.inTheWay {
		for at := name; at != "."; at = path.Dir(at) {
			goes[at] = true
		}
	}
	var remaining []string
	for _, need := range needs {
		err := fs.WalkDir(p.shop.base.FS(), p.shop.published(need), func(at string, _ fs.DirEntry, err error) error {
			if name := strings.TrimPrefix(at, p.shop.output+"/"); !goes[name] {
				remaining = append(remaining, name)
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return remaining, nil
}

// findMoves lists what moves into place, in an order that keeps links alive.
func (p *plan) findMoves(records []record) error {
	dirs := map[string]int{} // index in p.moves of the directories that move whole
	lastDir, missing := "", ""
	for _, r := range records {
		if r.state == unchanged {
			continue
		}
		if dir := path.Dir(r.path); dir != lastDir {
			var err error
			if missing, _, err = p.shop.standing(dir); err != nil {
				return err
			}
			lastDir = dir
		}
		m := move{path: r.path, rank: rank(r.path, r.state != changed)}
		if missing != "" {
			if i, known := dirs[missing]; known {
				p.moves[i].rank = max(p.moves[i].rank, m.rank)
				continue
			}
			dirs[missing], m.path = len(p.moves), missing
		}
		p.moves = append(p.moves, m)
	}
	slices.SortStableFunc(p.moves, func(a, b move) int { return cmp.Compare(a.rank, b.rank) })
	return nil
}

// rank orders the files of a site so that each comes after what it refers to.
func rank(name string, isNew bool) int {
	page, entry, feed := path.Ext(name) == ".html", path.Base(name) == "index.html", path.Ext(name) == ".xml"
	list := !strings.Contains(name, "/") || strings.HasPrefix(name, "tags/") // of replays, which are there before it
	switch {
	case name == "index.html":
		return 6
	case entry && (list || !isNew):
		return 5
	case page && list:
		return 4
	case feed && !isNew: // a feed or sitemap refers to pages
		return 4
	case page && !isNew:
		return 3
	case entry: // the way into a new replay
		return 2
	case page, feed:
		return 1
	default: // assets
		return 0
	}
}

package publish

import (
	"cmp"
	"errors"
	"fmt"
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
	shop    *workshop
	draft   *draft
	old     *manifest
	folders []*staged        // of the new site, by path
	states  [covered + 1]int // how many files are in each state
	moves   []move           // in order
	// Files of the old site to remove: those that stand in the way of the new
	// site before anything moves, the others afterwards, in order.
	inTheWay, obsolete []string
	// Folders of listed files that are gone already: a build that died may not
	// have come to removing them.
	left []string
}

// A move takes a file, or a whole folder, from the workshop to the output.
type move struct {
	path     string
	rank     int
	exchange bool // for the folder that the output has
}

// makePlan compares the staged site with the output. It changes nothing.
func makePlan(r *Release) (*plan, error) {
	p := &plan{shop: r.shop, draft: r.draft, old: r.old, folders: r.sorted()}
	var needs []string // paths where something that must go stands in the way
	var conflicts []string
	for _, st := range p.folders {
		for state, n := range st.states {
			p.states[state] += n
		}
		for _, c := range st.changes {
			switch c.state {
			case taken:
				conflicts = append(conflicts, path.Join(st.path, c.name))
			case covered:
				needs = append(needs, path.Join(st.path, c.name))
			}
		}
		if st.blocker != "" {
			needs = append(needs, st.blocker)
		}
	}
	if err := p.findObsolete(needs); err != nil {
		return nil, err
	}
	remaining, err := p.remaining(needs)
	if err != nil {
		return nil, err
	}
	if conflicts = append(conflicts, remaining...); len(conflicts) > 0 {
		slices.Sort(conflicts)
		return nil, &ConflictError{Paths: slices.Compact(conflicts), Damage: r.damage}
	}
	p.findMoves()
	return p, nil
}

func (p *plan) summary() Summary {
	s := Summary{Unchanged: p.states[unchanged], Removed: len(p.inTheWay) + len(p.obsolete)}
	for _, st := range p.folders {
		s.Files += st.files
		s.Bytes += st.bytes
	}
	s.Written = s.Files - s.Unchanged
	return s
}

// staged returns the folder of the new site at a path, or nil.
func (p *plan) staged(folder string) *staged {
	i, found := slices.BinarySearchFunc(p.folders, folder, func(st *staged, f string) int { return cmp.Compare(st.path, f) })
	if !found {
		return nil
	}
	return p.folders[i]
}

// reaches reports whether the new site has a file somewhere below a folder.
func (p *plan) reaches(folder string) bool {
	return slices.ContainsFunc(p.folders, func(st *staged) bool { return within(st.path, folder) })
}

// hasFoldersIn reports whether the new site has folders below a folder.
func (p *plan) hasFoldersIn(folder string) bool {
	i, _ := slices.BinarySearchFunc(p.folders, folder+"/", func(st *staged, f string) int { return cmp.Compare(st.path, f) })
	return i < len(p.folders) && within(p.folders[i].path, folder)
}

// findObsolete finds the files of the old site that are not in the new one and
// still hold what was published.
func (p *plan) findObsolete(needs []string) error {
	if p.old == nil {
		return nil
	}
	for _, l := range p.old.folders {
		if err := p.findObsoleteIn(l, needs); err != nil {
			return err
		}
	}
	// Entry pages go first and assets last, so that no page that can still be
	// found lacks anything.
	slices.SortStableFunc(p.obsolete, func(a, b string) int { return cmp.Compare(rankOf(b, false), rankOf(a, false)) })
	return nil
}

func (p *plan) findObsoleteIn(l listed, needs []string) error {
	var stay []file
	if st := p.staged(l.path); st != nil {
		if st.sum == l.sum {
			return nil
		}
		var err error
		if stay, err = st.from.section(st.listed); err != nil {
			return err
		}
	}
	old := p.old.files(l.path)
	for i, f := range old {
		if _, stays := find(stay, f.name); stays || i > 0 && old[i-1].name == f.name {
			continue
		}
		name := path.Join(l.path, f.name)
		ours, err := p.claim(name, old)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		switch {
		case !ours:
		case slices.ContainsFunc(needs, func(n string) bool { return within(name, n) }):
			p.inTheWay = append(p.inTheWay, name)
		default:
			p.obsolete = append(p.obsolete, name)
		}
	}
	return nil
}

// claim reports whether a file that is listed in its folder's section still holds
// what was published. If it is gone, the folder that is left of it is noted.
func (p *plan) claim(name string, section []file) (bool, error) {
	folder := parentOf(name)
	missing, blocked, err := p.shop.standing(folder)
	if err != nil || blocked {
		return false, err
	}
	if missing != "" {
		p.left = append(p.left, parentOf(missing))
		return false, nil
	}
	info, err := p.shop.base.Lstat(p.shop.published(name))
	if errors.Is(err, fs.ErrNotExist) {
		p.left = append(p.left, folder)
		return false, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	listed := named(section, path.Base(name))
	if !slices.ContainsFunc(listed, func(f file) bool { return f.size == info.Size() }) {
		return false, nil
	}
	content, err := p.shop.base.ReadFile(p.shop.published(name))
	if err != nil {
		return false, err
	}
	found := file{path.Base(name), int64(len(content)), sumOf(content)}
	return slices.Contains(listed, found), nil
}

// named returns the files of a section that have a name: none, one, or two.
func named(section []file, name string) []file {
	from, _ := find(section, name)
	to := from
	for to < len(section) && section[to].name == name {
		to++
	}
	return section[from:to]
}

// remaining returns what would still stand at the needed paths once the files
// in the way are removed, and their folders if that empties them.
func (p *plan) remaining(needs []string) ([]string, error) {
	goes := map[string]bool{}
	for _, name := range p.inTheWay {
		for at := name; at != ""; at = parentOf(at) {
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
func (p *plan) findMoves() {
	whole := map[string]int{} // index in p.moves of the folders that move whole
	for _, st := range p.folders {
		for _, c := range st.changes {
			p.moves = append(p.moves, move{path: path.Join(st.path, c.name), rank: rank(st.path, c.name, c.state != changed)})
		}
		if st.exchanged {
			p.moves = append(p.moves, move{path: st.path, rank: st.rank, exchange: true})
		}
		if st.missing == "" {
			continue
		}
		if i, known := whole[st.missing]; known {
			p.moves[i].rank = max(p.moves[i].rank, st.rank)
			continue
		}
		whole[st.missing] = len(p.moves)
		p.moves = append(p.moves, move{path: st.missing, rank: st.rank})
	}
	slices.SortStableFunc(p.moves, func(a, b move) int { return cmp.Compare(a.rank, b.rank) })
}

// rank orders the files of a site so that each comes after what it refers to.
func rank(folder, name string, isNew bool) int {
	page, entry, feed := path.Ext(name) == ".html", name == "index.html", path.Ext(name) == ".xml"
	list := folder == "" || within(folder, "tags") // of replays, which are there before it
	switch {
	case entry && folder == "":
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

// rankOf is [rank] of a path.
func rankOf(name string, isNew bool) int { return rank(parentOf(name), path.Base(name), isNew) }

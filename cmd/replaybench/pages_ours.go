package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// oursFolder is where the host has the site of replaygen.
const oursFolder = "replaygen"

// ourSite is a site that replaygen has built.
type ourSite struct {
	source  string            // folder that holds content/
	dir     string            // folder of the pages
	replays []*library.Replay // that are written in Markdown
	replay  *library.Replay   // the one to visit
	machine *trail.Machine    // of that
}

// buildOurs builds the site of a copy of source, since a build keeps names in
// its source, into a folder of dir.
func buildOurs(ctx context.Context, source, slug, dir string) (*ourSite, error) {
	s := &ourSite{source: filepath.Join(dir, "source"), dir: filepath.Join(dir, sitesFolder, oursFolder)}
	for _, folder := range []string{library.ContentDir, library.ThemesDir} {
		from := filepath.Join(source, folder)
		if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.CopyFS(filepath.Join(s.source, folder), os.DirFS(from)); err != nil {
			return nil, err
		}
	}
	if _, err := generator.Build(ctx, generator.Options{Source: s.source, Output: s.dir}); err != nil {
		return nil, err
	}
	edition := library.Open(library.Dir(s.source), library.Options{})
	for _, r := range edition.Replays() {
		if path.Ext(r.Path) == ".md" {
			s.replays = append(s.replays, r)
		}
	}
	var err error
	if s.replay, err = s.choose(slug); err != nil {
		return nil, err
	}
	s.machine = edition.Machine(s.replay)
	return s, nil
}

// choose returns the replay with a slug, or, if slug is "", the one of median length.
func (s *ourSite) choose(slug string) (*library.Replay, error) {
	if slug != "" {
		if i := slices.IndexFunc(s.replays, func(r *library.Replay) bool { return r.Slug == slug }); i >= 0 {
			return s.replays[i], nil
		}
		return nil, fmt.Errorf("the source has no replay %q in Markdown", slug)
	}
	if len(s.replays) == 0 {
		return nil, errors.New("the source has no replay in Markdown")
	}
	sizes := map[*library.Replay]int64{}
	for _, r := range s.replays {
		info, err := os.Stat(filepath.Join(s.source, filepath.FromSlash(r.Path)))
		if err != nil {
			return nil, err
		}
		sizes[r] = info.Size()
	}
	bySize := slices.SortedStableFunc(slices.Values(s.replays), func(a, b *library.Replay) int { return cmp.Compare(sizes[a], sizes[b]) })
	return bySize[len(bySize)/2], nil
}

// visits are a game on the best path, and a look at the facilitator's sheet, if
// the site has one.
func (s *ourSite) visits() []*visit {
	folder := "/" + oursFolder + "/" + s.replay.Slug + "/"
	game := &visit{path: folder}
	for _, name := range bestPath(s.machine) {
		game.follow = append(game.follow, fmt.Sprintf(`main a[href^="%s.html"]`, name))
	}
	game.opened.label = "replaygen: the briefing"
	game.followed.label = "replaygen: each page after it"
	game.whole.label = fmt.Sprintf("replaygen: a game on the best path, %d pages together", 1+len(game.follow))
	all := []*visit{game}
	if _, err := os.Stat(filepath.Join(s.dir, s.replay.Slug, site.SheetName)); err == nil {
		sheet := &visit{path: folder + site.SheetName}
		sheet.opened.label = "replaygen: the whole replay on one page (facilitator’s sheet)"
		all = append(all, sheet)
	}
	return all
}

// bestPath returns the names of the pages after the briefing on a way to the
// debrief with the least time on the clock.
func bestPath(m *trail.Machine) (names []string) {
	best, _, _ := m.Extremes() // where there is no debrief, this is the briefing
	picks := m.Path(best)
	for i := 0; i != best; names = append(names, m.Name(i)) {
		next, ok := m.Next(i)
		if !ok {
			next = outcome(m.Links(i), picks[0].Choice)
			picks = picks[1:]
		}
		i = next
	}
	return names
}

// outcome returns the state that a choice leads to.
func outcome(links []trail.Link, choice int) int {
	return links[slices.IndexFunc(links, func(l trail.Link) bool { return l.Choice == choice })].To
}

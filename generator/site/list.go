package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
)

// perPage is how many replays a page shows as cards.
const perPage = 50

// A ListView is what templates know of a page that lists replays or tags.
type ListView struct {
	By     string       // date, tag, letter or difficulty: what the list goes by; tags for the list of tags, sheet for that of sheets alone
	Tag    *TagView     // of a list by tag
	All    int          // how many replays the site has
	Total  int          // how many of them are on all pages of the list
	Page   int          // which page this is, from 1
	Pages  int          // how many there are
	Pager  []PagerLink  // to all of them, or to the next and the outermost; nil if there is one
	Tags   []TagView    // of the list of tags by name, of the first page of replays the most used; else nil
	Groups []*GroupView // of a list by letter or difficulty
	Rated  bool         // whether there is a list by difficulty
	Tagged bool         // whether there is a list of tags
	Feed   string       // path of the feed from the root, or ""
}

// Prev returns the link to the page before, or nil.
func (v *ListView) Prev() *PagerLink { return v.numbered(v.Page - 1) }

// Next returns the link to the page behind, or nil.
func (v *ListView) Next() *PagerLink { return v.numbered(v.Page + 1) }

func (v *ListView) numbered(n int) *PagerLink {
	i := slices.IndexFunc(v.Pager, func(l PagerLink) bool { return l.Number == n })
	if i < 0 {
		return nil
	}
	return &v.Pager[i]
}

// A PagerLink leads to a page of a list.
type PagerLink struct {
	Number  int
	Path    string // from the site's root
	Current bool
	Gap     bool // whether pages are left out before it
}

// A GroupView is a part of a list.
type GroupView struct {
	Name    string // the letter, or the difficulty in its authors' words; "" for what has none
	ID      string // unique on the page
	Replays []Card // by title
}

// A list is what its pages are made of.
type list struct {
	layout string
	path   string // of its first page
	view   ListView
	cards  []Card // that are paged; nil where the view holds all
}

// lists returns every list of replays: newest first, by tags and, where there is
// something to choose from, by letters and by difficulty.
func lists(cards []Card) []list {
	tags := byTag(cards)
	all := []list{{layout: "index", path: "index.html", cards: cards, view: ListView{By: "date", Tags: tagViews(tags[:min(len(tags), mostUsed)])}}}
	for _, t := range tags {
		all = append(all, list{layout: "tag", path: t.Path, cards: t.cards, view: ListView{By: "tag", Tag: &t.TagView}})
	}
	if len(tags) > 0 {
		named := tagViews(tags)
		slices.SortFunc(named, func(a, b TagView) int { return compareTitles(a.Name, b.Name) })
		all = append(all, list{layout: "tags", path: "tags/index.html", view: ListView{By: "tags", Tags: named, Total: len(cards)}})
	}
	if len(cards) > 1 {
		all = append(all, list{layout: "list", path: "a-z.html", view: ListView{By: "letter", Groups: byLetter(cards), Total: len(cards)}})
	}
	isRated := rated(cards)
	if isRated {
		all = append(all, list{layout: "list", path: "difficulty.html", view: ListView{By: "difficulty", Groups: byDifficulty(cards), Total: len(cards)}})
	}
	for i := range all {
		v := &all[i].view
		v.All, v.Rated, v.Tagged = len(cards), isRated, len(tags) > 0
	}
	return all
}

// mostUsed is how many tags the index names.
const mostUsed = 12

// rated reports whether a list by difficulty would tell replays apart.
func rated(cards []Card) bool {
	return slices.ContainsFunc(cards, func(c Card) bool { return !strings.EqualFold(c.Difficulty, cards[0].Difficulty) })
}

// pages returns the pages of a list, with their paths, in order.
func (l list) pages() (views []*ListView, paths []string, cards [][]Card) {
	parts := slices.Collect(slices.Chunk(l.cards, perPage))
	if len(parts) == 0 {
		parts = [][]Card{nil}
	}
	for i := range parts {
		paths = append(paths, l.pagePath(i+1))
	}
	for i := range parts {
		view := l.view
		view.Page, view.Pages, view.Total = i+1, len(parts), max(view.Total, len(l.cards))
		view.Pager = pager(paths, i+1)
		if i > 0 && l.layout == "index" {
			view.Tags = nil
		}
		views = append(views, &view)
	}
	return views, paths, parts
}

// pagePath returns the path of the n-th page of a list. Dots do not occur in the
// names of tags, so the pages of one cannot take the place of another.
func (l list) pagePath(n int) string {
	switch {
	case n == 1:
		return l.path
	case l.layout == "index":
		return fmt.Sprintf("page-%d.html", n)
	default:
		return fmt.Sprintf("%s.%d.html", strings.TrimSuffix(l.path, ".html"), n)
	}
}

// pager links to the first and the last page and to those around the current one.
func pager(paths []string, current int) (links []PagerLink) {
	const around = 2
	if len(paths) == 1 {
		return nil
	}
	last := 0
	for i, path := range paths {
		n := i + 1
		if n == 1 || n == len(paths) || n >= current-around && n <= current+around {
			links = append(links, PagerLink{Number: n, Path: path, Current: n == current, Gap: n > last+1})
			last = n
		}
	}
	return links
}

// compareTitles orders titles for people: case, and signs before the first letter
// or digit, make no difference.
func compareTitles(a, b string) int {
	key := func(title string) string {
		return strings.ToLower(strings.TrimLeftFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	}
	return cmp.Or(strings.Compare(key(a), key(b)), strings.Compare(a, b))
}

func byTitle(cards []Card) []Card {
	return slices.SortedFunc(slices.Values(cards), func(a, b Card) int {
		return cmp.Or(compareTitles(a.Title, b.Title), strings.Compare(a.Slug, b.Slug))
	})
}

// byLetter groups cards by the first letter of their titles; titles without one,
// or that begin with a digit, come first, in the group "#".
func byLetter(cards []Card) (groups []*GroupView) {
	letters := map[string]*GroupView{}
	for _, c := range byTitle(cards) {
		name := letter(c.Title)
		g := letters[name]
		if g == nil {
			g = &GroupView{Name: name, ID: "letter-" + strings.ToLower(name)}
			if name == "#" {
				g.ID = "letter-0"
			}
			letters[name] = g
			groups = append(groups, g)
		}
		g.Replays = append(g.Replays, c)
	}
	slices.SortStableFunc(groups, func(a, b *GroupView) int { return strings.Compare(a.Name, b.Name) })
	return groups
}

func letter(title string) string {
	for _, r := range title {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	return "#"
}

// levels are words for difficulties, easiest first. Others come behind them.
var levels = [][]string{
	{"beginner", "easy", "introductory", "novice"},
	{"intermediate", "medium", "moderate"},
	{"advanced", "hard", "difficult"},
	{"expert", "extreme"},
}

// byDifficulty groups cards by the authors' words for difficulty, easiest first;
// those without one come last.
func byDifficulty(cards []Card) (groups []*GroupView) {
	known := map[string]*GroupView{}
	for _, c := range byTitle(cards) {
		word := strings.ToLower(c.Difficulty)
		g := known[word]
		if g == nil {
			g = &GroupView{Name: c.Difficulty}
			known[word] = g
			groups = append(groups, g)
		}
		g.Replays = append(g.Replays, c)
	}
	rank := func(g *GroupView) int {
		if g.Name == "" {
			return len(levels) + 1
		}
		i := slices.IndexFunc(levels, func(words []string) bool { return slices.Contains(words, strings.ToLower(g.Name)) })
		if i < 0 {
			return len(levels)
		}
		return i
	}
	slices.SortStableFunc(groups, func(a, b *GroupView) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), compareTitles(a.Name, b.Name))
	})
	for i, g := range groups {
		g.ID = fmt.Sprintf("level-%d", i+1)
	}
	return groups
}

// listFiles returns the pages of all lists.
func (s *Site) listFiles(cards []Card) (files []File) {
	feed := s.feedPath(cards)
	for _, l := range lists(cards) {
		views, paths, parts := l.pages()
		for i, view := range views {
			view.Feed = feed
			files = append(files, s.listFile(l.layout, paths[i], view, parts[i]))
		}
	}
	return files
}

func (s *Site) listFile(layout, name string, view *ListView, cards []Card) File {
	root := strings.Repeat("../", strings.Count(name, "/"))
	page := &Page{
		Site: s.view, Kind: layout, Root: root, Stylesheet: root + s.stylesheet, Canonical: s.address(name),
		Image: s.full(s.cover.path), List: view, Replays: cards, NoIndex: view.By == "sheet",
	}
	return madeFile(name, func() ([]byte, error) { return s.render(layout, page) })
}

// address returns the URL of a page from the root: in full where the base URL is
// known, else relative to the page itself.
func (s *Site) address(name string) string {
	if s.base == nil {
		return path.Base(name)
	}
	dir, file := path.Split(name)
	if file != "index.html" {
		dir = name
	}
	return s.base.String() + dir
}

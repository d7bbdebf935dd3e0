package library

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
)

// A circle is the order in which debriefs lead from replay to replay: newest
// first, then by slug, and round again. It is made from slugs and front matter
// alone, and what a debrief shows of another replay from that one's head: while no
// head changes, pages that were made with a circle stay true; see [text].
type circle struct {
	replays []*Replay
	tags    [][]string       // by replay
	at      map[string]int   // replay by slug
	byTag   map[string][]int // replays by tag in lower case
	shelf   *shelf
}

func newCircle(replays []*Replay, s *shelf) *circle {
	type entry struct {
		replay *Replay
		tags   []string
		date   string
	}
	entries := make([]entry, len(replays))
	parallel.Each(len(replays), func(i int) {
		tags, date := replays[i].settings(s)
		entries[i] = entry{replays[i], tags, date}
	})
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.date, a.date), cmp.Compare(a.replay.Slug, b.replay.Slug))
	})
	c := &circle{at: map[string]int{}, byTag: map[string][]int{}, shelf: s}
	for i, e := range entries {
		c.replays, c.tags = append(c.replays, e.replay), append(c.tags, e.tags)
		c.at[e.replay.Slug] = i
		for _, tag := range e.tags {
			key := strings.ToLower(tag)
			c.byTag[key] = append(c.byTag[key], i)
		}
	}
	return c
}

// next returns the replay that shares the most tags with another, and of several
// the one that follows it; nil if there is no other.
func (c *circle) next(slug string) *site.NextReplay {
	from, ok := c.at[slug]
	if n := len(c.replays); !ok || n < 2 {
		return nil
	}
	shared, tag := map[int]int{}, map[int]string{}
	for _, t := range c.tags[from] {
		for _, i := range c.byTag[strings.ToLower(t)] {
			if shared[i]++; shared[i] == 1 {
				tag[i] = t
			}
		}
	}
	steps := func(i int) int { return (i - from + len(c.replays)) % len(c.replays) }
	best := (from + 1) % len(c.replays)
	for i, n := range shared { // in any order: no two are as many steps away
		if i != from && (n > shared[best] || n == shared[best] && steps(i) < steps(best)) {
			best = i
		}
	}
	title, language := c.replays[best].name(c.shelf)
	return &site.NextReplay{Title: title, Path: c.replays[best].Slug + "/index.html", Tag: tag[best], Language: language}
}

// name returns the title of a replay and its language, without compiling it if that
// has not been done.
func (r *Replay) name(s *shelf) (title, language string) {
	if r.known() || r.text.imported() {
		card := r.card(s)
		return card.Title, card.Language
	}
	parsed := replay.Parse(diag.NewSource(r.Path, r.text.head), &diag.List{})
	return parsed.Title, parsed.Language
}

// settings returns the tags and the date of a replay, without compiling it if
// that has not been done.
func (r *Replay) settings(s *shelf) (tags []string, date string) {
	if r.known() || r.text.imported() {
		card := r.card(s)
		return card.Tags, card.Date
	}
	tags, day := replay.PeekTags(diag.NewSource(r.Path, r.text.head))
	if !day.IsZero() {
		date = day.Format(time.DateOnly)
	}
	return tags, date
}

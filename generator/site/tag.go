package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
)

// A TagView is a tag as templates see it.
type TagView struct {
	Name  string
	Path  string // of its page, from the site's root
	Count int    // how many replays have it, in lists of tags
}

// tagPath returns where the page of a tag is published. It depends on nothing
// but the tag, so that a page can link to it without knowing the others: where
// letters or signs are lost on the way to a file's name, as of "C++" or "сеть",
// a hash makes up for them.
func tagPath(tag string) string {
	folded := strings.ToLower(tag)
	name := replay.Slugify(tag)
	if len(name) > maxTagName || name != strings.ReplaceAll(folded, " ", "-") || name == "index" {
		sum := sha256.Sum256([]byte(folded))
		name = strings.Trim(name[:min(len(name), maxTagName)]+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	return "tags/" + name + ".html"
}

// maxTagName is how many characters a tag gives to the name of its page.
const maxTagName = 100

// A tagged is a tag with the replays that have it.
type tagged struct {
	TagView
	cards []Card
}

// byTag groups cards by the pages of their tags, the most used tag first. A tag
// that is spelled in several ways goes by the most frequent one.
func byTag(cards []Card) []*tagged {
	groups := map[string]*tagged{}
	spellings := map[string]map[string]int{}
	for _, c := range cards {
		for _, tag := range c.TagPages() {
			g := groups[tag.Path]
			if g == nil {
				g = &tagged{TagView: tag}
				groups[tag.Path], spellings[tag.Path] = g, map[string]int{}
			}
			g.cards = append(g.cards, c)
			g.Count++
			spellings[tag.Path][tag.Name]++
		}
	}
	all := make([]*tagged, 0, len(groups))
	for path, g := range groups {
		for name, n := range spellings[path] {
			if most := spellings[path][g.Name]; n > most || n == most && name < g.Name {
				g.Name = name
			}
		}
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *tagged) int { return cmp.Or(cmp.Compare(b.Count, a.Count), compareTitles(a.Name, b.Name)) })
	return all
}

func tagViews(all []*tagged) []TagView {
	views := make([]TagView, len(all))
	for i, t := range all {
		views[i] = t.TagView
	}
	return views
}

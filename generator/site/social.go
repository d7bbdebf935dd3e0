package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/picture"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
)

// A cover is a picture that links to pages unfold to in a chat. Its name is made
// from what it shows, not from its bytes, so that pages can refer to it before
// anybody has drawn it.
type cover struct {
	card picture.Card
	path string // from the site's root
	url  string // the same in full, escaped for HTML; "" where the base URL is not known
}

func (s *Site) newCover(folder, name string, card picture.Card) *cover {
	c := &cover{card: card, path: folder + hashedName(name+".png", fmt.Appendf(nil, "%+v", card))}
	c.url = s.absolute(c.path)
	return c
}

// file returns the picture. It is drawn whenever it is asked for: a drawing takes
// 4 ms, and few sites are read often enough to keep all of them.
func (c *cover) file() File {
	return File{Path: c.path, Settled: true, Append: func(buf []byte) ([]byte, error) {
		drawn, err := c.card.PNG()
		if err != nil {
			return buf, fmt.Errorf("drawing %s: %w", c.path, err)
		}
		return append(buf, drawn...), nil
	}}
}

// siteCover returns the picture of the site as a whole.
func (s *Site) siteCover() *cover {
	return s.newCover("assets/", "social", picture.Card{
		Site: s.view.Title, Title: s.view.Title, Line: s.view.Description, Accent: s.accent,
	})
}

// covers are the pictures of one replay by the classes of its verdicts; "" is the
// replay's own. There is none for a verdict that nobody can get.
type covers map[string]*cover

// newCovers finds which pictures the pages of a replay refer to. That takes a look
// at every debrief.
func (p *Replay) newCovers() covers {
	folder := p.view.Slug + "/"
	card := p.coverCard()
	all := covers{"": p.site.newCover(folder, "social", card)}
	for _, v := range verdicts {
		if from, to, ok := p.clocks(v.class); ok {
			own := card
			own.Verdict, own.VerdictClass, own.Clock = p.words.Text(v.key), v.class, minutesRange(p.words, from, to)
			own.Timeline.From, own.Timeline.To = from, to
			all[v.class] = p.site.newCover(folder, "social-"+v.class, own)
		}
	}
	return all
}

func (p *Replay) coverCard() picture.Card {
	v := p.view
	card := picture.Card{Accent: p.site.accent, Site: p.site.view.Title, Title: v.Title, Slug: v.Slug, Line: coverLine(v.Card)}
	if v.KnowsClock {
		card.Timeline = picture.Timeline{
			Optimal: v.Optimal, Worst: v.Worst,
			OptimalText: p.words.Text("clock_best", words.Int("minutes", v.Optimal)),
			WorstText:   p.words.Text("clock_worst", words.Int("minutes", v.Worst)),
		}
	}
	return card
}

// coverLine says what kind of incident it is, in its author's words.
func coverLine(c Card) string {
	kind := slices.DeleteFunc([]string{c.Severity, c.Difficulty}, func(w string) bool { return w == "" })
	return strings.Join(append(kind, c.Tags...), " · ")
}

// clocks returns the least and the most minutes of the debriefs whose verdict is
// of a class; ok is false if there are none.
func (p *Replay) clocks(class string) (from, to int, ok bool) {
	for i := range p.machine.Len() {
		if p.coverClass(i) != class {
			continue
		}
		clock, _ := p.machine.Clock(i)
		if !ok {
			from, to, ok = clock, clock, true
		}
		from, to = min(from, clock), max(to, clock)
	}
	return from, to, ok
}

// coverClass returns the class of the verdict of state i, or "" where the page
// shows the replay's own picture: before the debrief, at an ending with a verdict
// of its own, and where the score is not known.
func (p *Replay) coverClass(i int) string {
	if !p.hasVerdict(p.machine.Place(i)) {
		return ""
	}
	score, _ := p.machine.Score(i)
	return verdictOf(score).class
}

// hasVerdict reports whether the score decides about the verdict at a place.
func (p *Replay) hasVerdict(place trail.Place) bool {
	if place.Kind != trail.Debrief || !p.view.KnowsClock {
		return false
	}
	ending, ok := place.Ending()
	return !ok || p.view.Endings[ending].Verdict == ""
}

func minutesRange(t *words.Table, from, to int) string {
	if from == to {
		return t.Text("minutes", words.Int("minutes", from))
	}
	return t.Text("minutes_range", words.Int("from", from), words.Int("to", to))
}

// newExtras returns the files of the replay besides the pages of its states, the
// sheet first if there is one.
func (p *Replay) newExtras() []File {
	var files []File
	if p.view.Sheet {
		files = append(files, p.sheetFile())
	}
	if p.site.base == nil {
		return files // pictures must be referred to in full
	}
	all := p.covers()
	files = append(files, all[""].file())
	for _, v := range verdicts {
		if c := all[v.class]; c != nil {
			files = append(files, c.file())
		}
	}
	return files
}

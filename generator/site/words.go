package site

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/trail"
)

// appendLink appends the relative URL of a state's page with the trail that the
// page shows. Trails hold nothing that needs escaping in a URL.
func (p *Replay) appendLink(buf []byte, to int) []byte {
	m := p.machine
	buf = append(buf, m.Name(to)...)
	buf = append(buf, ".html?trail="...)
	buf = append(buf, m.Trail(to)...)
	if clock, known := m.Clock(to); known {
		buf = append(buf, "&amp;clock="...)
		buf = strconv.AppendInt(buf, int64(clock), 10)
		score, _ := m.Score(to)
		buf = append(buf, "&amp;score="...)
		buf = strconv.AppendInt(buf, int64(score), 10)
	}
	return buf
}

// appendFacts appends the attributes that tests and tools read from <main>.
func (p *Replay) appendFacts(buf []byte, i int) []byte {
	m := p.machine
	buf = fmt.Appendf(buf, `data-replay="%s" data-place="%s"`, escape(p.view.Slug), escape(m.PlaceID(m.Place(i))))
	if clock, known := m.Clock(i); known {
		score, _ := m.Score(i)
		buf = fmt.Appendf(buf, ` data-clock="%d" data-score="%d"`, clock, score)
	}
	return buf
}

// placeTitle names a place for titles; with its trail it is unique in a replay.
func (p *Replay) placeTitle(place trail.Place) string {
	rounds := p.view.Rounds
	switch place.Kind {
	case trail.Briefing:
		return ""
	case trail.Outcome:
		c := rounds[place.Round].Choices[place.Choice]
		return fmt.Sprintf("Round %s, choice %s: %s", rounds[place.Round].Label, c.Letter, strings.ToLower(c.Word))
	case trail.Debrief:
		if ending, ok := place.Ending(); ok {
			return "Debrief: " + p.view.Endings[ending].Title
		}
		if place.Round >= 0 && p.endings() > 1 {
			return "Debrief after " + rounds[place.Round].Name
		}
		if place.Round < 0 && p.endings() > 0 {
			return "Debrief, ended early"
		}
		return "Debrief"
	default:
		return rounds[place.Round].Name
	}
}

func (p *Replay) endings() (n int) {
	for _, r := range p.view.Rounds {
		if r.Closing {
			n++
		}
	}
	return n
}

// title is unique among the pages of the replay: place and trail identify a state.
func (p *Replay) title(i int) string {
	place := p.placeTitle(p.machine.Place(i))
	if place == "" {
		return p.view.Title
	}
	if t := p.machine.Trail(i); t != "start" {
		place += " (" + t + ")"
	}
	return place + " – " + p.view.Title
}

// social is the title that a shared link unfolds to.
func (p *Replay) social(i int) string {
	place := p.machine.Place(i)
	name := p.placeTitle(place)
	switch {
	case place.Kind == trail.Briefing:
		return p.view.Title
	case place.Kind == trail.Debrief:
		return p.view.Title + ": " + p.standing(i)
	default:
		return p.view.Title + ", " + name
	}
}

// summary is the description of a page: the author's on the briefing, else how
// the reader stands.
func (p *Replay) summary(i int) string {
	place := p.machine.Place(i)
	switch place.Kind {
	case trail.Briefing:
		return p.view.Description
	case trail.Debrief:
		return fmt.Sprintf("Incident replay “%s”, %s. Can you do better?", p.view.Title, p.standing(i))
	default:
		text := fmt.Sprintf("Incident replay “%s”, %s", p.view.Title, p.placeTitle(place))
		if standing := p.standing(i); standing != "" {
			text += ": " + standing
		}
		return text + "."
	}
}

// clockWords puts a clock in words: at a debrief how the incident ended, else how
// late it is.
func (p *Replay) clockWords(place trail.Place, clock int) string {
	switch ending, ok := place.Ending(); {
	case ok:
		return fmt.Sprintf("%s after %d min", p.view.Endings[ending].Title, clock)
	case place.Kind == trail.Debrief:
		return fmt.Sprintf("resolved in %d min", clock)
	default:
		return fmt.Sprintf("%d min on the clock", clock)
	}
}

// standing says clock, misses and score as far as the detail knows them.
// It is "" before the debrief where it knows none of them.
func (p *Replay) standing(i int) string {
	place := p.machine.Place(i)
	clock, known := p.machine.Clock(i)
	switch {
	case !known && place.Kind == trail.Debrief:
		return "played to the end"
	case !known:
		return ""
	}
	score, _ := p.machine.Score(i)
	parts := []string{p.clockWords(place, clock)}
	if misses, known := p.machine.Misses(i); known {
		parts = append(parts, count(misses, "miss", "misses"))
	}
	return strings.Join(append(parts, fmt.Sprintf("score %d", score)), ", ")
}

// shorten cuts text to at most limit characters at a word, with an ellipsis.
func shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	cut := string([]rune(text)[:limit-1])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return cut + "…"
}

package site

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
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

// appendMinutes appends the clock in words, or nothing where it is not known.
func (p *Replay) appendMinutes(buf []byte, i int) []byte {
	clock, known := p.machine.Clock(i)
	if !known {
		return buf
	}
	return escapeFrom(p.words.Append(buf, "minutes", words.Int("minutes", clock)), len(buf))
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
		key := [...]string{replay.Miss: "title_outcome_miss", replay.Good: "title_outcome_good", replay.Best: "title_outcome_best"}
		choice := p.machine.Replay.Rounds[place.Round].Choices[place.Choice]
		return p.words.Text(key[choice.Outcome.Grade],
			words.String("round", rounds[place.Round].Label), words.String("letter", string(choice.Letter)))
	case trail.Debrief:
		if ending, ok := place.Ending(); ok {
			return p.words.Text("title_debrief_ending", words.String("ending", p.view.Endings[ending].Title))
		}
		if place.Round >= 0 && p.endings() > 1 {
			return p.words.Text("title_debrief_round", words.String("round", rounds[place.Round].Name))
		}
		if place.Round < 0 && p.endings() > 0 {
			return p.words.Text("title_debrief_early")
		}
		return p.words.Text("debrief")
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

// appendTitle appends a title that is unique among the pages of the replay: place
// and trail identify a state.
func (p *Replay) appendTitle(buf []byte, i int) []byte {
	place := p.machine.Place(i)
	if place.Kind == trail.Briefing {
		return append(buf, p.view.Title...)
	}
	title, of := words.String("place", p.pages[place].title), words.String("replay", p.view.Title)
	if t := p.machine.Trail(i); t != "start" {
		return p.words.Append(buf, "title_trail", title, words.String("trail", t), of)
	}
	return p.words.Append(buf, "title", title, of)
}

// appendSocial appends the title that a shared link unfolds to.
func (p *Replay) appendSocial(buf []byte, i int) []byte {
	place, of := p.machine.Place(i), words.String("replay", p.view.Title)
	switch place.Kind {
	case trail.Briefing:
		return append(buf, p.view.Title...)
	case trail.Debrief:
		return p.words.Append(buf, "social_debrief", of, words.String("standing", p.standing(i)))
	default:
		return p.words.Append(buf, "social_place", of, words.String("place", p.pages[place].title))
	}
}

// appendSummary appends the description of a page: the author's on the briefing,
// else how the reader stands.
func (p *Replay) appendSummary(buf []byte, i int) []byte {
	place, of := p.machine.Place(i), words.String("replay", p.view.Title)
	if place.Kind == trail.Briefing {
		return append(buf, p.view.Description...)
	}
	standing := words.String("standing", p.standing(i))
	title := words.String("place", p.pages[place].title)
	switch _, known := p.machine.Clock(i); {
	case place.Kind == trail.Debrief:
		return p.words.Append(buf, "summary_debrief", of, standing)
	case known:
		return p.words.Append(buf, "summary_standing", of, title, standing)
	default:
		return p.words.Append(buf, "summary_place", of, title)
	}
}

// standing says clock, misses and score as far as the detail knows them.
// It is "" before the debrief where it knows none of them.
func (p *Replay) standing(i int) string {
	place := p.machine.Place(i)
	clock, known := p.machine.Clock(i)
	ending, ended := place.Ending()
	var key, counted string
	switch {
	case !known && place.Kind == trail.Debrief:
		return p.words.Text("standing_unknown")
	case !known:
		return ""
	case ended:
		key, counted = "standing_ended", "standing_ended_misses"
	case place.Kind == trail.Debrief:
		key, counted = "standing_resolved", "standing_resolved_misses"
	default:
		key, counted = "standing_open", "standing_open_misses"
	}
	score, _ := p.machine.Score(i)
	args := []words.Arg{words.Int("minutes", clock), words.Int("score", score), {}}
	if ended {
		args[2] = words.String("ending", p.view.Endings[ending].Title)
	}
	if misses, known := p.machine.Misses(i); known {
		return p.words.Count(counted, misses, args...)
	}
	return p.words.Text(key, args...)
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

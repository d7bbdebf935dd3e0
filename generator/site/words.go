package site

import (
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
	buf = m.AppendName(buf, to)
	buf = append(buf, ".html?trail="...)
	buf = m.AppendTrail(buf, to)
	if clock, known := m.Clock(to); known {
		score, _ := m.Score(to)
		buf = append(buf, "&amp;clock="...)
		buf = strconv.AppendInt(buf, int64(clock), 10)
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

// appendFacts appends the attributes that tests and tools read from <main>, but for
// those that all pages of a place have.
func (p *Replay) appendFacts(buf []byte, i int) []byte {
	clock, known := p.machine.Clock(i)
	if !known {
		return buf
	}
	score, _ := p.machine.Score(i)
	buf = append(buf, ` data-clock="`...)
	buf = strconv.AppendInt(buf, int64(clock), 10)
	buf = append(buf, `" data-score="`...)
	buf = strconv.AppendInt(buf, int64(score), 10)
	return append(buf, '"')
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

// fixedText returns a text that all pages of a scene say alike, escaped for HTML;
// fixed is false where they differ.
func (p *Replay) fixedText(sc *scene, k kind) (text string, fixed bool) {
	of, place := words.String("replay", p.view.Title), words.String("place", sc.page.title)
	briefing, debrief := sc.place.Kind == trail.Briefing, sc.place.Kind == trail.Debrief
	switch {
	case briefing && k == descriptionHole:
		text = p.view.Description
	case briefing:
		text = p.view.Title
	case debrief || k == titleHole || k == descriptionHole && p.view.KnowsClock:
		return "", false
	case k == socialHole:
		text = p.words.Text("social_place", of, place)
	default:
		text = p.words.Text("summary_place", of, place)
	}
	return escape(text), true
}

// The keys of texts whose words depend on what is put into them.
const (
	plainText  = iota // a title without a trail; a standing that is not apart
	filledText        // a title with the trail; a standing that is
)

// text returns what fills a hole for one of [fixedText]'s texts that differ, with a
// hole for what they differ in.
func (p *Replay) text(sc *scene, k kind, key uint64) *shell {
	of, place := words.String("replay", p.view.Title), words.String("place", sc.page.title)
	switch {
	case k == titleHole && key == plainText:
		return p.phrase(trailHole, "", func(string) string { return p.words.Text("title", place, of) })
	case k == titleHole:
		return p.phrase(trailHole, "", func(trail string) string {
			return p.words.Text("title_trail", place, words.String("trail", trail), of)
		})
	}
	word := "summary_standing"
	switch debrief := sc.place.Kind == trail.Debrief; {
	case debrief && k == socialHole:
		word = "social_debrief"
	case debrief:
		word = "summary_debrief"
	}
	apart := ""
	if key == filledText {
		apart = isolate
	}
	return p.phrase(standingHole, apart, func(standing string) string {
		return p.words.Text(word, of, place, words.String("standing", standing))
	})
}

// phrase returns what say makes of a text, with a hole of a kind for that. The text
// is taken to begin with a mark, which may be "", in the choice of words only.
func (p *Replay) phrase(k kind, mark string, say func(text string) string) *shell {
	b := &shellBuilder{salt: p.salt}
	marker := b.mark(hole{kind: k})
	sh, _ := b.cut([]byte(escape(strings.ReplaceAll(say(mark+marker), mark+marker, marker))), nil) // no partial is shared
	return sh
}

// standing says clock, misses and score as far as the detail knows them. It is ""
// before the debrief where it knows none of them.
func (p *Replay) standing(place trail.Place, i int) string {
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

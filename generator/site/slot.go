package site

import (
	"cmp"
	"slices"

	"html/template"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
)

// Slots are the templates that may look at the reader's trail. Each is rendered
// once per distinct value of what it may look at.

// ChoicesSlot is what the slot choices sees: the round's choices as they stand.
type ChoicesSlot struct {
	Page    *Page
	Choices []OfferView
	Left    int // how many are not yet tried
}

// OfferView is one choice on offer.
type OfferView struct {
	*ChoiceView
	// What is shown of most offers is the choice's own, once more: templates find it
	// here several times as fast.
	Letter, Grade string
	Label         template.HTML

	Tried bool   // picked before
	Open  bool   // still has a link
	Here  bool   // the pick whose outcome this page shows
	Href  string // where the link goes; "" if not open
}

// RoundSlot is what the slots mark (trail panel) and step (debrief) see of a round.
type RoundSlot struct {
	Replay *ReplayView
	Round  *RoundView
	// Status is "current" for the round being played, "done" for one that was
	// visited, "ahead" for one that may still come, and for others "skipped" if
	// they were not visited, "passed" if they must have been, else "unknown".
	Status  string
	Exact   bool          // whether Picks says exactly what was picked
	Picks   []*ChoiceView // as far as known, those that lead on behind those that lead back
	Counted bool          // whether Misses is known
	Misses  int
	Grade   string // the worst grade picked, "" if nothing was picked or is known
	Word    string // the mark in words, never empty
	Taken   string // what all picks in it took, such as "8 min"; "" where that is not known
}

// TrailSlot is what the slots clock and verdict see.
type TrailSlot struct {
	Replay       *ReplayView
	Known        bool // whether Clock and Score are known under the replay's detail
	Clock        int  // minutes, rounded half up
	Score        int  // 0 to 100
	MissesKnown  bool
	Misses       int
	BeatenKnown  bool      // whether Beaten is known
	Beaten       int       // percent of the paths of a random responder that take longer
	Band         *BandView // of a verdict: the bar of the histogram that the score belongs to, nil without one
	Ending       string    // of a verdict: the title of the ending, "" where there is none
	Verdict      string    // a few words for the score's band
	VerdictClass string    // great, good, fair, poor
}

// RegretSlot is what the slot regret sees, on the page of an outcome.
type RegretSlot struct {
	Replay *ReplayView
	Points int // of the score, given away by the pick: the best within reach before it minus after it
}

// roundState says how a round stands in state i, what is known of it, and which
// choices are known to have been picked.
func (p *Replay) roundState(i, round int) (status string, rec trail.Record, picks trail.Picks) {
	m := p.machine
	place, rec := m.Place(i), m.Record(i, round)
	picks = rec.Picks
	here := (place.Kind == trail.Round || place.Kind == trail.Outcome || place.Kind == trail.Closing) && place.Round == round
	switch {
	case here:
		picks |= m.Tried(i)
		if place.Kind == trail.Outcome {
			picks = picks.With(place.Choice)
		}
		return "current", rec, picks
	case rec.Visited, place.Kind == trail.Debrief && place.Round == round:
		return "done", rec, picks
	default:
		return p.distance(place, round), rec, picks
	}
}

// data builds what the slot's template sees, with hrefs as markers of b.
func (p *Replay) data(k slotKey, page *Page, b *shellBuilder) any {
	switch k.kind {
	case choicesHole:
		return p.choicesSlot(k, page, b)
	case markHole, stepHole:
		return p.roundSlot(k, page)
	case spanHole, spentHole:
		return p.spanSlot(k)
	case regretHole:
		return RegretSlot{Replay: p.view, Points: k.regret}
	default:
		return p.trailSlot(k)
	}
}

func (p *Replay) choicesSlot(k slotKey, page *Page, b *shellBuilder) ChoicesSlot {
	slot := ChoicesSlot{Page: page}
	for j, c := range page.Round.Choices {
		offer := OfferView{
			ChoiceView: c, Letter: c.Letter, Grade: c.Grade, Label: c.Label(), Tried: k.tried.Has(j),
			Here: k.place.Kind == trail.Outcome && k.place.Choice == j,
		}
		offer.Open = !offer.Tried || p.machine.NextRound(k.place.Round, j) != k.place.Round
		if offer.Open {
			offer.Href = b.mark(hole{kind: linkHole, choice: int32(j)})
		}
		if !offer.Tried {
			slot.Left++
		}
		slot.Choices = append(slot.Choices, offer)
	}
	return slot
}

func (p *Replay) roundSlot(k slotKey, page *Page) RoundSlot {
	round := p.view.Rounds[k.round]
	slot := RoundSlot{Replay: p.view, Round: round, Status: k.status, Exact: k.record.Exact()}
	for _, c := range round.Choices {
		if k.tried.Has(c.index) {
			slot.Picks = append(slot.Picks, c)
		}
	}
	slices.SortStableFunc(slot.Picks, func(a, b *ChoiceView) int {
		return cmp.Compare(p.onward(k.round, a.index), p.onward(k.round, b.index))
	})
	if k.record.Visited {
		slot.Grade = k.record.Worst.String()
		slot.Counted = k.record.Detail <= trail.ByRounds
		slot.Misses = k.record.Misses
		slot.Taken = p.taken(k.round, k.record)
	}
	if k.status == "current" && page.Offers {
		slot.countPicks() // the round being played is known under every detail
	}
	slot.Word = slot.word(p.words, k.record)
	if k.status == "current" && page.Choice != nil && !slot.Counted {
		slot.Word = page.Choice.Word
	}
	return slot
}

// onward ranks a choice by where it leads: to its own round, one before, one behind,
// or the end. In this order choices of a round are picked, as far as that is known.
func (p *Replay) onward(round, choice int) int {
	switch next := p.machine.NextRound(round, choice); {
	case next == round:
		return 0
	case next < 0:
		return 3
	case next < round:
		return 1
	default:
		return 2
	}
}

func (s *RoundSlot) countPicks() {
	s.Exact, s.Counted, s.Misses = true, true, 0
	for _, c := range s.Picks {
		if c.Grade == replay.Miss.String() {
			s.Misses++
		}
	}
}

// word puts a round's mark in words, so that it never depends on colour.
func (s *RoundSlot) word(t *words.Table, rec trail.Record) string {
	switch {
	case s.Status == "current" && (s.Round.Closing || len(s.Picks) == 0):
		return t.Text("mark_now")
	case s.Status == "ahead":
		return t.Text("mark_ahead")
	case s.Status == "skipped":
		return t.Text("mark_skipped")
	case s.Status == "unknown":
		return t.Text("mark_unknown")
	case s.Status == "passed", s.Round.Closing:
		return t.Text("mark_passed")
	case s.Status == "current" && s.Misses > 0:
		return t.Count("misses", s.Misses)
	case s.Counted:
		return counted(t, rec)
	case rec.Visited && rec.Worst == replay.Good:
		return t.Text("mark_good")
	case rec.Visited && rec.Worst == replay.Miss:
		return t.Text("mark_unclean")
	default:
		return t.Text("mark_clean")
	}
}

// counted says all that numbers tell about a round that was left.
func counted(t *words.Table, rec trail.Record) string {
	var parts []string
	if rec.Misses > 0 {
		parts = append(parts, t.Count("misses", rec.Misses))
	}
	switch {
	case rec.Goods > 0:
		parts = append(parts, t.Count("mark_goods", rec.Goods))
	case rec.Bests == 0:
		parts = append(parts, t.Text("mark_unsolved"))
	}
	if rec.Goods > 0 && rec.Bests > 0 {
		parts = append(parts, t.Text("mark_best"))
	}
	if len(parts) == 0 {
		return t.Text("mark_clean")
	}
	return join(t, parts)
}

func (p *Replay) trailSlot(k slotKey) TrailSlot {
	slot := TrailSlot{
		Replay: p.view, Known: p.view.KnowsClock, Clock: k.clock, Score: k.score,
		MissesKnown: k.counted, Misses: k.misses,
	}
	if k.kind == verdictHole && k.beaten >= 0 {
		slot.Beaten, slot.BeatenKnown, slot.Band = k.beaten, true, p.view.band(k.score)
	}
	verdict := verdictOf(k.score)
	slot.Verdict, slot.VerdictClass = p.words.Text(verdict.key), verdict.class
	if !slot.Known {
		slot.Verdict, slot.VerdictClass = p.words.Text("verdict_none"), ""
	}
	if i, ok := k.place.Ending(); ok {
		ending := p.view.Endings[i]
		slot.Ending = ending.Title
		slot.Verdict = cmp.Or(ending.Verdict, slot.Verdict)
	}
	return slot
}

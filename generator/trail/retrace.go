package trail

import (
	"fmt"
	"regexp"
	"strings"
)

// start is the trail of a state that remembers nothing.
const start = "start"

// A piece is what one part of a trail says of a round.
type piece struct {
	round  int
	picks  Picks // what was picked in it
	record bool  // it says something else than picks: what a coarser detail keeps
}

// cutClock parts a trail into its pieces and the clock that ends it, if there is one.
func cutClock(trail string) (texts []string, clock string) {
	texts = strings.Split(trail, ".")
	if last := len(texts) - 1; clockPiece.MatchString(texts[last]) {
		return texts[:last], texts[last]
	}
	return texts, ""
}

// cutPiece parts a piece into the round's label and what is said of it.
func cutPiece(text string) (label, what string) {
	dash := strings.LastIndexByte(text, '-')
	if dash < 0 {
		return text, ""
	}
	return text[:dash], text[dash+1:]
}

var (
	letters      = regexp.MustCompile(`^[A-Za-z]+$`)
	roundsRecord = regexp.MustCompile(`^[0-9]+x([0-9]+g)?n?$`)
	gradesRecord = regexp.MustCompile(`^(miss|good|best)$`)
)

// recordDetail returns the detail that writes a record of a round like this.
func recordDetail(what string) (d Detail, ok bool) {
	switch {
	case roundsRecord.MatchString(what):
		return ByRounds, true
	case gradesRecord.MatchString(what):
		return ByGrades, true
	}
	return 0, false
}

// parsePieces reads the pieces of a trail up to the first that names nothing of
// the replay, of which it says what is wrong.
func (m *Machine) parsePieces(texts []string) (pieces []piece, fault Fault, problem string) {
	for _, text := range texts {
		label, what := cutPiece(text)
		_, record := recordDetail(what)
		if label == "" || !record && !letters.MatchString(what) {
			return pieces, Malformed, fmt.Sprintf("%q is no part of a trail: expected a round and what was picked in it, such as 1-AC", text)
		}
		round, ok := m.findRound(label)
		if !ok {
			return pieces, Unknown, fmt.Sprintf("there is no Round %s", label)
		}
		p := piece{round: round, record: record}
		if !record {
			if p.picks, problem = m.parsePicks(round, what); problem != "" {
				return pieces, Unknown, problem
			}
		}
		pieces = append(pieces, p)
	}
	return pieces, NoFault, ""
}

func (m *Machine) findRound(label string) (round int, ok bool) {
	for i := range m.Replay.Rounds {
		if m.labelName(i) == strings.ToLower(label) {
			return i, true
		}
	}
	return 0, false
}

// parsePicks returns the choices with these letters, or says which there is not.
func (m *Machine) parsePicks(round int, letters string) (picks Picks, problem string) {
	r := m.Replay.Rounds[round]
next:
	for _, letter := range []byte(strings.ToUpper(letters)) {
		for c, choice := range r.Choices {
			if choice.Letter == letter {
				picks = picks.With(c)
				continue next
			}
		}
		if r.Closing() {
			return 0, fmt.Sprintf("Round %s has no choices", r.Label)
		}
		first, last := r.Choices[0].Letter, r.Choices[len(r.Choices)-1].Letter
		return 0, fmt.Sprintf("Round %s has no choice %c: its choices are %c to %c", r.Label, letter, first, last)
	}
	return picks, ""
}

// retraceLimit bounds how many ways retrace looks at; without loops it needs a
// few for each piece.
const retraceLimit = 20_000

// A retracer is on its way through the machine with the picks of a trail.
type retracer struct {
	state  int
	picked memory // what it has picked, by round
}

// retrace plays the machine from the briefing on, picking only what the pieces
// say. It returns the last state at which as many of them as possible are picked
// whole and nothing is picked of the others, and which those are.
func (m *Machine) retrace(pieces []piece) (state int, used []bool) {
	memories := newMemoryPool()
	var wanted memory
	for _, p := range pieces {
		wanted = memories.with(wanted, p.round, memories.get(wanted, p.round)|uint32(p.picks))
	}
	var best retracer
	seen := newPool[retracer](0)
	seen.number(retracer{})
	for i, most := 0, 0; i < len(seen.all) && len(seen.all) < retraceLimit; i++ {
		at := seen.all[i]
		if n, whole := memories.progress(at.picked, wanted); whole && n >= most {
			best, most = at, n
		}
		for _, next := range m.retraceStep(memories, at, wanted) {
			seen.number(next)
		}
	}
	for _, p := range pieces {
		used = append(used, memories.get(best.picked, p.round) == memories.get(wanted, p.round))
	}
	return best.state, used
}

// retraceStep returns where a retracer can go. What leads back to its round can
// be picked in any order and changes nothing else, so it is picked first, one by one.
func (m *Machine) retraceStep(memories *memoryPool, at retracer, wanted memory) (all []retracer) {
	if next, ok := m.Next(at.state); ok {
		return []retracer{{next, at.picked}}
	}
	round := m.Place(at.state).Round
	for _, l := range m.Links(at.state) {
		if l.To < 0 || !Picks(memories.get(wanted, round)).Has(l.Choice) {
			continue
		}
		picks := Picks(memories.get(at.picked, round)).With(l.Choice)
		next := retracer{l.To, memories.with(at.picked, round, uint32(picks))}
		if m.g.retries(round, l.Choice) {
			return []retracer{next}
		}
		all = append(all, next)
	}
	return all
}

// progress counts the rounds in which all that is wanted is picked; whole is
// false if in another round something is.
func (p *memoryPool) progress(picked, wanted memory) (n int, whole bool) {
	for ; picked != 0; picked = p.all[picked].rest {
		r := p.all[picked]
		if r.value != p.get(wanted, int(r.round)) {
			return 0, false
		}
		n++
	}
	return n, true
}

package generator_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A history is two replays that an author keeps editing.
type history struct {
	*rand.Rand
	replays []*edited // by place of their files in the content folder
	log     []string  // what was edited, in order
}

// An edited replay is what a text says of the shape of a replay.
type edited struct {
	slug    string
	label   int // of the next round
	rounds  []*editedRound
	detail  string
	onMiss  string
	words   int // how often texts were changed
	draft   bool
	deleted bool
}

type editedRound struct {
	label   int
	choices []string // texts; letters follow from the order
	best    string   // the text of the best choice
	costs   map[string]int
}

func newHistory(seed uint64) *history {
	h := &history{Rand: rand.New(rand.NewPCG(seed, 20))}
	for _, slug := range []string{"first", "second"} {
		r := &edited{slug: slug, detail: "auto", onMiss: "retry"}
		h.replays = append(h.replays, r)
		for range 2 {
			h.addRound(r)
		}
	}
	return h
}

// files returns the texts by path in the content folder.
func (h *history) files() map[string]string {
	files := map[string]string{"site.yaml": "trail: {max_pages: 3000}\n"}
	for _, r := range h.replays {
		if !r.deleted {
			files[r.slug+".md"] = r.text()
		}
	}
	return files
}

// text writes the replay down. Its last round is a closing round.
func (r *edited) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ndetail: %s\non_miss: %s\ndraft: %v\n---\n# Incident Replay: The %s, told %d times\n", r.detail, r.onMiss, r.draft, r.slug, r.words+1)
	b.WriteString("## Setup\n- **Time:** now\n")
	for _, round := range r.rounds {
		fmt.Fprintf(&b, "## Round %d: Part %[1]d\nVersion %d.\n\n**Choose your action:**\n", round.label, r.words)
		for i, choice := range round.choices {
			fmt.Fprintf(&b, "- %c) %s\n", 'A'+i, choice)
		}
		for i, choice := range round.choices {
			best, cost := "", ""
			if choice == round.best {
				best = " (recommended)"
			}
			if minutes := round.costs[choice]; minutes > 0 {
				cost = fmt.Sprintf(" {cost=%dm}", minutes)
			}
			fmt.Fprintf(&b, "### If you chose %c%s:%s\n> *[Result: Well.]*\n", 'A'+i, best, cost)
		}
	}
	b.WriteString("## Round end: The end\n1. Sleep\n## Damage Report\n- **Optimal resolution time:** 10 minutes\n- **If every wrong choice was made:** 60 minutes\n")
	return b.String()
}

func (h *history) addRound(r *edited) {
	r.label++
	round := &editedRound{label: r.label, costs: map[string]int{}}
	for range 2 + h.IntN(2) {
		h.addChoice(round)
	}
	round.best = round.choices[0]
	r.rounds = slices.Insert(r.rounds, h.IntN(len(r.rounds)+1), round)
}

func (h *history) addChoice(round *editedRound) {
	choice := fmt.Sprintf("Do %x", h.Uint32())
	round.choices = slices.Insert(round.choices, h.IntN(len(round.choices)+1), choice)
}

// edit changes one of the replays in one way.
func (h *history) edit() {
	r := h.replays[h.IntN(len(h.replays))]
	round := r.rounds[h.IntN(len(r.rounds))]
	what := "nothing"
	switch h.IntN(12) {
	case 0, 1:
		if len(round.choices) < 4 {
			what = "add a choice"
			h.addChoice(round)
		}
	case 2:
		if len(round.choices) > 1 {
			what = "remove a choice"
			i := h.IntN(len(round.choices))
			round.choices = slices.Delete(round.choices, i, i+1)
			if !slices.Contains(round.choices, round.best) {
				round.best = round.choices[0]
			}
		}
	case 3:
		if len(r.rounds) < 3 {
			what = "add a round"
			h.addRound(r)
		}
	case 4:
		if len(r.rounds) > 1 {
			what = "remove a round"
			i := slices.Index(r.rounds, round)
			r.rounds = slices.Delete(r.rounds, i, i+1)
		}
	case 5:
		what = "move rounds"
		h.Shuffle(len(r.rounds), func(i, j int) { r.rounds[i], r.rounds[j] = r.rounds[j], r.rounds[i] })
	case 6:
		what = "change the words"
		r.words++
	case 7:
		what = "change a cost"
		round.costs[round.choices[h.IntN(len(round.choices))]] = h.IntN(30)
	case 8:
		what = "change the detail"
		r.detail = []string{"auto", "picks", "rounds", "grades", "total", "none"}[h.IntN(6)]
	case 9:
		what = "change on_miss"
		r.onMiss = map[string]string{"retry": "continue", "continue": "retry"}[r.onMiss]
	case 10:
		what = "make it a draft or publish it"
		r.draft = !r.draft
	case 11:
		what = "delete it or bring it back"
		r.deleted = !r.deleted
	}
	// The site must not become empty.
	if h.replays[0].deleted && h.replays[1].deleted {
		r.deleted = false
	}
	h.log = append(h.log, r.slug+": "+what)
}

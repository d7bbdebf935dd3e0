package trail

import "github.com/replaygen/replaygen/generator/replay"

// PlaceKind is the kind of a place.
type PlaceKind int

// The kinds of places, in the order in which a reader meets them.
const (
	Briefing PlaceKind = iota
	Round
	Outcome
	Closing
	Debrief
)

// A Place is where a reader can be, whatever brought them there. Pages of one
// place share everything but the trail.
type Place struct {
	Kind   PlaceKind
	Round  int // index of the round; of a debrief the closing round before it, else -1
	Choice int // index of an outcome's choice; of a debrief 1 + the index of its ending, else 0
}

// Ending returns the index of a debrief's ending, if it has one of its own.
func (p Place) Ending() (i int, ok bool) { return p.Choice - 1, p.Kind == Debrief && p.Choice > 0 }

// a spot is a place with all that moving about needs to know of it.
type spot struct {
	Place
	live   set  // rounds whose tried choices a reader may meet again; nil is the empty set
	once   bool // whether it is a round that cannot be entered twice
	offers bool // whether its ways are the choices of its round; else there is at most one
	ways   []way
}

// a way leads from a place to another.
type way struct {
	to    int32 // number of the place
	cost  int64 // of the pick, in units of the scoring
	again bool  // leads back to its own round, so that it closes once it is tried
	dies  bool  // the round cannot be played again
	// settles holds the other rounds that could be played before and cannot any more.
	settles []int
}

// open reports whether a way can be taken; tried is whether it is a choice that
// was picked before.
func (w *way) open(tried bool) bool { return !w.again || !tried }

// layOut numbers all places: the briefing, each round with what follows on it,
// the debriefs that no closing round leads to.
func (g *graph) layOut(endings int) {
	var begin set
	if len(g.reach) > 0 {
		begin = g.reach[0]
	}
	g.spots = []spot{{Place: Place{Kind: Briefing}, live: begin}}
	for i := range g.next {
		g.entrances = append(g.entrances, int32(len(g.spots)))
		g.layOutRound(i)
	}
	g.debriefs = int32(len(g.spots))
	for ending := range 1 + endings {
		g.spots = append(g.spots, spot{Place: Place{Kind: Debrief, Round: -1, Choice: ending}})
	}
}

func (g *graph) layOutRound(round int) {
	if len(g.next[round]) == 0 {
		g.spots = append(g.spots, spot{Place: Place{Kind: Closing, Round: round}}, spot{Place: Place{Kind: Debrief, Round: round}})
		return
	}
	g.spots = append(g.spots, spot{
		Place: Place{Kind: Round, Round: round}, live: g.reach[round], once: g.once(round), offers: true,
	})
	for c, next := range g.next[round] {
		out := spot{Place: Place{Kind: Outcome, Round: round, Choice: c}, offers: next == round}
		if next >= 0 {
			out.live = g.reach[next]
		}
		g.spots = append(g.spots, out)
	}
}

// entrance returns the number of the place at which a round is entered, or of
// the debrief where the incident ends: see [replay.Outcome.Next].
func (g *graph) entrance(round int) int32 {
	if round < 0 {
		return g.debriefs + int32(replay.Debrief-round)
	}
	return g.entrances[round]
}

// connect sets the ways that lead on from each place; costs are in units.
func (g *graph) connect(costs [][]int64) {
	choices := make([][]way, len(g.next))
	for i := range choices {
		choices[i] = g.choices(i, costs[i])
	}
	for i := range g.spots {
		switch at := &g.spots[i]; {
		case at.offers:
			at.ways = choices[at.Round]
		case at.Kind == Briefing && len(g.next) > 0:
			at.ways = []way{{to: g.entrance(0)}}
		case at.Kind == Outcome:
			at.ways = []way{{to: g.entrance(g.next[at.Round][at.Choice])}}
		case at.Kind == Closing:
			at.ways = []way{{to: int32(i) + 1}}
		}
	}
}

// choices returns the ways that a round's choices lead.
func (g *graph) choices(round int, costs []int64) []way {
	ways := make([]way, len(costs))
	for c, cost := range costs {
		to := g.entrances[round] + 1 + int32(c)
		live := g.spots[to].live
		ways[c] = way{to: to, cost: cost, again: g.retries(round, c), dies: !live.has(round), settles: g.settled(round, live)}
	}
	return ways
}

// settled returns the rounds besides round that a reader in it may have played,
// could play again, and cannot any more where live holds those that they can.
func (g *graph) settled(round int, live set) (rounds []int) {
	for i := range g.reach {
		again := g.reach[round].has(i) && g.reach[i].has(round)
		if again && i != round && !live.has(i) {
			rounds = append(rounds, i)
		}
	}
	return rounds
}

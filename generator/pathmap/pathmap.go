// Package pathmap draws where the choices of a replay lead, as an inline SVG.
//
// A map has stops (the briefing, rounds, debriefs) and moves between them. Stops
// stand in layers, so that every move that does not go back leads downward:
//
//   - a move to the next layer is a line down;
//   - a move that skips layers goes down at the left side, one that goes back
//     goes up at the right side, and moves to the same stop share one such lane;
//   - a move that leads to its own stop is a small loop at the stop's right side.
//
// The picture is 320 units wide, wider only where so many lanes or stops side by
// side need it, and its texts are 12 and 13 units high: they can be read on the
// narrowest phone. All coordinates are whole numbers, and the same map gives the
// same bytes.
//
// The package has no words of its own: every word in the picture comes from the
// [Map], in whatever language that is in.
//
// # Styles
//
// The SVG carries no style attributes and no colours but currentColor, since a
// Content-Security-Policy forbids the one and themes decide on the other. A theme
// needs rules for these classes; without any the map is plain outlines:
//
//   - rg-map: the svg.
//   - rg-map-stop: the group of a stop, with rg-map-start, rg-map-round,
//     rg-map-closing or rg-map-end. It holds a rect and the texts rg-map-label
//     and rg-map-name, made for a size of 13px. Kinds differ in the roundness of
//     the rect as well.
//   - rg-map-move: the group of a move, with rg-map-best, rg-map-good or
//     rg-map-miss unless its grade is [Plain]. It holds a path with its arrow
//     head and, if it has a letter, a badge: a circle, or a rect for a miss, and
//     a text made for 12px.
//
// What [Stop.Class] and [Move.Class] hold follows these. Text is centred by
// text-anchor on the svg, which suits left-to-right and right-to-left alike.
package pathmap

// The largest map that is drawn. Beyond that a picture explains nothing, and
// would be heavier than the page it stands on.
const (
	MaxStops = 40
	MaxMoves = 200
)

// A Map is where the choices of one replay lead.
type Map struct {
	Title string // the picture's accessible name
	About string // its accessible description; may be empty
	Stops []Stop // in reading order, the start first
	Moves []Move // in reading order
}

// A Stop is a place on the map.
type Stop struct {
	Label string // "Round 2b"; may be empty
	Name  string // "Find the cause"; may be empty
	Kind  Kind
	Class string // further classes of its group, separated by spaces
}

// Kind says what a stop is in the course of the incident.
type Kind int

// The kinds of stops.
const (
	Round   Kind = iota // a decision
	Start               // the briefing
	Closing             // a round without choices
	End                 // a debrief
)

// A Move leads from one stop to another or back to its own. A move from or to a
// stop that is not on the map is not drawn.
type Move struct {
	From, To int    // indices in [Map.Stops]
	Letter   string // of the choice; empty if there is nothing to choose
	Grade    Grade
	Class    string // further classes of its group, separated by spaces
}

// Grade says how good a choice is.
type Grade int

// The grades, worst first.
const (
	Plain Grade = iota // not said
	Miss
	Good
	Best
)

// Outline returns the map without anything that would tell right from wrong: one
// plain move for each pair of stops that any move connects, and none that leads
// back to its own stop. Nothing else of the moves, their order included, is left.
func (m Map) Outline() Map {
	connected := make([]bool, len(m.Stops)*len(m.Stops))
	for _, move := range m.Moves {
		if m.holds(move) {
			connected[move.From*len(m.Stops)+move.To] = move.From != move.To
		}
	}
	m.Moves = nil
	for pair, is := range connected {
		if is {
			m.Moves = append(m.Moves, Move{From: pair / len(m.Stops), To: pair % len(m.Stops)})
		}
	}
	return m
}

// SVG draws the map. The ids in it begin with the given one, which must be unique
// on the page and hold nothing but letters, digits, "-" and "_".
//
// ok is false if there is nothing to draw or too much of it ([MaxStops],
// [MaxMoves]).
func (m Map) SVG(id string) (svg []byte, ok bool) {
	if len(m.Stops) == 0 || len(m.Stops) > MaxStops || len(m.Moves) > MaxMoves {
		return nil, false
	}
	p := newPlan(m)
	p.layer()
	p.order()
	p.assignLanes()
	p.placeAcross()
	p.placePorts()
	p.placeDown()
	return p.draw(id), true
}

// holds reports whether both ends of a move are on the map.
func (m Map) holds(move Move) bool {
	return move.From >= 0 && move.From < len(m.Stops) && move.To >= 0 && move.To < len(m.Stops)
}

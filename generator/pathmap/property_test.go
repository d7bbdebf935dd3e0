package pathmap_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/pathmap"
)

// maps generates maps of every shape: few or many stops, and moves between any
// of them or, if it is to be without circles, only onward.
func maps(acyclic bool) *rapid.Generator[pathmap.Map] {
	return rapid.Custom(func(t *rapid.T) pathmap.Map {
		m := pathmap.Map{Title: rapid.String().Draw(t, "title"), About: rapid.String().Draw(t, "about")}
		n := rapid.IntRange(1, 12).Draw(t, "stops")
		for range n {
			m.Stops = append(m.Stops, pathmap.Stop{
				Label: rapid.SampledFrom([]string{"", "Round 1", "Round 10b", "A label of great length"}).Draw(t, "label"),
				Name:  rapid.String().Draw(t, "name"),
				Kind:  pathmap.Kind(rapid.IntRange(0, 3).Draw(t, "kind")),
			})
		}
		for range rapid.IntRange(0, 4*n).Draw(t, "moves") {
			move := pathmap.Move{
				From:   rapid.IntRange(0, n-1).Draw(t, "from"),
				Letter: rapid.SampledFrom([]string{"A", "B", "C", "D", ""}).Draw(t, "letter"),
				Grade:  pathmap.Grade(rapid.IntRange(0, 3).Draw(t, "grade")),
			}
			if acyclic {
				move.To = rapid.IntRange(move.From, n-1).Draw(t, "to")
			} else {
				move.To = rapid.IntRange(0, n-1).Draw(t, "to")
			}
			m.Moves = append(m.Moves, move)
		}
		return m
	})
}

func TestNothingOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := read(t, maps(false).Draw(t, "map"))
		page := rect{0, 0, p.width, p.height}
		for i, s := range p.stops {
			inside(t, page, s.rect)
			for _, other := range p.stops[:i] {
				if s.rect.overlaps(other.rect) {
					t.Errorf("stops overlap: %v and %v", s.rect, other.rect)
				}
			}
		}
		for i, move := range p.moves {
			for _, way := range move.ways {
				inside(t, page, way)
				for _, s := range p.stops {
					if way.overlaps(s.rect) {
						t.Errorf("move %d runs along %v through the stop at %v", i, way, s.rect)
					}
				}
			}
			if move.letter == "" {
				continue
			}
			inside(t, page, move.badge)
			for _, s := range p.stops {
				if move.badge.overlaps(s.rect) {
					t.Errorf("the badge of move %d covers the stop at %v", i, s.rect)
				}
			}
			for k, other := range p.moves[:i] {
				if other.letter != "" && move.badge.overlaps(other.badge) {
					t.Errorf("badges of moves %d and %d overlap: %v and %v", k, i, other.badge, move.badge)
				}
			}
		}
	})
}

func inside(t *rapid.T, page, r rect) {
	t.Helper()
	if r.x < 0 || r.y < 0 || r.x+r.w > page.w || r.y+r.h > page.h {
		t.Errorf("%v is outside of %v", r, page)
	}
}

func TestOnlyMovesToTheSameStopShareTheirWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkWays(t, maps(false).Draw(t, "map")) })
}

// TestCrowdedMapsShareNoWay holds maps that chance rarely finds.
func TestCrowdedMapsShareNoWay(t *testing.T) {
	tests := []struct {
		name  string
		moves [][2]int
	}{
		{"a move back from above where a lane begins", [][2]int{
			{0, 0}, {0, 1}, {1, 10}, {3, 7}, {1, 5}, {1, 3}, {2, 0}, {2, 0}, {9, 1}, {2, 0}, {1, 6}, {4, 3}, {8, 1}}},
		{"lanes that end above the same layer", [][2]int{
			{0, 0}, {2, 1}, {8, 3}, {2, 5}, {11, 1}, {2, 8}, {0, 6}, {5, 6}, {5, 8}, {0, 11}, {5, 11}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := pathmap.Map{Stops: make([]pathmap.Stop, 12)}
			for i := range m.Stops {
				m.Stops[i].Label = "Round 1"
			}
			for _, ends := range tt.moves {
				m.Moves = append(m.Moves, pathmap.Move{From: ends[0], To: ends[1], Letter: "A"})
			}
			checkWays(t, m)
			for i := range m.Stops {
				m.Stops[i].Label = ""
			}
			checkWays(t, m)
		})
	}
}

func checkWays(t rapid.TB, m pathmap.Map) {
	p := read(t, m)
	for i, move := range p.moves {
		for k, other := range p.moves[:i] {
			if m.Moves[i].To == m.Moves[k].To {
				continue
			}
			for _, a := range move.ways {
				for _, b := range other.ways {
					if shared(a, b) {
						t.Errorf("moves %d and %d to different stops run along %v and %v", k, i, b, a)
					}
				}
			}
		}
	}
}

// shared reports whether two lines, both upright or both level, lie on each other.
func shared(a, b rect) bool {
	upright := a.w == 0 && b.w == 0 && a.x == b.x && a.y < b.y+b.h && b.y < a.y+a.h
	level := a.h == 0 && b.h == 0 && a.y == b.y && a.x < b.x+b.w && b.x < a.x+a.w
	return upright || level
}

func TestEveryMoveIsDrawnOnceFromStopToStop(t *testing.T) {
	classes := []string{"", "rg-map-miss", "rg-map-good", "rg-map-best"}
	rapid.Check(t, func(t *rapid.T) {
		m := maps(false).Draw(t, "map")
		p := read(t, m)
		if len(p.moves) != len(m.Moves) || len(p.stops) != len(m.Stops) {
			t.Fatalf("%d of %d moves and %d of %d stops are drawn", len(p.moves), len(m.Moves), len(p.stops), len(m.Stops))
		}
		for i, move := range m.Moves {
			got, from, to := p.moves[i], p.stops[move.From].rect, p.stops[move.To].rect
			if got.letter != move.Letter || got.classes != classes[move.Grade] {
				t.Errorf("move %d is drawn as %q %q, want %q %q", i, got.letter, got.classes, move.Letter, classes[move.Grade])
			}
			if move.From == move.To {
				right := from.x + from.w
				if got.head.x != right+1 || got.tail.x != right+1 || !within(got.head.y, from.y, from.h) || !within(got.tail.y, from.y, from.h) {
					t.Errorf("loop %d goes from %v to %v, not at the right side of %v", i, got.tail, got.head, from)
				}
				continue
			}
			if got.head.y != to.y-1 || !within(got.head.x, to.x, to.w) {
				t.Errorf("move %d arrives at %v, not at the top of %v", i, got.head, to)
			}
			if got.tail.y != from.y+from.h || !within(got.tail.x, from.x, from.w) {
				t.Errorf("move %d leaves from %v, not from the bottom of %v", i, got.tail, from)
			}
		}
	})
}

func within(n, start, length int) bool { return start < n && n < start+length }

func TestMovesLeadDownUnlessTheyGoBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acyclic := rapid.Bool().Draw(t, "acyclic")
		m := maps(acyclic).Draw(t, "map")
		p := read(t, m)
		for i, move := range m.Moves {
			from, to := p.stops[move.From].rect, p.stops[move.To].rect
			if move.From == move.To || to.y >= from.y+from.h { // a loop, or down
				continue
			}
			if to.y+to.h > from.y {
				t.Errorf("move %d joins stops of one layer", i)
			}
			if move.To != 0 && !leads(m, move.To, move.From) {
				t.Errorf("move %d leads up, though there is no way back to stop %d", i, move.From)
			}
		}
		for i, s := range p.stops[1:] {
			if s.rect.y <= p.stops[0].rect.y {
				t.Errorf("stop %d stands beside or above the start", i+1)
			}
		}
	})
}

// leads reports whether moves lead from a stop to another.
func leads(m pathmap.Map, from, to int) bool {
	seen, open := make([]bool, len(m.Stops)), []int{from}
	for len(open) > 0 {
		at := open[0]
		open = open[1:]
		if at == to {
			return true
		}
		for _, move := range m.Moves {
			if move.From == at && !seen[move.To] {
				seen[move.To] = true
				open = append(open, move.To)
			}
		}
	}
	return false
}

func TestOutlineDependsOnNoAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := maps(false).Draw(t, "map")
		want, _ := m.Outline().SVG("map")
		other := m
		other.Moves = append(append([]pathmap.Move(nil), m.Moves...), pathmap.Move{From: 0, To: 0, Letter: "Z"})
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		random.Shuffle(len(other.Moves), func(i, k int) { other.Moves[i], other.Moves[k] = other.Moves[k], other.Moves[i] })
		for i := range other.Moves {
			move := &other.Moves[i]
			move.Letter, move.Grade, move.Class = "X", pathmap.Grade(random.IntN(4)), "taken"
		}
		if got, _ := other.Outline().SVG("map"); !bytes.Equal(want, got) {
			t.Errorf("outlines differ:\n%s\n%s", want, got)
		}
		for i, move := range read(t, m.Outline()).moves {
			if move.letter != "" || move.classes != "" {
				t.Errorf("move %d of the outline is %q %q", i, move.letter, move.classes)
			}
		}
	})
}

func TestSameMapSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := maps(false).Draw(t, "map")
		once, _ := m.SVG("map")
		again, _ := m.SVG("map")
		if !bytes.Equal(once, again) {
			t.Errorf("two drawings differ:\n%s\n%s", once, again)
		}
	})
}

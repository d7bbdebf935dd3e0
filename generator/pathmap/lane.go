package pathmap

import (
	"cmp"
	"slices"
)

// A lane leads lines to one box, past all layers between: down at the left of
// those layers, or up at the right side of the map. Gap i lies above layer i, the
// last gap below all.
type lane struct {
	to          int // box
	course      course
	first, last int   // gaps
	slot        int   // from the edge of the map inward
	x           int   // of its upright part
	exits       []int // y in the gaps where lines come in, by gap
	entry       int   // y in the gap above its box
}

// assignLanes gives lines that pass layers a lane, one for all of the same box
// and course. Lanes that begin high lie outside: so those inside can begin
// straight below their box.
func (p *plan) assignLanes() {
	for i := range p.lines {
		l := &p.lines[i]
		if l.course != skip && l.course != back {
			continue
		}
		out, in := p.boxes[l.From].layer+1, p.boxes[l.To].layer
		l.lane = slices.IndexFunc(p.lanes, func(x lane) bool { return x.to == l.To && x.course == l.course })
		if l.lane < 0 {
			l.lane = len(p.lanes)
			p.lanes = append(p.lanes, lane{to: l.To, course: l.course, first: in, last: in, exits: make([]int, len(p.layers)+1)})
		}
		x := &p.lanes[l.lane]
		x.first, x.last = min(x.first, out), max(x.last, out)
	}
	outer := make([]*lane, len(p.lanes))
	for i := range p.lanes {
		outer[i] = &p.lanes[i]
	}
	slices.SortStableFunc(outer, func(a, b *lane) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last))
	})
	for i, x := range outer {
		for slices.ContainsFunc(outer[:i], x.meets) {
			x.slot++
		}
	}
}

// meets reports whether two lanes would overlap.
func (x *lane) meets(other *lane) bool {
	return x.course == other.course && x.slot == other.slot && x.first <= other.last && other.first <= x.last
}

// passing returns how many slots the lanes that go down past a layer take.
func (p *plan) passing(layer int) int {
	n := 0
	for _, x := range p.lanes {
		if x.course == skip && x.first <= layer && layer < x.last {
			n = max(n, x.slot+1)
		}
	}
	return n
}

// returning returns how many slots the lanes that go up take.
func (p *plan) returning() int {
	n := 0
	for _, x := range p.lanes {
		if x.course == back {
			n = max(n, x.slot+1)
		}
	}
	return n
}

// A track is a level part of a lane, in a gap.
type track struct {
	lane      *lane
	near, far int // x where lines join it, nearest to its side and furthest from it
}

// exitTracks returns the tracks on which lines from the layer above a gap go to
// a side, the highest first: that with the line nearest to the side.
func (p *plan) exitTracks(gap int, side course) []track {
	var tracks []track
	for _, l := range p.lines {
		if l.course != side || p.boxes[l.From].layer+1 != gap || l.out == p.lanes[l.lane].x {
			continue
		}
		x := &p.lanes[l.lane]
		i := slices.IndexFunc(tracks, func(t track) bool { return t.lane == x })
		if i < 0 {
			tracks = append(tracks, track{x, l.out, l.out})
			continue
		}
		if further(side, l.out, tracks[i].far) < 0 {
			tracks[i].far = l.out
		}
		if further(side, l.out, tracks[i].near) > 0 {
			tracks[i].near = l.out
		}
	}
	slices.SortStableFunc(tracks, func(a, b track) int { return further(side, b.near, a.near) })
	return tracks
}

// entryTracks returns the tracks on which lanes of a side come to the layer
// below a gap, the longest first.
func (p *plan) entryTracks(gap int, side course) []track {
	var tracks []track
	for i := range p.lanes {
		if x := &p.lanes[i]; x.course == side && p.boxes[x.to].layer == gap && p.entryPort(x) != x.x {
			in := p.entryPort(x)
			tracks = append(tracks, track{x, in, in})
		}
	}
	slices.SortStableFunc(tracks, func(a, b track) int { return further(side, a.far, b.far) })
	return tracks
}

// further compares how far from their side two places are, the furthest first.
func further(side course, a, b int) int {
	if side == skip {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// entryPort is where a lane arrives at the top of its box: x.
func (p *plan) entryPort(x *lane) int {
	b := &p.boxes[x.to]
	switch {
	case x.course == back:
		return b.right() - portInset
	case x.isAbove(b):
		return x.x
	default:
		return b.x + portInset
	}
}

// isAbove reports whether a line can go straight between a lane and a box.
func (x *lane) isAbove(b *box) bool {
	return b.place == 0 && x.x >= b.x+portInset && x.x <= b.right()-portInset
}

// stack gives tracks their levels below y, and returns the next free one. The
// second tracks, those of the other side, lie below the first unless none of
// them meet.
func stack(first, second []track, y int, set func(*lane, int)) int {
	below := 0
	for _, a := range first {
		if slices.ContainsFunc(second, a.meets) {
			below = len(first)
		}
	}
	for i, t := range first {
		set(t.lane, y+i*trackPitch)
	}
	for i, t := range second {
		set(t.lane, y+(below+i)*trackPitch)
	}
	return y + max(len(first), below+len(second))*trackPitch
}

// meets reports whether tracks of different sides come close on the same level.
func (t track) meets(other track) bool {
	if t.lane.course == back {
		t, other = other, t
	}
	return t.far+badgePitch >= other.far
}

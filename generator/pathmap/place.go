package pathmap

import (
	"cmp"
	"slices"
)

// Distances, in units of the picture.
const (
	pageWidth = 320 // of the narrowest phone
	margin    = 4

	narrowBox = 60
	wideText  = 120 // longer texts do not make their box wider
	boxGap    = 6   // beside each other
	lineBox   = 34  // height for one line of text
	textBox   = 44  // and for two

	badgePitch = 20 // between two badges
	badgeDrop  = 14 // of a badge below its box
	bareLine   = 12 // between two lines without badges
	loopReach  = 30 // of a loop, with its badge

	portInset = 10 // of lines, from the sides of their box

	skipPitch  = 20 // between lanes at the left, which may begin with a badge
	backPitch  = 12 // between lanes at the right
	trackPitch = 8  // between the level parts of lanes
	turn       = 6  // radius where they meet
	landing    = 18 // what an arrow head needs above a box, with a turn
)

// placeAcross finds the width of the map, and where boxes and lanes stand in it.
func (p *plan) placeAcross() {
	sides := 2*margin + p.returning()*backPitch
	needs := make([]int, len(p.layers))
	for i, layer := range p.layers {
		needs[i] = p.passing(i)*skipPitch + (len(layer)-1)*boxGap
		for _, b := range layer {
			needs[i] += p.minWidth(b)
		}
	}
	p.width = max(pageWidth, sides+slices.Max(needs))
	p.axis = (p.width-sides-p.loopRoom)/2 + margin
	for i, layer := range p.layers {
		x, spare := margin+p.passing(i)*skipPitch, p.width-sides-needs[i]
		for _, b := range layer {
			room := p.minWidth(b) + spare/len(layer)
			p.boxes[b].x, p.boxes[b].w = x, room-p.loopRoom
			x += room + boxGap
		}
	}
	for i := range p.lanes {
		x := &p.lanes[i]
		x.x = margin + x.slot*skipPitch + portInset
		if x.course == back {
			x.x = p.width - margin - x.slot*backPitch
		}
	}
}

// placePorts finds where lines leave and enter their boxes, so that as many as
// can be go straight down.
func (p *plan) placePorts() {
	for i := range p.boxes {
		lines := p.leaving(i)
		wanted := p.wantedPorts(lines)
		b := &p.boxes[i]
		for k := range wanted {
			wanted[k] = max(wanted[k], b.x+portInset)
			if k > 0 {
				wanted[k] = max(wanted[k], wanted[k-1]+p.portPitch)
			}
		}
		limit := b.right() - portInset
		for k := len(wanted) - 1; k >= 0; k-- {
			lines[k].out = min(wanted[k], limit)
			limit = lines[k].out - p.portPitch
		}
		for _, l := range lines {
			if l.course == down {
				to := &p.boxes[l.To]
				l.in = min(max(l.out, to.x+portInset), to.right()-portInset)
			} else {
				l.in = p.entryPort(&p.lanes[l.lane])
			}
		}
	}
}

// leaving returns the lines that leave a box from left to right: those for the
// lanes outside, the outermost lane first, the others in the order of the boxes
// they lead to, the best in the middle of those to the same box.
func (p *plan) leaving(i int) []*line {
	var lines []*line
	for k := range p.lines {
		if l := &p.lines[k]; l.From == i && l.course != loop {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b *line) int {
		return cmp.Or(cmp.Compare(side(a), side(b)), cmp.Compare(p.rank(a), p.rank(b)))
	})
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && lines[end].course == down && lines[end].To == lines[start].To {
			end++
		}
		if lines[start].course == down {
			centreBest(lines[start:end])
		}
		start = end
	}
	return lines
}

// side is where a line goes: left, down or right.
func side(l *line) int {
	switch l.course {
	case skip:
		return -1
	case back:
		return 1
	default:
		return 0
	}
}

// rank orders lines of the same box and side from left to right.
func (p *plan) rank(l *line) int {
	switch l.course {
	case skip:
		return p.lanes[l.lane].slot
	case back:
		return -p.lanes[l.lane].slot
	default:
		return p.boxes[l.To].place
	}
}

// centreBest moves the best of some lines to their middle.
func centreBest(lines []*line) {
	best := slices.IndexFunc(lines, func(l *line) bool { return l.Grade == Best })
	for middle := (len(lines) - 1) / 2; best >= 0 && best != middle; {
		step := cmp.Compare(middle, best)
		lines[best], lines[best+step] = lines[best+step], lines[best]
		best += step
	}
}

// wantedPorts returns where lines that leave the same box would best do so, if
// they were alone: x.
func (p *plan) wantedPorts(lines []*line) []int {
	wanted := make([]int, len(lines))
	for k, l := range lines {
		from, to := &p.boxes[l.From], &p.boxes[l.To]
		switch l.course {
		case skip:
			wanted[k] = from.x
			if x := &p.lanes[l.lane]; x.isAbove(from) {
				wanted[k] = x.x
			}
		case back:
			wanted[k] = from.right()
		default:
			first := slices.IndexFunc(lines, func(o *line) bool { return o.course == down && o.To == l.To })
			n := 0
			for _, o := range lines[first:] {
				if o.course == down && o.To == l.To {
					n++
				}
			}
			wanted[k] = p.facing(from, to) + (k-first-(n-1)/2)*p.portPitch
		}
	}
	return wanted
}

// facing returns the x in a box from which a line goes straightest to another,
// and along the axis where that is as straight.
func (p *plan) facing(from, to *box) int {
	left, right := max(from.x, to.x), min(from.right(), to.right())
	switch {
	case left+portInset <= p.axis && p.axis <= right-portInset:
		return p.axis
	case right-left >= 2*portInset:
		return (left + right) / 2
	case to.centre() > from.centre():
		return from.right() - portInset
	default:
		return from.x + portInset
	}
}

// placeDown finds the height of the map, and where boxes, loops and the level
// parts of lanes are in it.
func (p *plan) placeDown() {
	y := margin
	for gap := range len(p.layers) + 1 {
		y = p.placeGap(gap, y)
		if gap == len(p.layers) {
			break
		}
		height := 0
		for _, b := range p.layers[gap] {
			height = max(height, p.boxHeight(b))
		}
		for _, b := range p.layers[gap] {
			p.boxes[b].y, p.boxes[b].h = y, height
		}
		y += height
	}
	p.height = y + margin
}

// placeGap places what runs through a gap that begins at y, and returns where
// it ends.
func (p *plan) placeGap(gap, y int) int {
	exitsLeft, exitsRight := p.exitTracks(gap, skip), p.exitTracks(gap, back)
	entriesLeft, entriesRight := p.entryTracks(gap, skip), p.entryTracks(gap, back)
	last := gap == len(p.layers)
	tracks := len(exitsLeft)+len(exitsRight)+len(entriesLeft)+len(entriesRight) > 0
	if !tracks && (gap == 0 || last) {
		return y
	}
	if gap > 0 {
		y += turn
		if p.hasBadges(gap - 1) {
			y += badgeDrop + badgePitch/2 - turn
		}
		if tracks {
			y += turn
		}
	}
	// In this order no line runs along a lane at the left that begins or ends
	// above or below a box: it has turned off before, or turns in after.
	y = stack(exitsRight, exitsLeft, y, func(x *lane, y int) { x.exits[gap] = y })
	y = stack(entriesLeft, entriesRight, y, func(x *lane, y int) { x.entry = y })
	if last {
		return y
	}
	return y + landing
}

// hasBadges reports whether a line that leaves a layer has a letter.
func (p *plan) hasBadges(layer int) bool {
	return slices.ContainsFunc(p.lines, func(l line) bool {
		return l.Letter != "" && l.course != loop && p.boxes[l.From].layer == layer
	})
}

// boxHeight is what a box needs for its texts and loops.
func (p *plan) boxHeight(i int) int {
	stop := p.m.Stops[i]
	height := lineBox
	if stop.Label != "" && stop.Name != "" {
		height = textBox
	}
	return max(height, p.boxes[i].loops*badgePitch+4)
}

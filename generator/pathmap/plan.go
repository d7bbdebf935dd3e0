package pathmap

import (
	"cmp"
	"slices"
)

// A plan is a map being laid out, step by step: see [Map.SVG] for the steps. Each
// uses what those before it found.
type plan struct {
	m      Map
	boxes  []box   // of the map's stops
	lines  []line  // of the map's moves, without those that lead nowhere
	layers [][]int // the boxes of each layer, from left to right
	lanes  []lane

	portPitch     int // between two lines that leave a box
	loopRoom      int // kept free at the right of every box, so that boxes line up
	axis          int // x of the middle of a box that has its layer for itself
	width, height int
}

// A box is where a stop is drawn.
type box struct {
	layer, place int // index in plan.layers, index in that layer
	loops        int // lines that lead back to the box itself
	ports        int // lines that leave it for others
	x, y, w, h   int
}

func (b *box) right() int  { return b.x + b.w }
func (b *box) bottom() int { return b.y + b.h }
func (b *box) centre() int { return b.x + b.w/2 }

// A line is how a move is drawn.
type line struct {
	Move
	course course
	lane   int // index in plan.lanes, for skip and back
	nth    int // among the loops of its box
	out    int // x where it leaves its box, at the bottom; not of a loop
	in     int // x where it arrives, at the top; not of a loop
}

// A course is the way a line takes.
type course int

const (
	down course = iota // to the next layer
	skip               // past other layers, at the left side
	back               // to a layer above, at the right side
	loop               // to the box it leaves
)

func newPlan(m Map) *plan {
	p := &plan{m: m, boxes: make([]box, len(m.Stops)), portPitch: bareLine}
	for _, move := range m.Moves {
		if !m.holds(move) {
			continue
		}
		l := line{Move: move}
		if move.From == move.To {
			l.course, l.nth = loop, p.boxes[move.From].loops
			p.boxes[move.From].loops++
			p.loopRoom = loopReach
		} else {
			p.boxes[move.From].ports++
		}
		if move.Letter != "" {
			p.portPitch = badgePitch
		}
		p.lines = append(p.lines, l)
	}
	return p
}

// layer puts every box into a layer below those that lead to it, where there is
// room beside the boxes that are there. Lines that go back are left aside.
func (p *plan) layer() {
	p.findBack()
	waiting := make([]int, len(p.boxes)) // lines from boxes without a layer
	for _, l := range p.lines {
		if l.course == down {
			waiting[l.To]++
		}
	}
	for i := range p.boxes {
		p.boxes[i].layer = min(i, 1) // only the start stands at the top
	}
	var taken []int // width, by layer
	for range p.boxes {
		// There is one, since lines that do not go back form no circle.
		i := slices.Index(waiting, 0)
		waiting[i] = -1
		b := &p.boxes[i]
		for b.layer < len(taken) && taken[b.layer]+p.minWidth(i) > pageWidth-2*margin {
			b.layer++
		}
		if b.layer == len(taken) {
			taken, p.layers = append(taken, 0), append(p.layers, nil)
		}
		taken[b.layer] += p.minWidth(i) + boxGap
		p.layers[b.layer] = append(p.layers[b.layer], i)
		for _, l := range p.lines {
			if l.From == i && l.course == down {
				waiting[l.To]--
				p.boxes[l.To].layer = max(p.boxes[l.To].layer, b.layer+1)
			}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.course == down && p.boxes[l.To].layer > p.boxes[l.From].layer+1 {
			l.course = skip
		}
	}
}

// findBack finds the lines that go back: those to the start, and those to a box
// that a walk in reading order is still inside of. Grades have no say in it, so a
// map and its outline agree.
func (p *plan) findBack() {
	const inside, done = 1, 2
	state := make([]int, len(p.boxes))
	var walk func(i int)
	walk = func(i int) {
		state[i] = inside
		for to := range p.boxes {
			for k := range p.lines {
				l := &p.lines[k]
				if l.From != i || l.To != to || l.course == loop {
					continue
				}
				if to == 0 || state[to] == inside {
					l.course = back
				} else if state[to] != done {
					walk(to)
				}
			}
		}
		state[i] = done
	}
	for i := range p.boxes {
		if state[i] != done {
			walk(i)
		}
	}
}

// order turns the boxes within layers so that lines cross little: each goes
// where the boxes that it is connected with are, on average.
func (p *plan) order() {
	for i, layer := range p.layers {
		slices.Sort(layer)
		p.number(i)
	}
	for range 3 {
		for i := len(p.layers) - 1; i >= 0; i-- {
			p.sortLayer(i, func(l line) (int, int) { return l.From, l.To })
		}
		for i := range p.layers {
			p.sortLayer(i, func(l line) (int, int) { return l.To, l.From })
		}
	}
}

// sortLayer sorts a layer by the mean position of its neighbours in the layer
// that ends looks to.
func (p *plan) sortLayer(i int, ends func(line) (here, there int)) {
	position := func(b int) int {
		const scale = 1 << 16
		return (2*p.boxes[b].place + 1) * scale / len(p.layers[p.boxes[b].layer])
	}
	mean := make(map[int]int, len(p.layers[i]))
	for _, b := range p.layers[i] {
		sum, n := 0, 0
		for _, l := range p.lines {
			if here, there := ends(l); here == b && l.course == down {
				sum, n = sum+position(there), n+1
			}
		}
		if n == 0 {
			sum, n = position(b), 1
		}
		mean[b] = sum / n
	}
	slices.SortStableFunc(p.layers[i], func(a, b int) int { return cmp.Compare(mean[a], mean[b]) })
	p.number(i)
}

// number tells the boxes of a layer their places.
func (p *plan) number(layer int) {
	for place, b := range p.layers[layer] {
		p.boxes[b].place = place
	}
}

// minWidth is what a box needs for what its stop is called and for the lines that
// leave it, with the room beside it.
func (p *plan) minWidth(i int) int {
	stop := p.m.Stops[i]
	called := estimate(cmp.Or(stop.Label, stop.Name))*textSize/100 + 1 + 2*textInset
	ports := (p.boxes[i].ports-1)*p.portPitch + 2*portInset
	return max(narrowBox, min(called, wideText), ports) + p.loopRoom
}

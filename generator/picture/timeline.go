package picture

// steps are the minutes between two marks of a timeline.
var steps = [...]int{1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440}

// timeline draws the scale on the console: a bar notched like a ruler, a tick at
// the optimal time, labels below it.
func (d *drawing) timeline(t Timeline) {
	if t.Worst <= 0 {
		return
	}
	const (
		top    = consoleTop + 50
		height = 26
		over   = 12 // what the tick stands out
		labels = Height - 34
	)
	bar := func(from, to int, k ink) { d.fill(rect(margin+from, top, to-from, height), k) }
	best, from, to := t.position(t.Optimal), t.position(t.From), t.position(t.To)
	if t.To <= 0 {
		from, to = best, best
	}
	bar(0, column, trackInk)
	bar(0, from, spentInk)
	bar(from, to, glowInk)
	for m := t.step(); m < t.Worst; m += t.step() {
		x := t.position(m)
		bar(x-1, x+1, consoleInk)
	}
	best = min(best, column-4)
	d.fill(rect(margin+best, top-over, 4, height+2*over), paleInk)

	mono := d.fonts.mono
	face := mono.at(25)
	worst := face.clip(mono.known(t.WorstText), column/2)
	end := column - face.width(worst)
	d.text(face, margin+end, labels, worst, dimInk)
	text := face.clip(mono.known(t.OptimalText), max(0, end-32))
	d.text(face, margin+max(0, min(best, end-32-face.width(text))), labels, text, paleInk)
}

// position returns where a time lies on the scale, in pixels from its start.
func (t Timeline) position(minutes int) int {
	minutes = max(0, min(minutes, t.Worst))
	return int(int64(column) * int64(minutes) / int64(t.Worst))
}

// step returns the minutes between two marks, so that marks are not too close.
func (t Timeline) step() int {
	for _, s := range steps {
		if t.Worst/s <= column/35 {
			return s
		}
	}
	return t.Worst
}

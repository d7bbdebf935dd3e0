package pathmap

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"github.com/replaygen/replaygen/generator/diag"
)

const (
	textSize    = 13
	textInset   = 4 // from the sides of the box
	badgeRadius = 8
)

// draw writes the picture.
func (p *plan) draw(id string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg class="rg-map" role="img" aria-labelledby="%s-title"`, id)
	if p.m.About != "" {
		fmt.Fprintf(&b, ` aria-describedby="%s-about"`, id)
	}
	fmt.Fprintf(&b, ` width="%d" height="%d" viewBox="0 0 %[1]d %[2]d"`, p.width, p.height)
	b.WriteString(` fill="none" stroke="currentColor" text-anchor="middle">`)
	fmt.Fprintf(&b, `<title id="%s-title">%s</title>`, id, escape(p.m.Title))
	if p.m.About != "" {
		fmt.Fprintf(&b, `<desc id="%s-about">%s</desc>`, id, escape(p.m.About))
	}
	for i := range p.lines {
		p.drawLine(&b, &p.lines[i])
	}
	for i := range p.boxes {
		drawBox(&b, &p.boxes[i], p.m.Stops[i])
	}
	b.WriteString("</svg>")
	return b.Bytes()
}

// drawLine writes a line, its arrow head and its badge.
func (p *plan) drawLine(b *bytes.Buffer, l *line) {
	fmt.Fprintf(b, `<g class="%s"><path d="%s"/>`, classes("rg-map-move"+gradeClass(l.Grade), l.Class), p.path(l))
	if l.Letter != "" {
		from := &p.boxes[l.From]
		x, y := l.out, from.bottom()+badgeDrop
		if l.course == loop {
			x, y = from.right()+loopReach-badgeRadius-2, from.loopMiddle(l.nth)
		}
		if l.Grade == Miss {
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%[3]d"/>`, x-badgeRadius+1, y-badgeRadius+1, 2*badgeRadius-2)
		} else {
			fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="%d"/>`, x, y, badgeRadius)
		}
		fmt.Fprintf(b, `<text x="%d" y="%d">%s</text>`, x, y+4, escape(l.Letter))
	}
	b.WriteString("</g>")
}

// loopMiddle is the y of the middle of a loop.
func (b *box) loopMiddle(nth int) int {
	return b.y + b.h/2 + (2*nth-b.loops+1)*badgePitch/2
}

// path returns the way of a line. It begins at the arrow head, so that dashes of
// lines that share a lane lie on each other.
func (p *plan) path(l *line) string {
	from, to := &p.boxes[l.From], &p.boxes[l.To]
	if l.course == loop {
		return fmt.Sprintf("M%d %dl6 4m-6-4 6-3m-6 3h10q8 0 8-5t-8-5h-10", from.right()+1, from.loopMiddle(l.nth)+5)
	}
	head := fmt.Sprintf("M%d %dl-4-6m4 6 4-6m-4 6", l.in, to.y-1)
	switch {
	case l.course == down && l.in == l.out:
		return fmt.Sprintf("%sV%d", head, from.bottom())
	case l.course == down:
		middle := (from.bottom() + to.y) / 2
		return fmt.Sprintf("%sC%d %d %d %d %[4]d %[6]d", head, l.in, middle, l.out, middle, from.bottom())
	default:
		x := &p.lanes[l.lane]
		var places []int
		if l.in != x.x {
			places = append(places, x.entry, x.x)
		}
		if l.out != x.x {
			places = append(places, x.exits[from.layer+1], l.out)
		}
		return head + along(l.in, to.y-1, append(places, from.bottom()))
	}
}

// along returns a path from (x, y) through the given places: upright to the first
// y, level to the next x, upright again and so on, with its corners rounded.
func along(x, y int, places []int) string {
	var b strings.Builder
	for i, next := range places[:len(places)-1] {
		after := places[i+1]
		if i%2 == 0 {
			dy, dx := corner(next-y, after-x)
			fmt.Fprintf(&b, "V%dq0 %d %d %[2]d", next-dy, dy, dx)
			y = next
		} else {
			dx, dy := corner(next-x, after-y)
			fmt.Fprintf(&b, "H%dq%d 0 %[2]d %d", next-dx, dx, dy)
			x = next
		}
	}
	fmt.Fprintf(&b, "V%d", places[len(places)-1])
	return b.String()
}

// corner returns the signed radii of a corner between parts of the given signed
// lengths.
func corner(before, after int) (int, int) {
	radius := min(turn, max(before, -before)/2, max(after, -after)/2)
	return sign(before) * radius, sign(after) * radius
}

func sign(n int) int { return cmp.Compare(n, 0) }

// drawBox writes a stop.
func drawBox(b *bytes.Buffer, box *box, stop Stop) {
	kind, radius := kindLook(stop.Kind)
	fmt.Fprintf(b, `<g class="%s"><rect x="%d" y="%d" width="%d" height="%d"`, classes("rg-map-stop "+kind, stop.Class), box.x, box.y, box.w, box.h)
	if radius > 0 {
		fmt.Fprintf(b, ` rx="%d"`, radius)
	}
	b.WriteString("/>")
	middle := box.y + box.h/2
	labelY, nameY := middle+5, middle+5
	if stop.Label != "" && stop.Name != "" {
		labelY, nameY = middle-3, middle+13
	}
	drawText(b, "rg-map-label", stop.Label, box, labelY)
	drawText(b, "rg-map-name", stop.Name, box, nameY)
	b.WriteString("</g>")
}

// drawText writes as much of a text as its box has room for; the rest is in a title.
func drawText(b *bytes.Buffer, class, text string, box *box, y int) {
	if text == "" {
		return
	}
	short := shorten(text, box.w-2*textInset)
	fmt.Fprintf(b, `<text class="%s" x="%d" y="%d">%s`, class, box.centre(), y, escape(short))
	if strings.HasSuffix(short, "…") {
		fmt.Fprintf(b, `<title>%s</title>`, escape(text))
	}
	b.WriteString("</text>")
}

func gradeClass(g Grade) string {
	switch g {
	case Best:
		return " rg-map-best"
	case Good:
		return " rg-map-good"
	case Miss:
		return " rg-map-miss"
	default:
		return ""
	}
}

// kindLook returns the class of a kind and the radius of its corners.
func kindLook(k Kind) (class string, radius int) {
	switch k {
	case Start:
		return "rg-map-start", lineBox / 2
	case Closing:
		return "rg-map-closing", 0
	case End:
		return "rg-map-end", lineBox / 2
	default:
		return "rg-map-round", 4
	}
}

// classes returns the value of a class attribute.
func classes(own, further string) string {
	if further == "" {
		return own
	}
	return own + " " + escape(further)
}

// escape returns text for an element or an attribute of HTML or XML.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder does not fail
	return b.String()
}

// shorten cuts a text to a width in units of the picture.
func shorten(text string, width int) string {
	for columns := 4 * width / textSize; columns > 1; columns-- {
		if short := diag.Clip(text, columns); estimate(short)*textSize <= width*100 {
			return short
		}
	}
	return "…"
}

// estimate returns about how wide a text is, in hundredths of its size. The
// reader's font is not known, so it is on the wide side.
func estimate(text string) int {
	sum := 0
	for _, r := range text {
		switch {
		case diag.Width(string(r)) != 1:
			sum += 50 * diag.Width(string(r))
		case strings.ContainsRune("iljtfrI.,:;'|!()[]- ", r):
			sum += 36
		case strings.ContainsRune("mwMW%@—", r):
			sum += 92
		case unicode.IsUpper(r):
			sum += 72
		default:
			sum += 61
		}
	}
	return sum
}

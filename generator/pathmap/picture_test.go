package pathmap_test

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/pathmap"
)

// A picture is a map as read back from its SVG.
type picture struct {
	width, height int
	stops         []drawnStop
	moves         []drawnMove
}

type drawnStop struct {
	rect  rect
	texts []string
}

type drawnMove struct {
	classes    string // but rg-map-move
	letter     string // "" without a badge
	badge      rect
	head, tail point  // where the move arrives and where it leaves
	ways       []rect // its path, part by part; of a curve all that it can touch
}

type point struct{ x, y int }

type rect struct{ x, y, w, h int }

// overlaps reports whether two rects share more than an edge. Lines, which have
// no width or no height, overlap what they run through.
func (r rect) overlaps(o rect) bool {
	return r.x < o.x+o.w && o.x < r.x+r.w && r.y < o.y+o.h && o.y < r.y+r.h
}

// element is any element of an SVG.
type element struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []element  `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) number(t rapid.TB, name string) int {
	n, err := strconv.Atoi(e.attr(name))
	if err != nil {
		t.Fatalf("%s of <%s>: %v", name, e.XMLName.Local, err)
	}
	return n
}

func (e element) rect(t rapid.TB) rect {
	if e.XMLName.Local == "circle" {
		r := e.number(t, "r")
		return rect{e.number(t, "cx") - r, e.number(t, "cy") - r, 2 * r, 2 * r}
	}
	return rect{e.number(t, "x"), e.number(t, "y"), e.number(t, "width"), e.number(t, "height")}
}

// read draws a map and reads what it drew.
func read(t rapid.TB, m pathmap.Map) picture {
	svg, ok := m.SVG("map")
	if !ok {
		t.Fatal("the map is not drawn")
	}
	var root element
	if err := xml.Unmarshal(svg, &root); err != nil {
		t.Fatalf("not well-formed: %v\n%s", err, svg)
	}
	p := picture{width: root.number(t, "width"), height: root.number(t, "height")}
	for _, g := range root.Nodes {
		switch class, further, _ := strings.Cut(g.attr("class"), " "); class {
		case "rg-map-stop":
			p.stops = append(p.stops, readStop(t, g))
		case "rg-map-move":
			p.moves = append(p.moves, readMove(t, g, further))
		}
	}
	return p
}

func readStop(t rapid.TB, g element) drawnStop {
	s := drawnStop{rect: g.Nodes[0].rect(t)}
	for _, text := range g.Nodes[1:] {
		s.texts = append(s.texts, text.Text)
	}
	return s
}

func readMove(t rapid.TB, g element, classes string) drawnMove {
	m := drawnMove{classes: classes}
	m.head, m.tail, m.ways = walk(t, g.Nodes[0].attr("d"))
	if len(g.Nodes) > 1 {
		m.badge, m.letter = g.Nodes[1].rect(t), g.Nodes[2].Text
	}
	return m
}

// walk follows a path behind its arrow head, which is its first three parts.
func walk(t rapid.TB, d string) (head, tail point, ways []rect) {
	var at point
	for _, part := range regexp.MustCompile(`[A-Za-z][^A-Za-z]*`).FindAllString(d, -1) {
		n := numbers(t, part[1:])
		from, touched := at, []point{}
		add := func(base point) {
			for i := 0; i < len(n); i += 2 {
				touched = append(touched, point{base.x + n[i], base.y + n[i+1]})
			}
			at = touched[len(touched)-1]
		}
		switch part[0] {
		case 'M':
			add(point{})
			head = at
			continue
		case 'l', 'm': // the arrow head
			for i := 0; i < len(n); i += 2 {
				at = point{at.x + n[i], at.y + n[i+1]}
			}
			continue
		case 'C':
			add(point{})
		case 'q', 't':
			add(from)
		case 'V':
			at.y = n[0]
		case 'H':
			at.x = n[0]
		case 'h':
			at.x += n[0]
		default:
			t.Fatalf("path %s: unknown command %q", d, part[0])
		}
		ways = append(ways, around(append(touched, from, at)))
	}
	return head, at, ways
}

func numbers(t rapid.TB, text string) []int {
	var numbers []int
	for _, field := range strings.Fields(strings.ReplaceAll(text, "-", " -")) {
		n, err := strconv.Atoi(field)
		if err != nil {
			t.Fatalf("not a whole number: %v", err)
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// around returns the smallest rect that holds all points.
func around(points []point) rect {
	left, top := points[0].x, points[0].y
	right, bottom := left, top
	for _, p := range points {
		left, right = min(left, p.x), max(right, p.x)
		top, bottom = min(top, p.y), max(bottom, p.y)
	}
	return rect{left, top, right - left, bottom - top}
}

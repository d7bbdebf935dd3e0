package trail

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Resolution is what a link or a trail means to a machine.
type Resolution struct {
	State    int    // the state it leads to; 0, the briefing, where nothing could be followed
	Followed string // the part of the trail that leads there
	Left     string // the part that does not; "" if all does
	Fault    Fault
	Problem  string // what is wrong, in words for people; "" if nothing is
}

// Fault is the kind of problem that a [Resolution] has.
type Fault int

// The faults, least first.
const (
	NoFault Fault = iota
	// Changed: all that is named is there, but does not lead there: it was
	// written for another version of the replay, or for another detail.
	Changed
	// Unknown: a round, a choice or a page is named that the replay does not have.
	Unknown
	// Malformed: it is no trail at all.
	Malformed
)

// A Resolver finds the states that links and trails mean. It is prepared once
// for any number of links, and may be used concurrently.
type Resolver struct {
	m      *Machine
	pages  map[string]int  // by name
	places map[string]bool // the first pieces of the names
	// Several pages in a row can have the same trail: these hold the last of them.
	// The keys of folded and timeless are in lower case, those of timeless lack the clock.
	trails, folded, timeless map[string]int
}

// Resolver returns a resolver of m's states.
func (m *Machine) Resolver() *Resolver {
	r := &Resolver{
		m: m, pages: map[string]int{}, places: map[string]bool{},
		trails: map[string]int{}, folded: map[string]int{}, timeless: map[string]int{},
	}
	for i := range m.Len() {
		name, trail := m.Name(i), m.Trail(i)
		place, _, _ := strings.Cut(name, ".")
		r.pages[name], r.places[place] = i, true
		lower := strings.ToLower(trail)
		r.trails[trail], r.folded[lower] = i, i
		if pieces, _ := cutClock(lower); len(pieces) > 0 {
			r.timeless[strings.Join(pieces, ".")] = i
		}
	}
	return r
}

// Page returns the state whose page is called name (without extension), as
// [Machine.Name] gives it, in any letter case.
func (r *Resolver) Page(name string) (state int, ok bool) {
	state, ok = r.pages[strings.ToLower(name)]
	return state, ok
}

// Address returns the state that a link to a page of this replay means. The page
// decides, as it does on the site; where there is no such page, the trail does,
// which the name of the page holds too. The folder's own page is taken for its trail.
func (r *Resolver) Address(a Address) Resolution {
	if a.Page == "" || a.Page == indexPage && a.Trail != "" && !strings.EqualFold(a.Trail, start) {
		return r.trailOrPage(a.Trail)
	}
	i, ok := r.Page(a.Page)
	if !ok {
		return r.missing(a)
	}
	res := Resolution{State: i, Followed: r.m.Trail(i)}
	if a.Trail != "" && !strings.EqualFold(a.Trail, res.Followed) {
		res.Left, res.Fault = a.Trail, Changed
		res.Problem = fmt.Sprintf("the page that the link leads to has the trail %s, not %s", res.Followed, a.Trail)
	}
	return res
}

// trailOrPage resolves a word that is a trail or else the name of a page.
func (r *Resolver) trailOrPage(word string) Resolution {
	res := r.Trail(word)
	if i, ok := r.Page(word); ok && res.Fault != NoFault {
		return Resolution{State: i, Followed: r.m.Trail(i)}
	}
	return res
}

// missing resolves a link to a page that the replay does not have.
func (r *Resolver) missing(a Address) Resolution {
	place, rest, _ := strings.Cut(a.Page, ".")
	fault, trail := Changed, a.Trail
	if !r.places[strings.ToLower(place)] {
		fault, rest = Unknown, ""
	}
	if trail == "" {
		trail = rest
	}
	problem := fmt.Sprintf("the replay has no page %q", a.Page)
	if fault == Unknown && trail == "" || hashedTrail.MatchString(trail) {
		return Resolution{Left: trail, Fault: fault, Problem: problem}
	}
	res := r.Trail(trail)
	if res.Fault == NoFault {
		res.Problem = "its trail leads to " + r.m.Name(res.State)
	}
	res.Fault, res.Problem = max(res.Fault, fault), problem+"; "+res.Problem
	return res
}

var (
	hashedTrail = regexp.MustCompile(`^h[0-9a-f]{20}$`) // see Machine.Name
	clockPiece  = regexp.MustCompile(`^[0-9]+m([0-9]+of[0-9]+)?$`)
)

// Trail follows a trail, as [Machine.Trail] writes it, in any letter case. One
// that no page has, because it belongs to another version of the replay or to
// another detail, is followed as far as it goes: what it says was picked is
// picked anew.
func (r *Resolver) Trail(trail string) Resolution {
	if trail = strings.TrimSpace(trail); trail == "" {
		trail = start
	}
	i, ok := r.trails[trail]
	if !ok {
		i, ok = r.folded[strings.ToLower(trail)]
	}
	if ok {
		return Resolution{State: i, Followed: r.m.Trail(i)}
	}
	texts, clock := cutClock(trail)
	if i, ok := r.timeless[strings.ToLower(strings.Join(texts, "."))]; ok {
		return r.m.compareClock(Resolution{State: i, Followed: strings.Join(texts, ".")}, clock)
	}
	pieces, fault, problem := r.m.parsePieces(texts)
	res := r.follow(texts, pieces)
	if res.Left == "" {
		return r.m.compareClock(res, clock)
	}
	if res.Fault, res.Problem = fault, problem; fault == NoFault {
		res.Fault, res.Problem = Changed, r.m.whyLeft(res)
	}
	if clock != "" {
		res.Left += "." + clock
	}
	return res
}

// follow follows those pieces of a trail that name something, which are its
// first, as far as they go.
func (r *Resolver) follow(texts []string, pieces []piece) (res Resolution) {
	if !slices.ContainsFunc(pieces, func(p piece) bool { return p.record }) {
		var used []bool
		res.State, used = r.m.retrace(pieces)
		var followed, left []string
		for k, text := range texts {
			if k < len(used) && used[k] {
				followed = append(followed, text)
			} else {
				left = append(left, text)
			}
		}
		res.Followed, res.Left = strings.Join(followed, "."), strings.Join(left, ".")
		return res
	}
	for n := len(pieces); n > 0; n-- {
		res.Followed, res.Left = strings.Join(texts[:n], "."), strings.Join(texts[n:], ".")
		if i, ok := r.timeless[strings.ToLower(res.Followed)]; ok {
			res.State = i
			return res
		}
	}
	return Resolution{Left: strings.Join(texts, ".")}
}

// compareClock compares the clock that ends a trail with that of the state which
// the rest of the trail leads to.
func (m *Machine) compareClock(res Resolution, clock string) Resolution {
	switch {
	case clock == "" || clock == string(m.appendClock(nil, m.Units(res.State))):
		return res
	case res.Followed == "":
		return Resolution{Left: clock, Fault: Changed, Problem: "no page has this time on its clock: the replay has changed since"}
	case m.Detail == ByNone:
		return res // it keeps no clock to compare with
	}
	res.Left, res.Fault, res.Problem = clock, Changed, "the times of the replay have changed since"
	return res
}

// whyLeft says why a trail whose pieces all name something leads no further.
func (m *Machine) whyLeft(res Resolution) string {
	text, _, _ := strings.Cut(res.Left, ".")
	_, what := cutPiece(text)
	if d, ok := recordDetail(what); ok && d != m.Detail {
		return fmt.Sprintf("%s is what the detail %s keeps of a round, but the replay now has the detail %s", text, d, m.Detail)
	}
	where := ""
	if res.Followed != "" {
		where = " after " + res.Followed
	}
	return fmt.Sprintf("%s cannot be played%s: the replay has changed since", text, where)
}

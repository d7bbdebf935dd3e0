package trail

import (
	"fmt"
	"regexp"
	"strings"
)

// A Resolution is what a trail means to a machine.
type Resolution struct {
	State int // the state it leads to
	// Left is the part of the trail that could not be followed, because the
	// replay has changed since or because it never meant anything; "" if all was.
	Left string
	// Problem says why, in words for people; "" if all was followed.
	Problem string
}

var clockPiece = regexp.MustCompile(`^[0-9]+m([0-9]+of[0-9]+)?$`)

// Find returns the state whose page is called name (without extension), as
// [Machine.Name] gives it.
func (m *Machine) Find(name string) (state int, ok bool) {
	name = strings.ToLower(name)
	for i := range m.states {
		if m.Name(i) == name {
			return i, true
		}
	}
	return 0, false
}

// Resolve follows a trail, as [Machine.Trail] writes it, as far as it goes. A
// trail is what a page remembers, so several pages in a row can have the same:
// the last of them is meant. A trail of another version of the replay, or of
// another detail, is followed to the last piece that this machine knows.
func (m *Machine) Resolve(trail string) Resolution {
	byTrail := map[string]int{}
	withoutClock := map[string]int{}
	for i := range m.states {
		t := strings.ToLower(m.Trail(i))
		byTrail[t] = i
		pieces, _ := cutClock(strings.Split(t, "."))
		withoutClock[strings.Join(pieces, ".")] = i
	}
	trail = strings.TrimSpace(trail)
	if trail == "" {
		trail = "start"
	}
	if i, ok := byTrail[strings.ToLower(trail)]; ok {
		return Resolution{State: i}
	}
	pieces, clock := cutClock(strings.Split(trail, "."))
	for n := len(pieces); n > 0; n-- {
		i, ok := withoutClock[strings.ToLower(strings.Join(pieces[:n], "."))]
		if !ok {
			continue
		}
		if n == len(pieces) {
			return Resolution{State: i, Left: clock, Problem: "the times of the replay have changed since"}
		}
		return Resolution{State: i, Left: strings.Join(pieces[n:], "."), Problem: m.problem(pieces[n])}
	}
	return Resolution{State: 0, Left: trail, Problem: m.problem(pieces[0])}
}

// cutClock splits off the clock that ends a trail, if there is one.
func cutClock(pieces []string) (rest []string, clock string) {
	if last := len(pieces) - 1; last >= 0 && clockPiece.MatchString(pieces[last]) {
		return pieces[:last], pieces[last]
	}
	return pieces, ""
}

// problem says what is wrong with a piece that no state has at its place.
func (m *Machine) problem(piece string) string {
	dash := strings.LastIndexByte(piece, '-')
	if dash < 0 {
		return fmt.Sprintf("%q is no part of a trail: expected a round and what was picked in it, such as 1-AC", piece)
	}
	for i, round := range m.Replay.Rounds {
		if m.labelName(i) != strings.ToLower(piece[:dash]) {
			continue
		}
		letters := piece[dash+1:]
		if strings.ToUpper(letters) != letters || strings.ContainsAny(letters, "0123456789") {
			return fmt.Sprintf("Round %s cannot be left so: %q", round.Label, letters)
		}
		for _, letter := range letters {
			if last := rune('A' + len(round.Choices) - 1); letter < 'A' || letter > last {
				return fmt.Sprintf("Round %s has no choice %c: its choices are A to %c", round.Label, letter, last)
			}
		}
		return fmt.Sprintf("the picks %s in Round %s do not lead there", letters, round.Label)
	}
	return fmt.Sprintf("there is no Round %s", piece[:dash])
}

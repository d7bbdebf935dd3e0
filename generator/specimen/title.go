package specimen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A title says what fails, where and when: "Dead Letters Pile Up in Checkout
// after the Failover".
type title struct {
	subject  *subject
	failure  string
	service  string
	occasion string
	part     int // from 1; more than 1 once every combination has had its turn
}

// title returns the i-th title. Titles of a library differ: counting in steps
// that have no factor in common with the number of combinations meets each of
// them once, and neighbours have little in common.
func (l Library) title(i int) title {
	const step = 26_881 // a prime
	failures := 0
	for _, s := range subjects() {
		failures += len(s.failures)
	}
	all := uint64(failures * len(services) * len(occasions))
	n := (uint64(i)%all*step + l.Seed%all) % all
	t := title{part: 1 + i/int(all)}
	t.service, n = services[n%uint64(len(services))], n/uint64(len(services))
	t.occasion, n = occasions[n%uint64(len(occasions))], n/uint64(len(occasions))
	for _, s := range subjects() {
		if n < uint64(len(s.failures)) {
			t.subject, t.failure = s, s.failures[n]
			break
		}
		n -= uint64(len(s.failures))
	}
	return t
}

func (t title) String() string {
	text := fmt.Sprintf("%s in %s %s", t.failure, capital(t.service), t.occasion)
	if t.part > 1 {
		text += fmt.Sprintf(", Part %d", t.part)
	}
	return text
}

// slug returns the name of the replay's folder on the site.
func (t title) slug() string {
	letters := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r == ' ' || r == '-':
			return '-'
		}
		return -1
	}
	return strings.Map(letters, strings.ToLower(t.String()))
}

// related draws a few other replays of the library for the i-th to refer to.
func (l Library) related(rng *rand.Rand, i int) []title {
	var titles []title
	for range min(2, l.Replays-1) {
		// A step of less than the whole way round never comes back to i.
		step := 1 + rng.IntN(l.Replays-1)
		other := l.title((i + step) % l.Replays)
		if len(titles) == 0 || titles[0] != other {
			titles = append(titles, other)
		}
	}
	return titles
}

func capital(word string) string {
	return strings.ToUpper(word[:1]) + word[1:]
}

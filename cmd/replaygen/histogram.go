package main

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/trail"
)

const (
	maxBars  = 12 // rows of a histogram
	barWidth = 22 // columns of its longest bar
)

// printStats prints how long responders take: one who picks at random, and one
// who picks the best choice half of the time.
func printStats(b *strings.Builder, m *trail.Machine) {
	random, err := m.Stats(nil)
	if err != nil {
		fmt.Fprintf(b, "\nPaths: %v\n", err)
		return
	}
	half, err := m.Stats(big.NewRat(1, 2))
	if err != nil || len(random.Ends) == 0 {
		fmt.Fprintln(b, "\nPaths: none reaches a debrief")
		return
	}
	fmt.Fprintf(b, "\nPaths: %s; the clock at their end, for a responder who picks\n", counted(random.Paths))
	printHistogram(b, random, half)
	fmt.Fprintln(b)
	t := table{indent: "  ", align: "lll"}
	t.add("", "at random", "the best half of the time")
	first, last := big.NewRat(0, 1), big.NewRat(1, 1)
	for _, row := range []struct {
		name string
		q    *big.Rat
	}{{"best", first}, {"median", big.NewRat(1, 2)}, {"worst", last}} {
		t.add(row.name, endText(random.Quantile(row.q)), endText(half.Quantile(row.q)))
	}
	t.add("mean", minutes(random.Mean()), minutes(half.Mean()))
	t.print(b)
}

func endText(e trail.End) string { return fmt.Sprintf("%s, score %d", minutes(e.Minutes), e.Score) }

// counted is a number of paths; beyond a million millions only its size matters.
func counted(n *big.Int) string {
	if n.Cmp(big.NewInt(1e12)) < 0 {
		return thousands(n.String())
	}
	digits := n.String()
	return fmt.Sprintf("about %s.%s × 10^%d", digits[:1], digits[1:2], len(digits)-1)
}

// A bar is a row of the histogram: the ends at one clock, or at a few in a row.
type bar struct {
	clock        string
	high, low    int // scores
	random, half *big.Rat
}

func (a *bar) add(e trail.End, half *trail.Stats) {
	if a.random.Sign() == 0 {
		a.high = e.Score
	}
	a.low = e.Score
	a.random.Add(a.random, e.Probability)
	// Both list the same ends, earliest first.
	at, found := slices.BinarySearchFunc(half.Ends, e.Minutes, func(e trail.End, minutes *big.Rat) int { return e.Minutes.Cmp(minutes) })
	if found {
		a.half.Add(a.half, half.Ends[at].Probability)
	}
}

// newBars sorts the ends into at most maxBars bars: one for each end, or of
// equally many minutes, as pages show them, with gaps where nothing ends.
func newBars(random, half *trail.Stats) []bar {
	ends := random.Ends
	if len(ends) <= maxBars {
		bars := make([]bar, len(ends))
		for i, e := range ends {
			bars[i] = bar{clock: minutes(e.Minutes), random: new(big.Rat), half: new(big.Rat)}
			bars[i].add(e, half)
		}
		return bars
	}
	first, last := shown(ends[0]), shown(ends[len(ends)-1])
	width := barMinutes(first, last)
	bars := make([]bar, last/width-first/width+1)
	for i := range bars {
		from := (first/width + i) * width
		bars[i] = bar{clock: fmt.Sprintf("%d–%d min", from, from+width-1), random: new(big.Rat), half: new(big.Rat)}
		if width == 1 {
			bars[i].clock = fmt.Sprintf("%d min", from)
		}
	}
	for _, e := range ends {
		bars[shown(e)/width-first/width].add(e, half)
	}
	return bars
}

// shown is the clock at an end as pages show it.
func shown(e trail.End) int {
	q := new(big.Rat).Add(e.Minutes, big.NewRat(1, 2))
	return int(new(big.Int).Quo(q.Num(), q.Denom()).Int64())
}

// barMinutes is the least of 1, 2, 5, 10, 20, 50 and so on that needs at most
// maxBars bars.
func barMinutes(first, last int) int {
	for unit := 1; ; unit *= 10 {
		for _, width := range []int{unit, 2 * unit, 5 * unit} {
			if last/width-first/width < maxBars {
				return width
			}
		}
	}
}

func printHistogram(b *strings.Builder, random, half *trail.Stats) {
	bars := newBars(random, half)
	most := new(big.Rat)
	for _, a := range bars {
		for _, share := range []*big.Rat{a.random, a.half} {
			if share.Cmp(most) > 0 {
				most = share
			}
		}
	}
	t := table{indent: "  ", align: "rrlrlr"}
	t.add("clock", "score", "at random", "", "the best half of the time", "")
	for _, a := range bars {
		score := fmt.Sprintf("%d–%d", a.high, a.low)
		switch {
		case a.random.Sign() == 0:
			score = ""
		case a.high == a.low:
			score = fmt.Sprint(a.high)
		}
		t.add(a.clock, score, drawn(a.random, most), percent(a.random), drawn(a.half, most), percent(a.half))
	}
	t.print(b)
}

// drawn draws a share, to an eighth of a column, so that most is barWidth long.
func drawn(share, most *big.Rat) string {
	if share.Sign() == 0 {
		return ""
	}
	length := new(big.Rat).Quo(share, most)
	eighths, _ := length.Mul(length, big.NewRat(8*barWidth, 1)).Float64()
	n := max(1, int(eighths))
	return strings.Repeat("█", n/8) + string([]rune(" ▏▎▍▌▋▊▉")[n%8])
}

func percent(share *big.Rat) string {
	switch least := big.NewRat(1, 1000); {
	case share.Sign() == 0:
		return ""
	case share.Cmp(least) < 0:
		return "<0.1 %"
	}
	return new(big.Rat).Mul(share, big.NewRat(100, 1)).FloatString(1) + " %"
}

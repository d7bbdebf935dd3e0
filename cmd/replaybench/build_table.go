package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// A table is rows of cells, the heads first. All columns but the first are numbers.
type table [][]string

func (t *table) add(cells ...string) { *t = append(*t, cells) }

// print prints the table as Markdown that is aligned.
func (t table) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	for i, row := range t {
		fmt.Fprintf(w, "| %s\t|\n", strings.Join(row, "\t| "))
		if i == 0 {
			fmt.Fprintf(w, "|---\t%s|\n", strings.Repeat("|---:\t", len(row)-1))
		}
	}
	fmt.Fprintln(w)
	return w.Flush()
}

// takenTable says what each kind took. How many processors a kind kept busy also
// tells how many others had left.
func takenTable(laps []lap) (t table) {
	t.add("", "wall", "user CPU", "system CPU", "processors", "memory", "wall a file", "of raw")
	for k := range buildKinds {
		laps := slices.DeleteFunc(slices.Clone(laps), func(l lap) bool { return l.figures[k].Wall == 0 }) // that do not have it
		if len(laps) == 0 {
			continue
		}
		column := func(format string, of func(lap) float64) string {
			middle, _, _ := values(laps, of)
			return fmt.Sprintf(format, middle)
		}
		t.add(k.String(),
			column("%7.3f s", func(l lap) float64 { return l.wall(k) }),
			column("%7.3f s", func(l lap) float64 { return l.figures[k].User.Seconds() }),
			column("%7.3f s", func(l lap) float64 { return l.figures[k].System.Seconds() }),
			column("%5.2f", func(l lap) float64 { return l.cpu(k) / l.wall(k) }),
			column("%5.0f MiB", func(l lap) float64 { return float64(l.figures[k].Memory) / (1 << 20) }),
			column("%6.1f µs", func(l lap) float64 { return l.aFile(l.wall(k)) }),
			column("%6.2f", func(l lap) float64 { return l.wall(k) / l.wall(rawWrite) }))
	}
	return t
}

// targetTable says how laps compare with targets.
func targetTable(targets []target, laps []lap) (t table) {
	t.add("", "median", "target", "least", "most")
	for _, g := range targets {
		middle, least, most := values(laps, g.of)
		t.add(g.name, fmt.Sprintf(g.unit, middle), g.String(), fmt.Sprintf(g.unit, least), fmt.Sprintf(g.unit, most))
	}
	return t
}

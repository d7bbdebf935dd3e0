package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// printPages prints two Markdown tables: what each row took, and what its bytes
// are. Requests and bytes are those of the first condition; they do not depend on it.
func printPages(out io.Writer, conditions []condition, visits []*visit) {
	var shown []row
	for _, v := range visits {
		for _, r := range []row{v.opened, v.followed, v.whole} {
			if r.label != "" {
				shown = append(shown, r)
			}
		}
	}
	heads := []string{"", "requests", "kB"}
	for _, c := range conditions {
		heads = append(heads, "first paint, "+c.name)
	}
	printTable(out, heads, shown, row.summary)
	printTable(out, []string{"kB", "HTML", "CSS", "scripts", "fonts", "other", "headers"}, shown, row.byKind)
}

// printTable prints the heads, and a line for each of rows: its label and its cells.
func printTable(out io.Writer, heads []string, rows []row, cells func(row) []string) {
	fmt.Fprintf(out, "\n| %s |\n|---|%s\n", strings.Join(heads, " | "), strings.Repeat("---:|", len(heads)-1))
	for _, r := range rows {
		fmt.Fprintf(out, "| %s | %s |\n", r.label, strings.Join(cells(r), " | "))
	}
}

func (r row) summary() []string {
	requests := middle(r.views[0], func(v view) float64 { return float64(v.traffic.requests) })
	bytes := middle(r.views[0], func(v view) float64 { return float64(v.traffic.total()) })
	cells := []string{fmt.Sprintf("%.0f", requests), kilobytes(bytes)}
	for _, views := range r.views {
		paint := middle(views, func(v view) float64 { return v.paint.Seconds() })
		cells = append(cells, milliseconds(paint))
	}
	return cells
}

func (r row) byKind() (cells []string) {
	for k := range kinds {
		cells = append(cells, kilobytes(middle(r.views[0], func(v view) float64 { return float64(v.traffic.bytes[k]) })))
	}
	return cells
}

func kilobytes(bytes float64) string { return fmt.Sprintf("%.1f", bytes/1000) }

func milliseconds(seconds float64) string { return fmt.Sprintf("%.0f ms", seconds*1000) }

// middle returns the median of a property of views; of an even number of them,
// the mean of the two in the middle.
func middle(views []view, of func(view) float64) float64 {
	var values []float64
	for _, v := range views {
		values = append(values, of(v))
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

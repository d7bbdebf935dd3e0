package main

import (
	"errors"
	"fmt"
	"io"
)

// printPages prints two tables: what each row took, and what its bytes are.
// Requests and bytes are those of the first condition; they do not depend on it.
func printPages(out io.Writer, conditions []condition, visits []*visit) error {
	var took, bytes table
	took.add("", "requests", "kB")
	for _, c := range conditions {
		took[0] = append(took[0], "first paint, "+c.name)
	}
	bytes.add("kB", "HTML", "CSS", "scripts", "fonts", "other", "headers")
	for _, v := range visits {
		for _, r := range []row{v.opened, v.followed, v.whole} {
			if r.label != "" {
				took.add(r.summary()...)
				bytes.add(r.byKind()...)
			}
		}
	}
	return errors.Join(took.print(out), bytes.print(out))
}

func (r row) summary() []string {
	requests, _, _ := values(r.views[0], func(v view) float64 { return float64(v.traffic.requests) })
	bytes, _, _ := values(r.views[0], func(v view) float64 { return float64(v.traffic.total()) })
	cells := []string{r.label, fmt.Sprintf("%.0f", requests), kilobytes(bytes)}
	for _, views := range r.views {
		paint, _, _ := values(views, func(v view) float64 { return v.paint.Seconds() })
		cells = append(cells, milliseconds(paint))
	}
	return cells
}

func (r row) byKind() []string {
	cells := []string{r.label}
	for k := range kinds {
		median, _, _ := values(r.views[0], func(v view) float64 { return float64(v.traffic.bytes[k]) })
		cells = append(cells, kilobytes(median))
	}
	return cells
}

func kilobytes(bytes float64) string { return fmt.Sprintf("%.1f", bytes/1000) }

func milliseconds(seconds float64) string { return fmt.Sprintf("%.0f ms", seconds*1000) }

package main

import (
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// lineWidth is how many columns what is printed for people takes at most.
const lineWidth = 100

// minLast is what is left of a table's last column, however wide the others are.
const minLast = 20

// A table has rows of cells, in columns that are as wide as their widest cell
// and two spaces apart; the last is clipped at the line's end. Headings stand
// between rows and belong to no column.
type table struct {
	indent string
	align  string // l or r for each column
	rows   []tableRow
}

type tableRow struct {
	heading string // "" for a row of cells
	cells   []string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, tableRow{cells: cells}) }
func (t *table) heading(text string) { t.rows = append(t.rows, tableRow{heading: text}) }

func (t *table) print(b *strings.Builder) {
	widths := make([]int, len(t.align))
	for _, row := range t.rows {
		for c, cell := range row.cells {
			widths[c] = max(widths[c], diag.Width(cell))
		}
	}
	for _, row := range t.rows {
		line := row.heading
		if row.cells != nil {
			line = t.line(row.cells, widths)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

func (t *table) line(cells []string, widths []int) string {
	line := t.indent
	for c, cell := range cells {
		if c > 0 {
			line += "  "
		}
		if c == len(widths)-1 {
			cell = diag.Clip(cell, max(minLast, lineWidth-diag.Width(line)))
		}
		blank := strings.Repeat(" ", max(0, widths[c]-diag.Width(cell)))
		if t.align[c] == 'r' {
			line += blank + cell
		} else {
			line += cell + blank
		}
	}
	return line
}

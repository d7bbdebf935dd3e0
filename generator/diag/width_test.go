package diag_test

import (
	"testing"

	"github.com/replaygen/replaygen/generator/diag"
)

func TestClip(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string
	}{
		{"", 5, ""},
		{"disk full", 9, "disk full"},
		{"disk full", 8, "disk fu…"},
		{"disk full", 6, "disk…"},
		{" disk\n\tfull ", 20, "disk full"},
		{"磁盘已满", 8, "磁盘已满"},
		{"磁盘已满", 7, "磁盘已…"},
		{"磁盘已满", 6, "磁盘…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"disk", 1, "…"},
	} {
		got := diag.Clip(test.text, test.columns)
		if got != test.want || diag.Width(got) > test.columns {
			t.Errorf("Clip(%q, %d) = %q, %d columns wide; want %q", test.text, test.columns, got, diag.Width(got), test.want)
		}
	}
}

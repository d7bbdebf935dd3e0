package diag

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Width returns how many columns a terminal draws text in.
func Width(text string) int { return uniseg.StringWidth(text) }

// Clip puts text on one line of at most so many columns; where it cuts, an
// ellipsis stands.
func Clip(text string, columns int) string {
	text = strings.Join(strings.Fields(text), " ")
	if Width(text) <= columns {
		return text
	}
	end, left := 0, columns-1
	for rest, state := text, -1; ; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if left -= width; left < 0 {
			return strings.TrimRight(text[:end], " ") + "…"
		}
		end += len(cluster)
	}
}

package replay

import (
	"strconv"

	"github.com/replaygen/replaygen/generator/markdown"
)

// maxActions is how many actions may run on in one paragraph.
const maxActions = 99

// actionNumbers returns the numbers of actions from one on.
func actionNumbers(from int) []string {
	var numbers []string
	for n := from; n <= maxActions; n++ {
		numbers = append(numbers, strconv.Itoa(n))
	}
	return numbers
}

// splitActions splits actions that run on in one paragraph: "1. … 2. …".
func splitActions(in markdown.Inline) []markdown.Inline {
	return splitSeries(in, ".)", actionNumbers(1))
}

// listActions reads the items of a list as actions. One item may hold them all:
// "1. …" at the beginning of a line is a list to Markdown, the "2." in it is not.
func (p *parser) listActions(list markdown.Block) []markdown.Inline {
	actions := p.itemTexts(list)
	if len(actions) != 1 || !list.Ordered() {
		return actions
	}
	for _, closer := range []byte{'.', ')'} {
		if split := continueSeries(actions[0], closer, actionNumbers(2)); len(split) > 1 {
			return split
		}
	}
	return actions
}

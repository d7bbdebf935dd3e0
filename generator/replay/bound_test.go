package replay_test

import (
	"strings"
	"testing"
)

// TestLongNumbers: a number of any length is refused before anybody calculates with it.
func TestLongNumbers(t *testing.T) {
	for zeros, want := range map[int]string{10: "12", 14: "12", 15: "none", 10_000: "none"} {
		written := "12." + strings.Repeat("0", zeros) + "0 minutes"
		r, _ := parse("# T\n## Damage Report\n- **Optimal resolution time:** " + written + "\n")
		if got := minutes(r.Optimal); got != want {
			t.Errorf("%d zeros: %s, want %s", zeros, got, want)
		}
	}
}

// TestChoiceBehindTheLastLetter: there are as many choices as letters.
func TestChoiceBehindTheLastLetter(t *testing.T) {
	choices := ""
	for letter := 'A'; letter <= 'Z'; letter++ {
		choices += "- " + string(letter) + ") x\n"
	}
	const outcome = "### If you chose A (recommended):\n> *[Result: y.]*\n"
	const want = `choice-letter "more": a round has at most 26 choices`
	for more, said := range map[string]bool{"": false, "- more\n": true} {
		r, diagnostics := parse(withRound("**Choose your action:**\n" + choices + more + outcome))
		if got := strings.Contains(strings.Join(diagnostics, "\n"), want); got != said {
			t.Errorf("%q: %q is said: %v\n%s", more, want, got, strings.Join(diagnostics, "\n"))
		}
		if n := len(r.Rounds[0].Choices); n != 26 {
			t.Errorf("%q: %d choices", more, n)
		}
	}
}

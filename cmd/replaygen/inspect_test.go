package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// largeReplay is a replay of so many rounds with so many choices each: the first
// leads on, the others lead back at unequal costs.
func largeReplay(rounds, choices int) string {
	var b strings.Builder
	b.WriteString("# Incident Replay: Large\n\n## Setup\n- **Time:** now\n\n")
	for i := 1; i <= rounds; i++ {
		fmt.Fprintf(&b, "## Round %d: Step %d\n**Choose your action:**\n", i, i)
		for c := range choices {
			fmt.Fprintf(&b, "- %c) Run `kubectl get pods` for the %d. time\n", 'A'+c, c)
		}
		fmt.Fprintf(&b, "\n### If you chose A (recommended):\n> *[Result: Well. Proceed to Round %d.]*\n\n", i+1)
		for c := 1; c < choices; c++ {
			fmt.Fprintf(&b, "### If you chose %c: {cost=%dm}\n> *[Result: Not so.]*\n\n", 'A'+c, c)
		}
	}
	fmt.Fprintf(&b, "## Round %d: End\n**Actions:**\n1. Rest\n\n## Damage Report\n", rounds+1)
	b.WriteString("- **Optimal resolution time:** 10 hours\n- **If every wrong choice was made:** 700 hours\n")
	return b.String()
}

func writeLarge(t testing.TB, rounds, choices int) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "large.md")
	if err := os.WriteFile(file, []byte(largeReplay(rounds, choices)), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestInspectLarge inspects replays whose states nobody could enumerate.
func TestInspectLarge(t *testing.T) {
	for _, test := range []struct {
		rounds, choices int
		detail, paths   string
	}{
		{20, 3, "Detail none, 123 pages: total would need more than 1000 pages", "Paths: about 9.5 × 10^13; "},
		{200, 10, "No detail fits the number of pages allowed", "Paths: too many states for exact path statistics"},
	} {
		var out, errs bytes.Buffer
		run([]string{"inspect", writeLarge(t, test.rounds, test.choices)}, strings.NewReader(""), &out, &errs)
		for _, want := range []string{test.detail, test.paths} {
			if !strings.Contains(out.String(), "\n"+want) {
				t.Errorf("%d rounds of %d choices: nothing begins with %q:\n%s", test.rounds, test.choices, want, out.String())
			}
		}
		for line := range strings.Lines(out.String()) {
			if n := utf8.RuneCountInString(line) - 1; n > lineWidth {
				t.Errorf("a line has %d columns: %s", n, line)
			}
		}
	}
}

// BenchmarkInspectLarge bounds the patience that a replay of 200 rounds with ten
// choices each asks for: a second, and 200 MB.
func BenchmarkInspectLarge(b *testing.B) {
	file := writeLarge(b, 200, 10)
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		run([]string{"inspect", file}, strings.NewReader(""), &out, &out)
	}
}

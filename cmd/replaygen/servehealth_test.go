package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeIsHealthyOnce: that there are no problems is said once and not again when
// only notes come, which serve does not tell.
func TestServeIsHealthyOnce(t *testing.T) {
	dir := t.TempDir()
	const replay = "# Incident Replay: Tea\n## Setup\n- **Time:** now\n## Round 1: Drinks\n- A) Tea\n- B) Coffee\n" +
		"### If you chose A:\n> *[Result: No.]*\n### If you chose B (recommended):\n> *[Result: Yes.]*\n## Damage Report\n"
	const times = "- **Optimal resolution time:** 4 minutes\n- **If every wrong choice was made:** 16 minutes\n"
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "content", "tea.md"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(replay + times)
	s := runServe(t, "--port", "0", "--source", dir)
	if line := s.line(t); !strings.HasSuffix(line, " no problems") {
		t.Errorf("first it says %q", line)
	}
	for _, words := range []string{"Milk", "Sugar", "Lemon"} { // the note that times are assumed comes, and moves
		write(strings.Repeat("\n", len(words)) + strings.ReplaceAll(replay, "Coffee", words))
		fetchUntil(t, s.url+"tea/round-1", 200, words)
	}
	write("# Incident Replay: Tea\n")
	if line := s.line(t); !strings.HasSuffix(line, " problems") || strings.HasSuffix(line, " no problems") {
		t.Errorf("then it says %q", line)
	}
	s.end(t)
}

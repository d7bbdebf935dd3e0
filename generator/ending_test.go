package generator_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator"
)

// withEnding has an ending with a verdict of its own, reached from both rounds,
// and one without.
const withEnding = `# Incident Replay: No Mail
## Setup
- **Time:** Monday
## Round 1: The Queue
- A) Look
- B) Delete the queue
- C) Go home
### If you chose A (recommended):
> A full disk.
### If you chose B: {cost=15m grade=miss next="Mail lost"}
> It is empty now.
### If you chose C: {cost=15m next=home}
> You switch off the light.
## Round 2: The Disk
- A) Empty the log
- B) Delete what is largest
### If you chose A (recommended):
> The mail flows.
### If you chose B: {grade=miss}
> That was the queue. Proceed to Ending: Mail lost.
## Ending: Mail lost {verdict="The mail is gone"}
Four thousand letters, *none* of them yours.
## Ending: Home
## Damage Report
- **Optimal resolution time:** 10 minutes
- **If every wrong choice was made:** 30 minutes
`

// TestEndingIsADebrief follows choices to endings and reads what stands there.
func TestEndingIsADebrief(t *testing.T) {
	source := t.TempDir()
	writeTree(t, source, map[string]string{"content/mail.md": withEnding})
	report, err := generator.Build(context.Background(), generator.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range report.Diagnostics.Sorted() {
		t.Errorf("%v: %s: %s", d.Span.Position(), d.Severity, d.Message)
	}
	pages := readTree(t, filepath.Join(source, "public", "mail"))
	for name, want := range map[string][]string{
		"outcome-1b.1-b.html": {"ending-mail-lost.1-b.html?trail=1-B&amp;clock=15&amp;score=75"},
		"ending-mail-lost.1-b.html": {
			`data-place="debrief"`, `data-clock="15"`, ">Mail lost<", "Four thousand letters, <em>none</em> of them yours.",
			">The mail is gone<",
		},
		"outcome-2b.1-a.2-b.html": {"ending-mail-lost.1-a.2-b.html"},
		"outcome-1c.1-c.html":     {"ending-home.1-c.html"},
		"ending-home.1-c.html":    {`data-place="debrief"`, ">Home<", ">Solid response<"},
	} {
		for _, part := range want {
			if !strings.Contains(pages[name], part) {
				t.Errorf("%s lacks %q", name, part)
			}
		}
	}
}

// writeTree writes files by their slash-separated paths below dir.
func writeTree(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

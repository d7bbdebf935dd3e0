package importer_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestVariants imports the same page as other editors and browsers copy it.
func TestVariants(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/page.txtar")
	if err != nil {
		t.Fatal(err)
	}
	text := string(archive.Files[0].Data)
	want, _ := importText(text)
	for name, variant := range map[string]string{
		"windows":               strings.ReplaceAll(text, "\n", "\r\n"),
		"byte order":            "\ufeff" + text,
		"no end of line":        strings.TrimSpace(text),
		"hard spaces":           strings.ReplaceAll(text, " ", "\u00a0"),
		"more space":            strings.ReplaceAll(strings.ReplaceAll(text, " ", "  "), "\n", " \t\n\n\n"),
		"no empty lines":        regexp.MustCompile(`\n\n+`).ReplaceAllString(text, "\n"),
		"wrapped lines":         wrap(text),
		"no bullets of facts":   regexp.MustCompile(`(?m)^ *• (\w[\w ]+: )`).ReplaceAllString(text, "$1"),
		"other verbs":           strings.ReplaceAll(text, "If you chose", "If you selected option"),
		"letters with dots":     regexp.MustCompile(` - ([A-C])\)`).ReplaceAllString(text, " - $1."),
		"letters in brackets":   regexp.MustCompile(` - ([A-C])\)`).ReplaceAllString(text, " - ($1)"),
		"options":               regexp.MustCompile(` - ([A-C])\)`).ReplaceAllString(text, "\n- Option $1:"),
		"rounds of so many":     regexp.MustCompile(`(?m)^(Round \d+)`).ReplaceAllString(text, "$1 of 4"),
		"another report":        strings.ReplaceAll(text, "Damage Report", "Post-Mortem"),
		"dashes for colons":     strings.ReplaceAll(text, "[Result:", "[Result –"),
		"other labels":          strings.NewReplacer("Choose your action:", "What do you do?", "Actions:", "Remediation steps:").Replace(text),
		"invisible characters":  regexp.MustCompile(`(?m)^((?:Setup|Round|If you|Damage|Cross).*)$`).ReplaceAllString(text, "\u200b$1\u200b"),
		"other marks":           regexp.MustCompile(`(?m)^((?:Setup|If you|Damage|Cross).*)$`).ReplaceAllString(text, "$1 #"),
		"other bullets":         strings.ReplaceAll(text, "•", "-"),
		"choices in lines":      regexp.MustCompile(` - ([A-C])\)`).ReplaceAllString(text, "\n  * $1)"),
		"choices as paragraphs": regexp.MustCompile(` - ([A-C])\)`).ReplaceAllString(text, "\n\n$1)"),
		"actions in lines":      regexp.MustCompile(` ([1-3])\. ([A-Z])`).ReplaceAllString(text, "\n$1. $2"),
		"marks behind headings": regexp.MustCompile(`(?m)^((?:Setup|Round|If you|Damage|Cross).*)$`).ReplaceAllString(text, "$1¶"),
		"other case":            strings.NewReplacer("Setup", "SETUP", "If you", "if you", "[Result:", "[result:").Replace(text),
	} {
		got, _ := importText(variant)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestOutcomeHeadings: one heading may name several letters, and call the best choice
// by other words.
func TestOutcomeHeadings(t *testing.T) {
	for line, want := range map[string]string{
		"If you chose A or C:":                "### If you chose A or C:",
		"If you chose A, C, or D:":            "### If you chose A, C or D:",
		"If you picked a/c: Nothing happens.": "### If you chose A or C:",
		"If you chose B (best):":              "### If you chose B (recommended):",
		"If you chose B (the correct choice)": "### If you chose B (recommended):",
		"If you chose B (optimal):":           "### If you chose B (recommended):",
		"If you chose B (slow):":              "### If you chose B (slow):",
		"If you chose B ✅:":                   "### If you chose B (recommended):",
		"If you chose B – recommended:":       "### If you chose B (recommended):",
		"If you took B — it is slow:":         "### If you chose B (it is slow):",
	} {
		got, _ := importText("Incident Replay: T\nSetup\nRound 1: R\nChoose your action: - A) a - B) b - C) c - D) d\n" + line + "\nDone.\n")
		if !strings.Contains(got, want+"\n") {
			t.Errorf("%s:\n%s", line, got)
		}
	}
	if got, _ := importText("Incident Replay: T\nRound 1: R\nActions: 1. x\nFinal Round: Mend\nActions: 1. y\n"); !strings.Contains(got, "## Round Final: Mend\n") {
		t.Errorf("a last round:\n%s", got)
	}
	if got, _ := importText("Incident Replay: T\nRound 1: R\nChoose your action: - A) a - B) b\nIf you chose A:\n[Result: One.\n\nTwo [or so].]\nIf you chose B:\n[Result: b.]\n"); !strings.Contains(got, "> *[Result: One.]*\n\nTwo [or so].\n") {
		t.Errorf("a result of two paragraphs:\n%s", got)
	}
	const prose = "If you chose A and C is down, wait."
	if got, _ := importText("Incident Replay: T\nRound 1: R\n" + prose + "\n"); !strings.Contains(got, prose) {
		t.Errorf("a sentence was taken for a heading:\n%s", got)
	}
}

// wrap breaks lines behind the first space after 40 characters.
func wrap(text string) string {
	return regexp.MustCompile(`(?m)([^\n]{40}\S*) `).ReplaceAllString(text, "$1\n    ")
}

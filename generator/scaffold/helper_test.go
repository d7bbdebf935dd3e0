package scaffold_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/scaffold"
)

// problems renders all that list holds, notes included.
func problems(list *diag.List) string {
	var text strings.Builder
	if err := diag.WriteText(&text, list.Sorted()); err != nil {
		return err.Error()
	}
	return text.String()
}

// build builds a new site, of which there must be nothing to say, and returns
// where it is published. If theme is not nil, the site uses that theme, ours.
func build(t *testing.T, theme []scaffold.File) string {
	t.Helper()
	source := t.TempDir()
	if _, err := scaffold.Write(source, scaffold.Site()); err != nil {
		t.Fatal(err)
	}
	if theme != nil {
		_, err := scaffold.Write(filepath.Join(source, "themes"), theme)
		settings := os.WriteFile(filepath.Join(source, "content", "site.yaml"), []byte("theme: ours\n"), 0o644)
		if err := errors.Join(err, settings); err != nil {
			t.Fatal(err)
		}
	}
	output := filepath.Join(source, "public")
	report, err := generator.Build(t.Context(), generator.Options{Source: source, Output: output})
	if said := problems(&report.Diagnostics); err != nil || said != "" {
		t.Fatalf("building it: %v\n%s", err, said)
	}
	return output
}

// textOf returns the text of one of files.
func textOf(t *testing.T, files []scaffold.File, path string) string {
	t.Helper()
	for _, f := range files {
		if f.Path == path {
			return string(f.Text)
		}
	}
	t.Fatalf("there is no file %s", path)
	return ""
}

// commentedSetting matches a line of YAML that is commented out, items and comments
// inside of it.
var commentedSetting = regexp.MustCompile(`(?m)^# (( *)[a-z_]+:| +# | +- )`)

// uncomment takes the # away from settings, as an author would.
func uncomment(yaml string) string { return commentedSetting.ReplaceAllString(yaml, "$1") }

// holds fails the test unless text holds every one of words.
func holds(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("there is no %q in\n%s", w, text)
		}
	}
}

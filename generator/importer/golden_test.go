package importer_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/importer"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

// TestGolden imports the input of every archive in testdata and compares the
// Markdown and the reports with those kept beside it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			input := archive.Files[0]
			out, list := importText(string(input.Data))
			got := []txtar.File{input, {Name: "output.md", Data: []byte(out)}, {Name: "reports.txt", Data: []byte(reports(list))}}
			if *update {
				archive.Files = got
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(content(archive.Files), content(got)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func content(files []txtar.File) map[string]string {
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Data)
	}
	return texts
}

func importText(text string) (string, *diag.List) {
	list := &diag.List{}
	return string(importer.Import(diag.NewSource("input.txt", []byte(text)), list)), list
}

// reports prints diagnostics one a line, with the text they point at.
func reports(list *diag.List) string {
	var b strings.Builder
	for _, d := range list.Sorted() {
		at := []rune(strings.Join(strings.Fields(d.Span.Text()), " "))
		if len(at) > 30 {
			at = append(at[:30], '…')
		}
		p := d.Span.Position()
		fmt.Fprintf(&b, "%d:%d: %s %s %q: %s\n", p.Line, p.Column, d.Severity, d.Code, string(at), d.Message)
		for _, r := range d.Related {
			fmt.Fprintf(&b, "\t%d: %s\n", r.Span.Position().Line, r.Message)
		}
	}
	return b.String()
}

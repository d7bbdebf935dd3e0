package generator_test

import (
	"context"
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/diag"
)

// withoutExample are the codes whose documents cannot show one, and why.
var withoutExample = []diag.Code{
	"image-large",     // a document is small
	"import-not-text", // a document is a text
	"not-utf8",        // a document is UTF-8
	"unreadable",      // a document can be read
}

// TestEveryCodeHasItsDocument compares the codes in the source of every package
// with the documents.
func TestEveryCodeHasItsDocument(t *testing.T) {
	packages, err := readPackages(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	var codes []diag.Code
	for _, p := range packages {
		for _, f := range p.files {
			codes = append(codes, codesOf(f)...)
		}
	}
	slices.Sort(codes)
	if diff := cmp.Diff(codes, diag.Codes()); diff != "" {
		t.Errorf("codes and documents in diag/docs differ; each needs the other, and no two packages share a code (-codes +documents):\n%s", diff)
	}
}

// codesOf returns the constants of type diag.Code that a file declares.
func codesOf(f *ast.File) (codes []diag.Code) {
	for _, decl := range f.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.CONST {
			continue
		}
		for _, spec := range d.Specs {
			v := spec.(*ast.ValueSpec)
			if v.Type == nil || types.ExprString(v.Type) != "diag.Code" {
				continue
			}
			for _, value := range v.Values {
				code, err := strconv.Unquote(types.ExprString(value))
				if err != nil {
					code = types.ExprString(value) // whose document nobody could look up
				}
				codes = append(codes, diag.Code(code))
			}
		}
	}
	return codes
}

// TestDocumentsAreTrue builds the example and the fix of every document: the
// example is reported under its code, and of the fix nothing is said at all.
func TestDocumentsAreTrue(t *testing.T) {
	for _, code := range diag.Codes() {
		t.Run(string(code), func(t *testing.T) {
			t.Parallel()
			text, _ := diag.Doc(code)
			doc := readDocument(t, text)
			if !strings.HasPrefix(doc.title, "# "+string(code)+": ") || doc.means == "" {
				t.Errorf("begins with %q; want a title \"# %s: …\", a line \"Severity: …\" and what the code means", doc.title, code)
			}
			if slices.Contains(withoutExample, code) != (len(doc.example) == 0) {
				t.Fatalf("has an example of %d files; withoutExample says otherwise", len(doc.example))
			}
			if len(doc.example) == 0 {
				return
			}
			reported := false
			for _, d := range buildFiles(t, doc.example) {
				if d.Code != code {
					// What importing page text could not mend is reported once
					// more when its result is parsed.
					if d.Severity < diag.Note && !strings.HasPrefix(string(code), "import-") {
						t.Errorf("the example is also reported for %s: %s", d.Code, d.Message)
					}
					continue
				}
				reported = true
				if !slices.Contains(doc.severities, d.Severity.String()) {
					t.Errorf("the example is reported as %s, the document says %q", d.Severity, doc.severities)
				}
			}
			if !reported {
				t.Error("the example is not reported")
			}
			for _, d := range buildFiles(t, doc.fix) {
				t.Errorf("the fix is reported: %s:%v: %s: %s [%s]", d.Span.Path(), d.Span.Position(), d.Severity, d.Message, d.Code)
			}
		})
	}
}

// A codeDocument is a document taken apart.
type codeDocument struct {
	title        string
	severities   []string
	means        string
	example, fix map[string]string // texts by path
}

// readDocument takes a document apart. A file is a fenced block with "file=path"
// behind its language; example and fix show all files of a source.
func readDocument(t *testing.T, text string) codeDocument {
	t.Helper()
	doc := codeDocument{example: map[string]string{}, fix: map[string]string{}}
	head, rest, _ := strings.Cut(text, "\n## Example\n")
	example, fix, _ := strings.Cut(rest, "\n## Fix\n")
	var severity string
	doc.title, head, _ = strings.Cut(head, "\n\n")
	severity, doc.means, _ = strings.Cut(head, "\n\n")
	doc.severities = strings.Split(strings.TrimPrefix(severity, "Severity: "), " or ")
	readFences(t, example, doc.example)
	readFences(t, fix, doc.fix)
	return doc
}

func readFences(t *testing.T, text string, files map[string]string) {
	t.Helper()
	var fence, name string
	for line := range strings.Lines(text) {
		bare := strings.TrimSuffix(line, "\n")
		switch {
		case fence == "" && strings.HasPrefix(bare, "```"):
			fence = bare[:len(bare)-len(strings.TrimLeft(bare, "`"))]
			var ok bool
			if _, name, ok = strings.Cut(bare, " file="); !ok || !filepath.IsLocal(name) {
				t.Fatalf("the block %q does not name its file", bare)
			}
			files[name] = ""
		case fence != "" && bare == fence:
			fence = ""
		case fence != "":
			files[name] += line
		}
	}
}

// buildFiles builds a source of these files and returns what was reported, which
// checking it reports too.
func buildFiles(t *testing.T, files map[string]string) []diag.Diagnostic {
	t.Helper()
	source := t.TempDir()
	writeTree(t, source, files)
	ctx, opts := context.Background(), generator.Options{Source: source}
	checked, checkErr := generator.Check(ctx, opts)
	built, buildErr := generator.Build(ctx, opts)
	for _, err := range []error{checkErr, buildErr} {
		if err != nil && !errors.Is(err, generator.ErrContent) {
			t.Fatal(err)
		}
	}
	if (checkErr == nil) != (buildErr == nil) {
		t.Errorf("checking ends with %v, building with %v", checkErr, buildErr)
	}
	all := built.Diagnostics.Sorted()
	if diff := cmp.Diff(diag.ToJSON(all), diag.ToJSON(checked.Diagnostics.Sorted())); diff != "" {
		t.Errorf("checking reports something else than building (-built +checked):\n%s", diff)
	}
	return all
}

package generator_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator"
)

// TestSameBytes builds the sample site twice, from different directories and
// with different parallelism: every byte is the same.
func TestSameBytes(t *testing.T) {
	var sites []map[string]string
	for _, procs := range []int{1, 8} {
		source := filepath.Join(t.TempDir(), "source")
		if err := os.CopyFS(filepath.Join(source, "content"), os.DirFS("../content")); err != nil {
			t.Fatal(err)
		}
		before := runtime.GOMAXPROCS(procs)
		_, err := generator.Build(context.Background(), generator.Options{Source: source})
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		sites = append(sites, readTree(t, filepath.Join(source, "public")))
	}
	if len(sites[0]) < 1000 {
		t.Errorf("the sample site has only %d files", len(sites[0]))
	}
	if diff := cmp.Diff(sites[0], sites[1]); diff != "" {
		t.Errorf("two builds differ:\n%s", diff)
	}
}

// TestSampleIsClean holds the project's own replays to its own advice.
func TestSampleIsClean(t *testing.T) {
	source := filepath.Join(t.TempDir(), "source")
	if err := os.CopyFS(filepath.Join(source, "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	report, err := generator.Build(context.Background(), generator.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range report.Diagnostics.Sorted() {
		t.Errorf("%s:%v: %s: %s", d.Span.Path(), d.Span.Position(), d.Severity, d.Message)
	}
	if len(report.Replays) < 6 {
		t.Errorf("only %d sample replays", len(report.Replays))
	}
	if _, err := os.Stat("../content/names"); err == nil && report.Names.Written > 0 {
		t.Errorf("%d files in content/names are behind the replays: run replaygen build and commit them", report.Names.Written)
	}
}

// TestEditElsewhereKeepsNames changes the words of a replay and finds every
// page where it was: names depend on states, not on texts.
func TestEditElsewhereKeepsNames(t *testing.T) {
	source := filepath.Join(t.TempDir(), "source")
	if err := os.CopyFS(filepath.Join(source, "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	var names []map[string]bool
	for range 2 {
		if _, err := generator.Build(context.Background(), generator.Options{Source: source}); err != nil {
			t.Fatal(err)
		}
		pages := map[string]bool{}
		for name := range readTree(t, filepath.Join(source, "public")) {
			pages[name] = strings.HasSuffix(name, ".html")
		}
		names = append(names, pages)
		replays, err := filepath.Glob(filepath.Join(source, "content", "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range replays {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			edited := strings.ReplaceAll(string(text), "**What you see:**", "**What you see:**\nSomething new.")
			if err := os.WriteFile(file, []byte(edited), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := cmp.Diff(names[0], names[1]); diff != "" {
		t.Errorf("an edit of words renamed pages:\n%s", diff)
	}
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

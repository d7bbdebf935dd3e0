package scaffold_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/scaffold"
)

// file returns a file that holds its own path.
func file(path string) scaffold.File { return scaffold.File{Path: path, Text: []byte(path)} }

// tree returns the files and empty directories below dir with their texts.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			if inside, err := os.ReadDir(path); err != nil || len(inside) > 0 {
				return err
			}
			found[name+"/"] = ""
			return nil
		}
		text, err := os.ReadFile(path)
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWriteMakesDirectories(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "a", "b")
	paths, err := scaffold.Write(dir, []scaffold.File{file("one"), file(".x/y/two")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{filepath.Join(dir, "one"), filepath.Join(dir, ".x", "y", "two")}, paths); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"a/b/one": "one", "a/b/.x/y/two": ".x/y/two"}, tree(t, root)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestWriteOverwritesNothing(t *testing.T) {
	tests := []struct {
		name   string
		exists map[string]string // "/" at the end makes a directory, "-> x" a link
		want   []string
	}{
		{"files", map[string]string{"one": "mine", "d/two": "mine"}, []string{"one", "d/two"}},
		{"a directory for a file", map[string]string{"one/": ""}, []string{"one"}},
		{"a file for a directory, named once", map[string]string{"d": "mine"}, []string{"d"}},
		{"a link that leads nowhere", map[string]string{"one": "-> nowhere"}, []string{"one"}},
		{"such a link for a directory", map[string]string{"d": "-> nowhere"}, []string{"d"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			want := []string{}
			for _, name := range tt.want {
				want = append(want, filepath.Join(dir, filepath.FromSlash(name)))
			}
			for name, text := range tt.exists {
				place(t, filepath.Join(dir, filepath.FromSlash(name)), text)
			}
			_, err := scaffold.Write(dir, []scaffold.File{file("new"), file("one"), file("d/two"), file("d/three")})
			var exists *scaffold.ExistsError
			if !errors.As(err, &exists) {
				t.Fatalf("the error is %v", err)
			}
			if diff := cmp.Diff(want, exists.Paths); diff != "" {
				t.Errorf("named (-want +got):\n%s", diff)
			}
			for _, path := range want {
				holds(t, err.Error(), path)
			}
			if _, err := os.Lstat(filepath.Join(dir, "new")); !errors.Is(err, fs.ErrNotExist) {
				t.Error("something was written")
			}
			for name, text := range tt.exists {
				if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err == nil && string(got) != text {
					t.Errorf("%s now holds %q", name, got)
				}
			}
		})
	}
}

// place makes a file, a directory or a link.
func place(t *testing.T, path, text string) {
	t.Helper()
	target, isLink := strings.CutPrefix(text, "-> ")
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	switch {
	case err != nil:
	case isLink:
		err = os.Symlink(target, path)
	case strings.HasSuffix(path, string(filepath.Separator)) || text == "":
		err = os.Mkdir(path, 0o755)
	default:
		err = os.WriteFile(path, []byte(text), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestWriteFollowsLinksToDirectories(t *testing.T) {
	root := t.TempDir()
	place(t, filepath.Join(root, "elsewhere"), "")
	place(t, filepath.Join(root, "d"), "-> elsewhere")
	if _, err := scaffold.Write(root, []scaffold.File{file("d/one")}); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, filepath.Join(root, "elsewhere"))["one"]; got != "d/one" {
		t.Errorf("the file holds %q", got)
	}
}

// TestWriteLeavesNothingBehind fails at the last file, whose directory is a
// file by then.
func TestWriteLeavesNothingBehind(t *testing.T) {
	root := t.TempDir()
	place(t, filepath.Join(root, "kept", "mine"), "mine")
	_, err := scaffold.Write(filepath.Join(root, "new", "dir"), []scaffold.File{file("a/b/one"), file("two"), file("two/three")})
	if err == nil {
		t.Fatal("no error")
	}
	_, err2 := scaffold.Write(filepath.Join(root, "kept"), []scaffold.File{file("a/one"), file("two"), file("two")})
	var exists *scaffold.ExistsError
	if !errors.As(err2, &exists) {
		t.Fatalf("the error is %v", err2)
	}
	if diff := cmp.Diff(map[string]string{"kept/mine": "mine"}, tree(t, root)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestWriteHasOneWinner lets many write the same file at once.
func TestWriteHasOneWinner(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for i := range errs {
		wg.Go(func() {
			text := []byte(strings.Repeat(fmt.Sprintf("%02d", i), 10_000))
			_, errs[i] = scaffold.Write(dir, []scaffold.File{{Path: "content/one.md", Text: text}})
		})
	}
	wg.Wait()
	var winners []int
	for i, err := range errs {
		var exists *scaffold.ExistsError
		switch {
		case err == nil:
			winners = append(winners, i)
		case !errors.As(err, &exists):
			t.Errorf("the error is %v", err)
		}
	}
	if len(winners) != 1 {
		t.Fatalf("%d have written the file", len(winners))
	}
	want := map[string]string{"content/one.md": strings.Repeat(fmt.Sprintf("%02d", winners[0]), 10_000)}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

package publish_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
)

// unpack returns the files of an archive.
func unpack(tb testing.TB, archive []byte) tree {
	tb.Helper()
	t := tree{}
	for r := tar.NewReader(bytes.NewReader(archive)); ; {
		header, err := r.Next()
		if err == io.EOF {
			return t
		}
		if err != nil {
			tb.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		t[header.Name] = string(content)
	}
}

// large is a site whose folders do not fit into the buffers of an archive.
func large() tree {
	t := tree{"index.html": "entry"}
	for _, folder := range []string{"a", "b", "c"} {
		for _, name := range []string{"1.html", "2.html", "3.html"} {
			t[folder+"/"+name] = strings.Repeat(folder+name, 400_000)
		}
	}
	t["d/"+strings.Repeat("long-", 40)+".html"] = "a name that old archives cannot hold"
	return t
}

// TestArchive: folders that are added in any order at once stand in the order of
// their turns, and an archive holds what a directory would.
func TestArchive(t *testing.T) {
	var first []byte
	for _, backwards := range []bool{false, true} {
		var out bytes.Buffer
		a := publish.NewArchive(t.Context(), &out, nil)
		all := folders(large().files())
		var adding sync.WaitGroup
		for i := range all {
			turn := i
			if backwards {
				turn = len(all) - 1 - i
			}
			folder := all[turn]
			folder.Turn = turn
			adding.Go(func() {
				if _, err := a.Add(folder); err != nil {
					t.Error(err)
				}
			})
		}
		adding.Wait()
		summary, err := a.Commit()
		if err != nil || a.Close() != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(large(), unpack(t, out.Bytes())); diff != "" || summary.Files != len(large()) {
			t.Errorf("the archive of %d files (-want +got):\n%s", summary.Files, diff)
		}
		if first == nil {
			first = out.Bytes()
		} else if !bytes.Equal(first, out.Bytes()) {
			t.Error("the archive depends on the order in which folders are ready")
		}
	}
}

func TestArchiveFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "site.tar")
	var older bytes.Buffer
	if err := tar.NewWriter(&older).Close(); err != nil {
		t.Fatal(err)
	}
	(tree{"site.tar": older.String()}).write(t, dir)
	broken := tree{"a/index.html": "a"}.files()
	failure := errors.New("no more paper")
	files := func(yield func(site.File) bool) {
		broken(yield)
		yield(site.File{Path: "b/index.html", Append: func([]byte) ([]byte, error) { return nil, failure }})
	}
	a, err := publish.CreateArchive(t.Context(), name, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := addAll(a, files); !errors.Is(err, failure) {
		t.Errorf("error %v", err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, tree{"site.tar": older.String()})

	a, err = publish.CreateArchive(t.Context(), name, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := addAll(a, large().files()); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	wantOnly(t, dir, "site.tar")
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(large(), unpack(t, content)); diff != "" {
		t.Errorf("the archive (-want +got):\n%s", diff)
	}
}

// TestArchiveRefused: what is not an archive of ours to replace stays as it is.
func TestArchiveRefused(t *testing.T) {
	dir := t.TempDir()
	before := tree{"letter.tar": "precious", "short.tar": "", "content/a.md": "# A"}
	before.write(t, dir)
	for name, want := range map[string]string{
		".":               "it is a directory",
		"letter.tar":      "is no archive",
		"content/new.tar": "it is inside " + filepath.Join(dir, "content"),
		"nowhere/new.tar": "nowhere",
		"content/a.md/b":  "a.md",
	} {
		a, err := publish.CreateArchive(t.Context(), filepath.Join(dir, name), []string{filepath.Join(dir, "content")}, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if err == nil {
			a.Close()
		}
	}
	wantTree(t, dir, before)
	a, err := publish.CreateArchive(t.Context(), filepath.Join(dir, "short.tar"), nil, nil)
	if err != nil {
		t.Fatalf("an empty file is not replaced: %v", err)
	}
	a.Close()
}

// TestArchiveNeverWaitsForNothing: a folder whose turn cannot come any more fails.
func TestArchiveNeverWaitsForNothing(t *testing.T) {
	reason := errors.New("the author pressed Ctrl-C")
	for name, end := range map[string]func(context.CancelCauseFunc, *publish.Archive) error{
		"cancelled": func(cancel context.CancelCauseFunc, _ *publish.Archive) error { cancel(reason); return reason },
		"closed":    func(_ context.CancelCauseFunc, a *publish.Archive) error { a.Close(); return publish.ErrGivenUp },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			a := publish.NewArchive(ctx, io.Discard, nil)
			waiting := make(chan error)
			go func() {
				folder := folders(tree{"b/index.html": "b"}.files())[0]
				folder.Turn = 1
				_, err := a.Add(folder)
				waiting <- err
			}()
			want := end(cancel, a)
			if err := <-waiting; !errors.Is(err, want) {
				t.Errorf("error %v, want %v", err, want)
			}
			cancel(nil)
		})
	}
}

// TestArchiveEndsWithAMark: an archive that failed on its way can be told from a
// whole one.
func TestArchiveEndsWithAMark(t *testing.T) {
	var out bytes.Buffer
	a := publish.NewArchive(t.Context(), &out, nil)
	if _, err := a.Add(folders(tree{"index.html": "entry"}.files())[0]); err != nil {
		t.Fatal(err)
	}
	before := out.Len()
	if _, err := a.Commit(); err != nil {
		t.Fatal(err)
	}
	if end := out.Bytes()[before:]; !bytes.Equal(end, make([]byte, 1024)) {
		t.Errorf("the archive ends in %d bytes", len(end))
	}
}

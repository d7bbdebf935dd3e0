package publish_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
)

// A tree is the content of a directory, or of a site: bytes by path. An empty
// directory has a path that ends in a slash.
type tree map[string]string

// files yields a site's files, in the order of their paths.
func (t tree) files() iter.Seq[site.File] {
	return func(yield func(site.File) bool) {
		for _, path := range slices.Sorted(mapKeys(t)) {
			if !yield(file(path, t[path])) {
				return
			}
		}
	}
}

func mapKeys(t tree) iter.Seq[string] {
	return func(yield func(string) bool) {
		for path := range t {
			if !yield(path) {
				return
			}
		}
	}
}

func file(path, content string) site.File {
	return site.File{Path: path, Append: func(buf []byte) ([]byte, error) { return append(buf, content...), nil }}
}

// with returns a copy of t with other added.
func (t tree) with(other tree) tree {
	both := tree{}
	for _, part := range []tree{t, other} {
		for path, content := range part {
			both[path] = content
		}
	}
	return both
}

// write writes t to dir, beside what is there.
func (t tree) write(tb testing.TB, dir string) {
	tb.Helper()
	for path, content := range t {
		name := filepath.Join(dir, filepath.FromSlash(path))
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil && strings.HasSuffix(path, "/") {
			err = os.MkdirAll(name, 0o755)
		} else if err == nil {
			err = os.WriteFile(name, []byte(content), 0o644)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// read returns the content of dir without the manifest.
func read(tb testing.TB, dir string) tree {
	tb.Helper()
	t := tree{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir || d.Name() == publish.ManifestName {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		path := filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			if inside, _ := os.ReadDir(name); len(inside) == 0 {
				t[path+"/"] = ""
			}
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(name)
			t[path] = "-> " + target
		default:
			content, err := os.ReadFile(name)
			t[path] = string(content)
			return err
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// put publishes a site and fails the test if that fails.
func put(tb testing.TB, dir string, t tree) publish.Summary {
	tb.Helper()
	summary, err := publishAll(context.Background(), t.files(), publish.Options{Dir: dir})
	if err != nil {
		tb.Fatal(err)
	}
	return summary
}

func wantTree(tb testing.TB, dir string, want tree) {
	tb.Helper()
	if diff := cmp.Diff(want, read(tb, dir)); diff != "" {
		tb.Errorf("%s (-want +got):\n%s", filepath.Base(dir), diff)
	}
}

// wantOnly checks that dir holds these names and nothing hidden beside them.
func wantOnly(tb testing.TB, dir string, want ...string) {
	tb.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff(want, names); diff != "" {
		tb.Errorf("%s holds (-want +got):\n%s", filepath.Base(dir), diff)
	}
}

var small = tree{
	"index.html":       "list",
	"dns/index.html":   "briefing",
	"dns/round-1.html": "round",
	"assets/style.css": "body{}",
	".nojekyll":        "",
}

func TestFirstBuild(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "deep", "public")
	got := put(t, out, small)
	want := publish.Summary{Files: 5, Bytes: 23, Written: 5}
	if got != want {
		t.Errorf("summary %+v, want %+v", got, want)
	}
	wantTree(t, out, small)
	wantOnly(t, filepath.Dir(out), "public")
	for path, mode := range map[string]fs.FileMode{"": 0o755, "dns": 0o755, "dns/round-1.html": 0o644, publish.ManifestName: 0o644} {
		info, err := os.Stat(filepath.Join(out, path))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode {
			t.Errorf("%q has mode %v, want %v", path, info.Mode().Perm(), mode)
		}
	}
}

func TestFirstBuildIntoEmptyDirectory(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	if err := os.Mkdir(out, 0o750); err != nil {
		t.Fatal(err)
	}
	put(t, out, small)
	wantTree(t, out, small)
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("the directory's mode became %v (%v)", info.Mode(), err)
	}
}

func TestFirstBuildBesideForeignFiles(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	foreign := tree{"README.md": "about", "dns/notes/mine.txt": "x", "drafts/": ""}
	foreign.write(t, out)
	put(t, out, small)
	wantTree(t, out, small.with(foreign))
	wantOnly(t, parent, "public")
}

// Nothing shows in the output while the site is being rendered.
func TestStagingLeavesTheOutputAlone(t *testing.T) {
	for name, before := range map[string]tree{"nothing": nil, "a file of others": {"README.md": "about"}} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			before.write(t, out)
			spy := func(yield func(site.File) bool) {
				for f := range small.files() {
					if !yield(site.File{Path: f.Path, Append: func(buf []byte) ([]byte, error) {
						if _, err := os.Stat(out); err == nil || before != nil {
							wantTree(t, out, before)
						}
						return f.Append(buf)
					}}) {
						return
					}
				}
			}
			if _, err := publishAll(context.Background(), spy, publish.Options{Dir: out}); err != nil {
				t.Fatal(err)
			}
			wantTree(t, out, small.with(before))
		})
	}
}

func TestRebuildTouchesOnlyWhatChanged(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	put(t, out, small)
	before := map[string]fs.FileInfo{}
	for path := range small.with(tree{publish.ManifestName: ""}) {
		before[path] = lstat(t, out, path)
	}

	if got, want := put(t, out, small), (publish.Summary{Files: 5, Bytes: 23, Unchanged: 5}); got != want {
		t.Errorf("summary of the same site %+v, want %+v", got, want)
	}
	for path, info := range before {
		if !untouched(info, lstat(t, out, path)) {
			t.Errorf("publishing the same site again touched %s", path)
		}
	}

	after := small.with(tree{"dns/round-1.html": "other", "dns/round-2.html": "new", "tls/index.html": "new"})
	delete(after, "assets/style.css")
	if got, want := put(t, out, after), (publish.Summary{Files: 6, Bytes: 23, Written: 3, Unchanged: 3, Removed: 1}); got != want {
		t.Errorf("summary of another site %+v, want %+v", got, want)
	}
	wantTree(t, out, after)
	for _, path := range []string{"index.html", "dns/index.html", ".nojekyll"} {
		if !untouched(before[path], lstat(t, out, path)) {
			t.Errorf("publishing another site touched %s, which is the same in both", path)
		}
	}
}

func lstat(tb testing.TB, dir, path string) fs.FileInfo {
	tb.Helper()
	info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		tb.Fatal(err)
	}
	return info
}

func untouched(before, after fs.FileInfo) bool {
	return os.SameFile(before, after) && before.ModTime().Equal(after.ModTime())
}

func TestRemoval(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	put(t, out, tree{
		"index.html": "1", "gone/index.html": "1", "gone/deep/er/x.html": "1",
		"kept/theirs.html": "1", "edited/page.html": "as published", "stays.html": "as published",
	})
	tree{"README.md": "about", "kept/notes.txt": "x", "edited/page.html": "by hand", "stays.html": "by hand"}.write(t, out)
	got := put(t, out, tree{"index.html": "2", "stays.html": "as published"})
	wantTree(t, out, tree{
		"index.html": "2", "README.md": "about",
		"kept/notes.txt":   "x",            // the directory is still in use
		"edited/page.html": "by hand",      // not what we published: theirs now
		"stays.html":       "as published", // a path of the site: ours
	})
	if got.Removed != 3 {
		t.Errorf("removed %d, want 3", got.Removed)
	}
	// What was left to its author is not removed by a later build either, and
	// taking its path back is refused.
	put(t, out, tree{"index.html": "3"})
	_, err := publishAll(context.Background(), tree{"edited/page.html": "new"}.files(), publish.Options{Dir: out})
	var conflict *publish.ConflictError
	if !errors.As(err, &conflict) {
		t.Errorf("publishing over an author's file: %v", err)
	}
}

func TestConflicts(t *testing.T) {
	outside := t.TempDir()
	tree{"a.html": "outside", "index.html": "outside"}.write(t, outside)
	tests := []struct {
		name    string
		foreign tree
		links   map[string]string
		want    []string // conflicting paths
	}{
		{"other bytes", tree{"index.html": "mine", "dns/round-1.html": "mine"}, nil, []string{"dns/round-1.html", "index.html"}},
		{"same bytes", tree{"index.html": "list"}, nil, nil},
		{"a directory for a file", tree{"index.html/x": "mine"}, nil, []string{"index.html"}},
		{"an empty directory for a file", tree{"index.html/": ""}, nil, []string{"index.html"}},
		{"a file for a directory", tree{"dns": "mine"}, nil, []string{"dns"}},
		{"a link for a file", nil, map[string]string{"index.html": filepath.Join(outside, "a.html")}, []string{"index.html"}},
		{"a link for a directory", nil, map[string]string{"dns": outside}, []string{"dns"}},
		{"a link that leads nowhere", nil, map[string]string{"dns": "nowhere"}, []string{"dns"}},
		{"a link inside", tree{"theirs/x": ""}, map[string]string{"dns": "theirs"}, []string{"dns"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			out := filepath.Join(parent, "public")
			tree{"README.md": "about"}.with(test.foreign).write(t, out)
			for name, target := range test.links {
				if err := os.Symlink(target, filepath.Join(out, name)); err != nil {
					t.Fatal(err)
				}
			}
			before := read(t, out)
			_, err := publishAll(context.Background(), small.files(), publish.Options{Dir: out})
			if test.want == nil {
				if err != nil {
					t.Fatal(err)
				}
				wantTree(t, out, small.with(before))
				return
			}
			var conflict *publish.ConflictError
			if !errors.As(err, &conflict) {
				t.Fatalf("error %v, want a conflict", err)
			}
			if diff := cmp.Diff(test.want, conflict.Paths); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
			for _, path := range test.want {
				if !strings.Contains(err.Error(), path) {
					t.Errorf("the message does not name %s: %v", path, err)
				}
			}
			wantTree(t, out, before)
			wantOnly(t, parent, "public")
			wantTree(t, outside, tree{"a.html": "outside", "index.html": "outside"})
		})
	}
}

// Files of an earlier build make room where the new site has a directory, and
// the other way round; files of others do not.
func TestFileBecomesDirectory(t *testing.T) {
	steps := []tree{
		{"a": "1", "b/c/d": "1", "b/e": "1", "index.html": "1"},
		{"a/b/c": "2", "b": "2", "index.html": "2"},
		{"a/b": "3", "b/c": "3"},
	}
	out := filepath.Join(t.TempDir(), "public")
	for _, step := range steps {
		put(t, out, step)
		wantTree(t, out, step)
	}
	tree{"b/notes.txt": "mine"}.write(t, out)
	_, err := publishAll(context.Background(), tree{"b": "4"}.files(), publish.Options{Dir: out})
	var conflict *publish.ConflictError
	if !errors.As(err, &conflict) || !slices.Equal(conflict.Paths, []string{"b/notes.txt"}) && !slices.Equal(conflict.Paths, []string{"b"}) {
		t.Errorf("error %v, want a conflict about b", err)
	}
	wantTree(t, out, steps[2].with(tree{"b/notes.txt": "mine"}))
}

func TestManifestDeleted(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	put(t, out, small)
	if err := os.Remove(filepath.Join(out, publish.ManifestName)); err != nil {
		t.Fatal(err)
	}
	next := tree{"index.html": "list", "dns/index.html": "briefing", "new.html": "new"}
	if got := put(t, out, next); got.Removed != 0 || got.Written != 1 {
		t.Errorf("summary %+v, want one file written and none removed", got)
	}
	wantTree(t, out, small.with(next))
	delete(next, "dns/index.html")
	put(t, out, next) // taken up again above, so now removed
	want := small.with(next)
	delete(want, "dns/index.html")
	wantTree(t, out, want)
}

// A manifest that cannot be trusted never leads to a removal.
func TestManifestDamaged(t *testing.T) {
	const none = "ef46db3751d8e999 0 " // the hash and the size of no bytes
	list := func(files string) string {
		return fmt.Sprintf("replaygen manifest 2 1\n%016x %d %d 0 \n%s", xxhash.Sum64String(files), len(files), strings.Count(files, "\n"), files)
	}
	good := list(none + "victim.html\n")
	for name, manifest := range map[string]string{
		"empty":             "",
		"garbage":           "\x00\xff\n\n",
		"other version":     strings.Replace(good, "manifest 2", "manifest 99", 1),
		"cut short":         good[:len(good)-1],
		"more folders":      strings.Replace(good, "manifest 2 1", "manifest 2 2", 1),
		"other section":     strings.Replace(good, "victim", "victin", 1),
		"bad hash":          list("xxxxxxxxxxxxxxxx 0 victim.html\n"),
		"bad size":          list("ef46db3751d8e999 much victim.html\n"),
		"outside":           list(none + "../victim.html\n"),
		"absolute":          list(none + "/victim.html\n"),
		"not sorted":        list(none + "victim.html\n" + none + "a.html\n"),
		"endless line":      "replaygen manifest 2 1\n" + strings.Repeat("victim", 100_000),
		"endless numbers":   "replaygen manifest 2 1\nef46db3751d8e999 0 1000000000 0 \n",
		"listing itself":    list(none + publish.ManifestName + "\n"),
		"control character": list(none + "\t\n" + none + "victim.html\n"),
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			out := filepath.Join(parent, "public")
			tree{"victim.html": "", "public/victim.html": "", "public/" + publish.ManifestName: manifest}.write(t, parent)
			put(t, out, small)
			wantTree(t, parent, tree{"victim.html": "", "public/victim.html": ""}.with(under("public", small)))
			tree{"index.html": "edited"}.write(t, out)
			put(t, out, small) // there is a good manifest again
			wantTree(t, out, small.with(tree{"victim.html": ""}))
		})
	}
	t.Run("conflict tells", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "public")
		tree{"index.html": "x", publish.ManifestName: "garbage"}.write(t, out)
		_, err := publishAll(context.Background(), small.files(), publish.Options{Dir: out})
		if err == nil || !strings.Contains(err.Error(), publish.ManifestName) {
			t.Errorf("error %v, want it to name the manifest", err)
		}
	})
}

func under(dir string, t tree) tree {
	moved := tree{}
	for path, content := range t {
		moved[dir+"/"+path] = content
	}
	return moved
}

// A listed file behind a link is neither removed nor overwritten.
func TestManifestNeverFollowsLinks(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	put(t, out, tree{"index.html": "1", "dns/index.html": "1", "page.html": "1"})
	tree{"index.html": "1"}.write(t, filepath.Join(parent, "elsewhere"))
	for _, link := range []struct{ name, target string }{{"dns", "../elsewhere"}, {"page.html", "../elsewhere/index.html"}} {
		if err := errors.Join(os.RemoveAll(filepath.Join(out, link.name)), os.Symlink(link.target, filepath.Join(out, link.name))); err != nil {
			t.Fatal(err)
		}
	}
	put(t, out, tree{"index.html": "1"})
	wantTree(t, parent, tree{
		"elsewhere/index.html": "1",
		"public/index.html":    "1", "public/dns": "-> ../elsewhere", "public/page.html": "-> ../elsewhere/index.html",
	})
}

func TestBadPaths(t *testing.T) {
	long := strings.Repeat("x", 5000) + ".html"
	for name, test := range map[string]struct{ paths, named []string }{
		"outside":              {[]string{"../x.html"}, []string{`".."`}},
		"absolute":             {[]string{"/x.html"}, []string{`"/x.html"`}},
		"not clean":            {[]string{"a//b.html"}, []string{`"a/"`}},
		"the root":             {[]string{"."}, []string{`"."`}},
		"empty":                {[]string{""}, []string{`""`}},
		"a line break":         {[]string{"a\nb.html"}, []string{`"a\nb.html"`}},
		"the manifest":         {[]string{publish.ManifestName}, []string{publish.ManifestName}},
		"twice":                {[]string{"a.html", "b.html", "a.html"}, []string{`"a.html" and "a.html"`}},
		"twice but for case":   {[]string{"dns/a.html", "dns/b.html", "dns/A.html"}, []string{"dns/a.html", "dns/A.html"}},
		"directories and case": {[]string{"dns/a.html", "DNS/A.html"}, []string{`"dns" and "DNS"`}},
		"file and directory":   {[]string{"dns", "dns/a.html"}, []string{`"dns"`, "one place"}},
		"directory and file":   {[]string{"dns/a/b.html", "dns-2.html", "dns"}, []string{`"dns"`, "one place"}},
		"too long for a name":  {[]string{long}, []string{long}},
	} {
		paths := test.paths
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			out := filepath.Join(parent, "public")
			put(t, out, small)
			files := func(yield func(site.File) bool) {
				for _, path := range paths {
					if !yield(file(path, path)) {
						return
					}
				}
			}
			_, err := publishAll(context.Background(), files, publish.Options{Dir: out, Workers: 2})
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.named {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the message does not say %s: %v", want, err)
				}
			}
			wantTree(t, out, small)
			wantOnly(t, parent, "public")
		})
	}
}

func TestBadOutputs(t *testing.T) {
	dir := t.TempDir()
	tree{"file": "x", "content/a.md": "x", ".taken.replaygen/mine": "x"}.write(t, dir)
	if err := errors.Join(
		os.Symlink("nowhere", filepath.Join(dir, "dangling")),
		os.Symlink("content", filepath.Join(dir, "alias")),
	); err != nil {
		t.Fatal(err)
	}
	before := read(t, dir)
	for _, out := range []string{"file", "file/public", "dangling", "content", "content/public", "alias/public", "taken"} {
		_, err := publishAll(context.Background(), small.files(), publish.Options{
			Dir: filepath.Join(dir, out), Sources: []string{filepath.Join(dir, "content"), filepath.Join(dir, "themes")},
		})
		if err == nil || !strings.Contains(err.Error(), out) {
			t.Errorf("publishing to %s: error %v, want one that names it", out, err)
		}
	}
	wantTree(t, dir, before)
}

func TestOutputIsALink(t *testing.T) {
	dir := t.TempDir()
	tree{"real/public/": ""}.write(t, dir)
	link := filepath.Join(dir, "public")
	if err := os.Symlink("real/public", link); err != nil {
		t.Fatal(err)
	}
	put(t, link, small)
	next := tree{"index.html": "other"}
	wantTree(t, filepath.Join(dir, "real", "public"), small)
	put(t, link, next)
	wantTree(t, filepath.Join(dir, "real"), under("public", next))
	wantTree(t, dir, under("real/public", next).with(tree{"public": "-> real/public"}))
}

// Where nothing may be written beside the output, the site is prepared in it.
func TestParentIsReadOnly(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	tree{"README.md": "about"}.write(t, out)
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(parent, 0o755) })
	if os.Mkdir(filepath.Join(parent, "x"), 0o755) == nil {
		t.Skip("this user may write everywhere")
	}
	for _, next := range []tree{small, {"index.html": "other"}} {
		put(t, out, next)
		wantTree(t, out, next.with(tree{"README.md": "about"}))
	}
}

func TestTwoBuildsAtOnce(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	var second error
	files := func(yield func(site.File) bool) {
		_, second = publishAll(context.Background(), tree{"other.html": "x"}.files(), publish.Options{Dir: out})
		for f := range small.files() {
			if !yield(f) {
				return
			}
		}
	}
	if _, err := publishAll(context.Background(), files, publish.Options{Dir: out}); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(second, publish.ErrBusy) {
		t.Errorf("the second build: %v, want ErrBusy", second)
	}
	wantTree(t, out, small)
}

// A workshop that a killed build left is cleared.
func TestStaleWorkshop(t *testing.T) {
	parent := t.TempDir()
	tree{".public.replaygen/lock": "", ".public.replaygen/site/old.html": "x", ".public.replaygen/manifest": "x"}.write(t, parent)
	put(t, filepath.Join(parent, "public"), small)
	wantTree(t, parent, under("public", small))
}

func TestCancel(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	put(t, out, small)
	reason := errors.New("the author pressed Ctrl-C")
	for after := range 5 {
		ctx, cancel := context.WithCancelCause(context.Background())
		var made atomic.Int64
		files := func(yield func(site.File) bool) {
			for _, name := range []string{"a.html", "b/b.html", "c.html", "d/d.html", "e.html"} {
				f := file(name, name)
				if !yield(site.File{Path: f.Path, Append: func(buf []byte) ([]byte, error) {
					if made.Add(1) > int64(after) {
						cancel(reason)
					}
					return f.Append(buf)
				}}) {
					return
				}
			}
		}
		if _, err := publishAll(ctx, files, publish.Options{Dir: out}); !errors.Is(err, reason) {
			t.Errorf("cancelled after %d files: error %v", after, err)
		}
		wantTree(t, out, small)
		wantOnly(t, parent, "public")
	}
}

func TestProgress(t *testing.T) {
	many := tree{}
	for i := range 500 {
		many[strings.Repeat("x", 1+i%7)+"/"+strings.Repeat("y", 1+i/7)+".html"] = "z"
	}
	var ready atomic.Int64
	opts := publish.Options{Dir: filepath.Join(t.TempDir(), "public"), Workers: 4, Progress: func(n int) { ready.Add(int64(n)) }}
	summary, err := publishAll(context.Background(), many.files(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if int(ready.Load()) != len(many) || summary.Files != len(many) {
		t.Errorf("told of %d files and counted %d, want %d", ready.Load(), summary.Files, len(many))
	}
	wantTree(t, opts.Dir, many)
}

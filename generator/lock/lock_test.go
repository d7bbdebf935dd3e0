package lock_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/lock"
)

// parse parses a lock and returns what was said about it.
func parse(text string) (lock.Lock, []string) {
	var list diag.List
	l := lock.Parse(diag.NewSource("content/names/disk-full.names", []byte(text)), &list)
	var said []string
	for _, d := range list.Sorted() {
		p := d.Span.Position()
		said = append(said, fmt.Sprintf("%d:%d %s %s %q", p.Line, p.Column, d.Severity, d.Code, d.Span.Text()))
	}
	return l, said
}

func TestFormat(t *testing.T) {
	text := string(lock.Format([]string{"index", "outcome-1a.1-a", "round-1"}, []string{"outcome-1b.1-b", "round-2"}))
	lines := strings.Split(text, "\n")
	comments := 0
	for strings.HasPrefix(lines[comments], "# ") {
		comments++
	}
	want := []string{"index", "outcome-1a.1-a", "outcome-1b.1-b retired", "round-1", "round-2 retired", ""}
	if diff := cmp.Diff(want, lines[comments:]); comments == 0 || diff != "" {
		t.Errorf("lines after %d of comment (-want +got):\n%s", comments, diff)
	}
	if text := lock.Format(nil, nil); text != nil {
		t.Errorf("a lock without names has the text %q", text)
	}
}

func TestRetired(t *testing.T) {
	const text = `# old
round-2
index

	round-1  retired
outcome-1a retired
round-3
round-2 retired
round-1 retired
`
	for _, test := range []struct {
		name, text string
		living     []string
		want       []string
		now        int
	}{
		{"nothing lives", text, nil, []string{"index", "outcome-1a", "round-1", "round-2", "round-3"}, 2},
		{"all live", text, []string{"index", "outcome-1a", "round-1", "round-2", "round-3", "round-4"}, nil, 0},
		{"one that was retired lives again", text, []string{"index", "round-1", "round-2"}, []string{"outcome-1a", "round-3"}, 1},
		{"Windows line ends and a byte order mark", "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"), []string{"index", "round-1", "round-2"}, []string{"outcome-1a", "round-3"}, 1},
		{"no line end", "round-9", nil, []string{"round-9"}, 1},
		{"empty", "", []string{"index"}, nil, 0},
	} {
		l, said := parse(test.text)
		names, now := l.Retired(test.living)
		if diff := cmp.Diff(test.want, names); diff != "" || now != test.now || said != nil {
			t.Errorf("%s: %d retired now, want %d; said %q; names (-want +got):\n%s", test.name, now, test.now, said, diff)
		}
	}
}

// TestIs wants a lock that says the same to be left alone, and another form of
// it to be rewritten.
func TestIs(t *testing.T) {
	text := lock.Format([]string{"index", "round-1"}, []string{"round-2"})
	for form, want := range map[string]bool{
		string(text): true,
		strings.ReplaceAll(string(text), "\n", "\r\n"):   true,
		"round-1\nround-2 retired\nindex\n":              false,
		string(text) + "round-3\n":                       false,
		strings.Replace(string(text), " retired", "", 1): false,
	} {
		if l, _ := parse(form); l.Is(text) != want {
			t.Errorf("Is = %v for %q", !want, form)
		}
	}
	if !(lock.Lock{}).Is(nil) {
		t.Error("the lock of a replay that was never published is not empty")
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string][]string{
		"index\n\n Round-2\n":               {`3:2 error lock-name "Round-2"`},
		"../../etc/passwd\n":                {`1:1 error lock-name "../../etc/passwd"`},
		"..\n.\n-x\n":                       {`1:1 error lock-name ".."`, `2:1 error lock-name "."`, `3:1 error lock-name "-x"`},
		"a/b\na\\b\n":                       {`1:1 error lock-name "a/b"`, `2:1 error lock-name "a\\b"`},
		"ründ-1 retired\n":                  {`1:1 error lock-name "ründ-1"`},
		strings.Repeat("a", 251):            {fmt.Sprintf("1:1 error lock-name %q", strings.Repeat("a", 251))},
		"\x00\x00\n":                        {`1:1 error lock-name "\x00\x00"`},
		"round-1 \tretried\nround-2 gone 1": {`1:10 error lock-mark "retried"`, `2:9 error lock-mark "gone 1"`},
		"a\n<<<<<<< HEAD\nb\n||||||| base\n=======\nc retired\n>>>>>>> edit\nD\n": {
			`2:1 error lock-conflict "<<<<<<< HEAD"`, `8:1 error lock-name "D"`},
		"a\r\n=======\r\nb\r\n": {`2:1 error lock-conflict "======="`},
	} {
		if _, said := parse(text); !cmp.Equal(want, said) {
			t.Errorf("%q: said %q, want %q", text, said, want)
		}
	}
}

// TestMerge keeps the lines of both sides of a merge, in any order: nothing
// that either side published is lost.
func TestMerge(t *testing.T) {
	names := rapid.SliceOfDistinct(rapid.StringMatching(`(round|outcome)-[0-9a-f]{1,2}(\.[0-9]-[a-d]{1,3})?`), rapid.ID[string])
	rapid.Check(t, func(r *rapid.T) {
		var lines []string
		published := map[string]bool{}
		for _, side := range []string{"ours", "theirs"} {
			living, retired := split(r, names.Draw(r, side))
			for _, name := range slices.Concat(living, retired) {
				published[name] = true
			}
			lines = append(lines, strings.Split(string(lock.Format(living, retired)), "\n")...)
		}
		merged, said := parse(strings.Join(rapid.Permutation(lines).Draw(r, "lines"), "\n"))
		if said != nil {
			r.Fatalf("said %q", said)
		}
		kept, _ := merged.Retired(nil)
		if len(kept) != len(published) || !slices.IsSorted(kept) {
			r.Fatalf("the merged lock has %q, want %d names", kept, len(published))
		}
		for _, name := range kept {
			if !published[name] {
				r.Fatalf("%s was published by neither side", name)
			}
		}
	})
}

// split parts names into two sorted lists.
func split(r *rapid.T, names []string) (living, retired []string) {
	slices.Sort(names)
	for _, name := range names {
		if rapid.Bool().Draw(r, "lives") {
			living = append(living, name)
		} else {
			retired = append(retired, name)
		}
	}
	return living, retired
}

// FuzzParse wants every lock that is understood to say the same once it is
// written again, and every name in it to be one that a file can have.
func FuzzParse(f *testing.F) {
	f.Add("# c\nindex\nround-1 retired\n")
	f.Add("\ufeffa\r\nb\tretired\r\n\r\n<<<<<<< x\n")
	f.Fuzz(func(t *testing.T, text string) {
		first, said := parse(text)
		retired, _ := first.Retired(nil)
		for _, name := range retired {
			if filepath.Base(name) != name || name == "." || name == ".." || strings.ToLower(name) != name {
				t.Errorf("the name %q cannot be a file's", name)
			}
		}
		if said != nil {
			return
		}
		again, said := parse(string(lock.Format(nil, retired)))
		kept, now := again.Retired(nil)
		if said != nil || now != 0 || !cmp.Equal(retired, kept) {
			t.Errorf("said %q; %q became %q", said, retired, kept)
		}
	})
}

func TestSlugs(t *testing.T) {
	source := fstest.MapFS{
		"content/names/disk-full.names":   {},
		"content/names/a-1.names":         {},
		"content/names/a.names":           {},
		"content/names/.a-1-123.tmp":      {},
		"content/names/.hidden.names":     {},
		"content/names/_draft.names":      {},
		"content/names/README.md":         {},
		"content/names/dir.names/x":       {},
		"content/names/Disk Full.names":   {},
		"content/names/trailing-.names":   {},
		"content/other/elsewhere.names":   {},
		"content/names/deep/nested.names": {},
	}
	var list diag.List
	slugs, err := lock.Slugs(source, "content/names", &list)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "a-1", "disk-full"}, slugs); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
	var said []string
	for _, d := range list.Sorted() {
		said = append(said, string(d.Code)+" "+d.Span.Path())
	}
	if diff := cmp.Diff([]string{"lock-file content/names/Disk Full.names", "lock-file content/names/trailing-.names"}, said); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
	if slugs, err := lock.Slugs(source, "content/none", &list); len(slugs) > 0 || err != nil {
		t.Errorf("a folder that does not exist: %q, %v", slugs, err)
	}
}

func TestWriteAndRead(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "content", "names")
	for _, text := range []string{"index\n", "index\nround-1 retired\n", "", ""} {
		if err := lock.Write(dir, "disk-full", []byte(text)); err != nil {
			t.Fatal(err)
		}
		var found []string
		if text != "" {
			found = append(found, "disk-full.names")
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if diff := cmp.Diff(found, names); diff != "" {
			t.Fatalf("the folder after writing %q (-want +got):\n%s", text, diff)
		}
		if text == "" {
			continue
		}
		var list diag.List
		l, err := lock.Read(os.DirFS(root), "content/names", "disk-full", &list)
		if err != nil || list.Len() > 0 || !l.Is([]byte(text)) {
			t.Fatalf("%q is read as something else: %v, %v", text, err, list.Sorted())
		}
	}
}

// TestFailedWrite leaves the old lock and nothing else.
func TestFailedWrite(t *testing.T) {
	dir := t.TempDir()
	// A folder that is not empty cannot be replaced by a file.
	if err := os.MkdirAll(filepath.Join(dir, "disk-full.names", "kept"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := lock.Write(dir, "disk-full", []byte("index\n")); err == nil {
		t.Error("a lock was written over a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

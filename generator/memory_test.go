package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator"
)

// TestUndo: a build remembers a replay as it is before an edit and as it is after it.
// Undoing the edit must not leave the pages of the edit in the output.
func TestUndo(t *testing.T) {
	s := newSource(t)
	store := openStore(t, t.TempDir())
	defer store.Close()
	first := small("A", 'B', "detail: none")
	for _, text := range []string{first, strings.Replace(first, "Do B", "Panic", 1), first} {
		s.write(map[string]string{"a.md": text})
		s.build(generator.Options{Cache: store, Program: "test"})
	}
	page, err := os.ReadFile(filepath.Join(s.dir, "public", "a", "round-1.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "Do B") || strings.Contains(string(page), "Panic") {
		t.Errorf("the edit was undone, but the page is still the edited one")
	}
}

// TestForgetWithNothingChanged: what a build remembers of a replay holds tombstones;
// one that is to forget them makes the replay again.
func TestForgetWithNothingChanged(t *testing.T) {
	s := newSource(t)
	store := openStore(t, t.TempDir())
	defer store.Close()
	opts := generator.Options{Cache: store, Program: "test"}
	for _, last := range []byte{'C', 'B', 'B'} {
		s.write(map[string]string{"a.md": small("A", last, "detail: none")})
		s.build(opts)
	}
	opts.Forget = true
	if got, want := s.build(opts).Names, (generator.Names{Forgotten: 3, Written: 1}); got != want {
		t.Errorf("the build did %+v, want %+v", got, want)
	}
	for name, body := range readTree(t, filepath.Join(s.dir, "public")) {
		if isTombstone(body) {
			t.Errorf("%s is still there", name)
		}
	}
}

package specimen_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/specimen"
	"github.com/replaygen/replaygen/generator/trail"
)

// collect returns the files of a library by path.
func collect(l specimen.Library) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range l.Files() {
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

// compile compiles a library and wants nothing to be said about it, not even a note.
func compile(t interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}, files fstest.MapFS) []*trail.Machine {
	t.Helper()
	content, err := fs.Sub(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	edition := library.Open(library.Files{Source: files, Content: content}, library.Options{})
	if err := edition.Err(); err != nil {
		t.Fatal(err)
	}
	for _, d := range edition.Diagnose(context.Background()).Sorted() {
		t.Errorf("%s:%d: %s: %s\n%s", d.Span.Path(), d.Span.Position().Line, d.Severity, d.Message, d.Span.Text())
	}
	var machines []*trail.Machine
	for _, r := range edition.Replays() {
		machines = append(machines, edition.Machine(r))
	}
	return machines
}

// TestSameBytesEverywhere holds the texts of a small library. Measurements of
// different versions can only be compared while it stays the same.
func TestSameBytesEverywhere(t *testing.T) {
	l := specimen.Library{Replays: 5, Seed: 7}
	sum := sha256.New()
	for name, text := range l.Files() {
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
	}
	const want = "1bd110a28b187f54666627fee60bf07c28273be0877e3ccfae5a7586987e6fa2"
	if got := fmt.Sprintf("%x", sum.Sum(nil)); got != want {
		t.Errorf("the library's hash is %s, want %s", got, want)
	}
}

func TestWriteWritesTheFiles(t *testing.T) {
	l := specimen.Library{Replays: 3, Bytes: 9000}
	dir := t.TempDir()
	if err := l.Write(dir); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(os.DirFS(dir), name)
		got[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"content/site.yaml": string(l.Site())}
	for i := range 3 {
		name, text := l.Replay(i)
		want["content/"+name] = string(text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if err := l.Write(dir + "/content/site.yaml"); err == nil {
		t.Error("writing below a file is no error")
	}
}

// TestDefaults builds thirty replays of the default size and measures them.
func TestDefaults(t *testing.T) {
	files := collect(specimen.Library{Replays: 30})
	languages := map[string]int{}
	for name, file := range files {
		if path.Ext(name) != ".md" {
			continue
		}
		if size := len(file.Data); size < 19_500 || size > 20_500 {
			t.Errorf("%s has %d bytes, want about 20,000", name, size)
		}
		blocks := fences(file.Data)
		if len(blocks) != 10 {
			t.Errorf("%s has %d code blocks, want 10", name, len(blocks))
		}
		for _, b := range blocks {
			language, _, _ := strings.Cut(b, "\n")
			languages[language]++
		}
		if unfilled := regexp.MustCompile(`\{[A-Za-z]+[0-9]*(:[0-9]+)?\}`).FindAll(file.Data, -1); unfilled != nil {
			t.Errorf("%s: words were not filled in: %s", name, unfilled)
		}
	}
	want := map[string]int{"console": 90, "bash": 30, "yaml": 60, "json": 30, "sql": 30, "text": 30, "go": 30}
	if diff := cmp.Diff(want, languages); diff != "" {
		t.Errorf("code blocks by language (-want +got):\n%s", diff)
	}
	pages, details := 0, map[trail.Detail]bool{}
	machines := compile(t, files)
	for _, m := range machines {
		if m.Len() < 475 || m.Len() > 525 {
			t.Errorf("%s has %d pages, want about 500", m.Replay.Slug, m.Len())
		}
		pages += m.Len()
		details[m.Detail] = true
	}
	if len(machines) != 30 || pages < 30*490 || pages > 30*510 {
		t.Errorf("%d replays with %d pages, want 30 with about 15,000", len(machines), pages)
	}
	if len(details) < 2 {
		t.Errorf("all replays have the same detail: %v", details)
	}
}

// fences returns the fenced blocks of a text, from the language on.
func fences(text []byte) (blocks []string) {
	for i, b := range strings.Split("\n"+string(text), "\n```") {
		if i%2 == 1 {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// TestRepetition wants code blocks to differ and inline code to recur, within a
// library and between libraries of different seeds.
func TestRepetition(t *testing.T) {
	blocks, inline := map[string]string{}, map[string]int{}
	for seed := range uint64(2) {
		for name, file := range collect(specimen.Library{Replays: 20, Seed: seed}) {
			for _, b := range fences(file.Data) {
				if other, again := blocks[b]; again {
					t.Errorf("a code block of %s stands in %s too:\n%s", name, other, b)
				}
				blocks[b] = name
			}
			for _, code := range regexp.MustCompile("`[^`\n]+`").FindAllString(string(file.Data), -1) {
				inline[code]++
			}
		}
	}
	all := 0
	for _, n := range inline {
		all += n
	}
	if len(blocks) != 400 || all < 3*len(inline) {
		t.Errorf("%d code blocks, want 400; %d inline ones of which %d are distinct, want them to recur", len(blocks), all, len(inline))
	}
}

// TestReplaysDiffer wants names and titles that tell all replays apart, even
// when every combination of words has been used.
func TestReplaysDiffer(t *testing.T) {
	l := specimen.Library{Replays: 1500, Rounds: 1, Choices: 2, Pages: 9, Bytes: 1, CodeBlocks: -1}
	names, titles := map[string]int{}, map[string]int{}
	for i := range 3000 {
		if i >= 1500 {
			i += 35_000 // 35,840 is where the words begin anew
		}
		name, text := l.Replay(i)
		_, title, _ := bytes.Cut(text, []byte("\n# "))
		title, _, _ = bytes.Cut(title, []byte("\n"))
		if other, taken := names[name]; taken {
			t.Fatalf("replays %d and %d are both called %s", other, i, name)
		}
		if other, taken := titles[string(title)]; taken {
			t.Fatalf("replays %d and %d have the title %s", other, i, title)
		}
		names[name], titles[string(title)] = i, i
	}
	_, first := l.Replay(0)
	l.Seed = 1
	if _, other := l.Replay(0); bytes.Equal(first, other) {
		t.Error("another seed makes the same replay")
	}
}

// TestLinksBetweenReplays wants replays to refer to others of their library.
func TestLinksBetweenReplays(t *testing.T) {
	files := collect(specimen.Library{Replays: 12, Bytes: 9000})
	for name, file := range files {
		if name == "content/site.yaml" {
			continue
		}
		links := regexp.MustCompile(`\]\(([a-z0-9-]+\.md)\)`).FindAllSubmatch(file.Data, -1)
		if len(links) == 0 {
			t.Errorf("%s links to no other replay", name)
		}
		for _, l := range links {
			if to := "content/" + string(l[1]); files[to] == nil || to == name {
				t.Errorf("%s links to %s", name, to)
			}
		}
	}
}

// TestAnyLibrary holds every description, sensible or not, to what the fields promise.
func TestAnyLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := specimen.Library{
			Replays:    rapid.IntRange(-1, 3).Draw(t, "replays"),
			Pages:      rapid.IntRange(60, 2000).Draw(t, "pages"),
			Rounds:     rapid.IntRange(-1, 14).Draw(t, "rounds"),
			Choices:    rapid.IntRange(-1, 10).Draw(t, "choices"),
			Bytes:      rapid.IntRange(-1, 60_000).Draw(t, "bytes"),
			CodeBlocks: rapid.IntRange(-1, 30).Draw(t, "blocks"),
			Seed:       rapid.Uint64().Draw(t, "seed"),
		}
		if l.Replays <= 0 {
			l.Replays = 1
		}
		files := collect(l)
		machines := compile(t, files)
		if len(machines) != l.Replays {
			t.Errorf("%d replays, want %d", len(machines), l.Replays)
		}
		for _, m := range machines {
			measure(t, l, m)
		}
	})
}

// measure compares a replay with the description of its library.
func measure(t *rapid.T, l specimen.Library, m *trail.Machine) {
	rounds := len(m.Replay.Rounds) - 1 // without the closing round
	if l.Rounds > 0 && rounds != min(l.Rounds, 12) {
		t.Errorf("%d rounds, want %d", rounds, l.Rounds)
	}
	for _, r := range m.Replay.Rounds[:rounds] {
		if n := len(r.Choices); l.Choices > 0 && n != min(max(2, l.Choices), 8) {
			t.Errorf("%d choices, want %d", n, l.Choices)
		}
	}
	if off := 20 * (m.Len() - l.Pages); l.Rounds <= 0 && l.Choices <= 0 && max(off, -off) > l.Pages {
		t.Errorf("%d pages, want %d within 5 %%", m.Len(), l.Pages)
	}
	text := m.Replay.Source.Text
	blocks := len(fences(text))
	if want := max(0, l.CodeBlocks); l.CodeBlocks != 0 && blocks != want || l.CodeBlocks == 0 && blocks != 10 {
		t.Errorf("%d code blocks, want %d", blocks, l.CodeBlocks)
	}
	wanted := l.Bytes
	if wanted <= 0 {
		wanted = 20_000
	}
	least := 3000 + 1000*blocks // what the replay needs at most
	for _, r := range m.Replay.Rounds {
		least += 300 + 350*len(r.Choices)
	}
	if len(text) < wanted*97/100 || len(text) > max(wanted*103/100, least) {
		t.Errorf("%d bytes, want %d", len(text), wanted)
	}
}

// TestPages wants the number of pages near the wanted one, small or large.
func TestPages(t *testing.T) {
	for _, want := range []int{60, 200, 1000, 20_000} {
		for _, m := range compile(t, collect(specimen.Library{Replays: 4, Pages: want, Bytes: 1})) {
			if n := m.Len(); n < want*95/100 || n > want*105/100 {
				t.Errorf("%s has %d pages, want %d within 5 %%", m.Replay.Slug, n, want)
			}
		}
	}
}

func BenchmarkReplay(b *testing.B) {
	l := specimen.Library{}
	for i := 0; b.Loop(); i++ {
		l.Replay(i)
	}
}

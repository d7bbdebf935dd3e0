package markdown_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/markdown"
)

// TestHighlighter: what was highlighted once is the same each time, from memory and
// from the cache, whoever asks at the same time.
func TestHighlighter(t *testing.T) {
	dir := t.TempDir()
	text := "```bash\nkubectl get pods | grep -v Running\n```\n\n```yaml\na: [1, \"b\"]\n```\n\n```console\n$ uptime\n 10:00 up\n```\n\nRun `systemctl status nginx`.\n\n```\nkubectl get pods | grep -v Running\n```\n"
	want := string(markdown.Renderer{}.Blocks(parse(text)))
	for run := range 3 {
		store := openStore(t, dir)
		r := markdown.Renderer{Highlighter: markdown.NewHighlighter(store)}
		if run == 0 {
			r.Highlighter = markdown.NewHighlighter(nil)
		}
		var asking sync.WaitGroup
		for range 4 {
			asking.Go(func() {
				for i := range 30 {
					other := fmt.Sprintf("```bash\necho %d\n```\n", i) // what is known by heart changes
					if got, want := string(r.Blocks(parse(other))), string(markdown.Renderer{}.Blocks(parse(other))); got != want {
						t.Errorf("run %d: %q, want %q", run, got, want)
					}
					if got := string(r.Blocks(parse(text))); got != want {
						t.Errorf("run %d: %q, want %q", run, got, want)
					}
				}
			})
		}
		asking.Wait()
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHighlighterKeepsBytes: the code of generated replays is the same whether it is
// highlighted, known, or read from the cache, and so is that of a language that
// nobody knows.
func TestHighlighterKeepsBytes(t *testing.T) {
	dir := t.TempDir()
	all := codeBlocks(4)
	all["?"] = append(parse("```nobody-knows\n$ x < 1\n```\n"), parse("    indented <b>\n")...)
	for run := range 2 {
		store := openStore(t, dir)
		r := markdown.Renderer{Highlighter: markdown.NewHighlighter(store)}
		for language, blocks := range all {
			want := string(markdown.Renderer{}.Blocks(blocks))
			for range 2 {
				if diff := cmp.Diff(want, string(r.Blocks(blocks))); diff != "" {
					t.Errorf("%s, run %d (-want +got):\n%s", language, run, diff)
				}
			}
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

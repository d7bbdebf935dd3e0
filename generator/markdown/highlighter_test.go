package markdown_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/markdown"
)

// TestHighlighter: what was highlighted once is the same each time, from memory and
// from the cache, whoever asks at the same time.
func TestHighlighter(t *testing.T) {
	dir := t.TempDir()
	text := "```bash\nkubectl get pods | grep -v Running\n```\n\n```yaml\na: [1, \"b\"]\n```\n\n```console\n$ uptime\n 10:00 up\n```\n\nRun `systemctl status nginx`.\n\n```\nkubectl get pods | grep -v Running\n```\n"
	want := string(markdown.Renderer{}.Blocks(parse(text)))
	for run := range 3 {
		store, err := cache.Open(dir, cache.Options{})
		if err != nil {
			t.Fatal(err)
		}
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

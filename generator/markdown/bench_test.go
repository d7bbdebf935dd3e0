package markdown_test

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/specimen"
)

var fencedCode = regexp.MustCompile("(?ms)^```(\\w*)\n.*?^```\n")

// codeBlocks returns the code blocks of generated replays by their languages.
func codeBlocks(replays int) map[string][]markdown.Block {
	var library specimen.Library
	blocks := map[string][]markdown.Block{}
	for i := range replays {
		_, text := library.Replay(i)
		for _, found := range fencedCode.FindAllSubmatch(text, -1) {
			language := string(found[1])
			blocks[language] = append(blocks[language], parse(string(found[0]))...)
		}
	}
	return blocks
}

// BenchmarkCode renders code blocks of generated replays: "new" when each is
// highlighted, "cached" when it is read from disk, "known" when it is in memory.
func BenchmarkCode(b *testing.B) {
	all, dir := codeBlocks(20), b.TempDir()
	filled := openStore(b, dir)
	filling := markdown.Renderer{Highlighter: markdown.NewHighlighter(filled)}
	for _, blocks := range all {
		filling.Blocks(blocks)
	}
	if err := filled.Close(); err != nil {
		b.Fatal(err)
	}
	store := openStore(b, dir)
	defer store.Close()
	for _, language := range slices.Sorted(maps.Keys(all)) {
		blocks := all[language]
		for _, name := range []string{"new", "cached", "known"} {
			b.Run(language+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				var md markdown.Renderer
				for i := 0; b.Loop(); i++ {
					k := i % len(blocks)
					if k == 0 && (name == "cached" || name == "known" && i == 0) {
						md.Highlighter = markdown.NewHighlighter(store)
					}
					md.Blocks(blocks[k : k+1])
				}
			})
		}
	}
}

func openStore(tb testing.TB, dir string) *cache.Store {
	tb.Helper()
	store, err := cache.Open(dir, cache.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return store
}

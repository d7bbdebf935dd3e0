package replay_test

import (
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/specimen"
)

// BenchmarkParse measures replays of 20 kB, beside what goldmark alone takes
// for the same text.
func BenchmarkParse(b *testing.B) {
	var library specimen.Library
	var texts [][]byte
	for i := range 20 {
		_, replay := library.Replay(i)
		texts = append(texts, replay)
	}
	b.Run("replay", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			var list diag.List
			replay.Parse(diag.NewSource("content/x.md", texts[i%len(texts)]), &list)
		}
	})
	b.Run("goldmark", func(b *testing.B) {
		parser := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			parser.Parse(text.NewReader(texts[i%len(texts)]))
		}
	})
}

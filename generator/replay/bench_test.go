package replay_test

import (
	"io"
	"testing"
	"time"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/specimen"
)

// texts returns generated replays of 20 kB with ten code blocks each.
func texts() (texts [][]byte) {
	var library specimen.Library
	for i := range 20 {
		_, text := library.Replay(i)
		texts = append(texts, text)
	}
	return texts
}

// BenchmarkParse measures replays of 20 kB, beside what goldmark alone takes
// for the same text.
func BenchmarkParse(b *testing.B) {
	texts := texts()
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

// BenchmarkRender parses replays of 20 kB and renders all their texts. It tells how
// many times as long that takes as goldmark and chroma alone for the same bytes,
// each text by turns: "cold" when nothing is highlighted yet, "warm" when all is.
func BenchmarkRender(b *testing.B) {
	texts, reference := texts(), newReference()
	md := markdown.Renderer{Highlighter: markdown.NewHighlighter(nil)}
	for _, text := range texts { // compiles the lexers
		render(md, text)
	}
	for _, name := range []string{"warm", "cold"} {
		b.Run(name, func(b *testing.B) {
			var ours, theirs time.Duration
			for i := 0; b.Loop(); i++ {
				if name == "cold" && i%len(texts) == 0 {
					md.Highlighter = markdown.NewHighlighter(nil)
				}
				text := texts[i%len(texts)]
				start := time.Now()
				render(md, text)
				between := time.Now()
				if err := reference.Convert(text, io.Discard); err != nil {
					b.Fatal(err)
				}
				ours += between.Sub(start)
				theirs += time.Since(between)
			}
			b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N), "ours-ns/op")
			b.ReportMetric(float64(theirs.Nanoseconds())/float64(b.N), "theirs-ns/op")
			b.ReportMetric(float64(ours)/float64(theirs), "ours/theirs")
		})
	}
}

// render parses a replay and renders all its texts.
func render(md markdown.Renderer, text []byte) {
	var list diag.List
	r := replay.Parse(diag.NewSource("content/x.md", text), &list)
	md.Blocks(r.Intro)
	md.Blocks(r.ReportMore)
	for _, facts := range [][]replay.Fact{r.Setup, r.Report} {
		for _, f := range facts {
			md.Inline(f.Text)
		}
	}
	for _, round := range r.Rounds {
		md.Inline(round.PressureCue)
		md.Blocks(round.Situation)
		for _, c := range round.Choices {
			md.Inline(c.Text)
			md.Inline(c.Outcome.Result)
			md.Blocks(c.Outcome.More)
		}
		for _, action := range round.Actions {
			md.Inline(action)
		}
	}
	for _, ending := range r.Endings {
		md.Blocks(ending.Text)
	}
}

// newReference returns goldmark with chroma for code blocks and inline commands, put
// together as their documentation says.
func newReference() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(highlighting{}, 100))))
}

// highlighting writes code with chroma.
type highlighting struct{}

// RegisterFuncs implements [renderer.NodeRenderer].
func (highlighting) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	formatter := chromahtml.New(chromahtml.WithClasses(true))
	highlight := func(w io.Writer, language, code string) error {
		lexer := lexers.Get(language)
		if lexer == nil {
			lexer = lexers.Fallback
		}
		tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
		if err != nil {
			return err
		}
		return formatter.Format(w, styles.Fallback, tokens)
	}
	reg.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block := n.(*ast.FencedCodeBlock)
		return ast.WalkContinue, highlight(w, string(block.Language(source)), string(block.Lines().Value(source)))
	})
	reg.Register(ast.KindCodeSpan, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		var code []byte
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			code = append(code, c.(*ast.Text).Value(source)...)
		}
		if !markdown.IsCommand(string(code)) {
			_, err := w.Write(util.EscapeHTML(code))
			return ast.WalkSkipChildren, err
		}
		return ast.WalkSkipChildren, highlight(w, "bash", string(code))
	})
}

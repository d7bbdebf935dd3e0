package markdown_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// pieces are what random texts are put together from.
var pieces = []string{
	"a", "b c", " ", "\n", "\r\n", "  \n", "\\\n", "*", "**", "_", "`", "``", "~~", "[", "](x)", "](<y z>)", "![", "]", "<", ">", "\\", "&amp;", "&#65;", "&",
	"> ", "- ", "1. ", "# ", "|", "\n|---|\n", "```\n", "    ", "\t", "<!--", "-->", "é", "日本", "\x00", "\xff", "https://a.b/c ", "www.a.bc", "me@a.org",
	"[x] ", "{cost=8m}", "A) ", "\n\n", "---\n", "***\n", "[r]: u\n",
}

func markdownText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "text"), "")
}

// inlines returns every inline in blocks.
func inlines(blocks []markdown.Block) []markdown.Inline {
	var all []markdown.Inline
	for _, b := range blocks {
		if b.Kind() == markdown.Paragraph || b.Kind() == markdown.Heading {
			all = append(all, b.Inline())
		}
		all = append(all, inlines(b.Children())...)
	}
	return all
}

// Cutting loses and adds nothing: the two parts together are the whole, each of
// them says what it covers, and its place is that of the same stretch in the whole.
func TestCutProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, in := range inlines(parse(markdownText(t))) {
			plain := in.Plain()
			at := rapid.IntRange(0, len(plain)).Draw(t, "at")
			for at < len(plain) && !utf8.RuneStart(plain[at]) {
				at++
			}
			before, behind := in.Cut(0, at), in.Cut(at, len(plain))
			if before.Plain()+behind.Plain() != plain {
				t.Fatalf("%q and %q of %q", before.Plain(), behind.Plain(), plain)
			}
			at = len(before.Plain())
			if !before.Empty() && before.Span() != in.SpanOf(0, at) || !behind.Empty() && behind.Span() != in.SpanOf(at, len(plain)) {
				t.Fatalf("%v and %v of %v", before.Span(), behind.Span(), in.Span())
			}
		}
	})
}

// What a reader sees is what Plain says, whatever the marks.
func TestRenderedTextIsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, in := range inlines(parse(markdownText(t))) {
			got, want := textOf(t, markdown.Renderer{}.Inline(in)), in.Plain()
			if squeeze(got) != squeeze(want) {
				t.Fatalf("rendered %q, plain %q", got, want)
			}
		}
	})
}

// textOf returns the text of HTML with the alternative texts of images.
func textOf(t *rapid.T, fragment []byte) string {
	nodes, err := html.ParseFragment(strings.NewReader(string(fragment)), nil)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, root := range nodes {
		for n := range root.Descendants() {
			if n.Type == html.TextNode {
				text.WriteString(n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "alt" {
					text.WriteString(a.Val)
				}
			}
		}
	}
	return text.String()
}

// squeeze makes white space comparable: HTML has its own idea of it.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// FuzzParse: any text parses; every place is inside the source; everything can
// be cut and rendered, to valid UTF-8 without raw HTML.
func FuzzParse(f *testing.F) {
	f.Add("# a\n\n> *[Result: `x` \\] y]*\n> b\n\n- A) c\n\n| a |\n|---|\n| `b\\|c` |\n\n```go\nx\n```\n", 0)
	f.Add("\ufeff---\nx\n", 5)
	f.Add(strings.Join(pieces, ""), 3)
	f.Fuzz(func(t *testing.T, text string, start int) {
		src := diag.NewSource("fuzz.md", []byte(text))
		blocks := markdown.Parse(src, start)
		check := func(s diag.Span) {
			if s.Start < 0 || s.End < s.Start || s.End > len(text) {
				t.Fatalf("span %d to %d of %d", s.Start, s.End, len(text))
			}
		}
		for _, d := range markdown.Destinations(blocks) {
			check(d.Span)
		}
		for _, in := range inlines(blocks) {
			check(in.Span())
			half := in.Cut(0, len(in.Plain())/2)
			check(half.Span())
			check(markdown.NewParagraph(half).Span())
			in.Unwrap().Trim().LineStarts()
		}
		var walk func([]markdown.Block)
		walk = func(blocks []markdown.Block) {
			for _, b := range blocks {
				check(b.Span())
				walk(b.Children())
			}
		}
		walk(blocks)
		out := string(markdown.Renderer{Headings: 2}.Blocks(blocks))
		if !utf8.ValidString(out) || strings.Contains(strings.ToLower(out), "<script") {
			t.Fatalf("rendered %q", out)
		}
	})
}

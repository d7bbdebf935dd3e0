package markdown_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

func TestPlain(t *testing.T) {
	tests := map[string]string{
		"a *b* **c** ~~d~~ `e`":           "a b c d e",
		"one\ntwo  \nthree\\\nfour":       "one two three four",
		`\*no\* \] \\ \a`:                 `*no* ] \ \a`,
		"&lt;b&gt; &amp;amp; &#65;&#x42;": "<b> &amp; AB",
		"&unknown; & &; &#0;":             "&unknown; & &; \ufffd",
		"![alt *text*](x.png) [l](y)":     "alt text l",
		"<pod> <b>x</b> <a:b>":            "<pod> <b>x</b> <a:b>",
		"x <!-- hidden --> y":             "x  y",
		"https://a.b/c, www.d.e me@f.org": "https://a.b/c, www.d.e me@f.org",
		"`a\nb` ``c ` d``":                "a b c ` d",
		"> quoted\n> on *two\n> lines*":   "quoted on two lines",
		"- [x] done":                      "☑ done",
		"- [ ] open":                      "☐ open",
		"nul\x00 bad\xff bell\a":          "nul\ufffd bad\ufffd bell\ufffd",
		"{.data.\\.x} $(pgrep x)":         "{.data..x} $(pgrep x)",
		"line\r\nbreak":                   "line break",
	}
	for text, want := range tests {
		blocks := parse(text)
		if blocks[0].Kind() == markdown.List {
			blocks = blocks[0].Children()
		}
		if got := blocks[0].Inline().Plain(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Offsets of the plain text lead back to the very place in the source.
func TestSpanOf(t *testing.T) {
	tests := []struct {
		name, text, find, want string
		line, column           int
	}{
		{"behind an umlaut", "Müller *und* Söhne", "und", "und", 1, 9},
		{"behind an escape", `\*a\* b`, "b", "b", 1, 7},
		{"an escape", `x \] y`, "]", `\]`, 1, 3},
		{"an entity", "x &amp; y", "&", "&amp;", 1, 3},
		{"in code", "run `kubectl get` now", "get", "get", 1, 14},
		{"across marks", "a **b** c", "b c", "b** c", 1, 5},
		{"in the second line of a quote", "> one\n> two *three*\n", "three", "three", 2, 8},
		{"across lines of a quote", "> one\n> two\n", "one two", "one\n> two", 1, 3},
		{"in code across lines of a quote", "> `a\n> b` c\n", "b c", "b` c", 2, 3},
		{"in the third line with CRLF", "a\r\nb\r\nc d\r\n", "d", "d", 3, 3},
		{"a line break with CRLF", "a\r\nb", " ", "\r\n", 1, 2},
		{"behind a bad byte", "\xff\x00 x", "x", "x", 1, 4},
		{"in a heading", "## If you chose A: {cost=8m} ##\n", "8m", "8m", 1, 26},
		{"an address", "see https://a.b/c now", "a.b", "a.b", 1, 13},
		{"an address in brackets", "see <https://a.b/c> now", "now", "now", 1, 21},
		{"behind a tab", "a\tb", "b", "b", 1, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := first(t, test.text)
			at := index(t, in.Plain(), test.find)
			span := in.SpanOf(at, at+len(test.find))
			if span.Text() != test.want || span.Position() != (diag.Position{Line: test.line, Column: test.column}) {
				t.Errorf("got %q at %v", span.Text(), span.Position())
			}
		})
	}
}

func TestSpanOfEmptyStretch(t *testing.T) {
	in := first(t, "ab **cd**")
	for offset, want := range map[int]int{0: 0, 3: 5, 5: 7, 99: 7} {
		if s := in.SpanOf(offset, offset); s.Start != want || s.End != want {
			t.Errorf("at %d: %d to %d, want %d", offset, s.Start, s.End, want)
		}
	}
	if s := in.Cut(3, 3).Span(); s.Start != 5 {
		t.Errorf("an empty cut lies at %d", s.Start)
	}
}

func TestCut(t *testing.T) {
	tests := []struct{ text, find, want string }{
		{"a *b c* d", "b", "<em>b</em>"},
		{"a *b c* d", "a b", "a <em>b</em>"},
		{"x `kubectl get pods` y", "get pods y", "<code>get pods</code> y"},
		{"see [the *long* text](u) now", "long text now", `<a href="u"><em>long</em> text</a> now`},
		{`a \] b &amp; c`, "] b & c", "] b &amp; c"},
		{"one\ntwo three", "two", "two"},
		{"one\ntwo", "one two", "one\ntwo"},
		{"one  \ntwo", "e t", "e<br>\nt"},
		{"![alt text](i.png)!", "text!", `<img src="i.png" alt="text">!`},
		{"go https://a.b/c on", "https://a.b/c", `<a href="https://a.b/c">https://a.b/c</a>`},
		{"go https://a.b/c on", "go https://a", "go https://a"},
		{"~~a b~~", "b", "<del>b</del>"},
		{"**a *b* c**", "b c", "<strong><em>b</em> c</strong>"},
		{"<pod> x", "pod> x", "pod&gt; x"},
	}
	for _, test := range tests {
		in := first(t, test.text)
		at := index(t, in.Plain(), test.find)
		cut := in.Cut(at, at+len(test.find))
		if got := string(markdown.Renderer{}.Inline(cut)); got != test.want {
			t.Errorf("%q of %q: got %q, want %q", test.find, test.text, got, test.want)
		}
		if cut.Plain() != test.find {
			t.Errorf("%q of %q: plain text is %q", test.find, test.text, cut.Plain())
		}
		if d := cmp.Diff(in.SpanOf(at, at+len(test.find)).Start, cut.Span().Start); d != "" {
			t.Errorf("%q of %q: begins elsewhere:\n%s", test.find, test.text, d)
		}
	}
}

func TestUnwrap(t *testing.T) {
	tests := map[string]string{
		"*a `b`*":   "a <code>b</code>",
		"***a***":   "a",
		"*a* b":     "<em>a</em> b",
		"**a** *b*": "<strong>a</strong> <em>b</em>",
		"plain":     "plain",
	}
	for text, want := range tests {
		if got := string(markdown.Renderer{}.Inline(first(t, text).Unwrap())); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestLineStarts(t *testing.T) {
	in := first(t, "> one\n> two `a\n> b`\nlazy\n")
	var lines []string
	for _, at := range in.LineStarts() {
		lines = append(lines, in.Plain()[at:])
	}
	if d := cmp.Diff([]string{"two a b lazy", "b lazy", "lazy"}, lines); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestCodeAndLead(t *testing.T) {
	in := first(t, "**Label:** run `a 2. b` 2. c")
	if got := in.Plain()[:in.Lead()]; got != "Label:" {
		t.Errorf("lead %q", got)
	}
	code := index(t, in.Plain(), "2. b")
	if !in.Code(code) || in.Code(code+len("2. b 2")) || in.Code(-1) || in.Code(999) {
		t.Error("code")
	}
	if got := first(t, "x *y*").Lead(); got != 0 {
		t.Errorf("lead %d of a text that begins plainly", got)
	}
}

func TestTrim(t *testing.T) {
	in := first(t, "a  *b*  c")
	if got := string(markdown.Renderer{}.Inline(in.Cut(1, 6).Trim())); got != "<em>b</em>" {
		t.Error(got)
	}
}

func TestZeroInline(t *testing.T) {
	var in markdown.Inline
	in = in.Cut(0, 9).Cut(3, 5).Trim().Unwrap()
	if !in.Empty() || in.Plain() != "" || !in.Span().IsZero() || in.Lead() != 0 || in.Code(0) ||
		len(in.LineStarts())+len(in.Links())+len(in.Destinations())+len(markdown.Renderer{}.Inline(in)) != 0 {
		t.Error("the zero Inline is not empty")
	}
}

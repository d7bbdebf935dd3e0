package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

func parse(text string) []markdown.Block {
	return markdown.Parse(diag.NewSource("test.md", []byte(text)), 0)
}

// first returns the inline of a text's first block.
func first(t *testing.T, text string) markdown.Inline {
	t.Helper()
	blocks := parse(text)
	if len(blocks) == 0 {
		t.Fatalf("no blocks in %q", text)
	}
	return blocks[0].Inline()
}

// outline shows blocks one a line: place, kind and what the span covers.
func outline(blocks []markdown.Block) []string {
	kinds := map[markdown.Kind]string{
		markdown.Other: "other", markdown.Paragraph: "paragraph", markdown.Heading: "heading", markdown.List: "list",
		markdown.Item: "item", markdown.Quote: "quote", markdown.Code: "code", markdown.Table: "table", markdown.Rule: "rule",
	}
	var lines []string
	for _, b := range blocks {
		p := b.Span().Position()
		lines = append(lines, fmt.Sprintf("%d:%d %s %q", p.Line, p.Column, kinds[b.Kind()], b.Span().Text()))
		for _, line := range outline(b.Children()) {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

func TestBlocks(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"headings": {
			"# One\n## Two ##\nThree\n---\n",
			[]string{`1:1 heading "# One"`, `2:1 heading "## Two"`, `3:1 heading "Three"`},
		},
		"lists": {
			"- A) x\n- B) y\n  z\n\n1. one\n\n   two\n",
			[]string{
				`1:1 list "- A) x\n- B) y\n  z"`,
				`  1:1 item "- A) x"`, `    1:3 paragraph "A) x"`,
				`  2:1 item "- B) y\n  z"`, `    2:3 paragraph "B) y\n  z"`,
				`5:1 list "1. one\n\n   two"`,
				`  5:1 item "1. one\n\n   two"`, `    5:4 paragraph "one"`, `    7:4 paragraph "two"`,
			},
		},
		"quotes": {
			"> *a*\n> b\n\n>\n",
			[]string{`1:1 quote "> *a*\n> b"`, `  1:3 paragraph "*a*\n> b"`, `4:1 quote ">"`},
		},
		"a line directly below a quote belongs to it": {
			"> *[cue]*\n**Actions:**\n1. x\n",
			[]string{
				`1:1 quote "> *[cue]*\n**Actions:**"`, `  1:3 paragraph "*[cue]*\n**Actions:**"`,
				`3:1 list "1. x"`, `  3:1 item "1. x"`, `    3:4 paragraph "x"`,
			},
		},
		"code, table and rule": {
			"```sh\nls\n```\n\n    indented\n\n| a |\n|---|\n| b |\n\n***\n",
			[]string{`1:1 code "` + "```sh\\nls" + `"`, `5:5 code "indented"`, `7:1 table "| a |\n|---|\n| b"`, `11:1 rule "*"`},
		},
		"comments and link definitions have no content": {
			"a\n\n<!-- not\n\nshown -->\n\n[ref]: x.md\n\n<!-- nor this -->\n\nb\n",
			[]string{`1:1 paragraph "a"`, `11:1 paragraph "b"`},
		},
		"HTML is text": {
			"<details>\n\n<script>alert(1)</script>\n",
			[]string{`1:1 paragraph "<details>"`, `3:1 paragraph "<script>alert(1)</script>"`},
		},
		"a comment that is not closed, or followed by text, loses nothing": {
			"<!-- open\n\nx\n\n<!-- closed --> y\n",
			[]string{`1:1 paragraph "<!-- open"`, `3:1 paragraph "x"`, `5:1 paragraph "<!-- closed --> y"`},
		},
		"CRLF":    {"# One\r\n\r\n> x\r\n> y\r\n", []string{`1:1 heading "# One"`, `3:1 quote "> x\r\n> y"`, `  3:3 paragraph "x\r\n> y"`}},
		"nothing": {"", nil},
		"blank":   {" \n\t\n", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(test.want, outline(parse(test.text))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestBlockProperties(t *testing.T) {
	blocks := parse("### H\n\n1. x\n\n- y\n\np\n")
	heading, ordered, unordered, paragraph := blocks[0], blocks[1], blocks[2], blocks[3]
	if heading.Level() != 3 || paragraph.Level() != 0 {
		t.Errorf("levels %d and %d", heading.Level(), paragraph.Level())
	}
	if !ordered.Ordered() || unordered.Ordered() || paragraph.Ordered() {
		t.Error("ordered")
	}
	if got := unordered.Children()[0].Inline().Plain(); got != "y" {
		t.Errorf("text of an item: %q", got)
	}
	if !unordered.Inline().Empty() {
		t.Error("a list has no text of its own")
	}
}

func TestParseFromOffset(t *testing.T) {
	text := "---\ntags: []\n---\n# Title with *stress*\n"
	src := diag.NewSource("test.md", []byte(text))
	in := markdown.Parse(src, strings.Index(text, "# "))[0].Inline()
	at := strings.Index(in.Plain(), "stress")
	span := in.SpanOf(at, at+len("stress"))
	if span.Text() != "stress" || span.Position() != (diag.Position{Line: 4, Column: 15}) {
		t.Errorf("%q at %v", span.Text(), span.Position())
	}
}

func TestNewParagraph(t *testing.T) {
	in := first(t, "cut **here** and there\n")
	b := markdown.NewParagraph(in.Cut(4, len(in.Plain())))
	if got := string(markdown.Renderer{}.Blocks([]markdown.Block{b})); got != "<p><strong>here</strong> and there</p>\n" {
		t.Error(got)
	}
	if b.Kind() != markdown.Paragraph || b.Span().Text() != "here** and there" {
		t.Errorf("kind %v, span %q", b.Kind(), b.Span().Text())
	}
}

func TestPlainOfBlocks(t *testing.T) {
	text := "one *two*\n\n- a\n- b `c`\n\n```\ncode\r\n```\n\n| h |\n|---|\n| x |\n"
	want := "one two\n\na\n\nb c\n\ncode\n\nh\n\nx"
	if d := cmp.Diff(want, markdown.Plain(parse(text))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

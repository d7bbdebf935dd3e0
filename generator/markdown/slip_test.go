package markdown_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/markdown"
)

func TestSlips(t *testing.T) {
	kinds := map[markdown.SlipKind]string{
		markdown.OpenFence: "fence", markdown.OpenComment: "comment", markdown.TightHead: "head", markdown.TightItem: "item",
	}
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing wrong": {"# A\n\n- b\n\n```sh\n##c\n```\n\n> ~~~~\n> d\n> ~~~~~\n\n1. ```\n   e\n   ```\n\n<!-- f -->\n\ng <!-- h --> `<!-- i`\n\n```\n```\n", nil},
		"an open fence": {"a\n\n```sh\n## b\nc\n", []string{`3:1 fence "## b\nc\n"`}},
		"a fence that a shorter one, another one or one with words does not close": {
			"````\n```\n~~~~\n", []string{"1:1 fence \"```\\n~~~~\\n\""},
		},
		"an open fence without code":   {"```", []string{`1:1 fence ""`}},
		"an open fence within an item": {"- ```\n  a\n\nb\n", []string{`1:3 fence "  a\n\n"`}},
		"an open fence within a quote": {"> ~~~\n> a\n\n~~~\nb\n~~~\n", []string{`1:3 fence "> a\n"`}},
		"CRLF":                         {"```\r\na\r\n```\r\n\r\n##B\r\n", []string{`5:1 head "B"`}},
		"an open comment":              {"<!-- a\n\nb\n\nc <!-- d\n", []string{`1:1 comment ""`, `5:3 comment ""`}},
		"tight heads":                  {"a\n##B c\n\n  #\u00a0D\n\n####### e\n\n####\n", []string{`2:1 head "B c"`, `4:3 head "D"`}},
		"tight items": {
			"-\u00a0a\n-\u00a0b\n\n> 1.\u00a0c\n\n- *\u00a0d\n\n-e 2.f 3 \u00a0g\n",
			[]string{`1:1 item "a"`, `2:1 item "b"`, `4:3 item "c"`, `6:3 item "d"`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, s := range markdown.Slips(parse(test.text)) {
				p := s.Span.Position()
				got = append(got, fmt.Sprintf("%d:%d %s %q", p.Line, p.Column, kinds[s.Kind], s.Text))
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

package config_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// menu has a list of items.
type menu struct {
	Title string `yaml:"title"`
	Links []link `yaml:"links"`
}

type link struct {
	Text string `yaml:"text"`
	Href string `yaml:"href"`
}

func TestDecodeItems(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []link
		said       []string
		hrefs      []string // the line and column of each
	}{
		{"a block", "links:\n  - text: Handbook\n    href: /handbook\n  - {text: Chat, href: https://chat.example.org}\n",
			[]link{{"Handbook", "/handbook"}, {"Chat", "https://chat.example.org"}}, nil, []string{"3:11", "4:24"}},
		{"one item", "links: {text: Chat, href: /chat}\n", []link{{"Chat", "/chat"}}, nil, []string{"1:27"}},
		{"none", "links: []\n", []link{}, nil, nil},
		{"nothing", "links:\n", nil, nil, nil},
		{"an unknown key", "links:\n  - text: Chat\n    herf: /chat\n", []link{{"Chat", ""}},
			[]string{`3:5 unknown key "herf" in an item of "links" (did you mean "href"? the keys are: text, href)`}, []string{"0:0"}},
		{"a text among items", "links: [/chat, {text: A, href: /a}]\n", []link{{"A", "/a"}},
			[]string{`1:9 "links" needs a list of items, found the text "/chat" (write for example "links: [{text: some text, href: some text}]")`}, []string{"1:32"}},
		{"a list for a text", "links: [{text: [x], href: /a}]\n", []link{{"", "/a"}},
			[]string{`1:16 "text" needs a text, found a list (write for example "text: some text")`}, []string{"1:27"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got menu
			var list diag.List
			at := config.Decode(diag.NewSource("site.yaml", []byte(test.text)), 0, len(test.text), &got, &list)
			var said, hrefs []string
			for _, d := range list.Sorted() {
				said = append(said, fmt.Sprintf("%d:%d %s (%s)", d.Span.Position().Line, d.Span.Position().Column, d.Message, d.Hint))
			}
			for i := range test.hrefs {
				p := at.At(fmt.Sprintf("links.%d.href", i)).Position()
				hrefs = append(hrefs, fmt.Sprintf("%d:%d", p.Line, p.Column))
			}
			if diff := cmp.Diff(test.want, got.Links); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.said, said); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.hrefs, hrefs); diff != "" {
				t.Errorf("positions (-want +got):\n%s", diff)
			}
		})
	}
}

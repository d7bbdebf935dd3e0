package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// entries decodes a text with free keys: "line:column key = text" for each
// entry, indented below the one that it belongs to, then what was reported.
func entries(text string) (got []string) {
	src := diag.NewSource("de.yaml", []byte(text))
	var list diag.List
	var show func(entries []config.Entry, indent string)
	show = func(entries []config.Entry, indent string) {
		for _, e := range entries {
			key, value := e.KeySpan.Position(), e.Span.Position()
			got = append(got, fmt.Sprintf("%s%d:%d %s %d:%d %q", indent, key.Line, key.Column, e.Key, value.Line, value.Column, e.Text))
			show(e.Entries, indent+"  ")
		}
	}
	show(config.Entries(src, 0, len(text), &list), "")
	for _, d := range list.Sorted() {
		at := d.Span.Position()
		got = append(got, fmt.Sprintf("%d:%d %s: %s (%s)", at.Line, at.Column, d.Code, d.Message, d.Hint))
	}
	return got
}

func TestEntries(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "# nothing\n", nil},
		{"texts", "b: eins\na: 'zwei: drei' # why\nc:\n", []string{`1:1 b 1:4 "eins"`, `2:1 a 2:4 "zwei: drei"`}},
		{"texts under keys", "misses: {one: \"{n} miss\", other: \"{n} misses\"}\nrounds:\n  other: Runden\n", []string{
			`1:1 misses 1:9 ""`, `  1:10 one 1:15 "{n} miss"`, `  1:27 other 1:34 "{n} misses"`,
			`2:1 rounds 3:3 ""`, `  3:3 other 3:10 "Runden"`}},
		{"numbers are texts", "a: 404\nb: true\n", []string{`1:1 a 1:4 "404"`, `2:1 b 2:4 "true"`}},
		{"twice", "a: x\na: y\n", []string{`1:1 a 1:4 "x"`, `2:1 duplicate-key: "a" is set twice (keep one of the two)`}},
		{"a comment", "a: #1\nb: # 1\n", []string{
			`1:4 value-commented: "a" is empty: what begins with # is a comment (write a: "#1"; a comment has a space behind its #)`}},
		{"a list", "a: [x]\n", []string{`1:4 wrong-type: "a" needs a text, found a list (write for example "a: some text")`}},
		{"too deep", "a:\n  b:\n    c: x\n  d: y\n", []string{
			`1:1 a 2:3 ""`, `  4:3 d 4:6 "y"`,
			`3:5 wrong-type: "b" needs a text, found keys with values (write for example "b: some text")`}},
		{"no keys", "- x\n", []string{
			`1:1 wrong-type: expected texts such as "key: some text", found a list (write one a line: a key, a colon, a space and the text)`}},
		{"syntax", "a: \"x\n", []string{
			`1:4 yaml-syntax: this quotation mark is never closed (end the text with the same mark; inside '…' an apostrophe is written twice)`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, entries(test.text)); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzEntries(f *testing.F) {
	for _, seed := range []string{"a: x\nb: {one: \"{n}\", other: y}\n", "a:\n  b:\n    c\n", "- a\n", "a: &x [*x]", "\ufeffa: |\r\n  x\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := diag.NewSource("de.yaml", []byte(text))
		var list diag.List
		for _, e := range config.Entries(src, 0, len(text), &list) {
			if e.Span.Start > e.Span.End || e.Span.End > len(text) || !strings.HasPrefix(src.Path, e.Span.Path()) {
				t.Errorf("%q stands at %d-%d of %d bytes", e.Key, e.Span.Start, e.Span.End, len(text))
			}
		}
	})
}

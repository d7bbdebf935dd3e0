package diag_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
)

// spanOf returns the span of the first occurrence of word in a source.
func spanOf(src *diag.Source, word string) diag.Span {
	at := strings.Index(string(src.Text), word)
	return src.Span(at, at+len(word))
}

func TestPositions(t *testing.T) {
	src := diag.NewSource("a.md", []byte("one\r\nzwölf ✓ drei\n\nlast"))
	for word, want := range map[string]diag.Position{
		"one": {1, 1}, "zwölf": {2, 1}, "drei": {2, 9}, "last": {4, 1},
	} {
		if got := spanOf(src, word).Position(); got != want {
			t.Errorf("%q is at %v, want %v", word, got, want)
		}
	}
	for n, want := range []string{"", "one", "zwölf ✓ drei", "", "last", ""} {
		if got := src.Line(n); got != want {
			t.Errorf("line %d is %q, want %q", n, got, want)
		}
	}
	if got := src.LineSpan(2, 7).Text(); got != "✓ drei" {
		t.Errorf("from byte 7 on line 2 reads %q", got)
	}
}

// TestAnySpan holds that no span, however wrong, can break a printer.
func TestAnySpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := diag.NewSource("a.md", rapid.SliceOf(rapid.Byte()).Draw(t, "text"))
		span := src.Span(rapid.IntRange(-5, 50).Draw(t, "start"), rapid.IntRange(-5, 50).Draw(t, "end"))
		var list diag.List
		list.Errorf("code", span, "hint", "message")
		for _, write := range []func(*strings.Builder) error{
			func(b *strings.Builder) error { return diag.WriteText(b, list.Sorted()) },
			func(b *strings.Builder) error { return json.NewEncoder(b).Encode(diag.ToJSON(list.Sorted())) },
			func(b *strings.Builder) error { return diag.WriteGitHub(b, list.Sorted()) },
		} {
			var b strings.Builder
			if err := write(&b); err != nil || !strings.Contains(b.String(), "message") {
				t.Fatalf("printed %q, %v", b.String(), err)
			}
		}
		if p := span.Position(); p.Line < 1 || p.Column < 1 {
			t.Fatalf("position %v", p)
		}
	})
}

func TestWriteText(t *testing.T) {
	src := diag.NewSource("content/a.md", []byte("# Title\n\t- 漢字 ](x) tail\n"+strings.Repeat("long ", 60)+"needle "+strings.Repeat("long ", 60)))
	var list diag.List
	list.Warnf("needle", spanOf(src, "needle"), "", "found a %s", "needle")
	list.Errorf("link", spanOf(src, "](x)"), "mend it", "a broken link")
	list.Add(diag.Diagnostic{Code: "title", Severity: diag.Error, Span: spanOf(src, "Title"), Message: "twice",
		Related: []diag.Related{{Span: spanOf(src, "tail"), Message: "the other one"}}})
	list.Notef("nowhere", diag.Span{}, "", "about nothing in particular")
	var b strings.Builder
	if err := diag.WriteText(&b, list.Sorted()); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("long ", 10)
	want := `note: about nothing in particular [nowhere]
content/a.md:1:3: error: twice [title]
    1 | # Title
      |   ^^^^^
  content/a.md:2:12: see: the other one
content/a.md:2:7: error: a broken link [link]
    2 | 	- 漢字 ](x) tail
      | 	       ^^^^
  hint: mend it
content/a.md:3:301: warning: found a needle [needle]
    3 | …` + long + `needle long long long long long long long long lon…
      |  ` + strings.Repeat(" ", 50) + `^^^^^^
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestControlCharacters: a terminal shows what stands in a text, and does not obey it.
func TestControlCharacters(t *testing.T) {
	src := diag.NewSource("a.md", []byte("x\x1b[31m\ry\x7f\u0085 here\n"))
	got := diag.Excerpt(spanOf(src, "here"))
	if want := "    1 | x␛[31m␍y␡\ufffd here\n      |            ^^^^\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSorted holds that the order does not depend on who reported first.
func TestSorted(t *testing.T) {
	a, b := diag.NewSource("a.md", []byte("ab")), diag.NewSource("b.md", []byte("ab"))
	add := []func(*diag.List){
		func(l *diag.List) { l.Errorf("x", b.Span(0, 1), "", "third") },
		func(l *diag.List) { l.Notef("x", a.Span(1, 2), "", "second") },
		func(l *diag.List) { l.Warnf("x", a.Span(0, 1), "", "first") },
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}} {
		var list diag.List
		for _, i := range order {
			var own diag.List
			add[i](&own)
			list.Append(&own)
		}
		var got []string
		for _, d := range list.Sorted() {
			got = append(got, d.Message)
		}
		if diff := cmp.Diff([]string{"first", "second", "third"}, got); diff != "" {
			t.Errorf("order %v (-want +got):\n%s", order, diff)
		}
	}
}

func TestWriteGitHub(t *testing.T) {
	src := diag.NewSource("a,b:c.md", []byte("x"))
	var list diag.List
	list.Errorf("code", src.Span(0, 1), "do\nthis", "100 %% wrong")
	var b strings.Builder
	if err := diag.WriteGitHub(&b, list.Sorted()); err != nil {
		t.Fatal(err)
	}
	want := "::error file=a%2Cb%3Ac.md,line=1,col=1,title=code::100 %25 wrong%0Ahint: do%0Athis\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestDoc(t *testing.T) {
	codes := diag.Codes()
	if len(codes) < 50 {
		t.Errorf("only %d codes", len(codes))
	}
	for _, code := range codes {
		if text, ok := diag.Doc(code); !ok || !strings.HasPrefix(text, "# "+string(code)+": ") {
			t.Errorf("the document of %s begins with %.40q", code, text)
		}
	}
	for _, code := range []diag.Code{"", "nonsense", "../docs/stuck", "stuck.md"} {
		if text, ok := diag.Doc(code); ok || text != "" {
			t.Errorf("%q has a document: %q", code, text)
		}
	}
}

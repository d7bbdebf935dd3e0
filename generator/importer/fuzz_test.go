package importer_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/importer"
	"github.com/replaygen/replaygen/generator/replay"
)

// FuzzImport imports arbitrary text. Whatever it is, the result is text that
// ends in a line break, is the same every time, and is left alone from then on;
// reports point into the source.
func FuzzImport(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Add([]byte(nil))
	f.Add([]byte("\x00\xff\xfe[Result:"))
	f.Add([]byte(webPage))
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		var list, again diag.List
		out := importer.Import(diag.NewSource("a.txt", text), &list)
		if !bytes.Equal(before, text) {
			t.Fatal("the source was changed")
		}
		if !bytes.HasSuffix(out, []byte("\n")) || utf8.Valid(text) && !utf8.Valid(out) {
			t.Fatalf("not text: %q", out)
		}
		other := importer.Import(diag.NewSource("a.txt", text), &again)
		if !bytes.Equal(out, other) || reports(&list) != reports(&again) {
			t.Fatal("two imports of the same text differ")
		}
		if other := importer.Import(diag.NewSource("a.md", out), &again); !bytes.Equal(out, other) {
			t.Fatalf("importing the result again changes it:\n%s\n%s", out, other)
		}
		for _, d := range list.Sorted() {
			if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(text) {
				t.Fatalf("%s points to %d:%d of %d", d.Code, d.Span.Start, d.Span.End, len(text))
			}
		}
		replay.Parse(diag.NewSource("a.md", out), &again)
	})
}

// TestLongText imports texts that repeat what the importer looks for, which
// must not take long.
func TestLongText(t *testing.T) {
	for _, repeated := range []string{
		"1. 2. ", "3. 2. 1. ", " - A) B) ", "[Result: ", "] [Result: x", "$(", `"a `, "<a ", "kubectl get pods | ", "--x ",
		"Actions: 1. a ", "\n- x", "\nRound 1: x", "\nIf you chose A:", "* _ ~ ` \\ ", "{.a} ", "¶ permanent link ", "a/b.c-d_e:f=", "sudo ", "A=1 ",
		"\n[Result: x]", "\n\n[Result: x]\n\nIf you chose A:\n\nfoo", "\n1. ", ")",
	} {
		text := "Incident Replay: X\nRound 1: Y\nWhat you see: " + strings.Repeat(repeated, 5_000) +
			"\nActions: " + strings.Repeat(repeated, 5_000)
		importText(text)
	}
}

func TestMarkdownIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"# Incident Replay: X\n", "\n\n# Title\n", "---\ntags: [a]\n---\n# X\n", "\ufeff# X\n", "# X",
		"<!-- draft -->\n## Setup\n", "Some words first\n\n## Round 1: X\n",
	} {
		out, list := importText(text)
		if strings.TrimSuffix(out, "\n") != strings.TrimSuffix(text, "\n") || !strings.HasSuffix(out, "\n") {
			t.Errorf("%q became %q", text, out)
		}
		if list.Count(diag.Note) != 1 || list.Len() != 1 {
			t.Errorf("%q: %s", text, reports(list))
		}
	}
}

func TestOtherInput(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "blank": " \n\n\t\n", "prose": "Dear diary,\nnothing happened.\n", "html": "<h1>Incident Replay: X</h1>",
		"binary": "\x7fELF\x02\x01\x00\x00", "latin 1": "Incident Replay: Caf\xe9\n\nRound 1: X\n", "nul": "Round 1: \x00\n",
	} {
		out, list := importText(text)
		if list.Count(diag.Error) == 0 {
			t.Errorf("%s: no error: %s", name, reports(list))
		}
		if !strings.HasPrefix(out, "# ") || !strings.HasSuffix(out, "\n") {
			t.Errorf("%s: became %q", name, out)
		}
	}
}

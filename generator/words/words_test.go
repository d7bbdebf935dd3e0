package words_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
	"github.com/replaygen/replaygen/generator/words"
	"github.com/replaygen/replaygen/themes"
)

// load loads tables, by their paths, and returns what was said of them, one a
// line. Paths that begin with "own/" belong to a theme over the default one.
func load(t *testing.T, files map[string]string) (*words.Tables, []string) {
	t.Helper()
	own, base := fstest.MapFS{}, fstest.MapFS{}
	for path, text := range files {
		if name, ok := strings.CutPrefix(path, "own/"); ok {
			own[name] = &fstest.MapFile{Data: []byte(text)}
		} else {
			base[path] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	layers := []words.Layer{{Dir: "themes/default", Files: base}}
	if len(own) > 0 {
		layers = append([]words.Layer{{Dir: "themes/own", Files: own}}, layers...)
	}
	var list diag.List
	tables, err := words.Load(layers, &list)
	if err != nil {
		t.Fatal(err)
	}
	return tables, said(&list)
}

func said(list *diag.List) (lines []string) {
	for _, d := range list.Sorted() {
		at := d.Span.Position()
		lines = append(lines, fmt.Sprintf("%s:%d:%d %s %s %q: %s (%s)", d.Span.Path(), at.Line, at.Column, d.Severity, d.Code, d.Span.Text(), d.Message, d.Hint))
	}
	return lines
}

func tag(t *testing.T, text string) language.Tag {
	t.Helper()
	tag, err := language.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return tag
}

const english = `
begin: "Begin with {round}"
best: Best
misses: {one: "{n} miss", other: "{n} misses"}
after: {one: "{ending} after {n} miss", other: "{ending} after {n} misses"}
`

func TestTables(t *testing.T) {
	tables, said := load(t, map[string]string{
		"words/en.yaml": english,
		"words/de.yaml": `
begin: "Los: {round}"
misses: {one: "{n} Fehlgriff", other: "{n} Fehlgriffe"}
`,
		"words/he.yaml":        "begin: \"להתחיל: {round}\"\n",
		"own/words/en.yaml":    "best: The best\nmore: And more\n",
		"own/words/de.yaml":    "more: Und mehr\n",
		"own/words/de-CH.yaml": "misses: \"Fehler: {n}\"\n",
	})
	if len(said) > 0 {
		t.Errorf("said:\n%s", strings.Join(said, "\n"))
	}
	english := []string{"en ltr", "Begin with R 1", "The best", "0 misses", "1 miss", "2 misses", "And more", "x after 1 miss", "{ending} after 2 misses"}
	german := []string{"de ltr", "Los: R 1", "The best", "0 Fehlgriffe", "1 Fehlgriff", "2 Fehlgriffe", "Und mehr", "x after 1 miss", "{ending} after 2 misses"}
	for lang, want := range map[string][]string{
		"en": english, "en-GB": english, "fr": english, "de": german, "de-AT": german,
		"de-CH": {"de-CH ltr", "Los: R 1", "The best", "Fehler: 0", "Fehler: 1", "Fehler: 2", "Und mehr", "x after 1 miss", "{ending} after 2 misses"},
		"he":    {"he rtl", "להתחיל: \u2068R 1\u2069", "The best", "0 misses", "1 miss", "2 misses", "And more", "x after 1 miss", "{ending} after 2 misses"},
	} {
		w := tables.In(tag(t, lang))
		got := []string{w.Lang + " " + w.Dir, w.Text("begin", words.String("round", "R 1")), w.Text("best"),
			w.Count("misses", 0), w.Count("misses", 1), w.Count("misses", 2), w.Text("more"),
			w.Count("after", 1, words.String("ending", "x")), w.Count("after", 2)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
		if tables.Speaks(tag(t, lang)) != (lang != "fr") {
			t.Errorf("Speaks(%s) is wrong", lang)
		}
	}
}

func TestTable(t *testing.T) {
	tables, _ := load(t, map[string]string{
		"words/en.yaml": "a: \"<{x}> & {y}\"\nb: {one: \"{n} {x}\", other: \"{n} {x}s\"}\n",
		"words/ar.yaml": "a: \"<{x}> و {y}\"\n",
	})
	en, ar := tables.In(tag(t, "en")), tables.In(tag(t, "ar"))
	for _, test := range []struct{ got, want string }{
		{en.Text("a", words.String("x", "1<2"), words.Int("y", -7)), "<1<2> & -7"},
		{en.HTML("a", -1, words.String("x", "1<2"), words.Markup("y", "<b>7</b>")), "&lt;1&lt;2&gt; &amp; <b>7</b>"},
		{en.HTML("b", 2, words.Markup("x", "<b>y</b>")), "2 <b>y</b>s"},
		{ar.HTML("a", -1, words.Int("x", 3), words.Markup("y", "<b>7</b>")), "&lt;3&gt; و \u2068<b>7</b>\u2069"},
		{en.Text("nosuch", words.Int("x", 1)), "nosuch"},
		{en.Text("a", words.Int("x", 1)), "<1> & {y}"},
		{string(en.Append([]byte("so: "), "a", words.Int("x", 1), words.Int("y", 2))), "so: <1> & 2"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestMistakes(t *testing.T) {
	const unknown = "words/en.yaml of the default theme lists the words; a theme's own en.yaml may add others"
	const brace = "this brace belongs to no placeholder (a placeholder is a name of small letters in braces, such as {round}; texts have no other braces)"
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"sound", map[string]string{"words/en.yaml": english}, nil},
		{"a key that English lacks", map[string]string{"words/en.yaml": english, "words/de.yaml": "bgein: x\n", "words/ar.yaml": "quite_other: x\n"}, []string{
			`themes/default/words/ar.yaml:1:1 error word-unknown "quite_other": there is no word "quite_other" in English (` + unknown + `)`,
			`themes/default/words/de.yaml:1:1 error word-unknown "bgein": there is no word "bgein" in English (did you mean "begin"?)`}},
		{"placeholders", map[string]string{"words/en.yaml": english, "own/words/de.yaml": "begin: \"{ronde} {x}\"\nbest: 'Das {beste}'\nmisses: {one: eins, other: viele}\nafter: \"{n}\"\n"}, []string{
			`themes/own/words/de.yaml:1:8 warning word-placeholder "\"{ronde} {x}\"": this text does not say {round} (the English word has it)`,
			`themes/own/words/de.yaml:1:9 error word-placeholder "{ronde}": the word "begin" has no placeholder {ronde} (it has {round})`,
			`themes/own/words/de.yaml:1:17 error word-placeholder "{x}": the word "begin" has no placeholder {x} (it has {round})`,
			`themes/own/words/de.yaml:2:12 error word-placeholder "{beste}": the word "best" has no placeholder {beste} (it has none)`,
			`themes/own/words/de.yaml:3:28 warning word-placeholder "viele": this text does not say {n} (the English word has it)`,
			`themes/own/words/de.yaml:4:8 warning word-placeholder "\"{n}\"": this text does not say {ending} (the English word has it)`}},
		{"braces", map[string]string{"words/en.yaml": "a: \"x {\"\nb: \"{} y\"\nc: \"{Two Words}\"\n"}, []string{
			`themes/default/words/en.yaml:1:7 error word-placeholder "{": ` + brace,
			`themes/default/words/en.yaml:2:5 error word-placeholder "{": ` + brace,
			`themes/default/words/en.yaml:2:6 error word-placeholder "}": ` + brace,
			`themes/default/words/en.yaml:3:5 error word-placeholder "{": ` + brace,
			`themes/default/words/en.yaml:3:15 error word-placeholder "}": ` + brace}},
		{"forms", map[string]string{
			"words/en.yaml": "misses: {other: \"{n} misses\", zero: none}\nempty: {}\n",
			"words/fr.yaml": "misses: {one: un, other: \"{n} fautes\"}\n",
			"words/pl.yaml": "misses: {one: x, many: \"{n}\", others: y}\n",
			"words/ja.yaml": "misses: \"{n}\"\n",
			"words/de.yaml": "empty: x\n",
		}, []string{
			`themes/default/words/de.yaml:1:1 error word-unknown "empty": there is no word "empty" in English (` + unknown + `)`,
			`themes/default/words/en.yaml:1:1 error word-plural "misses": "misses" lacks a form that "en" counts with: one (for 1) (without it the word is wrong for some numbers)`,
			`themes/default/words/en.yaml:1:37 warning word-plural "none": "en" never counts with the form "zero" (remove it; ask for the number in the template if it needs a text of its own)`,
			`themes/default/words/en.yaml:2:8 error word-plural "{}": the word "empty" has no text (write the text behind the key)`,
			`themes/default/words/fr.yaml:1:15 warning word-placeholder "un": this text does not say {n} (the English word has it)`,
			`themes/default/words/pl.yaml:1:1 error word-plural "misses": "misses" lacks a form that "pl" counts with: few (for 2) (without it the word is wrong for some numbers)`,
			`themes/default/words/pl.yaml:1:31 error word-plural "others": there is no form "others" of a word that is counted (the forms are: zero, one, two, few, many, other)`}},
		{"counted in one language alone", map[string]string{"words/en.yaml": english, "words/de.yaml": "best: {one: x, other: y}\n"}, []string{
			`themes/default/words/de.yaml:1:1 error word-plural "best": the word "best" is not counted in English (write one text)`}},
		{"names of files", map[string]string{"words/en.yaml": english, "own/words/german.yaml": "a: x", "own/words/pt-br.yaml": "a: x", "own/words/README.md": "x"}, []string{
			`themes/own/words/german.yaml:1:1 error word-language "": the file's name "german.yaml" is not the tag of a language (name it after the BCP 47 tag of its language, such as de.yaml, pt-BR.yaml or ar.yaml)`,
			`themes/own/words/pt-br.yaml:1:1 error word-language "": the file's name "pt-br.yaml" is not the tag of a language (call it pt-BR.yaml)`}},
		{"a list", map[string]string{"words/en.yaml": english, "own/words/de.yaml": "begin: [x]\n"}, []string{
			`themes/own/words/de.yaml:1:8 error wrong-type "[x]": "begin" needs a text, found a list (write for example "begin: some text")`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, got := load(t, test.files)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("said (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnused(t *testing.T) {
	tables, _ := load(t, map[string]string{"words/en.yaml": english, "own/words/en.yaml": "bset: x\nmine: y\nother_key: z\n"})
	var list diag.List
	tables.Unused(map[string]bool{"mine": true}, &list)
	want := []string{
		`themes/own/words/en.yaml:1:1 warning word-unused "bset": no template shows the word "bset" (did you mean "best"?)`,
		`themes/own/words/en.yaml:3:1 warning word-unused "other_key": no template shows the word "other_key" (remove it, or show it in a template)`,
	}
	if diff := cmp.Diff(want, said(&list)); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
}

func TestCheck(t *testing.T) {
	tables, _ := load(t, map[string]string{"words/en.yaml": english})
	for _, test := range []struct {
		key     string
		counted bool
		names   []string
		want    []string
	}{
		{"begin", false, []string{"round"}, nil},
		{"after", true, []string{"ending"}, nil},
		{"bgein", false, nil, []string{`there is no word "bgein"; did you mean "begin"?`}},
		{"begin", false, nil, []string{`nothing is given for {round} of the word "begin"; add "round" and its value`}},
		{"begin", false, []string{"ruond"}, []string{
			`the word "begin" has no placeholder {ruond}; did you mean {round}?`,
			`nothing is given for {round} of the word "begin"; add "round" and its value`}},
		{"after", true, []string{"n", "ending"}, []string{`the word "after" has no placeholder {n}; it has {ending}`}},
		{"misses", false, nil, []string{`the word "misses" is counted; write n "misses" and the number`}},
		{"best", true, nil, []string{`the word "best" is not counted; write t "best"`}},
	} {
		var got []string
		for _, f := range tables.Check(test.key, test.counted, test.names) {
			got = append(got, f.Message+"; "+f.Hint)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.key, diff)
		}
	}
}

// defaultTables are those that come with replaygen.
func defaultTables(t *testing.T) *words.Tables {
	t.Helper()
	var list diag.List
	tables, err := words.Load([]words.Layer{{Dir: "themes/default", Files: themes.Default()}}, &list)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range said(&list) {
		t.Error(s)
	}
	return tables
}

// TestDefaultTheme holds the tables that come with replaygen to more than a
// theme must keep: each language has every word, and nothing is said of them.
func TestDefaultTheme(t *testing.T) {
	keys := map[string][]string{}
	for _, src := range defaultTables(t).Sources() {
		for line := range strings.Lines(string(src.Text)) {
			if key, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, " ") {
				keys[src.Path] = append(keys[src.Path], key)
			}
		}
	}
	want := keys["themes/default/words/en.yaml"]
	for _, path := range slices.Sorted(maps.Keys(keys)) {
		if diff := cmp.Diff(want, keys[path]); diff != "" {
			t.Errorf("%s has other keys than English, or in another order (-want +got):\n%s", path, diff)
		}
	}
	if len(keys) < 3 || len(want) < 100 {
		t.Errorf("%d tables, %d words", len(keys), len(want))
	}
}

// TestForms asks the library itself which form a number takes, and expects the
// text that the table gives for it.
func TestForms(t *testing.T) {
	tables := defaultTables(t)
	texts := map[string]map[plural.Form]string{
		"en": {plural.One: "{n} miss", plural.Other: "{n} misses"},
		"de": {plural.One: "{n} Fehlgriff", plural.Other: "{n} Fehlgriffe"},
		"ar": {plural.Zero: "بلا أخطاء", plural.One: "خطأ واحد", plural.Two: "خطآن", plural.Few: "{n} أخطاء", plural.Many: "{n} خطأً", plural.Other: "{n} خطأ"},
	}
	for lang, forms := range texts {
		table := tables.In(tag(t, lang))
		for n := range 201 {
			form := plural.Cardinal.MatchPlural(xlanguage.MustParse(lang), n, 0, 0, 0, 0)
			want := strings.ReplaceAll(forms[form], "{n}", fmt.Sprint(n))
			if got := table.Count("misses", n); got != want {
				t.Errorf("%s, %d: %q, want %q", lang, n, got, want)
			}
		}
	}
}

// TestAppendAllocatesNothing: titles of pages are made when pages are written.
func TestAppendAllocatesNothing(t *testing.T) {
	tables, _ := load(t, map[string]string{"words/en.yaml": english})
	table, buf := tables.In(tag(t, "en")), make([]byte, 0, 100)
	round := strings.Repeat("x", 20)
	if n := testing.AllocsPerRun(100, func() {
		buf = table.Append(buf[:0], "begin", words.String("round", round))
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestLoadFails(t *testing.T) {
	if _, err := words.Load([]words.Layer{{Dir: "themes/default", Files: broken{}}}, &diag.List{}); err == nil {
		t.Error("a folder that cannot be read is no failure")
	}
}

// broken holds a table that cannot be read.
type broken struct{}

func (broken) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".yaml") {
		return nil, fs.ErrPermission
	}
	return fstest.MapFS{"words/en.yaml": {}}.Open(name)
}

func FuzzLoad(f *testing.F) {
	f.Add(english, "misses: {one: x}\nbegin: \"{round\"\n")
	f.Add("a: {other: }\n", "a: \"{n}\"\n")
	f.Fuzz(func(t *testing.T, en, own string) {
		tables, _ := load(t, map[string]string{"words/en.yaml": en, "own/words/ar.yaml": own})
		table := tables.In(tag(t, "ar"))
		for _, key := range []string{"begin", "misses", "a"} {
			for n := range 12 {
				table.Count(key, n)
			}
			table.HTML(key, -1, words.String("round", "x"))
			tables.Check(key, true, []string{"n"})
		}
	})
}

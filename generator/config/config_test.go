package config_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// settings has a field of every kind that Decode supports.
type settings struct {
	Title string    `yaml:"title"`
	Tags  []string  `yaml:"tags"`
	Date  time.Time `yaml:"date"`
	Draft bool      `yaml:"draft"`
	Slug  string    `yaml:"slug"`
	Trail trail     `yaml:"trail"`
	Notes string    // no key
}

type trail struct {
	Detail   string `yaml:"detail"`
	MaxPages int    `yaml:"max_pages"`
}

// decode decodes a whole text and returns the diagnostics one a line:
// "line:column code: message; related line:column (hint)".
func decode(text string) (settings, config.Positions, []string) {
	src := diag.NewSource("site.yaml", []byte(text))
	var s settings
	var list diag.List
	positions := config.Decode(src, 0, len(text), &s, &list)
	var problems []string
	for _, d := range list.Sorted() {
		p := d.Span.Position()
		line := fmt.Sprintf("%d:%d %s: %s", p.Line, p.Column, d.Code, d.Message)
		for _, r := range d.Related {
			line += fmt.Sprintf("; see %d:%d", r.Span.Position().Line, r.Span.Position().Column)
		}
		if d.Hint != "" {
			line += " (" + d.Hint + ")"
		}
		problems = append(problems, line)
	}
	return s, positions, problems
}

func TestDecode(t *testing.T) {
	day := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, text string
		want       settings
	}{
		{"empty", "", settings{}},
		{"only comments", "# nothing yet\n\n", settings{}},
		{"a lone document mark", "---\n", settings{}},
		{"everything", `
title: "DNS: half of it"   # quoted for its colon
tags: [dns, 'on call', 404]
date: 2026-03-14
draft: true
trail:
  detail: picks
  max_pages: 250
`, settings{Title: "DNS: half of it", Tags: []string{"dns", "on call", "404"}, Date: day, Draft: true, Trail: trail{"picks", 250}}},
		{"block list", "tags:\n  - a\n  - b c\n", settings{Tags: []string{"a", "b c"}}},
		{"unindented block list", "tags:\n- a\nslug: x\n", settings{Tags: []string{"a"}, Slug: "x"}},
		{"empty list", "tags: []\n", settings{Tags: []string{}}},
		{"one text for a list", "tags: dns\n", settings{Tags: []string{"dns"}}},
		{"braces", "trail: {detail: total, max_pages: 3}\n", settings{Trail: trail{"total", 3}}},
		{"number as text", "slug: 404\ntitle: 0x1F\n", settings{Slug: "404", Title: "0x1F"}},
		{"decimal and truth as text", "slug: 1.50\ntitle: true\n", settings{Slug: "1.50", Title: "true"}},
		{"yes is a text", "title: yes\n", settings{Title: "yes"}},
		{"quoted date", "date: '2026-03-14'\n", settings{Date: day}},
		{"date and time", "date: 2026-03-14T09:26:53Z\n", settings{Date: day.Add(9*time.Hour + 26*time.Minute + 53*time.Second)}},
		{"folded text", "title: >\n  one\n  two\nslug: x\n", settings{Title: "one two", Slug: "x"}},
		{"literal text", "title: |\n  one\n  two\n", settings{Title: "one\ntwo"}},
		{"text over two lines", "title: one\n  two\nslug: x\n", settings{Title: "one two", Slug: "x"}},
		{"empty values", "title:\ntags:\ndate: ~\ntrail:\ndraft: null\n", settings{}},
		{"comments behind keys", "title: # a title\ntags: #\ntrail: ## of pages\n  detail: picks #1\ndate: ~ #2026\nslug:\n#no-value\n", settings{Trail: trail{Detail: "picks"}}},
		{"quoted keys", "\"title\": x\n", settings{Title: "x"}},
		{"document marks", "---\ntitle: x\n...\n", settings{Title: "x"}},
		{"other scripts", "title: 障害 déjà vu\n", settings{Title: "障害 déjà vu"}},
		{"carriage returns", "title: x\r\ntags:\r\n  - a\r\n  - b\r\n", settings{Title: "x", Tags: []string{"a", "b"}}},
		{"byte order mark", "\ufefftitle: x\n", settings{Title: "x"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _, problems := decode(test.text)
			if len(problems) > 0 {
				t.Errorf("unexpected problems:\n%s", strings.Join(problems, "\n"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeKeepsDefaults(t *testing.T) {
	text := "title:\ntrail:\n  max_pages: many\n"
	got := settings{Title: "kept", Slug: "kept", Trail: trail{"auto", 1000}}
	want := got
	var list diag.List
	config.Decode(diag.NewSource("site.yaml", []byte(text)), 0, len(text), &got, &list)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	if list.Len() != 1 {
		t.Errorf("got %d problems, want the one of max_pages", list.Len())
	}
}

const keys = "the keys are: title, tags, date, draft, slug, trail"

func TestDecodeProblems(t *testing.T) {
	const quote = `put a text that holds ": " or begins with a special character in quotation marks: title: "DNS: half of it"`
	tests := []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "titel: x\n", []string{`1:1 unknown-key: unknown key "titel" (did you mean "title"? ` + keys + `)`}},
		{"unknown key unlike any", "colour: x\n", []string{`1:1 unknown-key: unknown key "colour" (` + keys + `)`}},
		{"field without a key", "Notes: x\n", []string{`1:1 unknown-key: unknown key "Notes" (` + keys + `)`}},
		{"unknown key further down", "title: déjà\ntrail:\n  detial: x\n",
			[]string{`3:3 unknown-key: unknown key "detial" under "trail" (did you mean "detail"? the keys are: detail, max_pages)`}},
		{"key of another level", "max_pages: 3\n",
			[]string{`1:1 unknown-key: unknown key "max_pages" ("max_pages" belongs under "trail": write "trail: {max_pages: 12}"; ` + keys + `)`}},
		{"keys with a dot between them", "trail.detail: none\n",
			[]string{`1:1 unknown-key: unknown key "trail.detail" (write "trail:" and, indented below it, "detail: …"; ` + keys + `)`}},
		{"keys with a dot that do not exist", "trail.colour: red\ntitle.detail: x\n", []string{
			`1:1 unknown-key: unknown key "trail.colour" (` + keys + `)`,
			`2:1 unknown-key: unknown key "title.detail" (` + keys + `)`}},
		{"colour taken for a comment", "slug: #1f4fd1\n",
			[]string{`1:7 value-commented: "slug" is empty: what begins with # is a comment (write slug: "#1f4fd1"; a comment has a space behind its #)`}},
		{"tag taken for a comment", "tags:  #dns \ntrail:\n  detail: #über\n", []string{
			`1:8 value-commented: "tags" is empty: what begins with # is a comment (write tags: "#dns"; a comment has a space behind its #)`,
			`3:11 value-commented: "detail" is empty: what begins with # is a comment (write detail: "#über"; a comment has a space behind its #)`}},
		{"item taken for a comment", "tags:\n  - a\n  - #dns\n",
			[]string{`3:5 wrong-type: "tags" needs a list of texts, found nothing (what begins with # is a comment; put it in quotation marks: "#dns")`}},
		{"duplicate key", "title: a\nslug: s\ntitle: b\n",
			[]string{`3:1 duplicate-key: "title" is set twice; see 1:1 (keep one of the two)`}},
		{"text for a number", "trail: {max_pages: many}\n",
			[]string{`1:20 wrong-type: "max_pages" needs a whole number, found the text "many" (write for example "max_pages: 12")`}},
		{"quoted number", "trail:\n  max_pages: '12'\n",
			[]string{`2:14 wrong-type: "max_pages" needs a whole number, found the text "12" (drop the quotation marks: "max_pages: 12")`}},
		{"number with a fraction", "trail:\n  max_pages: 1.5\n",
			[]string{`2:14 wrong-type: "max_pages" needs a whole number, found the number 1.5 (write for example "max_pages: 12")`}},
		{"number out of range", "trail:\n  max_pages: 99999999999999999999\n",
			[]string{`2:14 wrong-type: "max_pages" needs a whole number, found the text "99999999999999999999" (write for example "max_pages: 12")`}},
		{"yes for true", "draft: Yes\n", []string{`1:8 wrong-type: "draft" needs true or false, found the text "Yes" (write "draft: true")`}},
		{"number for true", "draft: 1\n", []string{`1:8 wrong-type: "draft" needs true or false, found the number 1 (write for example "draft: true")`}},
		{"no date", "date: last week\n",
			[]string{`1:7 wrong-type: "date" needs a date, found the text "last week" (write for example "date: 2026-03-14")`}},
		{"impossible date", "date: 2026-02-30\n",
			[]string{`1:7 wrong-type: "date" needs a date, found the text "2026-02-30" (write for example "date: 2026-03-14")`}},
		{"list for a text", "title: [a, b]\n",
			[]string{`1:8 wrong-type: "title" needs a text, found a list (write for example "title: some text")`}},
		{"keys for a text", "title:\n  a: b\n",
			[]string{`2:3 wrong-type: "title" needs a text, found keys with values (write for example "title: some text")`}},
		{"keys for a list", "tags: {a, b}\n",
			[]string{`1:7 wrong-type: "tags" needs a list of texts, found keys with values (write for example "tags: [first, second]")`}},
		{"items that are no texts", "tags:\n  - a\n  - [b]\n  -\n  - c: d\n", []string{
			`3:5 wrong-type: "tags" needs a list of texts, found a list (write for example "tags: [first, second]")`,
			`4:4 wrong-type: "tags" needs a list of texts, found nothing (write for example "tags: [first, second]")`,
			`5:5 wrong-type: "tags" needs a list of texts, found keys with values (write for example "tags: [first, second]")`}},
		{"text for keys", "trail: picks\n",
			[]string{`1:8 wrong-type: "trail" needs keys of its own, found the text "picks" (write for example "trail: {detail: some text}")`}},
		{"all at once", "titel: x\ndraft: maybe\n", []string{
			`1:1 unknown-key: unknown key "titel" (did you mean "title"? ` + keys + `)`,
			`2:8 wrong-type: "draft" needs true or false, found the text "maybe" (write for example "draft: true")`}},
		{"a text instead of settings", "just text\nand more\n",
			[]string{`1:1 wrong-type: expected settings such as "title: some text", found the text "just text and more" (write one setting a line: a key, a colon, a space and the value)`}},
		{"a list instead of settings", "\n- a\n",
			[]string{`2:1 wrong-type: expected settings such as "title: some text", found a list (write one setting a line: a key, a colon, a space and the value)`}},

		{"colon in a text", "slug: x\ntitle: DNS: half of it\n",
			[]string{"2:8 yaml-syntax: this text holds a colon and a space, which only follow a key (" + quote + ")"}},
		{"line indented too deep", "trail:\n  detail: picks\n    max_pages: 3\n",
			[]string{"3:5 yaml-syntax: this line is indented deeper than the setting before it (start it below the key of that setting)"}},
		{"quotation mark left open", "title: \"no end\nslug: x\n",
			[]string{"1:8 yaml-syntax: this quotation mark is never closed (end the text with the same mark; inside '…' an apostrophe is written twice)"}},
		{"apostrophe", "title: 'it's'\n",
			[]string{"1:12 yaml-syntax: this cannot stand here (check the indentation and the quotation marks before it)"}},
		{"bracket left open", "tags: [a, b\nslug: x\n",
			[]string{"2:1 yaml-syntax: a list in brackets is not complete here (write it as [first, second]; a text that begins with [ needs quotation marks)"}},
		{"tab", "trail:\n\tdetail: picks\n", []string{"2:1 yaml-syntax: a tab stands where YAML needs spaces (indent with spaces)"}},
		{"line without a colon", "title: x\nslug\n",
			[]string{"2:1 yaml-syntax: expected a key, a colon and a space here (write it as key: value)"}},
		{"backquote", "title: `x`\n", []string{"1:8 yaml-syntax: a text cannot begin with this character (" + quote + ")"}},
		{"not UTF-8", "title: x\nslug: \xff\n", []string{"2:7 yaml-syntax: this byte is not valid UTF-8 (save the file as UTF-8)"}},

		{"anchor and alias", "title: &x a\nslug: *x\n", []string{
			"1:8 yaml-unsupported: anchors (&name) are not supported in settings (put a text that begins with & in quotation marks)",
			"2:7 yaml-unsupported: aliases (*name) are not supported in settings (put a text that begins with * in quotation marks)"}},
		{"emphasis", "title: *really* down\n",
			[]string{"1:8 yaml-unsupported: aliases (*name) are not supported in settings (put a text that begins with * in quotation marks)"}},
		{"merge key", "<<: {title: x}\n",
			[]string{"1:1 yaml-unsupported: merge keys (<<) are not supported in settings (put a text that begins with << in quotation marks)"}},
		{"tag", "title: !!str 12\n",
			[]string{"1:8 yaml-unsupported: tags (!name) are not supported in settings (put a text that begins with ! in quotation marks)"}},
		{"directive", "%YAML 1.2\n---\ntitle: x\n",
			[]string{"1:1 yaml-unsupported: directives (%NAME) are not supported in settings (put a text that begins with % in quotation marks)"}},
		{"question mark", "? title\n: x\n",
			[]string{"1:1 yaml-unsupported: keys written with a question mark are not supported in settings (put a text that begins with ? in quotation marks)"}},
		{"second document", "title: x\n---\ntitle: y\n",
			[]string{"2:1 yaml-unsupported: a second document starts here (keep the settings in one piece, without another --- line)"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, got := decode(test.text)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// The same problems stand at the same line and column however the lines end.
func TestDecodeProblemsWithCarriageReturns(t *testing.T) {
	const text = "title: é\ntags:\n  - [x]\ntrail:\n  max_pages: 'ten'\n  detial: x\nslug: \"a\n  b\"\nslug: c\n"
	_, positions, want := decode(text)
	for _, mark := range []string{"", "\ufeff"} {
		_, windows, got := decode(mark + strings.ReplaceAll(text, "\n", "\r\n"))
		if mark == "" {
			if diff := cmp.Diff(want, got); diff != "" || len(want) != 4 {
				t.Errorf("%d problems (-unix +windows):\n%s", len(want), diff)
			}
		}
		for _, path := range []string{"title", "tags", "trail", "trail.max_pages", "slug"} {
			unix, windows := positions.At(path).Text(), windows.At(path).Text()
			if unix == "" || strings.ReplaceAll(windows, "\r\n", "\n") != unix {
				t.Errorf("mark %q: %s stands at %q, want %q", mark, path, windows, unix)
			}
		}
	}
}

func TestPositions(t *testing.T) {
	text := "# Heading\n---\ntitle: \"DNS: x\" # why\ntags: [a, 'b c']\ndate:\n" +
		"trail:\n  detail: über\n  max_pages:\t12\nslug: >-\n  folded\n  text\ndraft: true\n---\n"
	start, end := strings.Index(text, "title"), strings.LastIndex(text, "---")
	src := diag.NewSource("a.md", []byte(text))
	var s settings
	var list diag.List
	positions := config.Decode(src, start, end, &s, &list)
	if list.Len() > 0 {
		t.Fatalf("unexpected problems: %v", list.Sorted())
	}
	tests := []struct {
		path, text string
		at         diag.Position
	}{
		{"title", `"DNS: x"`, diag.Position{Line: 3, Column: 8}},
		{"tags", "[a, 'b c']", diag.Position{Line: 4, Column: 7}},
		{"tags.0", "a", diag.Position{Line: 4, Column: 8}},
		{"tags.1", "'b c'", diag.Position{Line: 4, Column: 11}},
		{"trail", "detail: über\n  max_pages:\t12", diag.Position{Line: 7, Column: 3}},
		{"trail.detail", "über", diag.Position{Line: 7, Column: 11}},
		{"trail.max_pages", "12", diag.Position{Line: 8, Column: 14}},
		{"slug", ">-\n  folded\n  text", diag.Position{Line: 9, Column: 7}},
		{"draft", "true", diag.Position{Line: 12, Column: 8}},
	}
	for _, test := range tests {
		span := positions.At(test.path)
		if got := span.Text(); got != test.text || span.Position() != test.at || !positions.Has(test.path) {
			t.Errorf("%s stands at %v as %q, want %v as %q", test.path, span.Position(), got, test.at, test.text)
		}
	}
	for _, absent := range []string{"date", "trail.nothing", "tags.2", ""} {
		if positions.Has(absent) || !positions.At(absent).IsZero() {
			t.Errorf("%q is set, want it absent", absent)
		}
	}
}

// Texts that have brought parsers down: each is refused with a diagnostic, and soon.
func TestDecodeHostile(t *testing.T) {
	laughs := "a: &a [x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf("%c: &%c [*%c, *%c, *%c]\n", c, c, c-1, c-1, c-1)
	}
	for name, text := range map[string]string{
		"billion laughs":  laughs,
		"brackets":        strings.Repeat("[", 60_000),
		"closed brackets": strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000),
		"braces":          strings.Repeat("{a: ", 15_000),
		"dashes":          strings.Repeat("- ", 30_000),
		"colons":          strings.Repeat("a: ", 20_000),
		"commas":          "tags: [" + strings.Repeat(",", 50_000),
		"question marks":  strings.Repeat("? ", 30_000),
		"empty items":     "tags:\n" + strings.Repeat("-\n", 30_000),
		"documents":       "title: x\n" + strings.Repeat("---\n", 15_000) + "slug: x\n",
		"a million keys":  strings.Repeat("a: b\n", 1_000_000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, problems := decode(text); len(problems) == 0 {
				t.Error("no diagnostic")
			}
		})
	}
}

func TestNearest(t *testing.T) {
	candidates := []string{"title", "tags", "date", "description", "max_pages", "on_miss", "base_url"}
	for word, want := range map[string]string{
		"titel": "title", "Title": "title", "tag": "tags", "tgas": "tags", "desc": "description",
		"descripton": "description", "max-pages": "max_pages", "maxPages": "max_pages", "onmiss": "on_miss",
		"baseurl": "base_url", "": "", "t": "", "name": "", "colour": "", "titles": "title",
		strings.Repeat("title", 1000): "",
	} {
		if got := config.Nearest(word, candidates); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", word, got, want)
		}
	}
	if got := config.Nearest("title", nil); got != "" {
		t.Errorf("Nearest without candidates = %q", got)
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"title: x\ntags: [a, 'b']\ndate: 2026-03-14\ntrail:\n  detail: picks\n",
		"title: |\r\n  é\r\n\tx\r\n", "\ufeffslug: >-\n a\n\n b\n", "tags:\n- a\n-\n", "a: &x [*x]\n<<: *x", "? a\n: {b", "\"a\\", "--- |\n", "%\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const before, after = "---\n", "---\n# Title\n"
		src := diag.NewSource("a.md", []byte(before+text+after))
		start, end := len(before), len(before)+len(text)
		inside := func(what string, s diag.Span) {
			if s.Source != src || s.Start < start || s.Start > s.End || s.End > end {
				t.Errorf("%s: span %d-%d is outside the settings %d-%d", what, s.Start, s.End, start, end)
			}
		}
		var s settings
		var list diag.List
		positions := config.Decode(src, start, end, &s, &list)
		for _, d := range list.Sorted() {
			inside(d.Message, d.Span)
			if strings.Contains(d.Message, "\n") {
				t.Errorf("message over several lines: %q", d.Message)
			}
		}
		for _, path := range []string{"title", "tags", "tags.0", "date", "draft", "slug", "trail", "trail.detail", "trail.max_pages"} {
			if positions.Has(path) {
				inside(path, positions.At(path))
			}
		}
	})
}

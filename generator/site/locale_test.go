package site_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/themes"
)

// spoken is the small site with replays in languages of their own.
func spoken(diskFullLanguage, otherLanguage string) fstest.MapFS {
	files := source()
	files["content/disk-full.md"] = &fstest.MapFile{Data: []byte(strings.Replace(diskFull, "tags: [disk]", "tags: [disk, storage]\nlanguage: "+diskFullLanguage, 1))}
	files["content/other.md"] = &fstest.MapFile{Data: []byte("---\nlanguage: " + otherLanguage + "\n---\n" + strings.Replace(other, "> *[Result: Not so.]*", "> *[Result: Not so.]*\n\n```yaml\na: 1\n```\n\n```\nb\n```", 1))}
	return files
}

// speaking is a theme whose templates ask for words in every way there is.
func speaking() fstest.MapFS {
	const head = `<!doctype html><html lang="{{.Lang}}" dir="{{.Dir}}"><title>{{.Slot "title"}}</title><meta name="description" content="{{.Slot "description"}}"><main {{.Slot "facts"}}>`
	return fstest.MapFS{
		"partials/greeting.html": {Data: []byte(`[{{t "page_skip"}}]`)},
		"layouts/round.html": {Data: []byte(head + `{{template "greeting" .}}<p title="{{t "briefing_begin" "round" .Round.Name}}">{{n "misses" 3}}</p>` +
			`<i>{{list .Replay.Tags}}</i>{{.Slot "choices"}}{{.Slot "mark" .Round}}`)},
		"layouts/outcome.html": {Data: []byte(head + `<h1>{{t "outcome_continue" "place" .Choice.Label}}</h1><em>{{.Choice.Word}}, {{.Choice.Cost}}</em>{{.Choice.More}}`)},
		"layouts/index.html": {Data: []byte(`<!doctype html><html lang="{{.Lang}}" dir="{{.Dir}}"><title>{{t "missing_title" "site" .Site.Title}}</title>
{{- range .Replays}}<li{{if ne .Language $.Lang}} lang="{{.Language}}" dir="{{.Dir}}"{{end}}>{{.Title}}</li>{{end}}`)},
		"slots/choices.html": {Data: []byte(`{{t "choice_tried"}} {{n "card_decisions" .Left}}`)},
		"slots/mark.html":    {Data: []byte(`<b>{{.Word}}</b>`)},
	}
}

func TestLanguages(t *testing.T) {
	files, said := build(t, spoken("ar", "de-AT"), site.DefaultConfig(), speaking())
	if len(said) != 1 { // the dead link in the text
		t.Errorf("said %q", said)
	}
	for path, wants := range map[string][]string{
		"other/round-1.html": {
			`<html lang="de-AT" dir="ltr">`, `<title>Runde 1: Start – Other</title>`, `[Zum Inhalt springen]`,
			`title="Los geht’s: Runde 1: Start"`, `3 Fehlgriffe`, `versucht 2 Entscheidungen`, `<b>jetzt</b>`,
			`content="Incident-Replay „Other“, Runde 1: Start: 0 min auf der Uhr, 0 Fehlgriffe, Punktestand 100."`,
		},
		"other/outcome-1b.1-b.html": {
			`<title>Runde 1, Möglichkeit B: Fehlgriff (1-B) – Other</title>`, `<h1>Weiter: Two</h1>`, `<em>Fehlgriff, 12 min</em>`,
			`aria-label="YAML, Möglichkeit B"`, `aria-label="Code, Möglichkeit B"`,
		},
		"disk-full/round-1.html": {
			`<html lang="ar" dir="rtl">`, "<title>\u2067الجولة \u20681\u2069: \u2068Writes Fail\u2069\u2069 – \u2068Disk Full\u2069</title>",
			`3 أخطاء`, "<i>\u2068disk\u2069، \u2068storage\u2069</i>", `3 قرارات`,
		},
		"disk-full/outcome-1b.1-b.html": {"<h1>التالي: \u2068List <code", "&lt;b>now&lt;/b>\u2069</h1>"},
		"index.html":                    {`<html lang="en" dir="ltr">`, `<title>Page not found – Incident replays</title>`, `<li lang="ar" dir="rtl">Disk Full`, `<li lang="de-AT" dir="ltr">Other`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
}

// TestSiteLanguage applies to lists and to replays that do not say theirs.
func TestSiteLanguage(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.Language = "de"
	files, _ := buildWith(t, spoken("de", "en"), cfg, speaking(), retired())
	for path, wants := range map[string][]string{
		"index.html":                     {`<html lang="de" dir="ltr">`, `<title>Seite nicht gefunden – Incident replays</title>`, `<li>Disk Full`, `<li lang="en" dir="ltr">Other`},
		"other/round-1.html":             {`<html lang="en" dir="ltr">`, `<title>Round 1: Start – Other</title>`},
		"disk-full/outcome-1d.1-ad.html": {`<title>Seither geändert: outcome-1d.1-ad – Disk Full</title>`, `content="Disk Full, seither geändert"`},
		"gone/index.html":                {`<title>Nicht mehr da: gone/index – Incident replays</title>`, `Ein Replay, das es hier nicht mehr gibt`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
}

// TestTitlesInEveryLanguage are unique and hold no name of a word or a placeholder.
func TestTitlesInEveryLanguage(t *testing.T) {
	left := regexp.MustCompile(`\{[a-z_]+\}|\b(?:title|social|summary|standing|verdict|grade|mark|detail|region|moved|gone)_[a-z_]+`)
	for _, lang := range []string{"en", "de", "ar"} {
		for _, detail := range []string{"picks", "rounds", "grades", "total", "none"} {
			cfg := site.DefaultConfig()
			cfg.Trail.Detail = detail
			files, _ := buildWith(t, spoken(lang, lang), cfg, nil, retired())
			titles := map[string]string{}
			for path, body := range files {
				if !strings.HasPrefix(path, "disk-full/") || !strings.HasSuffix(path, ".html") {
					continue
				}
				title := text(t, body, "title")
				if titles[title] != "" {
					t.Errorf("%s, %s: %s and %s have the title %q", lang, detail, path, titles[title], title)
				}
				titles[title] = path
				if found := left.FindString(body); found != "" {
					t.Errorf("%s, %s: %s shows %q", lang, detail, path, found)
				}
			}
			if len(titles) < 10 {
				t.Errorf("%s, %s: %d titles", lang, detail, len(titles))
			}
		}
	}
}

func TestLanguageWithoutWords(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.Language = "fr"
	files, said := build(t, spoken("fa", "fr-CA"), cfg, nil)
	want := []string{
		`:0:0 note the theme has no words in "fr" and says them in "en"`,
		`content/disk-full.md:3:11 note the theme has no words in "fa" and says them in "en"`,
		`content/disk-full.md:42:19 warning the link "gone.md" leads to nothing on this site; its text is shown without it`,
		`content/other.md:2:11 note the theme has no words in "fr-CA" and says them in "en"`,
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if title := text(t, files["other/round-1.html"], "title"); title != "Round 1: Start – Other" {
		t.Errorf("title %q", title)
	}
}

// TestWordMistakes are reported where a template makes them, each once.
func TestWordMistakes(t *testing.T) {
	for file, test := range map[string]struct {
		text string
		want []string
	}{
		"layouts/404.html": {"\n{{t \"page_skpi\"}} {{if .Site.Title}}{{t \"begin\"}}{{end}}", []string{
			`themes/own/layouts/404.html:2:5 error there is no word "page_skpi"`,
			`themes/own/layouts/404.html:2:41 error there is no word "begin"`}},
		"layouts/round.html": {`{{range .Round.Choices}}{{t "round" "lable" .Letter}}{{else}}{{t "misses"}}{{end}}`, []string{
			`themes/own/layouts/round.html:1:29 error nothing is given for {label} of the word "round"`,
			`themes/own/layouts/round.html:1:37 error the word "round" has no placeholder {lable}`,
			`themes/own/layouts/round.html:1:66 error the word "misses" is counted`}},
		"partials/head.html": {`{{with n "round" 3}}{{.}}{{end}}`, []string{
			`themes/own/partials/head.html:1:10 error the word "round" is not counted`}},
		"slots/clock.html": {`{{define "x"}}{{t (print "nosuch_" 1)}}{{end}}{{template "x"}}`, []string{
			`themes/own/slots/clock.html:1:17 error there is no word "nosuch_1"`}},
		"layouts/index.html": {`{{t "round" "label"}}`, []string{
			`themes/own/layouts/index.html:1:5 error word "round": a placeholder's name and its value come in pairs`}},
		"words/de.yaml": {"debrief: Ende\ndebreif: Ende\n", []string{
			`themes/own/words/de.yaml:2:1 error there is no word "debreif" in English`}},
		"words/en.yaml": {"debrief: The end\npage_restrat: Again\n", []string{
			`themes/own/words/en.yaml:2:1 warning no template shows the word "page_restrat"`}},
	} {
		var list diag.List
		render(t, source(), site.DefaultConfig(), fstest.MapFS{file: {Data: []byte(test.text)}}, nil, &list)
		var got []string
		for _, d := range list.Sorted() {
			if at := d.Span.Position(); strings.HasPrefix(d.Span.Path(), "themes/") {
				got = append(got, d.Span.Path()+":"+strconv.Itoa(at.Line)+":"+strconv.Itoa(at.Column)+" "+d.Severity.String()+" "+d.Message)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// TestOwnWords replaces a word in one language and adds another in two.
func TestOwnWords(t *testing.T) {
	own := fstest.MapFS{
		"words/en.yaml":     {Data: []byte("choice_tried: been there\nmine: \"Mine, {name}\"\n")},
		"words/de.yaml":     {Data: []byte("mine: \"Meins, {name}\"\n")},
		"layouts/404.html":  {Data: []byte(`{{t "mine" "name" "<x>"}}, {{t "choice_tried"}}`)},
		"layouts/list.html": {Data: []byte(`{{t "mine" "name" .Kind}}`)},
	}
	for lang, want := range map[string]string{"en": "Mine, &lt;x>, been there", "de": "Meins, &lt;x>, versucht"} {
		cfg := site.DefaultConfig()
		cfg.Language = lang
		files, said := build(t, source(), cfg, own)
		if files["404.html"] != want || len(said) != 1 {
			t.Errorf("%s: %q, want %q; said %q", lang, files["404.html"], want, said)
		}
	}
}

func TestLanguageSetting(t *testing.T) {
	for written, want := range map[string]string{"de": "de", "pt-br": "pt-BR", "german": "en"} {
		text := "language: " + written + "\n"
		var list diag.List
		cfg := site.ParseConfig(diag.NewSource("content/site.yaml", []byte(text)), &list)
		if cfg.Language != want || list.HasErrors() != (written == "german") {
			t.Errorf("%s is %q, want %q; said %v", written, cfg.Language, want, list.Sorted())
		}
	}
}

// TestWordsAreTemplates: other words make other pages.
func TestWordsAreTemplates(t *testing.T) {
	load := func(files fstest.MapFS) *site.Theme {
		var list diag.List
		theme, err := site.LoadTheme("own", files, &list)
		if err != nil || list.Len() > 0 {
			t.Fatal(err, list.Sorted())
		}
		return theme
	}
	words := func(text string) *site.Theme { return load(fstest.MapFS{"words/de.yaml": {Data: []byte(text)}}) }
	if !words("debrief: Ende\n").SameTemplates(words("debrief: Ende\n")) {
		t.Error("the same words differ")
	}
	if words("debrief: Ende\n").SameTemplates(words("debrief: Aus\n")) || words("debrief: Ende\n").SameTemplates(load(fstest.MapFS{})) {
		t.Error("other words make the same pages")
	}
}

// TestLanguagesAtOnce makes pages of several languages from several goroutines.
func TestLanguagesAtOnce(t *testing.T) {
	var list diag.List
	theme, err := site.LoadTheme("own", speaking(), &list)
	if err != nil {
		t.Fatal(err)
	}
	slugs := map[string]string{"content/disk-full.md": "disk-full"}
	files := make([][]site.File, 9)
	for i := range files {
		text := spoken([]string{"ar", "de", "en"}[i%3], "en")["content/disk-full.md"].Data
		s := site.New(site.DefaultConfig(), theme, site.NewContent(site.Directory{Slugs: slugs}, folder(t, source())), &list)
		m := trail.Compile(replay.Parse(diag.NewSource("content/disk-full.md", text), &list), trail.Options{}, &list)
		pages := s.Replay(m, &list)
		for state := range m.Len() {
			files[i] = append(files[i], pages.Page(state))
		}
	}
	var group sync.WaitGroup
	bodies := make([]string, len(files))
	for i := range files {
		group.Go(func() {
			var all []byte
			for _, f := range files[i] {
				all, _ = f.Append(all)
			}
			bodies[i] = string(all)
		})
	}
	group.Wait()
	for i := range bodies {
		if bodies[i] != bodies[i%3] || i > 0 && bodies[i] == bodies[i-1] {
			t.Errorf("pages %d are wrong", i)
		}
	}
}

// TestDetailsMean holds what pages say of a detail to what the tool says of it.
func TestDetailsMean(t *testing.T) {
	own := fstest.MapFS{"layouts/briefing.html": {Data: []byte(`{{.Replay.DetailMeans}}`)}}
	for _, detail := range trail.Details() {
		cfg := site.DefaultConfig()
		cfg.Trail.Detail = detail.String()
		if files, _ := build(t, source(), cfg, own); files["disk-full/index.html"] != detail.Means() {
			t.Errorf("%s means %q, want %q", detail, files["disk-full/index.html"], detail.Means())
		}
	}
}

// TestEveryWordIsUsed compares the words of the default theme with what templates
// and this package ask for.
func TestEveryWordIsUsed(t *testing.T) {
	text, err := fs.ReadFile(themes.Default(), "words/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	var list diag.List
	for _, e := range config.Entries(diag.NewSource("words/en.yaml", text), 0, len(text), &list) {
		known[e.Key] = true
	}
	inTemplates := wordsOfTemplates(t)
	asked, written := wordsOfPackage(t)
	maps.Copy(asked, inTemplates)
	for _, key := range slices.Sorted(maps.Keys(asked)) {
		if !known[key] {
			t.Errorf("the word %q is asked for, and is none", key)
		}
	}
	if !inTemplates["page_skip"] {
		t.Skip("the templates of the default theme say words of their own")
	}
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if !inTemplates[key] && !written[key] {
			t.Errorf("nothing shows the word %q", key)
		}
	}
}

// wordsOfTemplates returns the words that the themes' templates ask for.
func wordsOfTemplates(t *testing.T) map[string]bool {
	t.Helper()
	call := regexp.MustCompile(`[({|]-?\s*(?:with |if |else if |else with )?\(?[tn] "([a-z0-9_]+)"`)
	used := map[string]bool{}
	for _, name := range themes.Names() {
		files, _ := themes.Builtin(name)
		err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".html") {
				return err
			}
			text, err := fs.ReadFile(files, path)
			for _, found := range call.FindAllSubmatch(text, -1) {
				used[string(found[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return used
}

// wordsOfPackage returns the words that the package asks a table for, and all
// texts in its source, since some words are asked for by a variable.
func wordsOfPackage(t *testing.T) (asked, written map[string]bool) {
	t.Helper()
	asked, written = map[string]bool{}, map[string]bool{}
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if key, ok := askedFor(n); ok {
					asked[key] = true
				}
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil {
					written[text] = true
				}
			}
			return true
		})
	}
	return asked, written
}

// askedFor returns the word that a call asks a table for, if it says which.
func askedFor(call *ast.CallExpr) (key string, ok bool) {
	method, isMethod := call.Fun.(*ast.SelectorExpr)
	if !isMethod {
		return "", false
	}
	at := 0
	switch method.Sel.Name {
	case "Text", "Count":
	case "Append":
		at = 1
	default:
		return "", false
	}
	if len(call.Args) <= at {
		return "", false
	}
	literal, isLiteral := call.Args[at].(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return "", false
	}
	key, err := strconv.Unquote(literal.Value)
	return key, err == nil
}

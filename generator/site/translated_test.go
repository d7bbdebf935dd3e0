package site_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/themes"
)

// qwords is a replay whose author says no English word: with a choice of every
// grade, one that ends the incident, and all settings that pages show.
const qwords = `---
tags: [q, LANGUAGE]
difficulty: q-LANGUAGE
severity: q-sev
date: 2026-05-04
authors: [Qada, Qmax]
language: LANGUAGE
optimal: 4
worst: 16
---
# Incident Replay: Qtitle

## Setup
- **Qfact:** Qtext

## Round 1: Qstart
> *[Pressure cue: "Qcue"]*

**What you see:**

` + "```console\n$ true\n```" + `

**Choose your action:**
- A) Qone
- B) Qtwo
- C) Qthree
- D) Qfour

### If you chose A (recommended): {next=2}
> *[Result: Qa.]*

### If you chose B: {cost=8 grade=good next=2}
> *[Result: Qb.]*

### If you chose C:
> *[Result: Qc.]*

### If you chose D: {end="Qlost"}
> *[Result: Qd.]*

## Round 2: Qlast
**Actions:**
1. Qdo

## Ending: Qlost
Qgone.

## Damage Report
- **Qlabel:** Qdamage

## Cross-References
- Qkind: [Qmanual](https://example.org/q)
`

// TestNoEnglishIsLeft reads every page of a site in another language, and expects
// no word that the table has another one for.
func TestNoEnglishIsLeft(t *testing.T) {
	for lang, dir := range map[string]string{"de": "ltr", "ar": "rtl"} {
		written := func(l string) *fstest.MapFile {
			return &fstest.MapFile{Data: []byte(strings.ReplaceAll(qwords, "LANGUAGE", l))}
		}
		content := fstest.MapFS{"content/disk-full.md": written(lang), "content/other.md": written(lang + "-x-q")}
		for _, detail := range []string{"picks", "grades", "none"} {
			cfg := site.DefaultConfig()
			cfg.Language, cfg.Title, cfg.Description, cfg.BaseURL = lang, "Qsite", "Qdescription", "https://example.org/"
			cfg.Suggest, cfg.Trail.Detail = "https://example.org/{slug}", detail
			files, _ := buildWith(t, content, cfg, nil, map[string][]string{"disk-full": {"round-9.html"}, "gone": {"index.html"}})
			english := englishOf(t, lang)
			kinds := map[string]bool{}
			for name, body := range files {
				if !strings.HasSuffix(name, ".html") {
					continue
				}
				kind := kindOf(name)
				kinds[kind] = true
				want := fmt.Sprintf(`<html lang="%s" dir="%s">`, lang, dir)
				if strings.HasPrefix(name, "other/") {
					want = fmt.Sprintf(`<html lang="%s-x-q" dir="%s">`, lang, dir)
				}
				if !strings.Contains(body, want) {
					t.Errorf("%s, %s, %s: no %s", lang, detail, name, want)
				}
				said := strings.Join(spokenBy(body), "\n")
				for _, word := range english {
					if strings.Contains(said, word) {
						t.Errorf("%s, %s, %s says %q", lang, detail, name, word)
					}
				}
			}
			for _, kind := range []string{"index", "a-z", "difficulty", "tags", "tag", "briefing", "round", "outcome", "closing", "debrief", "facilitator", "404"} {
				if !kinds[kind] {
					t.Errorf("no page of the kind %s", kind)
				}
			}
		}
	}
}

// TestTemplatesSayNothing looks for words that stand in the templates themselves.
func TestTemplatesSayNothing(t *testing.T) {
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	for _, theme := range themes.Names() {
		files, _ := themes.Builtin(theme)
		names, err := fs.Glob(files, "*/*.html")
		if err != nil || theme == "default" && len(names) < 30 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, said := range spokenBy(action.ReplaceAllString(string(text), "")) {
				if strings.ContainsFunc(said, unicode.IsLetter) {
					t.Errorf("themes/%s/%s says %q", theme, name, strings.TrimSpace(said))
				}
			}
		}
	}
}

// TestForeignReplays are marked with their language wherever pages of another
// language name them, and with nothing where it is the same.
func TestForeignReplays(t *testing.T) {
	cfg := site.DefaultConfig()
	cfg.BaseURL = "https://example.org/"
	files, _ := build(t, spoken("ar", "en"), cfg, nil)
	for name, wants := range map[string][]string{
		"index.html": {
			`<a href="disk-full/index.html" lang="ar" dir="rtl">Disk Full</a>`, `<p class="about" lang="ar" dir="rtl">A disk that`, `<a href="other/index.html">Other</a>`},
		"a-z.html":                   {`<a href="disk-full/index.html" lang="ar" dir="rtl">Disk Full</a>`, `<a href="other/index.html">Other</a>`},
		"tags/storage.html":          {`<a href="../disk-full/index.html" lang="ar" dir="rtl">Disk Full</a>`},
		"disk-full/facilitator.html": {`<html lang="ar" dir="rtl">`},
		"other/facilitator.html":     {`aria-label="Round 1: Start, YAML, choice B"`},
	} {
		for _, want := range wants {
			if !strings.Contains(files[name], want) {
				t.Errorf("%s lacks %s:\n%s", name, want, files[name])
			}
		}
	}
}

// TestForeignNextReplay is the same where a debrief leads on.
func TestForeignNextReplay(t *testing.T) {
	var list diag.List
	own := fstest.MapFS{"layouts/debrief.html": {Data: []byte(`{{with .NextReplay}}{{.Name}} {{.Language}} {{.Dir}}{{end}}`)}}
	theme, err := site.LoadTheme("own", own, &list)
	if err != nil {
		t.Fatal(err)
	}
	slugs := map[string]string{"content/other.md": "other"}
	s := site.New(site.DefaultConfig(), theme, site.NewContent(site.Directory{Slugs: slugs}, folder(t, source())), &list)
	m := trail.Compile(replay.Parse(diag.NewSource("content/other.md", []byte(other)), &list), trail.Options{}, &list)
	last := 0
	for i := range m.Len() {
		if m.Place(i).Kind == trail.Debrief {
			last = i
		}
	}
	for language, want := range map[string]string{
		"": "A &lt;b> en ltr", "en": "A &lt;b> en ltr", "ar": `<span lang="ar" dir="rtl">A &lt;b></span> ar rtl`,
	} {
		led := s.Leading(func(string) *site.NextReplay { return &site.NextReplay{Title: "A <b>", Language: language} })
		got, err := led.Replay(m, &list).Page(last).Append(nil)
		if string(got) != want || err != nil {
			t.Errorf("language %q: %s, %v, want %s", language, got, err, want)
		}
	}
}

// kindOf returns the kind of a page by its name.
func kindOf(name string) string {
	folder, file, in := strings.Cut(strings.TrimSuffix(name, ".html"), "/")
	switch {
	case !in:
		return folder
	case folder == "tags" && file == "index":
		return "tags"
	case folder == "tags":
		return "tag"
	case file == "index":
		return "briefing"
	default:
		kind, _, _ := strings.Cut(file, "-")
		return kind
	}
}

// englishOf returns the parts between placeholders of all English words that a
// language says otherwise. Short ones may stand in other words.
func englishOf(t *testing.T, lang string) (parts []string) {
	t.Helper()
	const short = 5
	said := "\n"
	for _, text := range wordsIn(t, lang) {
		said += text + "\n"
	}
	for _, text := range wordsIn(t, "en") {
		for _, part := range literals(text) {
			if utf8.RuneCountInString(part) >= short && !strings.Contains(said, part) {
				parts = append(parts, part)
			}
		}
	}
	if len(parts) < 100 {
		t.Fatalf("%s: %d words to look for", lang, len(parts))
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}

// literals returns what stands around the placeholders of a word.
func literals(text string) (all []string) {
	for part := range strings.SplitSeq(text, "{") {
		if _, behind, ok := strings.Cut(part, "}"); ok {
			part = behind
		}
		all = append(all, strings.Trim(part, " ,.:()–"))
	}
	return all
}

// wordsIn returns every text in a table of the default theme.
func wordsIn(t *testing.T, lang string) (texts []string) {
	t.Helper()
	body, err := fs.ReadFile(themes.Default(), "words/"+lang+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list diag.List
	for _, e := range config.Entries(diag.NewSource(lang+".yaml", body), 0, len(body), &list) {
		texts = append(texts, e.Text)
		for _, form := range e.Entries {
			texts = append(texts, form.Text)
		}
	}
	return texts
}

// spokenBy returns what a page, or a part of one, says to those who look at it and
// to those who have it read to them.
func spokenBy(page string) (said []string) {
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return said
		case html.TextToken:
			said = append(said, string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range tokens.Token().Attr {
				switch a.Key {
				case "aria-label", "title", "alt":
					said = append(said, a.Val)
				}
			}
		}
	}
}

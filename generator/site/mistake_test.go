package site_test

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/themes"
)

// complaints builds a site with a theme of these files and returns what is said
// of the theme: "path:line:column-column message (hint)".
func complaints(t *testing.T, own map[string]string) (said []string) {
	t.Helper()
	var list diag.List
	render(t, source(), site.DefaultConfig(), folderOf(own), nil, &list)
	return ofTheme(t, &list)
}

// ofTheme returns what a list says of the theme.
func ofTheme(t *testing.T, list *diag.List) (said []string) {
	t.Helper()
	for _, d := range list.Sorted() {
		if d.Code != "theme" {
			continue
		}
		if d.Span.IsZero() {
			t.Errorf("no place is named for: %s", d.Message)
		}
		p := d.Span.Position()
		said = append(said, fmt.Sprintf("%s:%d:%d-%d %s (%s)", d.Span.Path(), p.Line, p.Column, p.Column+len(d.Span.Text()), d.Message, d.Hint))
	}
	return said
}

// TestTemplateMistakes are reported where they are, once, not once a replay, with
// what there is instead.
func TestTemplateMistakes(t *testing.T) {
	for _, test := range []struct{ file, text, want, hint string }{
		{"layouts/round.html", "<p>\n{{.Replya.Title}}", "2:3-10 there is no .Replya in a Page", "did you mean .Replay? a Page has .Site, .Lang, "},
		{"layouts/round.html", "{{.Replay.Titel}}", "1:10-16 there is no .Titel in a ReplayView", "did you mean .Title? a ReplayView has "},
		{"layouts/round.html", "{{range .Replay.Rounds}}{{.Site.Title}}{{end}}", "1:27-32 there is no .Site in a RoundView", "the page has it: $.Site; "},
		{"layouts/round.html", "{{.Replay.Rounds.Title}}", "1:17-23 a list has no .Title", "go through the list with {{range}}"},
		{"layouts/round.html", "{{.Round.Title.Short}}", "1:15-21 there is no .Short here: this is no more than a text or a number", ""},
		{"layouts/round.html", "{{.Choice.Letter}}", "1:10-17 .Letter is asked of a ChoiceView that is not here", "not every page has one: put {{with …}} or {{if …}} around it"},
		{"layouts/round.html", "\n{{ titel .Replay }}", "2:4-9 there is no function titel", "the functions are: list, n, static, t, and, "},
		{"layouts/round.html", "{{prnitf \"x\"}}", "1:3-9 there is no function prnitf", "did you mean printf? the functions are: "},
		{"layouts/round.html", "<p>\n {{template \"haed\" .}}", `2:13-19 there is no partial "haed"`, "did you mean head? the partials are: "},
		{"layouts/round.html", "{{$x}}", `1:1-7 undefined variable "$x"`, "themes/README.md"},
		{"layouts/round.html", "\n<a {{if .Offers}}>{{end}}", "2:9-26 {{if}} branches end in different contexts", "a tag or an attribute's value"},
		{"layouts/outcome.html", "\n\n{{if}}", "3:1-7 missing value for if", "themes/README.md"},
		{"layouts/closing.html", `{{.Slot "choices"}}`, `1:9-18 slot "choices": this place offers no choices`, "ask {{if .Offers}} first"},
		{"layouts/debrief.html", `{{.Slot "choises"}}`, `1:9-18 there is no slot "choises"`, "did you mean choices? there are title, "},
		{"layouts/debrief.html", `{{.Slot "suggest"}}`, `1:9-18 slot "suggest": there is no address for suggestions here`, "ask {{if .Suggests}} first"},
		{"layouts/moved.html", `{{.Slot "choices"}}`, `1:9-18 slot "choices": moved pages have only the slots title, `, ""},
		{"layouts/index.html", `{{.Slot "title"}}`, `1:9-16 slot "title": only layouts of pages with a trail have slots`, ""},
		{"layouts/404.html", `{{static "logo.svg"}}`, `1:10-20 there is no file "logo.svg" in static/`, "the theme has no folder static"},
		{"partials/head.html", "\n{{.Nonsense}}", "2:3-12 there is no .Nonsense in a Page", "a Page has "},
		{"layouts/round.html", `{{.Shared "haed"}}`, `1:11-17 there is no partial "haed"`, "did you mean head? the partials are: "},
		{"layouts/round.html", "\n<title>{{.Shared `top`}}</title>", "2:19-22 the shared partial \"top\" stands where no element can", "write {{template \"top\" .}} within a tag"},
		{"layouts/round.html", "\n<p title='{{.Shared \"top\"}}'>", `2:22-25 the shared partial "top" stands where no element can`, "write {{template \"top\" .}} within a tag"},
		{"layouts/round.html", `<style>{{.Shared "top"}}</style>`, `1:19-22 the shared partial "top" stands where no element can`, "write {{template \"top\" .}} within a tag"},
		{"layouts/index.html", `{{.Shared "top"}}`, `1:11-16 partial "top": only layouts of pages with a trail share partials`, "write {{template \"top\" .}}"},
		{"partials/top.html", "\n{{.Choice.Letter}}", "2:10-17 .Letter is asked of a ChoiceView that is not here", "not every page has one: put {{with …}} or {{if …}} around it"},
		{"partials/bottom.html", `{{.Shared "top"}}`, `1:11-16 partial "top": only layouts of pages with a trail share partials`, ""},
		{"slots/choices.html", `{{.Page.Slot "clock"}}`, `1:14-21 slot "clock": only layouts of pages with a trail have slots`, ""},
	} {
		said := complaints(t, map[string]string{test.file: test.text})
		want := "themes/own/" + test.file + ":" + test.want
		ok := slices.ContainsFunc(said, func(s string) bool {
			said, hint, _ := strings.Cut(s, " (")
			return strings.HasPrefix(said, want) && strings.HasPrefix(hint, test.hint)
		})
		if len(said) != 1 || !ok {
			t.Errorf("%s: %s:\n%q, want\n%s (%s", test.file, test.text, said, want, test.hint)
		}
	}
}

// TestEverySlotNamesItsFields: whatever a template sees, a mistake in it is
// answered by what is there.
func TestEverySlotNamesItsFields(t *testing.T) {
	fields := map[string]string{
		"choices": ".Left", "mark": ".Status", "step": ".Status", "clock": ".Score", "span": ".Pieces", "verdict": ".Verdict", "regret": ".Points",
	}
	files, err := fs.Glob(themes.Default(), "slots/*.html")
	if err != nil || len(files) != len(fields) {
		t.Errorf("there are the slots %q (%v)", files, err)
	}
	for _, file := range files {
		said := complaints(t, map[string]string{file: "{{.Nonsense}}"})
		field := fields[strings.TrimSuffix(path.Base(file), ".html")]
		if len(said) != 1 || !strings.Contains(said[0], "there is no .Nonsense in a ") || !strings.Contains(said[0], field) {
			t.Errorf("%s: %q does not name %s", file, said, field)
		}
	}
}

// TestUnknownThemeFiles that would never be used.
func TestUnknownThemeFiles(t *testing.T) {
	want := []string{
		`themes/own/layouts/rounds.html:1:1-1 there is no layout "rounds" (did you mean round? the layouts are: ` + "…",
		`themes/own/slots/tick.html:1:1-1 there is no slot "tick" (the slots are: ` + "…",
	}
	said := complaints(t, map[string]string{"layouts/rounds.html": "x", "slots/tick.html": "y"})
	for i, s := range said {
		before, _, _ := strings.Cut(s, "are: ")
		said[i] = before + "are: …"
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMistakesInEveryBranch: all mistakes are found, wherever the content leads.
func TestMistakesInEveryBranch(t *testing.T) {
	for _, test := range []struct {
		about, text string
		want        []string // "line:column-column message"
	}{
		{"a branch that is not taken", `{{if .Ending}}{{.Ending.Titel}}{{else}}{{.Rooot}}{{end}}`,
			[]string{"1:24-30 there is no .Titel in a EndingView", "1:42-48 there is no .Rooot in a Page"}},
		{"several lines", "{{.A}}\n{{.Replay.Rounds.B}}\n{{(index .Replay.Tags 0)}}{{(.Replay).C}}",
			[]string{"1:3-5 there is no .A in a Page", "2:17-19 a list has no .B", "3:38-40 there is no .C in a ReplayView"}},
		{"with and else with", `{{with .Choice}}{{.Nr}}{{else with .Round}}{{.Nr}}{{else}}{{.Nr}}{{end}}`,
			[]string{"1:19-22 there is no .Nr in a ChoiceView", "1:46-49 there is no .Nr in a RoundView", "1:61-64 there is no .Nr in a Page"}},
		{"range and variables", `{{range $i, $r := .Replay.Rounds}}{{$r.Nr}}{{$i.Nr}}{{range .Choices}}{{.Nr}}{{$.Nr}}{{end}}{{else}}{{.Nr}}{{end}}`,
			[]string{"1:39-42 there is no .Nr in a RoundView", "1:73-76 there is no .Nr in a ChoiceView", "1:81-84 there is no .Nr in a Page", "1:103-106 there is no .Nr in a Page"}},
		{"a variable behind its block", `{{$x := .Site}}{{if $y := .Replay}}{{$y.Nr}}{{else}}{{$y.Mr}}{{end}}{{$x.Nr}}`,
			[]string{"1:40-43 there is no .Nr in a ReplayView", "1:57-60 there is no .Mr in a ReplayView", "1:73-76 there is no .Nr in a SiteView"}},
		{"a variable that changes its type", `{{$x := .Site}}{{if .Replay}}{{$x = .Replay}}{{$x.Difficulty}}{{end}}`, nil},
		{"what functions return", `{{(index .Replay.Rounds 0).Nr}}{{with t "round_choose"}}{{.}}{{end}}{{(print 1) | len}}{{(static "dots.svg").Nr}}`,
			[]string{"1:109-112 there is no .Nr here: this is no more than a text or a number"}},
		{"arguments", `{{if and (eq .Kind "round") (not .Nr) (len .Replays.Nr)}}{{end}}{{printf "%v" .Mr | print}}`,
			[]string{"1:34-37 there is no .Nr in a Page", "1:52-55 a list has no .Nr", "1:79-82 there is no .Mr in a Page"}},
		{"slots", `{{if .Ending}}{{.Slot "verdikt"}}{{end}}{{range .Replay.Rounds}}{{$.Slot "stap" .}}{{end}}{{.Slot .Kind}}`,
			[]string{`1:23-32 there is no slot "verdikt"`, `1:74-80 there is no slot "stap"`}},
		{"static files", `{{if .Ending}}{{static "dot.svg"}}{{static "dots.svg"}}{{end}}`, []string{`1:24-33 there is no file "dot.svg" in static/`}},
		{"partials", `{{if .Ending}}{{template "nosuch" .}}{{end}}`, []string{`1:26-34 there is no partial "nosuch"`}},
		{"a template of its own", `{{define "own"}}{{.Nr}}{{end}}{{template "own" .Site}}{{template "own" .Replay}}{{template "own"}}`,
			[]string{"1:19-22 there is no .Nr in a SiteView", "1:19-22 there is no .Nr in a ReplayView"}},
		{"a template that calls itself", `{{define "own"}}{{.Nr}}{{template "own" .}}{{end}}{{template "own" .}}`, []string{"1:19-22 there is no .Nr in a Page"}},
	} {
		t.Run(test.about, func(t *testing.T) {
			var got []string
			var list diag.List
			own := folderOf(map[string]string{"static/dots.svg": drawing, "layouts/debrief.html": test.text})
			if _, err := site.LoadTheme("own", own, &list); err != nil { // nothing is run
				t.Fatal(err)
			}
			for _, s := range ofTheme(t, &list) {
				said, _, _ := strings.Cut(strings.TrimPrefix(s, "themes/own/layouts/debrief.html:"), " (")
				got = append(got, said)
			}
			slices.Sort(got)
			slices.Sort(test.want)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

// TestPartialsAreFollowedOnce a type: a mistake in one is said once, though every
// layout has it, and for every kind of value that it is called with.
func TestPartialsAreFollowedOnce(t *testing.T) {
	said := complaints(t, map[string]string{
		"partials/top.html":  "{{.Nr}}",
		"partials/own.html":  "{{.Label}}",
		"layouts/round.html": `{{template "own" .Round}}{{range .Round.Choices}}{{template "own" .}}{{end}}{{template "own" .Site}}`,
	})
	for i, s := range said {
		said[i], _, _ = strings.Cut(s, " (")
	}
	want := []string{
		"themes/own/partials/own.html:1:3-9 there is no .Label in a SiteView",
		"themes/own/partials/top.html:1:3-6 there is no .Nr in a Page",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

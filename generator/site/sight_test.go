package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// pagesOf returns all pages of a replay.
func pagesOf(t *testing.T, s *site.Site, text string) string {
	t.Helper()
	var list diag.List
	m := trail.Compile(replay.Parse(diag.NewSource("content/two.md", []byte(text)), &list), trail.Options{Detail: "rounds"}, &list)
	pages := prepared(t, s, m, &list)
	var all []byte
	for i := range m.Len() {
		var err error
		if all, err = pages.AppendPage(all, i); err != nil {
			t.Fatal(err)
		}
	}
	return string(all)
}

// TestSight: a replay's pages are the same whether a theme has met another replay
// before, which is alike but for its texts and times, or not; so a slot's template
// runs for whatever it may look at, in any way of looking.
func TestSight(t *testing.T) {
	first := fmt.Sprintf(twoRounds, "9m", "9m")
	second := fmt.Sprintf(twoRounds, "8m", "11m")
	for from, to := range map[string]string{
		"Two Rounds": "Other", "1: Start": "1: Begin", "A) One": "A) First", "D) Four": "D) Fourth", "[Result: Yes.": "[Result: Right.",
		"time:** 10": "time:** 12",
	} {
		second = strings.ReplaceAll(second, from, to)
	}
	spans := []string{`{{range .Pieces}}{{.}}{{end}}`, `{{printf "%v" .Pieces}}`, `{{range .Pieces}}{{.Width}}{{end}}`}
	for i, look := range []string{
		`{{.Word}} {{.Round.Label}}`,
		`{{.Replay.Title}}`,
		`{{if .Replay}}{{.Replay.Optimal}}{{end}}`,
		`{{.Round.Title}}`,
		`{{with .Round}}{{.Title}}{{end}}`,
		`{{with $r := .Round}}{{$r.Title}}{{end}}`,
		`{{$s := .}}{{$s.Round.Title}}`,
		`{{$r := .Round}}{{if .Grade}}{{$r = $.Round}}{{end}}{{$r.Title}}`,
		`{{template "mine" .}}`,
		`{{template "mine" $}}`,
		`{{with .Round}}{{template "round" .}}{{end}}`,
		`{{.Round.Situation}}{{.Round.Name}}`,
		`{{range .Picks}}{{.Letter}} {{.Cost}}{{end}}`,
		`{{range $i, $p := .Picks}}{{$p.Text}}{{end}}`,
		`{{range .Picks}}{{template "pick" .}}{{else}}{{.Round.Title}}{{end}}`,
		`{{if .Picks}}{{(index .Picks 0).Cost}}{{end}}`,
		`{{len .Picks}} {{.Misses}} {{.Counted}} {{.Exact}} {{.Taken}}`,
		`{{with .Round.Best}}{{.Cost}} {{list .Facts}}{{end}}`,
		`{{print .Round.Title | printf "%s %s" .Status}}`,
		`{{t "title" "place" .Round.Title "replay" .Word}}`,
		`{{with or .Round .Replay}}{{.Title}}{{end}}`,
		`{{range .Round.Choices}}{{.Letter}}{{.Regret}}{{end}}`,
		`{{eq .Round.Title "Begin"}}`,
	} {
		own := folderOf(map[string]string{
			"slots/mark.html":    look,
			"slots/clock.html":   `{{.Clock}} {{.Score}} {{with .Replay}}{{.Worst}}{{end}}`,
			"slots/span.html":    spans[i%len(spans)],
			"slots/regret.html":  `{{.Points}}{{.Replay.Slug}}`,
			"partials/mine.html": `{{.Round.Title}}`, "partials/round.html": `{{.Title}}`, "partials/pick.html": `{{.Label}}`,
		})
		var list diag.List
		theme := func() *site.Site { return newSite(t, site.DefaultConfig(), own, &list) }
		met := theme()
		if list.HasErrors() {
			t.Fatalf("%s: %v", look, list.Sorted())
		}
		pagesOf(t, met, first)
		got, want := pagesOf(t, met, second), pagesOf(t, theme(), second)
		if got != want {
			t.Errorf("%s: pages differ after those of another replay:\n%s\n%s", look, got, want)
		}
	}
}

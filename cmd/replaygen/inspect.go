package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

func newInspect() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "inspect FILE",
		Short: "Show what replaygen makes of one replay",
		Long: `Inspect parses one replay and prints its rounds, where its choices lead and what they
cost, and how many pages each trail detail would need. FILE may be - for standard input.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return inspect(cmd, args[0], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the model as JSON")
	return cmd
}

func inspect(cmd *cobra.Command, name string, asJSON bool) error {
	text, err := readInput(cmd, name)
	if err != nil {
		return fail(err)
	}
	var list diag.List
	cfg, err := configFor(name, &list)
	if err != nil {
		return fail(err)
	}
	if name == "-" {
		name = "stdin"
	}
	r := library.Parse(diag.NewSource(filepath.ToSlash(name), text), &list)
	m := library.Inspect(r, cfg, &list)
	if asJSON {
		if err := encode(cmd.OutOrStdout(), newModel(m, &list)); err != nil {
			return fail(err)
		}
	} else {
		if err := diag.WriteText(cmd.ErrOrStderr(), list.Sorted()); err != nil {
			return fail(err)
		}
		if err := printMachine(cmd.OutOrStdout(), m); err != nil {
			return fail(err)
		}
	}
	if list.HasErrors() {
		return &failure{code: exitContent}
	}
	return nil
}

// configFor reads the site.yaml of the content folder that a replay lies in.
func configFor(name string, list *diag.List) (site.Config, error) {
	path, err := filepath.Abs(name)
	if err != nil || name == "-" {
		return site.DefaultConfig(), err
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if filepath.Base(dir) == "content" {
			file := filepath.Join(dir, "site.yaml")
			text, err := os.ReadFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				return site.DefaultConfig(), nil
			}
			if err != nil {
				return site.Config{}, err
			}
			return site.ParseConfig(diag.NewSource(filepath.ToSlash(file), text), list), nil
		}
		if filepath.Dir(dir) == dir {
			return site.DefaultConfig(), nil
		}
	}
}

// model is what inspect --json prints; its field names are a contract.
type model struct {
	Title       string      `json:"title"`
	Slug        string      `json:"slug"`
	Setup       []fact      `json:"setup"`
	Rounds      []round     `json:"rounds"`
	Report      []fact      `json:"damage_report"`
	Optimal     float64     `json:"optimal_minutes"`
	Worst       float64     `json:"worst_minutes"`
	References  []reference `json:"cross_references"`
	Detail      string      `json:"detail"`
	Pages       pages       `json:"pages"`
	Diagnostics []diag.JSON `json:"diagnostics"`
}

// pages are the pages needed by detail, null beyond [trail.CountLimit].
type pages struct {
	Picks  *int `json:"picks"`
	Rounds *int `json:"rounds"`
	Grades *int `json:"grades"`
	Total  *int `json:"total"`
	None   *int `json:"none"`
}

func countPages(m *trail.Machine) pages {
	count := func(d trail.Detail) *int {
		if n, ok := m.Count(d); ok {
			return &n
		}
		return nil
	}
	return pages{
		Picks: count(trail.ByPicks), Rounds: count(trail.ByRounds), Grades: count(trail.ByGrades),
		Total: count(trail.ByTotal), None: count(trail.ByNone),
	}
}

type fact struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

type round struct {
	Label       string    `json:"label"`
	Title       string    `json:"title"`
	PressureCue string    `json:"pressure_cue"`
	Situation   string    `json:"situation"`
	Choices     []choice  `json:"choices"`
	Outcomes    []outcome `json:"outcomes"`
	Actions     []string  `json:"actions"`
}

type choice struct {
	Letter string `json:"letter"`
	Text   string `json:"text"`
}

type outcome struct {
	Letter string  `json:"letter"`
	Grade  string  `json:"grade"`
	Result string  `json:"result"`
	Next   string  `json:"next"`
	Cost   float64 `json:"cost_minutes"`
}

type reference struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	Href string `json:"href"`
}

func newModel(m *trail.Machine, list *diag.List) model {
	r := m.Replay
	out := model{
		Title: r.Title, Slug: r.Slug, Setup: facts(r.Setup), Report: facts(r.Report), Rounds: []round{},
		Optimal: float(m.Scoring.Optimal), Worst: float(m.Scoring.Worst),
		References: []reference{}, Detail: m.Detail.String(), Pages: countPages(m),
		Diagnostics: diag.ToJSON(list.Sorted()),
	}
	for i := range r.Rounds {
		out.Rounds = append(out.Rounds, newRound(m, i))
	}
	for _, ref := range r.CrossReferences {
		out.References = append(out.References, reference{Kind: ref.Kind, Text: ref.Text, Href: ref.Href})
	}
	return out
}

func newRound(m *trail.Machine, i int) round {
	r := m.Replay.Rounds[i]
	out := round{
		Label: r.Label, Title: r.Title, PressureCue: r.PressureCue.Plain(), Situation: markdown.Plain(r.Situation),
		Choices: []choice{}, Outcomes: []outcome{}, Actions: []string{},
	}
	for j, c := range r.Choices {
		letter := string(c.Letter)
		out.Choices = append(out.Choices, choice{Letter: letter, Text: c.Text.Plain()})
		out.Outcomes = append(out.Outcomes, outcome{
			Letter: letter, Grade: c.Outcome.Grade.String(), Result: c.Outcome.Result.Plain(),
			Next: target(m, i, j), Cost: float(m.Cost(i, j)),
		})
	}
	for _, a := range r.Actions {
		out.Actions = append(out.Actions, a.Plain())
	}
	return out
}

// target is the label of the round that a choice leads to, or debrief.
func target(m *trail.Machine, i, j int) string {
	next := m.NextRound(i, j)
	if next >= 0 {
		return m.Replay.Rounds[next].Label
	}
	if ending, ok := replay.EndingOf(next); ok {
		return m.Replay.Endings[ending].Title
	}
	return "debrief"
}

func facts(all []replay.Fact) []fact {
	out := []fact{}
	for _, f := range all {
		out = append(out, fact{Label: f.Label, Text: f.Text.Plain()})
	}
	return out
}

func float(q *big.Rat) float64 {
	f, _ := q.Float64()
	return f
}

func minutes(q *big.Rat) string {
	if q.IsInt() {
		return fmt.Sprintf("%s min", q.Num())
	}
	return fmt.Sprintf("%s min", q.FloatString(1))
}

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/trail"
)

type scoreFlags struct {
	source, replay string
	json           bool
}

func newScore() *cobra.Command {
	var flags scoreFlags
	cmd := &cobra.Command{
		Use:   "score URL_OR_TRAIL",
		Short: "Explain a link to a page, or a trail",
		Long: `Score says what a link to a page of a replay, or a trail, means: what was picked round by
round, as far as the replay's detail remembers it, the clock, the score, and what a best path
would have done. At a debrief it says how many random paths are slower.

The argument is a URL of a published page, in any form in which it can be pasted: with or
without its host, its extension and its parameters. Or it is a trail, such as 1-AC.2-B; then
--replay names the replay, unless there is only one.

A link that was made for an older version of the replay is followed as far as it goes, and what
is left of it is named; so is a clock or a score that the replay does not come to any more.

Exit codes: 0 explained, 1 the link names a replay, a page, a round or a choice that the content
does not have, or the replay has errors; 2 the argument is no link and no trail, or a parameter
is unknown or malformed; 3 the source could not be read.

With --json these fields are printed; null is what the detail does not know:

  replay, title             the replay's slug and title
  state                     the page's name, without extension
  place                     as the page's data-place: briefing, round-1, outcome-1A, closing-4, debrief
  trail                     what the page remembers
  detail                    how much that is: picks, rounds, grades, total, none
  clock_minutes, score      as the page shows them, rounded
  misses                    in all rounds
  beaten_percent            of the paths of a random responder, how many are slower; at a debrief
  median_minutes            half of those paths take at most so many, exact; at a debrief
  followed, left, problem   what was followed of the link's trail, what was not, and why
  notes                     where clock or score of the link disagree with the replay
  path                      by round: round, title, picks [letter, text, grade, cost_minutes],
                            exact (whether picks are all), misses, grade (the worst picked)
  best_path                 by round: round, title, letter, text, cost_minutes, clock_minutes`,
		Example: `  replaygen score 'https://example.org/replays/disk-full/debrief-2.1-ab.html?trail=1-AB&clock=14&score=17'
  replaygen score 1-AB --replay disk-full --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return score(cmd, args[0], flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.source, "source", ".", "directory that holds content/")
	f.StringVar(&flags.replay, "replay", "", "slug of the replay, where the argument does not name it")
	f.BoolVar(&flags.json, "json", false, "print the answer as JSON")
	return cmd
}

func score(cmd *cobra.Command, link string, flags scoreFlags) error {
	address, err := trail.ParseAddress(link)
	if err != nil {
		return fmt.Errorf("cannot read %q: %w", link, err)
	}
	edition := library.Open(library.Dir(flags.source), library.Options{Drafts: true})
	if err := edition.Err(); err != nil {
		return fail(err)
	}
	r, err := findReplay(edition, &address, flags)
	if err != nil {
		return err
	}
	m := edition.Machine(r)
	resolution := m.Resolver().Address(address)
	if resolution.Fault == trail.Malformed {
		return fmt.Errorf("cannot follow %q: %s", link, resolution.Problem)
	}
	mistakes := mistakesIn(edition, r)
	if err := diag.WriteText(cmd.ErrOrStderr(), mistakes); err != nil {
		return fail(err)
	}
	answer := newScored(m, address, resolution)
	if flags.json {
		err = encode(cmd.OutOrStdout(), answer)
	} else {
		err = answer.print(cmd.OutOrStdout())
	}
	if err != nil {
		return fail(err)
	}
	switch {
	case resolution.Fault == trail.Unknown:
		return &failure{code: exitContent, err: errors.New(resolution.Problem)}
	case len(mistakes) > 0:
		return &failure{code: exitContent}
	}
	return nil
}

// findReplay returns the replay that a link or else --replay names. A link to a
// replay's folder may lack the slash that ends it.
func findReplay(edition *library.Edition, a *trail.Address, flags scoreFlags) (*library.Replay, error) {
	replays := edition.Replays()
	slug := strings.ToLower(a.Folder)
	if flags.replay != "" {
		slug = flags.replay
	} else if r := edition.Find(strings.ToLower(a.Page)); r != nil && edition.Find(slug) == nil {
		a.Page = edition.Machine(r).Name(0) // the briefing
		return r, nil
	}
	var slugs []string
	for _, r := range replays {
		slugs = append(slugs, r.Slug)
	}
	switch r := edition.Find(slug); {
	case len(replays) == 0:
		return nil, &failure{code: exitContent, err: fmt.Errorf("there are no replays in %s", flags.source)}
	case a.Page == "" && a.Trail == "":
		return nil, errors.New("the link leads to no page of a replay")
	case r != nil:
		return r, nil
	case slug == "" && len(replays) == 1:
		return replays[0], nil
	case slug == "":
		return nil, fmt.Errorf("name the replay with --replay: %s", strings.Join(slugs, ", "))
	}
	hint := ""
	if near := config.Nearest(slug, slugs); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, &failure{code: exitContent, err: fmt.Errorf("there is no replay %q in %s%s", slug, flags.source, hint)}
}

// mistakesIn returns the errors in a replay or in the settings of the site.
func mistakesIn(edition *library.Edition, r *library.Replay) (mistakes []diag.Diagnostic) {
	list := edition.Common()
	list.Append(edition.Problems(r))
	for _, d := range list.Sorted() {
		if d.Severity == diag.Error {
			mistakes = append(mistakes, d)
		}
	}
	return mistakes
}

package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/diag"
)

type checkFlags struct {
	generator.Options
	quiet, json, annotations bool
	cache                    cacheFlags
}

func newCheck() *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Report mistakes without building",
		Long: `Check reports what build would report of the content, the settings and the theme, but
makes no pages and changes no files, so it is quick: for an editor, or for a hook that
runs before a commit. It exits with 1 if there are errors.

A template that fails only with the texts of one replay is found by build alone.`,
		Example: `  replaygen check
  replaygen check --source incidents --drafts`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return check(cmd, flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.Source, "source", ".", "directory that holds content/ and, if there are any, themes/")
	f.BoolVar(&flags.Drafts, "drafts", false, "check drafts too")
	flags.cache.add(cmd)
	f.BoolVar(&flags.quiet, "quiet", false, "print problems only")
	f.BoolVar(&flags.json, "json", false, "print the problems as JSON")
	f.BoolVar(&flags.annotations, "annotations", false, "print problems as GitHub Actions annotations")
	return cmd
}

func check(cmd *cobra.Command, flags checkFlags) error {
	defer generator.BoundMemory()()
	flags.Cache, flags.Program = flags.cache.open(cmd.ErrOrStderr())
	defer flags.Cache.Close() // what cannot be kept is found out again
	report, err := generator.Check(cmd.Context(), flags.Options)
	if err != nil && !errors.Is(err, generator.ErrContent) {
		return fail(err)
	}
	if printErr := printFindings(cmd.OutOrStdout(), report, flags); printErr != nil {
		return fail(printErr)
	}
	if err != nil {
		return &failure{code: exitContent} // all has been said
	}
	return nil
}

// findings is what check --json prints; its field names are a contract.
type findings struct {
	Replays     int         `json:"replays"`
	Errors      int         `json:"errors"`
	Warnings    int         `json:"warnings"`
	Notes       int         `json:"notes"`
	Diagnostics []diag.JSON `json:"diagnostics"`
}

func printFindings(w io.Writer, report *generator.Report, flags checkFlags) error {
	list, all := &report.Diagnostics, report.Diagnostics.Sorted()
	if flags.json {
		return encode(w, findings{
			Replays: len(report.Replays), Errors: list.Count(diag.Error), Warnings: list.Count(diag.Warning),
			Notes: list.Count(diag.Note), Diagnostics: diag.ToJSON(all),
		})
	}
	if err := printProblems(w, all, flags.quiet, flags.annotations); err != nil || flags.quiet {
		return err
	}
	if len(all) > 0 && !flags.annotations {
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "%s, %s\n", plural(len(report.Replays), "replay"), tally(list))
	return err
}

// tally says how many problems of each severity a list has.
func tally(list *diag.List) string {
	var counts []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		if n := list.Count(s); n > 0 {
			counts = append(counts, plural(n, s.String()))
		}
	}
	if len(counts) == 0 {
		return "no problems"
	}
	return strings.Join(counts, ", ")
}

package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
)

type buildFlags struct {
	generator.Options
	quiet, json, annotations bool
	only                     string
	cache                    cacheFlags
	profiles                 profiles
}

func newBuild() *cobra.Command {
	var flags buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Long: `Build compiles the replays in content/ and publishes the site.

Nothing is published if the content has errors. Files that are not replaygen's own
are never touched, and a build that is interrupted leaves a complete site behind.

The names of the pages are kept in content/names/, one file a replay. Commit them:
a page that an edit renames or removes is then replaced by one that leads on to the
nearest place, so that links which people have shared keep working. --forget drops
the names of pages that are no longer made; links to them break.

What builds find out about replays and highlighted code is kept in a cache, so that
the next build costs what has changed. It makes no difference to the site.

With an --output whose name ends in .tar, or "-" for standard output, the site goes
into an archive instead of a directory.

--only facilitator publishes the facilitator's sheets, which hold all answers, and
nothing else, to a folder of their own. The sheets of replays that say
"facilitator: false" are among them.`,
		Example: `  replaygen build
  replaygen build --base-url https://example.org/replays/ --output /srv/replays
  replaygen build --output site.tar
  replaygen build --only facilitator --output sheets`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return build(cmd, flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.Source, "source", ".", "directory that holds content/ and, if there are any, themes/")
	f.StringVar(&flags.Output, "output", "", "directory to publish into, or a .tar file; - writes an archive to standard output (default SOURCE/public)")
	f.StringVar(&flags.BaseURL, "base-url", "", "where the site will be published; overrides site.yaml")
	f.BoolVar(&flags.Drafts, "drafts", false, "publish drafts too")
	f.BoolVar(&flags.Forget, "forget", false, "drop the names of pages that are no longer made; links to them break")
	f.StringVar(&flags.only, "only", "", "publish a part of the site to an --output of its own; the part there is: facilitator")
	f.BoolVar(&flags.Verify, "verify", false, "read the files of the output to see whether somebody changed them, instead of trusting sizes and times")
	flags.cache.add(cmd)
	flags.profiles.add(cmd)
	f.BoolVar(&flags.quiet, "quiet", false, "print problems only")
	f.BoolVar(&flags.json, "json", false, "print a summary as JSON")
	f.BoolVar(&flags.annotations, "annotations", false, "print problems as GitHub Actions annotations")
	return cmd
}

// check reports wrong usage, and settles what the flags mean together.
func (f *buildFlags) check() error {
	if problem := site.CheckBaseURL(f.BaseURL); problem != "" {
		return fmt.Errorf("--base-url %q %s", f.BaseURL, problem)
	}
	switch strings.ToLower(filepath.Ext(f.Output)) {
	case ".gz", ".tgz", ".xz", ".zst", ".bz2", ".zip":
		return fmt.Errorf("--output %q: archives are not compressed here; write for example --output - | gzip > site.tar.gz", f.Output)
	}
	switch f.only {
	case "":
	case "facilitator":
		if f.Sheets = true; f.Output == "" {
			return errors.New("--only facilitator needs an --output of its own")
		}
	default:
		return fmt.Errorf("--only %q: the one part that can be published alone is facilitator", f.only)
	}
	return nil
}

func build(cmd *cobra.Command, flags buildFlags) error {
	if err := flags.check(); err != nil {
		return err
	}
	defer generator.BoundMemory()()
	began := time.Now()
	stdout, stderr := cmd.OutOrStdout(), cmd.ErrOrStderr()
	if flags.Output == "-" {
		flags.Output, flags.Archive, stdout = "", stdout, stderr
	}
	stop, err := flags.profiles.start()
	if err != nil {
		return fail(err)
	}
	defer stop()
	flags.Cache, flags.Program = flags.cache.open(stderr)
	defer flags.Cache.Close() // what cannot be kept is found out again
	if !flags.quiet && !flags.json {
		bar := newProgress(stderr)
		flags.Start, flags.Progress = bar.start, bar.step
		defer bar.finish()
	}
	report, err := generator.Build(cmd.Context(), flags.Options)
	return fail(cmp.Or(printBuild(stdout, stderr, flags, report, err, time.Since(began)), err))
}

// printBuild prints what a build, which ended with err, has to say.
func printBuild(stdout, stderr io.Writer, flags buildFlags, report *generator.Report, err error, took time.Duration) error {
	diagnostics := report.Diagnostics.Sorted()
	if flags.json {
		return printSummary(stdout, report, diagnostics, took)
	}
	if printErr := printProblems(stderr, diagnostics, flags.quiet, flags.annotations); printErr != nil || err != nil || flags.quiet {
		return printErr
	}
	return printReport(stdout, report, took)
}

// printProblems prints diagnostics, without notes if quiet, for people or for GitHub.
func printProblems(w io.Writer, all []diag.Diagnostic, quiet, annotations bool) error {
	if quiet {
		all = withoutNotes(all)
	}
	if annotations {
		return diag.WriteGitHub(w, all)
	}
	return diag.WriteText(w, all)
}

func withoutNotes(all []diag.Diagnostic) (kept []diag.Diagnostic) {
	for _, d := range all {
		if d.Severity != diag.Note {
			kept = append(kept, d)
		}
	}
	return kept
}

// printReport prints a line per replay and a closing line.
func printReport(out io.Writer, report *generator.Report, took time.Duration) error {
	w := bufio.NewWriter(out)
	for _, r := range report.Replays {
		fmt.Fprintf(w, "%s: %s, %s, detail %s (%s)\n", r.Card.Title,
			plural(r.Card.Rounds, "round"), plural(r.Card.Pages, "page"), r.Detail, r.Why)
	}
	printNames(w, report.Names)
	p := report.Published
	fmt.Fprintf(w, "%s, %.1f MB in %s: %d written, %d unchanged, %d removed\n",
		plural(p.Files, "file"), float64(p.Bytes)/1e6, took.Round(time.Millisecond), p.Written, p.Unchanged, p.Removed)
	return w.Flush()
}

// printNames says what became of links that people may have shared.
func printNames(w *bufio.Writer, n generator.Names) {
	switch {
	case n.Retired == 1:
		fmt.Fprintln(w, "1 shared link retired by this edit; its page leads on to the nearest place")
	case n.Retired > 1:
		fmt.Fprintf(w, "%d shared links retired by this edit; their pages lead on to the nearest place\n", n.Retired)
	case n.Forgotten > 0:
		fmt.Fprintf(w, "%s forgotten; from now on the host answers “not found”\n", plural(n.Forgotten, "shared link"))
	}
	if n.Written > 0 {
		fmt.Fprintf(w, "%s changed in content/names; commit them, so that shared links keep working\n", plural(n.Written, "file"))
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// summary is what build --json prints; its field names are a contract.
type summary struct {
	Replays     []replaySummary `json:"replays"`
	Files       int             `json:"files"`
	Bytes       int64           `json:"bytes"`
	Written     int             `json:"written"`
	Unchanged   int             `json:"unchanged"`
	Removed     int             `json:"removed"`
	Retired     int             `json:"retired"`    // pages that lived until this build
	Tombstones  int             `json:"tombstones"` // pages that stand for retired ones, in all
	Forgotten   int             `json:"forgotten"`  // names dropped by --forget
	Seconds     float64         `json:"seconds"`
	Diagnostics []diag.JSON     `json:"diagnostics"`
}

type replaySummary struct {
	Slug   string `json:"slug"`
	Title  string `json:"title"`
	File   string `json:"file"`
	Rounds int    `json:"rounds"`
	Pages  int    `json:"pages"`
	Detail string `json:"detail"`
	Why    string `json:"why"`
}

func printSummary(w io.Writer, report *generator.Report, diagnostics []diag.Diagnostic, took time.Duration) error {
	p, n := report.Published, report.Names
	s := summary{
		Replays: []replaySummary{}, Files: p.Files, Bytes: p.Bytes, Written: p.Written,
		Unchanged: p.Unchanged, Removed: p.Removed, Seconds: took.Seconds(), Diagnostics: diag.ToJSON(diagnostics),
		Retired: n.Retired, Tombstones: n.Tombstones, Forgotten: n.Forgotten,
	}
	for _, r := range report.Replays {
		s.Replays = append(s.Replays, replaySummary{
			Slug: r.Card.Slug, Title: r.Card.Title, File: r.File, Rounds: r.Card.Rounds,
			Pages: r.Card.Pages, Detail: r.Detail, Why: r.Why,
		})
	}
	return encode(w, s)
}

// encode prints v as indented JSON, with < and & as they are.
func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isTerminalFile(f)
}

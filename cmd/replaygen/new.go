package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/scaffold"
)

func newNew() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Start a site, a replay or a theme",
		Long: `New writes the files to begin with. Nothing is ever overwritten: if one of the files
exists, nothing is written at all.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSite(), newReplay(), newTheme())
	return cmd
}

func newSite() *cobra.Command {
	return &cobra.Command{
		Use:   "site DIR",
		Short: "Start a site",
		Long: `Site writes a directory that builds as it is: content/ with settings and a short replay
that explains the format, a workflow for GitHub Pages, and notes for the site's authors.
DIR may exist as long as it holds none of these files.`,
		Example: `  replaygen new site incidents`,
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return startSite(cmd, args[0]) },
	}
}

func startSite(cmd *cobra.Command, dir string) error {
	if dir == "" {
		return errors.New("the directory of a new site needs a name; use . for the current one")
	}
	dir = filepath.Clean(dir)
	paths, err := scaffold.Write(dir, scaffold.Site())
	if err != nil {
		return fail(err)
	}
	next := []string{
		"replaygen serve    # preview while you write",
		"replaygen build    # write the site to public/",
	}
	if dir != "." {
		next = slices.Insert(next, 0, "cd "+shellWord(dir))
	}
	return fail(printNew(cmd.OutOrStdout(), paths, next...))
}

type newReplayFlags struct {
	scaffold.Replay
	source string
}

func newReplay() *cobra.Command {
	var flags newReplayFlags
	cmd := &cobra.Command{
		Use:   "replay SLUG",
		Short: "Start a replay",
		Long: `Replay writes content/SLUG.md, which can be played as it is and explains every part of
the format in notes that readers never see. SLUG is the replay's folder on the site: a to z,
0 to 9 and hyphens. A preview that runs shows the replay by itself.`,
		Example: `  replaygen new replay disk-full
  replaygen new replay disk-full --title "Disk Full, Nothing to Delete" --rounds 3 --choices 3`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			flags.Slug = args[0]
			return startReplay(cmd, flags)
		},
	}
	f := cmd.Flags()
	f.IntVar(&flags.Rounds, "rounds", 4, fmt.Sprintf("rounds with choices, %d to %d; a closing round follows", scaffold.MinRounds, scaffold.MaxRounds))
	f.IntVar(&flags.Choices, "choices", 4, fmt.Sprintf("choices in each round, %d to %d", scaffold.MinChoices, scaffold.MaxChoices))
	f.StringVar(&flags.Title, "title", "", "title (default made of SLUG)")
	f.StringVar(&flags.source, "source", ".", "directory that holds content/")
	return cmd
}

func startReplay(cmd *cobra.Command, flags newReplayFlags) error {
	source := filepath.Clean(flags.source)
	// Drafts have slugs, too. What else is wrong with other replays is no matter.
	edition := library.Open(library.Dir(source), library.Options{Drafts: true})
	flags.MaxPages = edition.Config().Trail.MaxPages
	file, err := flags.File()
	if err != nil {
		return err
	}
	if err := edition.Err(); err != nil {
		return fail(err)
	}
	if other := edition.Find(flags.Slug); other != nil {
		return fail(fmt.Errorf("nothing was written: %s has the slug %q already", other.Path, flags.Slug))
	}
	paths, err := scaffold.Write(filepath.Join(source, library.ContentDir), []scaffold.File{file})
	if err != nil {
		return fail(err)
	}
	return fail(printNew(cmd.OutOrStdout(), paths,
		"replaygen serve"+sourceFlag(source)+"    # a preview that runs already shows it by itself"))
}

func newTheme() *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "theme NAME",
		Short: "Start a theme",
		Long: `Theme writes themes/NAME/, which looks like the default theme: theme.yaml, which says
what the theme is and which one it extends, a stylesheet with the colours and fonts to
change, and notes on how to replace parts of the pages.`,
		Example: `  replaygen new theme ours`,
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return startTheme(cmd, source, args[0]) },
	}
	cmd.Flags().StringVar(&source, "source", ".", "directory that holds content/")
	return cmd
}

func startTheme(cmd *cobra.Command, source, name string) error {
	source = filepath.Clean(source)
	files, err := scaffold.Theme(name)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(source, library.ContentDir)); err != nil {
		return fail(fmt.Errorf("%w (use --source DIR to name the folder that holds %s)", err, library.ContentDir))
	}
	paths, err := scaffold.Write(filepath.Join(source, library.ThemesDir), files)
	if err != nil {
		return fail(err)
	}
	return fail(printNew(cmd.OutOrStdout(), paths,
		fmt.Sprintf("write \"theme: %s\" to %s", name, filepath.Join(source, filepath.FromSlash(library.ConfigFile))),
		"replaygen serve"+sourceFlag(source)))
}

// printNew says what was written and what to do next.
func printNew(w io.Writer, paths []string, next ...string) error {
	var text strings.Builder
	for _, path := range paths {
		fmt.Fprintf(&text, "wrote %s\n", path)
	}
	text.WriteString("\nNext:\n")
	for _, step := range next {
		fmt.Fprintf(&text, "  %s\n", step)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// sourceFlag repeats a --source that is not the default.
func sourceFlag(source string) string {
	if source == "." {
		return ""
	}
	return " --source " + shellWord(source)
}

// shellWord quotes a path for a shell if it holds more than plain characters.
func shellWord(path string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/.:_-"+string(filepath.Separator), r)
	}
	if strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

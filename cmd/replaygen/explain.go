package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

func newExplain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Explain a problem that was reported",
		Long: `Explain prints what a problem means, with an example and its fix. CODE is the word in
brackets behind the message. Without a code it lists all of them.`,
		Example:   `  replaygen explain next-unknown`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: codeNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fail(listCodes(cmd.OutOrStdout()))
			}
			return explain(cmd.OutOrStdout(), args[0])
		},
	}
}

// explain prints the document of a code, which may be in its brackets still.
func explain(w io.Writer, name string) error {
	code := strings.ToLower(strings.Trim(name, "[] "))
	text, ok := diag.Doc(diag.Code(code))
	if !ok {
		advice := "\"replaygen explain\" lists all codes"
		if near := config.Nearest(code, codeNames()); near != "" {
			advice = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Errorf("no problem has the code %q; %s", name, advice)
	}
	_, err := io.WriteString(w, text)
	return fail(err)
}

// listCodes prints a line per code: the code, and what is wrong in a few words.
func listCodes(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, code := range diag.Codes() {
		text, _ := diag.Doc(code)
		title, _, _ := strings.Cut(text, "\n")
		_, what, _ := strings.Cut(title, ": ")
		fmt.Fprintf(table, "%s\t%s\n", code, what)
	}
	return table.Flush()
}

func codeNames() (names []string) {
	for _, code := range diag.Codes() {
		names = append(names, string(code))
	}
	return names
}

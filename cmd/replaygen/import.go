package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/importer"
)

func newImport() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Turn the text of a replay's web page into the replay format",
		Long: `Import reads the page of a rendered replay and writes Markdown in the replay format.
The page may be saved, as HTML, or its text may have been copied: then bullets, code
marks and some headings are lost, and what had to be guessed is reported. FILE may be
- for standard input.`,
		Example: `  replaygen import page.html -o content/dns-timeout.md
  replaygen import page.txt -o content/dns-timeout.md`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return importFile(cmd, args[0], output) },
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "file to write, which must not exist (default standard output)")
	return cmd
}

func importFile(cmd *cobra.Command, name, output string) error {
	text, err := readInput(cmd, name)
	if err != nil {
		return fail(err)
	}
	var list diag.List
	markdown := importer.Import(diag.NewSource(name, text), &list)
	if err := diag.WriteText(cmd.ErrOrStderr(), list.Sorted()); err != nil {
		return fail(err)
	}
	if list.HasErrors() {
		return &failure{code: exitContent}
	}
	if output == "" {
		_, err := cmd.OutOrStdout().Write(markdown)
		return fail(err)
	}
	return fail(writeNew(output, markdown))
}

// readInput reads a file, or standard input for "-".
func readInput(cmd *cobra.Command, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(cmd.InOrStdin())
	}
	return os.ReadFile(name)
}

// writeNew writes a file that must not exist: an author's text is never overwritten.
func writeNew(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists; remove it or choose another name", name)
	}
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

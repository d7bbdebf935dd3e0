// Command replaygen turns incident replays written in Markdown into a web site
// that needs no script and still knows the reader's score.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator"
)

// The exit codes are a contract.
const (
	exitContent = 1 // the content has errors
	exitUsage   = 2 // wrong usage
	exitIO      = 3 // something could not be read or written
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run executes the command line and returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second time, the system ends what does not end by itself
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	var failed *failure
	if !errors.As(err, &failed) {
		// What cobra reports by itself is an unknown command, flag or argument.
		fmt.Fprintf(stderr, "replaygen: %v\nTry 'replaygen help'.\n", err)
		return exitUsage
	}
	if failed.err != nil {
		fmt.Fprintf(stderr, "replaygen: %v\n", failed.err)
	}
	return failed.code
}

// failure is an error with its exit code. Without err everything has been said.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string {
	if f.err == nil {
		return "failed"
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// fail gives an error of a stage its exit code.
func fail(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, generator.ErrContent):
		return &failure{code: exitContent, err: err}
	default:
		return &failure{code: exitIO, err: err}
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "replaygen",
		Short: "Compile incident replays into a web site without scripts",
		Long: `replaygen compiles incident replays, written in Markdown, into linked HTML pages:
one per round and branch, with the clock and the score on every page and in every
link. The pages hold no script and work on any host, under any path, and from a disk.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddCommand(newBuild(), newCheck(), newExplain(), newImport(), newInspect(), newNew(), newScore(), newServe(), newVersion())
	return root
}

// Command replaybench measures replaygen on generated libraries of any size, as
// ratios or against the clock of one run, so that anyone can repeat it.
//
//	go run ./cmd/replaybench build
//	go run ./cmd/replaybench serve
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"

	"github.com/replaygen/replaygen/generator/specimen"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "replaybench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("say what to measure: build or serve")
	}
	switch args[0] {
	case "build":
		return benchBuild(ctx, args[1:])
	case "serve":
		return benchServe(ctx, args[1:])
	case "child": // see measure and startPreview
		if args[1] == "build" {
			return buildChild(ctx, args[2:])
		}
		return serveChild(ctx, args[2:])
	}
	return fmt.Errorf("cannot measure %q: there are build and serve", args[0])
}

// write makes a library below dir, which must not exist yet.
func write(dir string, l specimen.Library) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	return l.Write(dir)
}

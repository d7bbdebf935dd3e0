// Command replaybench measures replaygen, on generated libraries of any size or on
// replays of its own, beside what else does the work, so that anyone can repeat it.
//
//	go run ./cmd/replaybench build
//	go run ./cmd/replaybench scale
//	go run ./cmd/replaybench pages
//	go run ./cmd/replaybench serve
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

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
		return errors.New("say what to measure: build, scale, pages or serve")
	}
	switch args[0] {
	case "build":
		return benchBuild(ctx, args[1:])
	case "scale":
		return benchScale(ctx, args[1:])
	case "pages":
		return benchPages(ctx, args[1:])
	case "serve":
		return benchServe(ctx, args[1:])
	case childBuild:
		return buildChild(ctx, args[1:])
	case childServe:
		return serveChild(ctx, args[1:])
	}
	return fmt.Errorf("cannot measure %q: there are build, scale, pages and serve", args[0])
}

// What this program calls itself with, so that what is measured has a process of
// its own.
const (
	childBuild = "child-build"
	childServe = "child-serve"
)

// write makes a library in dir, which must not exist yet, or in a temporary folder
// if dir is "", and returns where. Who calls it calls remove in the end.
func write(dir string, l specimen.Library) (written string, remove func(), err error) {
	remove = func() {}
	if dir == "" {
		temporary, err := os.MkdirTemp("", "replaybench")
		if err != nil {
			return "", nil, err
		}
		remove = func() { _ = os.RemoveAll(temporary) } // it lies where such things are cleared away
		dir = filepath.Join(temporary, "library")
	}
	if err = os.Mkdir(dir, 0o755); err == nil {
		err = l.Write(dir)
	}
	if err != nil {
		remove()
		return "", nil, err
	}
	return dir, remove, nil
}

package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"runtime"

	"github.com/replaygen/replaygen/generator/specimen"
)

// A setup is what measurements of builds have in common.
type setup struct {
	library    specimen.Library
	dir        string // on the file system to measure; "" is where temporary files go
	processors int    // that a measured process may use
	out, log   io.Writer
}

func newSetup() setup {
	return setup{processors: runtime.GOMAXPROCS(0), out: os.Stdout, log: os.Stderr}
}

// add adds the flags that say what the replays of the library are like, and where to
// work.
func (s *setup) add(f *flag.FlagSet) {
	f.IntVar(&s.library.Pages, "pages", 500, "pages a replay, about")
	f.IntVar(&s.library.Bytes, "bytes", 20_000, "bytes of a replay's text, about")
	f.IntVar(&s.library.CodeBlocks, "code", 10, "code blocks a replay")
	f.StringVar(&s.dir, "dir", "", "folder on the file system to measure (default: where temporary files go)")
}

// inFolder calls work with a new folder, which is removed in the end.
func (s *setup) inFolder(work func(dir string) error) error {
	dir, err := os.MkdirTemp(s.dir, "replaybench")
	if err != nil {
		return err
	}
	err = work(dir)
	return errors.Join(err, os.RemoveAll(dir))
}

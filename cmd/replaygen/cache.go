package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/cache"
)

// cacheFlags say where a command keeps what it finds out.
type cacheFlags struct {
	dir  string
	none bool
}

func (c *cacheFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.dir, "cache", "", "directory that keeps what builds find out; it may be deleted at any time (default in the user's cache directory)")
	cmd.Flags().BoolVar(&c.none, "no-cache", false, "work everything out anew and keep nothing")
}

// open opens the cache, nil for none, and identifies the program. All works without:
// a cache that was asked for and cannot be is told. Whoever gets one closes it.
func (c *cacheFlags) open(stderr io.Writer) (*cache.Store, string) {
	if c.none {
		return nil, ""
	}
	dir, asked := c.dir, c.dir != ""
	program, err := cache.Program()
	if err == nil && !asked {
		dir, err = os.UserCacheDir()
		dir = filepath.Join(dir, "replaygen")
	}
	var store *cache.Store
	if err == nil {
		store, err = cache.Open(dir, cache.Options{})
	}
	if err != nil {
		if asked {
			fmt.Fprintf(stderr, "replaygen: nothing is kept for the next build: %v\n", err)
		}
		return nil, ""
	}
	return store, program
}

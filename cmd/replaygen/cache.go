package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/replaygen/replaygen/generator/cache"
)

// openCache opens the cache in a directory, "" for the user's, and identifies the
// program. All works without a cache: one that was asked for and cannot be is told.
func openCache(dir string, stderr io.Writer) (*cache.Store, string) {
	asked := dir != ""
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

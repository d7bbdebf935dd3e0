package main

import (
	"crypto/sha256"
	"encoding/hex"
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
	program, err := identity()
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

// identity returns a hash of the running program: versions do not tell one build of
// a developer from the next.
func identity() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, file)
	return hex.EncodeToString(hash.Sum(nil)), err
}

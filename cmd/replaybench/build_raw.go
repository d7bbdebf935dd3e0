package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/parallel"
)

// files are all files of a site.
type files []listed

// A listed file is one by its path in the site.
type listed struct {
	path string
	size int64 // bytes
}

// list lists what is in a folder.
func list(dir string) (all files, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		all = append(all, listed{rel, info.Size()})
		return err
	})
	return all, err
}

func (all files) bytes() (total int64) {
	for _, f := range all {
		total += f.size
	}
	return total
}

// stored returns how many bytes files take on a disk, which keeps them in blocks.
func (all files) stored() (total int64) {
	const block = 4096
	for _, f := range all {
		total += (f.size + block - 1) / block * block
	}
	return total
}

// save writes the list to a file, for [load].
func (all files) save(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	for _, f := range all {
		fmt.Fprintf(out, "%d %s\n", f.size, f.path)
	}
	return errors.Join(out.Flush(), file.Close())
}

// load reads a list that was saved.
func load(name string) (all files, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		size, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n, err := strconv.ParseInt(size, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, listed{path, n})
	}
	return all, nil
}

// A folder is files that lie in one.
type folder struct {
	path  string
	files files
}

// folders sorts files into folders, in the order in which the first of each comes.
func (all files) folders() (sorted []folder) {
	at := map[string]int{}
	for _, f := range all {
		dir := filepath.Dir(f.path)
		i, known := at[dir]
		if !known {
			i = len(sorted)
			at[dir] = i
			sorted = append(sorted, folder{path: dir})
		}
		sorted[i].files = append(sorted[i].files, listed{filepath.Base(f.path), f.size})
	}
	return sorted
}

// writeRaw writes files of the names and sizes that a listing has below dir, from
// memory and with nothing else, on all processors: the floor for any build.
func writeRaw(listing, dir string) (r result, err error) {
	all, err := load(listing)
	if err != nil {
		return r, err
	}
	r.Written = len(all)
	var most int64
	for _, f := range all {
		most = max(most, f.size)
	}
	body, folders := bytes.Repeat([]byte("x"), int(most)), all.folders()
	errs := make([]error, len(folders))
	r.figure, err = timed(func() error {
		parallel.Each(len(folders), func(i int) {
			errs[i] = folders[i].write(filepath.Join(dir, folders[i].path), body)
		})
		return errors.Join(errs...)
	})
	return r, err
}

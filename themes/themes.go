// Package themes holds the themes that come with replaygen. It is data alone:
// what layouts, slots and styles mean is defined by generator/site and
// described for theme authors in themes/README.md.
package themes

import (
	"embed"
	"io/fs"
	"slices"
)

//go:embed default docs
var embedded embed.FS

// Names returns the names of the themes that come with replaygen. Every theme
// takes what it lacks from the first.
func Names() []string { return []string{"default", "docs"} }

// Default returns the files of the default theme.
func Default() fs.FS {
	files, _ := Builtin("default")
	return files
}

// Builtin returns the files of a theme that comes with replaygen; ok is false if
// there is none of that name.
func Builtin(name string) (files fs.FS, ok bool) {
	if !slices.Contains(Names(), name) {
		return nil, false
	}
	files, err := fs.Sub(embedded, name)
	if err != nil {
		panic(err) // the names are valid constants
	}
	return files, true
}

// Package themes holds the themes that come with replaygen. It is data alone:
// what layouts, slots and styles mean is defined by generator/site and
// described for theme authors in themes/README.md.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default
var embedded embed.FS

// Default returns the files of the default theme.
func Default() fs.FS {
	files, err := fs.Sub(embedded, "default")
	if err != nil {
		panic(err) // the name is a valid constant
	}
	return files
}

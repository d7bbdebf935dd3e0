package generator

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrSheetsPlace is returned where facilitator's sheets alone would be published
// without a place of their own: they would replace the site.
var ErrSheetsPlace = errors.New("facilitator's sheets alone need an output of their own, in which there is no site")

// checkSheetsPlace refuses an output that holds a site. A site has a map, and
// sheets alone have none.
func checkSheetsPlace(opts Options) error {
	switch {
	case opts.Archive != nil || isArchive(opts.Output):
		return nil
	case opts.Output == "":
		return ErrSheetsPlace
	}
	_, err := os.Lstat(filepath.Join(opts.Output, "sitemap.xml"))
	switch {
	case err == nil:
		return fmt.Errorf("%s: %w", opts.Output, ErrSheetsPlace)
	case errors.Is(err, os.ErrNotExist):
		return nil
	}
	return err
}

package generator

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/site"
)

// ErrSheetsPlace is returned where facilitator's sheets alone would be published
// without a place of their own: they would replace the site.
var ErrSheetsPlace = errors.New("facilitator's sheets alone need an output of their own, in which there is no site")

// checkSheetsPlace refuses an output that holds a site. A site has a map, and
// sheets alone have none.
func checkSheetsPlace(opts Options) error {
	if opts.Output == "" {
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

// renderSheets renders the facilitator's sheets, a list of them, and what they
// refer to. Sheets that the public site leaves out are among them.
func renderSheets(edition *library.Edition, list *diag.List) *pages {
	s, replays := edition.Site(), edition.Replays()
	sheets, errs := make([]site.File, len(replays)), make([]error, len(replays)+1)
	parallel.Each(len(replays), func(i int) {
		sheets[i] = edition.Pages(replays[i]).Extras()[0]
		_, errs[i] = sheets[i].Append(nil)
	})
	p := &pages{fixed: append(s.Styles(), s.SheetIndex(edition.Cards()))}
	errs[len(replays)] = s.Render(p.fixed)
	s.Report(errs, list)
	p.fixed = append(append(p.fixed, sheets...), edition.Content().Assets()...)
	return p
}

// Package generator builds a site of incident replays: from Markdown to linked
// pages that need no script and still know the reader's score.
//
// [Build] is the whole pipeline. ARCHITECTURE.md in this folder walks through
// it and says why each stage is where it is.
package generator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/publish"
)

// Options say what to build.
type Options struct {
	Source string // directory that holds content/; "" is the current one
	// Output is the directory to publish into, or a file whose name ends in .tar;
	// "" is public/ in the source.
	Output string
	// Archive, if not nil, is where the site goes as a tar archive, as it comes.
	Archive io.Writer
	BaseURL string // overrides the site's base_url if not empty
	Drafts  bool   // publish drafts too
	Forget  bool   // drop the names of pages that are no longer made, so that links to them break
	// Sheets publishes the facilitator's sheets alone, to an Output of their own.
	Sheets bool
	// Cache keeps between builds what takes long to work out; nil is without. The
	// site is the same with any. Program identifies the program that builds: what
	// another one kept is not used.
	Cache   *cache.Store
	Program string
	// Verify reads the files of the output to see that nobody has changed them,
	// where their sizes and times would do.
	Verify bool
	// Start is called once the number of replays is known, and Progress as files
	// and replays are done, from several goroutines; both may be nil.
	Start    func(replays int)
	Progress func(files, replays int)
}

// A Report says what a build made of its source.
type Report struct {
	Diagnostics diag.List
	Replays     []library.Facts // in the order of their files' paths
	Published   publish.Summary // zero if content has errors: then nothing is written
	Names       Names           // zero likewise
}

// ErrContent is returned when the content has errors; the report holds them.
var ErrContent = errors.New("the content has errors")

// Build compiles a source into a site and publishes it. Mistakes of authors are
// collected from all stages; only a site without errors is published, whole.
//
// Replay by replay, pages go from their text to a place beside the output, so that
// memory does not grow with the site; the output changes when all of it is there.
func Build(ctx context.Context, opts Options) (*Report, error) {
	report := &Report{}
	if opts.Sheets {
		if err := checkSheetsPlace(opts); err != nil {
			return report, err
		}
	}
	edition := openEdition(opts)
	if err := edition.Err(); err != nil {
		return report, err
	}
	b, err := newBuilding(ctx, opts, edition, report)
	if err != nil {
		return report, err
	}
	defer b.close()
	parallel.Each(len(b.jobs), func(i int) { b.publishReplay(b.jobs[i]) })
	b.tell()
	err = b.publishRest()
	switch {
	case ctx.Err() != nil:
		return report, context.Cause(ctx)
	case report.Diagnostics.HasErrors():
		return report, fmt.Errorf("%w; nothing was published", ErrContent)
	case err != nil:
		return report, err
	}
	if err := b.err(); err != nil {
		return report, err
	}
	if report.Published, err = b.output.Commit(); err != nil {
		return report, err
	}
	if report.Names, err = b.writeNames(); err != nil {
		return report, fmt.Errorf("the site is published, but %w", err)
	}
	b.remember()
	return report, nil
}

// openEdition opens the source: replays are compiled one by one, and dropped then.
func openEdition(opts Options) *library.Edition {
	return library.Open(library.Dir(sourceDir(opts)), library.Options{
		BaseURL: opts.BaseURL, Drafts: opts.Drafts, Sheets: opts.Sheets,
		Keep: runtime.GOMAXPROCS(0), Reread: true, Cache: opts.Cache, Program: opts.Program,
	})
}

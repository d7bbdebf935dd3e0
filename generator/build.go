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
	"path/filepath"
	"slices"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// Options say what to build.
type Options struct {
	Source  string // directory that holds content/; "" is the current one
	Output  string // directory to publish into; "" is public/ in the source
	BaseURL string // overrides the site's base_url if not empty
	Drafts  bool   // publish drafts too
	Forget  bool   // drop the names of pages that are no longer made, so that links to them break
	// Sheets publishes the facilitator's sheets alone, to an Output of their own.
	Sheets bool
	// Start is called once the number of files is known, before the first is
	// written, and Progress as files are done, from several goroutines; both may be nil.
	Start    func(files int)
	Progress func(files int)
}

// A Report says what a build made of its source.
type Report struct {
	Diagnostics diag.List
	Machines    []*trail.Machine // in the order of their files' paths
	Published   publish.Summary  // zero if content has errors: then nothing is written
	Names       Names            // zero likewise
}

// ErrContent is returned when the content has errors; the report holds them.
var ErrContent = errors.New("the content has errors; nothing was published")

// Build compiles a source into a site and publishes it. Mistakes of authors are
// collected from all stages; only a site without errors is published, whole.
func Build(ctx context.Context, opts Options) (*Report, error) {
	report := &Report{}
	list := &report.Diagnostics
	if opts.Sheets {
		if err := checkSheetsPlace(opts); err != nil {
			return report, err
		}
	}
	edition := library.Open(library.Dir(sourceDir(opts)), library.Options{BaseURL: opts.BaseURL, Drafts: opts.Drafts, Sheets: opts.Sheets})
	if err := edition.Err(); err != nil {
		return report, err
	}
	list.Append(edition.Diagnose(ctx))
	if err := ctx.Err(); err != nil {
		return report, err
	}
	report.Machines = machines(edition)
	var kept []keeping
	var pages *pages
	if opts.Sheets {
		pages = renderSheets(edition, list)
	} else {
		var err error
		if kept, err = keepNames(edition, report.Machines, opts.Forget, list); err != nil {
			return report, err
		}
		pages = render(edition, kept, list)
	}
	if list.HasErrors() {
		return report, ErrContent
	}
	var err error
	if report.Published, err = publishSite(ctx, pages, opts); err != nil {
		return report, err
	}
	if report.Names, err = writeNames(filepath.Join(sourceDir(opts), library.NamesDir), kept); err != nil {
		return report, fmt.Errorf("the site is published, but %w", err)
	}
	return report, nil
}

func machines(edition *library.Edition) (all []*trail.Machine) {
	for _, r := range edition.Replays() {
		all = append(all, edition.Machine(r))
	}
	return all
}

// pages are all files of a site, rendered so far that none can fail.
type pages struct {
	fixed      []site.File // that are no state's page
	replays    []*site.Replay
	tombstones []site.File
}

// render renders what pages are stitched from. What is wrong with the theme goes to list.
func render(edition *library.Edition, kept []keeping, list *diag.List) *pages {
	s, replays := edition.Site(), edition.Replays()
	p := &pages{replays: make([]*site.Replay, len(replays)), fixed: slices.Concat(s.Static(), s.Lists(edition.Cards()))}
	errs := make([]error, len(replays)+1)
	parallel.Each(len(replays), func(i int) {
		p.replays[i] = edition.Pages(replays[i])
		errs[i] = p.replays[i].Render()
	})
	errs[len(replays)] = s.Render(p.fixed)
	s.Report(errs, list)
	p.fixed = append(p.fixed, edition.Content().Assets()...)
	for _, k := range kept {
		tombstone := func(name string) site.File { return s.Tombstone(k.slug, name) }
		if r := edition.Find(k.slug); r != nil {
			tombstone = edition.Pages(r).Tombstone
		}
		for _, name := range k.retired {
			p.tombstones = append(p.tombstones, tombstone(name))
		}
	}
	return p
}

// len returns the number of files.
func (p *pages) len() int {
	n := len(p.fixed) + len(p.tombstones)
	for _, r := range p.replays {
		n += r.Machine().Len() + len(r.Extras())
	}
	return n
}

// all yields every file. Its order is the same every time.
func (p *pages) all(yield func(site.File) bool) {
	for _, f := range p.fixed {
		if !yield(f) {
			return
		}
	}
	for _, r := range p.replays {
		for i := range r.Machine().Len() {
			if !yield(r.Page(i)) {
				return
			}
		}
		for _, f := range r.Extras() {
			if !yield(f) {
				return
			}
		}
	}
	for _, f := range p.tombstones {
		if !yield(f) {
			return
		}
	}
}

func publishSite(ctx context.Context, p *pages, opts Options) (publish.Summary, error) {
	if opts.Start != nil {
		opts.Start(p.len())
	}
	source := sourceDir(opts)
	return publish.Dir(ctx, p.all, publish.Options{
		Dir:      outputDir(opts),
		Sources:  []string{filepath.Join(source, library.ContentDir), filepath.Join(source, library.ThemesDir)},
		Progress: opts.Progress,
	})
}

func sourceDir(opts Options) string {
	if opts.Source == "" {
		return "."
	}
	return opts.Source
}

func outputDir(opts Options) string {
	if opts.Output == "" {
		return filepath.Join(sourceDir(opts), "public")
	}
	return opts.Output
}

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
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/replaygen/replaygen/generator/check"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/themes"
)

const codeNoTheme diag.Code = "no-theme"

// Options say what to build.
type Options struct {
	Source  string // directory that holds content/; "" is the current one
	Output  string // directory to publish into; "" is public/ in the source
	BaseURL string // overrides the site's base_url if not empty
	Drafts  bool   // publish drafts too
	Forget  bool   // drop the names of pages that are no longer made, so that links to them break
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
	source := os.DirFS(sourceDir(opts))

	cfg, machines, err := Open(source, opts.Drafts, list)
	if err != nil {
		return report, err
	}
	report.Machines = machines
	if opts.BaseURL != "" {
		cfg.BaseURL = opts.BaseURL
	}
	kept, err := keepNames(source, report.Machines, opts.Forget, list)
	if err != nil {
		return report, err
	}
	theme, err := loadTheme(source, cfg.Theme, list)
	if err != nil {
		return report, err
	}
	// Links lead to nothing outside the content folder, symbolic ones included.
	content, err := os.OpenRoot(filepath.Join(sourceDir(opts), contentDir))
	if err != nil {
		return report, err
	}
	defer content.Close()
	pages, err := site.New(cfg, theme, report.Machines, retiredPages(kept), content.FS(), list)
	if err != nil {
		return report, err
	}
	if list.HasErrors() {
		return report, ErrContent
	}
	if report.Published, err = publishSite(ctx, pages, opts); err != nil {
		return report, err
	}
	if report.Names, err = writeNames(filepath.Join(sourceDir(opts), namesDir), kept); err != nil {
		return report, fmt.Errorf("the site is published, but %w", err)
	}
	return report, nil
}

func publishSite(ctx context.Context, pages *site.Site, opts Options) (publish.Summary, error) {
	if opts.Start != nil {
		opts.Start(pages.Len())
	}
	source := sourceDir(opts)
	return publish.Dir(ctx, pages.Files(), publish.Options{
		Dir:      outputDir(opts),
		Sources:  []string{filepath.Join(source, contentDir), filepath.Join(source, "themes")},
		Progress: opts.Progress,
	})
}

// Open reads a source: its settings and its replays, compiled and checked.
func Open(source fs.FS, drafts bool, list *diag.List) (site.Config, []*trail.Machine, error) {
	cfg, err := readConfig(source, list)
	if err != nil {
		return cfg, nil, err
	}
	replays, err := readReplays(source, list)
	if err != nil {
		return cfg, nil, err
	}
	replays = withoutDrafts(replays, drafts)
	checkSlugs(replays, list)
	machines := compile(replays, trailOptions(cfg), list)
	check.Run(machines, list)
	return cfg, machines, nil
}

// Inspect parses and compiles one replay, with the settings of the site that
// its file belongs to, if any.
func Inspect(r *replay.Replay, cfg site.Config, list *diag.List) *trail.Machine {
	machines := compile([]*replay.Replay{r}, trailOptions(cfg), list)
	check.Run(machines, list)
	return machines[0]
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

func trailOptions(cfg site.Config) trail.Options {
	onMiss, _ := trail.ParseOnMiss(cfg.Trail.OnMiss) // a bad word has been reported
	return trail.Options{Detail: cfg.Trail.Detail, MaxPages: cfg.Trail.MaxPages, OnMiss: onMiss}
}

// readReplays reads all replays of a source in parallel.
func readReplays(source fs.FS, list *diag.List) ([]*replay.Replay, error) {
	paths, err := findReplays(source, list)
	if err != nil {
		return nil, err
	}
	replays, errs := make([]*replay.Replay, len(paths)), make([]error, len(paths))
	inParallel(len(paths), list, func(i int, list *diag.List) {
		replays[i], errs[i] = ReadReplay(source, paths[i], list)
	})
	return replays, errors.Join(errs...)
}

// compile compiles all replays in parallel.
func compile(replays []*replay.Replay, opts trail.Options, list *diag.List) []*trail.Machine {
	machines := make([]*trail.Machine, len(replays))
	inParallel(len(replays), list, func(i int, list *diag.List) {
		machines[i] = trail.Compile(replays[i], opts, list)
	})
	return machines
}

// inParallel calls work for 0 to n-1 on all processors, each with a list of its
// own; what they say is added to list in order.
func inParallel(n int, list *diag.List, work func(i int, list *diag.List)) {
	lists := make([]diag.List, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				work(i, &lists[i])
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for i := range lists {
		list.Append(&lists[i])
	}
}

// loadTheme loads the theme called name: the source's own themes/<name>/ over
// the default one.
func loadTheme(source fs.FS, name string, list *diag.List) (*site.Theme, error) {
	dir := "themes/" + name
	var own fs.FS
	if info, err := fs.Stat(source, dir); err == nil && info.IsDir() {
		own, err = fs.Sub(source, dir)
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
	} else if name != "default" {
		list.Errorf(codeNoTheme, diag.Span{}, "set theme in content/site.yaml to default, or make that folder", "there is no theme %s", dir)
	}
	return site.LoadTheme(own, themes.Default(), dir, list)
}

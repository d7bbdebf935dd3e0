package generator

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/publish"
)

// An output is where a site goes: a directory or an archive. See [publish.Release].
type output interface {
	Keep(folder string, sum publish.Sum) (kept bool, err error)
	Add(folder publish.Folder) (publish.Sum, error)
	Commit() (publish.Summary, error)
	Close() error
}

// begin begins to publish to the output that the options name.
func begin(ctx context.Context, opts Options) (output, error) {
	progress := func(files int) { opts.Progress(files, 0) }
	source := sourceDir(opts)
	sources := []string{filepath.Join(source, library.ContentDir), filepath.Join(source, library.ThemesDir)}
	switch {
	case opts.Archive != nil:
		return publish.NewArchive(ctx, opts.Archive, progress), nil
	case isArchive(opts.Output):
		return publish.CreateArchive(ctx, opts.Output, sources, progress)
	default:
		return publish.Begin(ctx, publish.Options{
			Dir: outputDir(opts), Sources: sources, Progress: progress, Cache: opts.Cache, Verify: opts.Verify,
		})
	}
}

// isArchive reports whether a site goes into a tar file by its name.
func isArchive(name string) bool { return strings.EqualFold(filepath.Ext(name), ".tar") }

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

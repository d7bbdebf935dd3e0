package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/replaygen/replaygen/generator/specimen"
)

// A bench is a library on the file system to measure, and what is built of it.
type bench struct {
	dir        string // holds the library, the cache, and all that is built
	memory     bool   // whether it is kept there
	processors int    // that a measured process may use
	site       string // folder with the site of the library as it is
}

// newBench writes a library into a folder that does not exist yet.
func newBench(dir string, l specimen.Library, processors int) (*bench, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	d, err := diskOf(dir)
	if err != nil {
		return nil, err
	}
	b := &bench{dir: dir, memory: d.memory, processors: processors}
	if err := l.Write(b.source()); err != nil {
		return nil, err
	}
	return b, b.addTheme()
}

func (b *bench) source() string  { return filepath.Join(b.dir, "source") }
func (b *bench) cache() string   { return filepath.Join(b.dir, "cache") }
func (b *bench) listing() string { return filepath.Join(b.dir, "files") }

// output returns the folder of what is measured in a lap.
func (b *bench) output(k buildKind, lap int) string {
	return filepath.Join(b.dir, fmt.Sprintf("%s %d", k, lap))
}

// first builds the site once without measuring. That writes the names of pages into
// the library, which has them from then on, and fills the cache.
func (b *bench) first(ctx context.Context) error {
	b.site = filepath.Join(b.dir, "first")
	_, err := b.run(ctx, task{Role: roleBuild, Source: b.source(), Output: b.site, Cache: b.cache()})
	return err
}

// A lap is what each kind took, one after the other.
type lap struct {
	figures [buildKinds]figure
	files   int   // of the site
	bytes   int64 // of those
}

// lap measures the kinds of a lap once; n counts laps from 0. Outputs stay: disks are slow
// with new files for a while after others were removed. Memory is not, and there is
// less of it, so there they go.
func (b *bench) lap(ctx context.Context, n int, last bool) (l lap, err error) {
	if err := b.survey(&l); err != nil {
		return l, err
	}
	for _, k := range order(n, last) {
		r, err := b.measure(ctx, k, n)
		if err != nil {
			return l, fmt.Errorf("%s: %w", k, err)
		}
		l.figures[k] = r.figure
	}
	before := b.site
	b.site = b.output(coldWarm, n)
	return l, b.clear(before, b.output(rawWrite, n), b.output(cold, n))
}

// survey notes in a lap what files the site has, and lists them for the raw writer.
func (b *bench) survey(l *lap) error {
	files, err := list(b.site)
	if err != nil {
		return err
	}
	l.files, l.bytes = len(files), files.bytes()
	return files.save(b.listing())
}

// measure measures one kind.
func (b *bench) measure(ctx context.Context, k buildKind, lap int) (result, error) {
	t := task{Role: roleBuild, Source: b.source(), Output: b.output(coldWarm, lap), Cache: b.cache()}
	var err error
	switch k {
	case rawWrite:
		t = task{Role: roleRaw, Listing: b.listing(), Output: b.output(k, lap)}
	case rendering:
		t = task{Role: roleRender, Source: b.source()}
	case cold:
		t.Output, t.Cache = b.output(k, lap), ""
	case replayEdited:
		err = b.editReplay(lap)
	case styleEdited:
		err = b.editStyle(lap)
	case archive:
		t = task{Role: roleArchive, Source: b.source()}
	}
	if err != nil {
		return result{}, err
	}
	if !b.memory {
		settle()
	}
	r, err := b.run(ctx, t)
	if err == nil && (r.Written == 0) != (k == rendering || k == noChange) {
		err = fmt.Errorf("%d files were written", r.Written) // so it was not what is to be measured
	}
	return r, err
}

// clear removes folders from memory.
func (b *bench) clear(folders ...string) error {
	if !b.memory {
		return nil
	}
	var errs []error
	for _, folder := range folders {
		errs = append(errs, os.RemoveAll(folder))
	}
	return errors.Join(errs...)
}

// fit returns for how many of so many laps there is room.
func (b *bench) fit(laps int) (int, error) {
	d, err := diskOf(b.dir)
	if err != nil {
		return 0, err
	}
	files, err := list(b.site)
	if err != nil {
		return 0, err
	}
	const sites = 3 // that a lap writes
	need := room{sites * files.stored(), sites * int64(len(files))}
	switch n := d.free.holds(need); {
	case n == 0:
		return 0, fmt.Errorf("%s has no room for %d MB in %d files", d.name, need.bytes/1e6, need.files)
	case b.memory: // the next lap gets the room of this one
		return laps, nil
	default:
		return min(laps, n), nil
	}
}

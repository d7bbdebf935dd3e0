package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
)

// A scalePlan says up to which size libraries are built.
type scalePlan struct {
	setup
	largest int // pages, about
}

// benchScale measures cold builds of libraries of 1,000 pages and more, beside a raw
// writer of the same files: what grows, and how.
func benchScale(ctx context.Context, args []string) error {
	plan := scalePlan{setup: newSetup()}
	f := flag.NewFlagSet("scale", flag.ContinueOnError)
	f.IntVar(&plan.largest, "largest", 100_000, "pages of the largest library, about")
	plan.add(f)
	if err := f.Parse(args); err != nil {
		return err
	}
	if plan.library.Pages < 1 {
		return errors.New("--pages must be 1 or more")
	}
	return plan.inFolder(func(dir string) error { return plan.run(ctx, dir) })
}

func (plan scalePlan) run(ctx context.Context, dir string) error {
	var laps []lap
	var l lap // the last one
	for _, pages := range sizes(plan.largest) {
		d, err := diskOf(dir)
		if err != nil {
			return err
		}
		if len(laps) == 0 {
			fmt.Fprintf(plan.out, "cold builds on %s, %d processors\n\n", d.name, plan.processors)
		} else if d.free.holds(l.needs(pages)) == 0 {
			fmt.Fprintf(plan.log, "there is no room for %d pages\n", pages)
			break
		}
		fmt.Fprintf(plan.log, "%d pages\n", pages)
		if l, err = plan.measure(ctx, filepath.Join(dir, fmt.Sprint(pages)), pages); err != nil {
			return err
		}
		laps = append(laps, l)
	}
	return scaleTable(laps).print(plan.out)
}

// needs estimates what room it takes to measure so many pages, if they are like those
// of this lap.
func (l lap) needs(pages int) room {
	const sites = 2 // a cold build and the raw write
	const block = 4096
	return room{sites * int64(pages) * (l.bytes/int64(l.files) + block), sites * int64(pages)}
}

// sizes returns 1, 3 and 10 times 1,000 and so on, up to a largest number of pages.
func sizes(largest int) (all []int) {
	for n := 1000; n <= largest; n *= 10 {
		if all = append(all, n); 3*n <= largest {
			all = append(all, 3*n)
		}
	}
	return all
}

// measure measures a library of about so many pages in a folder that does not exist
// yet. Where files are kept in memory it is cleared for the next one; a disk is not,
// since it is slow with new files for a while after others were removed.
func (plan scalePlan) measure(ctx context.Context, dir string, pages int) (l lap, err error) {
	plan.library.Replays = max(1, pages/plan.library.Pages)
	b, err := newBench(dir, plan.library, plan.processors)
	if err != nil {
		return l, err
	}
	if _, err := b.measure(ctx, archive, 0); err != nil { // which writes the names of pages
		return l, err
	}
	for _, k := range []buildKind{cold, rawWrite, archive} {
		r, err := b.measure(ctx, k, 0)
		if err != nil {
			return l, fmt.Errorf("%s: %w", k, err)
		}
		if l.figures[k] = r.figure; k == cold {
			b.site = b.output(cold, 0)
			if err := b.survey(&l); err != nil {
				return l, err
			}
		}
	}
	return l, b.clear(dir)
}

func scaleTable(laps []lap) (t table) {
	t.add("files", "MB", "cold", "a file", "memory", "raw write", "of raw", "tar", "MB/s")
	for _, l := range laps {
		t.add(fmt.Sprintf("%7d", l.files),
			fmt.Sprintf("%6.0f", float64(l.bytes)/1e6),
			fmt.Sprintf("%7.2f s", l.wall(cold)),
			fmt.Sprintf("%6.1f µs", l.aFile(l.wall(cold))),
			fmt.Sprintf("%4.0f MiB", float64(l.figures[cold].Memory)/(1<<20)),
			fmt.Sprintf("%7.2f s", l.wall(rawWrite)),
			fmt.Sprintf("%5.2f", l.wall(cold)/l.wall(rawWrite)),
			fmt.Sprintf("%7.2f s", l.wall(archive)),
			fmt.Sprintf("%4.0f", l.rate(l.wall(archive))))
	}
	return t
}

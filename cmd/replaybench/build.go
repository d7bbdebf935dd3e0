package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
)

// A buildPlan says how often to measure builds of a library.
type buildPlan struct {
	setup
	runs  int
	check bool // fail where a ratio is far above its target
}

// benchBuild measures builds, each in a process of its own, beside a raw writer of
// exactly the same files and beside rendering alone: in turn, on the same file
// system, into fresh folders.
func benchBuild(ctx context.Context, args []string) error {
	plan := buildPlan{setup: newSetup()}
	f := flag.NewFlagSet("build", flag.ContinueOnError)
	f.IntVar(&plan.library.Replays, "replays", 200, "replays in the library")
	f.IntVar(&plan.runs, "runs", 3, "runs of each kind; medians are printed")
	f.BoolVar(&plan.check, "check", false, "fail where a ratio is far above its target; meant for small libraries")
	plan.add(f)
	if err := f.Parse(args); err != nil {
		return err
	}
	if plan.runs < 1 {
		return errors.New("--runs must be 1 or more")
	}
	if plan.check {
		plan.processors = min(plan.processors, checkedProcessors)
		return plan.inFolder(func(dir string) error { return plan.runCheck(ctx, dir) })
	}
	return plan.inFolder(func(dir string) error { return plan.run(ctx, dir) })
}

func (plan buildPlan) run(ctx context.Context, dir string) error {
	b, err := plan.open(ctx, filepath.Join(dir, "library"))
	if err != nil {
		return err
	}
	laps, err := plan.laps(ctx, b)
	if err != nil {
		return err
	}
	return plan.print(b, laps[0])
}

// open makes a bench for the library in a folder that does not exist yet, with a first
// site.
func (plan buildPlan) open(ctx context.Context, dir string) (*bench, error) {
	b, err := newBench(dir, plan.library, plan.processors)
	if err != nil {
		return nil, err
	}
	return b, b.first(ctx)
}

// laps measures everything as often as wanted, or as there is room for: of each bench
// in turn. The last of them needs the most room.
func (plan buildPlan) laps(ctx context.Context, benches ...*bench) ([][]lap, error) {
	runs, err := benches[len(benches)-1].fit(plan.runs)
	if err != nil {
		return nil, err
	}
	if runs < plan.runs {
		fmt.Fprintf(plan.log, "there is room for %d of %d runs only\n", runs, plan.runs)
	}
	all := make([][]lap, len(benches))
	for n := range runs {
		fmt.Fprintf(plan.log, "run %d of %d\n", n+1, runs)
		for i, b := range benches {
			l, err := b.lap(ctx, n, n == runs-1)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], l)
		}
	}
	return all, nil
}

// print prints what laps of a bench took, and what they should take.
func (plan buildPlan) print(b *bench, laps []lap) error {
	d, err := diskOf(b.dir)
	if err != nil {
		return err
	}
	l := laps[0]
	fmt.Fprintf(plan.out, "%d replays, %d files, %.0f MB on %s, %d processors, median of %d runs\n\n",
		plan.library.Replays, l.files, float64(l.bytes)/1e6, d.name, plan.processors, len(laps))
	if err := takenTable(laps).print(plan.out); err != nil {
		return err
	}
	return targetTable(targets(d, l.files), laps).print(plan.out)
}

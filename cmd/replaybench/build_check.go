package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
)

// A limit is what builds of a small library must not exceed, on any machine. Limits
// lie far above the targets: other programs keep machines busy, disks differ, and a
// few thousand files are soon written. What exceeds them is not a little slow: it
// does something twice, or for every page.
type limit struct {
	name string
	of   func(lap) float64
	most float64
	hint string // how to read it
}

// limits are about laps without start-up, see [lap.beyond]. None is of a time.
func limits() []limit {
	return []limit{
		{"cold / (raw write + rendering)", lap.coldWall, 2,
			"that is as if everything were rendered and written twice, or by one processor"},
		{"cold / (raw write + rendering), CPU", lap.coldCPU, 2,
			"that is as if everything were rendered and written twice"},
		{"no change / cold, CPU", func(l lap) float64 { return l.cpu(noChange) / l.cpu(cold) }, 0.3,
			"it is above if everything is rendered again"},
		{"replay edited / cold, CPU", func(l lap) float64 { return l.cpu(replayEdited) / l.cpu(cold) }, 0.3,
			"it is above if other replays are rendered again"},
		{"tar / cold, CPU", func(l lap) float64 { return l.cpu(archive) / l.cpu(cold) }, 1.5,
			"an archive spares the file system, so it is below 1"},
		{"most memory / its target", func(l lap) float64 { return l.memory() / memoryTarget }, 2,
			"it grows with every replay if one that is done is kept"},
	}
}

// errFar is returned where a limit is exceeded.
var errFar = errors.New("far above target")

// checkedProcessors is how many processors a checked build has, at most: with more,
// rendering takes less time, writing does not, and memory grows.
const checkedProcessors = 2

// runCheck measures a library beside one of a single replay, prints what both took,
// and fails if what the other replays took exceeds a limit.
func (plan buildPlan) runCheck(ctx context.Context, dir string) error {
	single := plan
	single.library.Replays = 1
	start, err := single.open(ctx, filepath.Join(dir, "single"))
	if err != nil {
		return err
	}
	b, err := plan.open(ctx, filepath.Join(dir, "library"))
	if err != nil {
		return err
	}
	laps, err := plan.laps(ctx, start, b)
	if err != nil {
		return err
	}
	if err := plan.print(b, laps[1]); err != nil {
		return err
	}
	others := beyond(laps[1], laps[0])
	fmt.Fprintf(plan.out, "Without what a build of a single replay takes:\n\n")
	if err := limitTable(limits(), others).print(plan.out); err != nil {
		return err
	}
	return check(limits(), others)
}

// beyond takes start-up from laps.
func beyond(laps, starts []lap) (all []lap) {
	for i, l := range laps {
		all = append(all, l.beyond(starts[i]))
	}
	return all
}

// limitTable says how laps compare with limits.
func limitTable(limits []limit, laps []lap) (t table) {
	t.add("", "median", "least", "limit")
	for _, l := range limits {
		median, least, _ := values(laps, l.of)
		t.add(l.name, fmt.Sprintf("%5.2f", median), fmt.Sprintf("%5.2f", least), fmt.Sprintf("%5.2f", l.most))
	}
	return t
}

// check returns an error that names each limit that every lap exceeds: what the
// machine does besides makes a lap slower, but hardly all of them.
func check(limits []limit, laps []lap) error {
	var errs []error
	for _, l := range limits {
		if _, least, _ := values(laps, l.of); least > l.most {
			errs = append(errs, fmt.Errorf("%s: at least %.2f in every run, at most %.2f is allowed: %w (%s)", l.name, least, l.most, errFar, l.hint))
		}
	}
	return errors.Join(errs...)
}

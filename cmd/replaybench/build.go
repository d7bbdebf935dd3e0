package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/specimen"
)

// buildChild is the process that is measured: one build of args[0] into args[1].
func buildChild(ctx context.Context, args []string) error {
	_, err := generator.Build(ctx, generator.Options{Source: args[0], Output: args[1]})
	return err
}

type buildPlan struct {
	library specimen.Library
	runs    int
	dir     string
}

// A figure is what one run of a process took.
type figure struct {
	wall, user, system time.Duration
	memory             int64 // most resident bytes
}

// benchBuild measures builds, each in a process of its own, beside a raw writer
// of exactly the same files: in turn, on the same file system, into fresh folders.
func benchBuild(ctx context.Context, args []string) error {
	var plan buildPlan
	f := flag.NewFlagSet("build", flag.ContinueOnError)
	f.IntVar(&plan.library.Replays, "replays", 200, "replays in the library")
	f.IntVar(&plan.library.Pages, "pages", 500, "pages a replay, about")
	f.IntVar(&plan.runs, "runs", 3, "runs of each kind; medians are printed")
	f.StringVar(&plan.dir, "dir", "", "work in this folder, which must not exist yet (default: a temporary one)")
	if err := f.Parse(args); err != nil {
		return err
	}
	dir, remove, err := write(plan.dir, plan.library)
	if err != nil {
		return err
	}
	defer remove()
	plan.dir = dir
	return plan.run(ctx)
}

// run prints the table. Nothing is removed in between: file systems are slow
// with new files for a while after that.
func (plan buildPlan) run(ctx context.Context) error {
	figures := map[string][]figure{}
	var pages files
	for i := range plan.runs {
		output := filepath.Join(plan.dir, fmt.Sprintf("site-%d", i))
		for _, kind := range []string{"cold", "no change", "one replay edited"} {
			if kind == "one replay edited" {
				if err := plan.edit(i); err != nil {
					return err
				}
			}
			taken, err := measure(ctx, childBuild, plan.dir, output)
			if err != nil {
				return err
			}
			figures[kind] = append(figures[kind], taken)
		}
		if i == 0 {
			var err error
			if pages, err = list(output); err != nil {
				return err
			}
		}
		wall, err := pages.write(filepath.Join(plan.dir, fmt.Sprintf("raw-%d", i)))
		if err != nil {
			return err
		}
		figures["raw write"] = append(figures["raw write"], figure{wall: wall})
	}
	fmt.Printf("%d replays, %d files, %.0f MB, %d processors, median of %d\n", plan.library.Replays, len(pages), float64(pages.bytes())/1e6, runtime.GOMAXPROCS(0), plan.runs)
	fmt.Printf("%-18s %9s %9s %9s %9s %12s %10s\n", "", "wall", "user", "system", "memory", "CPU a file", "of raw")
	raw := median(figures["raw write"], func(f figure) float64 { return f.wall.Seconds() })
	for _, kind := range []string{"raw write", "cold", "no change", "one replay edited"} {
		all := figures[kind]
		wall := median(all, func(f figure) float64 { return f.wall.Seconds() })
		user := median(all, func(f figure) float64 { return f.user.Seconds() })
		system := median(all, func(f figure) float64 { return f.system.Seconds() })
		memory := median(all, func(f figure) float64 { return float64(f.memory) / (1 << 20) })
		fmt.Printf("%-18s %7.2f s %7.2f s %7.2f s %5.0f MiB %9.1f µs %8.2f x\n", kind, wall, user, system, memory,
			(user+system)/float64(len(pages))*1e6, wall/raw)
	}
	return nil
}

func median(all []figure, of func(figure) float64) float64 {
	var values []float64
	for _, f := range all {
		values = append(values, of(f))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// measure runs this program again and says what that took.
func measure(ctx context.Context, args ...string) (figure, error) {
	self, err := os.Executable()
	if err != nil {
		return figure{}, err
	}
	command := exec.CommandContext(ctx, self, args...)
	command.Stderr = os.Stderr
	began := time.Now()
	if err := command.Run(); err != nil {
		return figure{}, err
	}
	return figure{
		wall: time.Since(began), memory: mostMemory(command.ProcessState),
		user: command.ProcessState.UserTime(), system: command.ProcessState.SystemTime(),
	}, nil
}

func (plan buildPlan) edit(i int) error {
	replays, err := filepath.Glob(filepath.Join(plan.dir, "content", "*.md"))
	if err != nil {
		return err
	}
	file := replays[i%len(replays)]
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, fmt.Appendf(text, "\n- Primer: edited for the %dth time\n", i+1), 0o644)
}

// files are all files of a site: paths and sizes.
type files []struct {
	path string
	size int64
}

func list(dir string) (all files, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		all = append(all, struct {
			path string
			size int64
		}{rel, info.Size()})
		return err
	})
	return all, err
}

func (all files) bytes() (total int64) {
	for _, f := range all {
		total += f.size
	}
	return total
}

// write writes files of the same names and sizes from memory with nothing else,
// on all processors, and says how long that took: the floor for any build.
func (all files) write(dir string) (time.Duration, error) {
	var most int64
	folders := map[string][]int{}
	for i, f := range all {
		most = max(most, f.size)
		folders[filepath.Dir(f.path)] = append(folders[filepath.Dir(f.path)], i)
	}
	body := make([]byte, most)
	for i := range body {
		body[i] = byte('a' + i%26)
	}
	began := time.Now()
	names := slices.Sorted(maps.Keys(folders))
	errs := make([]error, len(names))
	parallel.Each(len(names), func(i int) {
		errs[i] = all.writeFolder(filepath.Join(dir, names[i]), folders[names[i]], body)
	})
	return time.Since(began), errors.Join(errs...)
}

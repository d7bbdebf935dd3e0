package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/parallel"
)

// A task is what a child process is there for, in JSON its argument.
type task struct {
	Role    role
	Source  string `json:",omitempty"` // all but roleRaw
	Output  string `json:",omitempty"` // roleRaw and roleBuild
	Cache   string `json:",omitempty"` // roleBuild; "" is without
	Listing string `json:",omitempty"` // roleRaw
}

type role string

const (
	roleRaw     role = "write raw"
	roleRender  role = "render"
	roleBuild   role = "build"
	roleArchive role = "archive"
)

// A figure is what a process took, or the part of it that counts.
type figure struct {
	Wall, User, System time.Duration
	Memory             int64 // most resident bytes
}

// A result is what a child did and what it took, in JSON its output.
type result struct {
	figure
	Written int // files that were new or changed
}

// run runs this program again as a child. Where the child does not say what the part
// took that counts, what the whole process took does.
func (b *bench) run(ctx context.Context, t task) (r result, err error) {
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	argument, err := json.Marshal(t)
	if err != nil {
		return r, err
	}
	command := exec.CommandContext(ctx, self, childBuild, string(argument))
	command.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", b.processors))
	command.Stderr = os.Stderr
	began := time.Now()
	said, err := command.Output()
	wall := time.Since(began)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(said, &r); err != nil {
		return r, err
	}
	state := command.ProcessState
	if r.Wall == 0 {
		r.Wall = wall
	}
	if r.User+r.System == 0 {
		r.User, r.System = state.UserTime(), state.SystemTime()
	}
	return r, nil
}

// buildChild is the process that is measured.
func buildChild(ctx context.Context, args []string) error {
	var t task
	if err := json.Unmarshal([]byte(strings.Join(args, "")), &t); err != nil {
		return err
	}
	r, err := t.run(ctx)
	if err != nil {
		return err
	}
	r.Memory = mostMemory()
	return json.NewEncoder(os.Stdout).Encode(r)
}

func (t task) run(ctx context.Context) (r result, err error) {
	defer generator.BoundMemory()() // as the command does, for all rows alike
	switch t.Role {
	case roleRaw:
		r, err = writeRaw(t.Listing, t.Output)
	case roleRender:
		r.figure, err = timed(func() error { return render(t.Source) })
	case roleBuild:
		r.Written, err = t.build(ctx)
	case roleArchive:
		r.Written, err = t.archive(ctx)
	default:
		err = fmt.Errorf("no child can %q", t.Role)
	}
	return r, err
}

// timed says what a part of this process took.
func timed(part func() error) (f figure, err error) {
	user, system := processorTime()
	began := time.Now()
	err = part()
	f.Wall = time.Since(began)
	f.User, f.System = processorTime()
	f.User, f.System = f.User-user, f.System-system
	return f, err
}

// render makes all that pages are stitched from and no page: it parses, compiles and
// checks every replay, and renders every place and every value of a slot once.
func render(source string) error {
	e := library.Open(library.Dir(source), library.Options{Keep: runtime.GOMAXPROCS(0), Reread: true})
	replays := e.Replays()
	errs := make([]error, len(replays))
	parallel.Each(len(replays), func(i int) { errs[i] = e.Pages(replays[i]).Render() })
	return errors.Join(append(errs, e.Err())...)
}

// build does what the command replaygen build does, without printing.
func (t task) build(ctx context.Context) (written int, err error) {
	opts := generator.Options{Source: t.Source, Output: t.Output}
	if t.Cache != "" {
		if opts.Program, err = cache.Program(); err != nil {
			return 0, err
		}
		if opts.Cache, err = cache.Open(t.Cache, cache.Options{}); err != nil {
			return 0, err
		}
	}
	report, err := generator.Build(ctx, opts)
	return report.Published.Written, cmp.Or(err, opts.Cache.Close())
}

// archive builds an archive that nobody keeps.
func (t task) archive(ctx context.Context) (written int, err error) {
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return 0, err
	}
	defer nowhere.Close()
	report, err := generator.Build(ctx, generator.Options{Source: t.Source, Archive: nowhere})
	return report.Published.Written, err
}

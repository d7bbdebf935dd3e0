// Package watch reports what changes below directories, in settled batches.
//
// The package keeps a picture of everything below the roots. Notifications of
// the system only say where to look again; what is reported is what differs
// from the picture, or was written to. Without notifications the whole picture
// is compared at an interval: the same code, a slower clock.
//
// The promise: whoever calls [Start], then reads everything below the roots,
// and from then on reads again just the paths that batches name, ends with
// exactly what is on disk. A path may be named without need, never the reverse.
//
//   - A path is the root as it was given, cleaned, and what follows below it.
//   - Everything in a directory that came or went is named, and the directory
//     itself. A directory that stays is not named because of its content, unless
//     what happened in it cannot be known: then all that was read below it may be
//     out of date.
//   - Names that [Ignored] reports do not exist here; the roots' own names and
//     those above them may be anything.
//   - A root need not exist; it is noticed when it comes, or comes again.
//   - Links are followed. What changes behind them is named below the link, and
//     below every other link that leads there too (up to 16). A link to a
//     directory that it lies in itself is not entered.
//   - A change of permissions alone is none, unless it is the one to read.
package watch

import (
	"context"
	"path/filepath"
	"time"
)

// Options say what is watched. Durations that are not positive have defaults.
type Options struct {
	Roots []string      // directories, or single files
	Quiet time.Duration // a batch is sent after this long without a change; 5 ms
	Most  time.Duration // and at the latest this long after its first change; 50 ms
	Poll  time.Duration // look at everything at this interval instead of asking the system for notifications
}

const (
	defaultQuiet = 5 * time.Millisecond
	defaultMost  = 50 * time.Millisecond
	// fallbackPoll is the interval where the system gives no notifications.
	fallbackPoll = time.Second
)

// A Batch is what changed since the batch before.
type Batch struct {
	Paths []string // sorted, each once
	// Notice is for the user: from now on changes are noticed later, why, and
	// what can be done. At most one batch has one; that batch may have no paths.
	Notice string
}

// Start watches until ctx is done. Changes made after it returns are reported.
// A receiver may take its time: what happens meanwhile is one batch. The channel
// is closed once everything is released.
//
// Where the system cannot notify of changes, it is not an error: the files are
// looked at every second, and a batch says so.
func Start(ctx context.Context, opts Options) (<-chan Batch, error) {
	t := &tree{
		dirs:    map[string]*dir{},
		dirty:   map[*node]reason{},
		changed: map[string]bool{},
		done:    ctx.Done(),
	}
	for _, root := range opts.Roots {
		place, err := filepath.Abs(root)
		if err != nil {
			return nil, err
		}
		t.roots = append(t.roots, &node{name: place, path: filepath.Clean(root)})
	}
	w := newWatcher(t, opts)
	if opts.Poll > 0 {
		w.tick = time.Tick(opts.Poll)
	} else if err := w.subscribe(); err != nil {
		w.fallBack(err)
	}
	t.scan()
	clear(t.changed)
	w.checkNotifier()
	go w.run(ctx)
	return w.batches, nil
}

package watch

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A watcher decides when to look and when to send. It and its tree belong to
// one goroutine, so nothing is locked.
type watcher struct {
	tree        *tree
	quiet, most time.Duration

	timer  *time.Timer      // fires when what was noticed has settled
	latest time.Time        // when it counts as settled at the latest; zero: nothing was noticed
	tick   <-chan time.Time // nil while there are notifications

	next    Batch // offered to the receiver unless it is empty
	batches chan Batch
}

func newWatcher(t *tree, opts Options) *watcher {
	w := &watcher{
		tree:    t,
		quiet:   defaultQuiet,
		most:    defaultMost,
		timer:   time.NewTimer(0),
		batches: make(chan Batch),
	}
	w.timer.Stop()
	if opts.Quiet > 0 {
		w.quiet = opts.Quiet
	}
	if opts.Most > 0 {
		w.most = opts.Most
	}
	return w
}

func (w *watcher) run(ctx context.Context) {
	defer close(w.batches)
	defer w.unsubscribe()
	for {
		var events <-chan fsnotify.Event
		var lost <-chan struct{}
		if n := w.tree.notifier; n != nil {
			events, lost = n.watcher.Events, n.lost
		}
		var out chan<- Batch
		if len(w.next.Paths) > 0 || w.next.Notice != "" {
			out = w.batches
		}
		select {
		case <-ctx.Done():
			return
		case event, ok := <-events:
			w.receive(event, ok)
		case <-lost:
			w.tree.doubtAll()
			w.arm()
		case <-w.tick:
			if w.tree.scan() {
				w.arm()
			}
		case <-w.timer.C:
			w.settle()
		case out <- w.next:
			w.next = Batch{}
		}
	}
}

func (w *watcher) receive(event fsnotify.Event, ok bool) {
	if !ok {
		w.fallBack(errors.New("notifications ended"))
		return
	}
	if w.tree.notice(event) {
		w.arm()
	}
}

// arm puts the next batch off until it is quiet, but never beyond latest.
func (w *watcher) arm() {
	now := time.Now()
	if w.latest.IsZero() {
		w.latest = now.Add(w.most)
	}
	w.timer.Reset(min(w.quiet, w.latest.Sub(now)))
}

// settle makes a batch of what was noticed. A poll may have come in the middle
// of a save, so without notifications a second look must find nothing more.
func (w *watcher) settle() {
	if w.tree.notifier != nil {
		w.tree.lookAgain()
	} else if w.tree.scan() && time.Now().Before(w.latest) {
		w.arm()
		return
	}
	w.latest = time.Time{}
	w.collect()
	w.checkNotifier()
}

// collect moves what changed into the next batch, which may still wait for its
// receiver.
func (w *watcher) collect() {
	changed := w.tree.changed
	if len(changed) == 0 {
		return
	}
	for _, path := range w.next.Paths {
		changed[path] = true
	}
	w.next.Paths = slices.Sorted(maps.Keys(changed))
	clear(changed)
}

func (w *watcher) subscribe() (err error) {
	w.tree.notifier, err = newNotifier()
	return err
}

func (w *watcher) unsubscribe() {
	if w.tree.notifier != nil {
		w.tree.notifier.close()
		w.tree.notifier = nil
	}
}

// checkNotifier gives up notifications as soon as one directory goes without:
// half of the truth would be worse than a late one.
func (w *watcher) checkNotifier() {
	if n := w.tree.notifier; n != nil && n.failed != nil {
		w.fallBack(n.failed)
	}
}

// fallBack looks at everything from now on, at once and then at an interval,
// instead of waiting for notifications.
func (w *watcher) fallBack(reason error) {
	w.unsubscribe()
	w.tick = time.Tick(fallbackPoll)
	w.next.Notice = explain(reason)
	w.arm()
}

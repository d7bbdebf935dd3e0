package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// A notifier has the system tell what happens in directories, one by one and
// not below them.
type notifier struct {
	watcher *fsnotify.Watcher
	lost    chan struct{} // holds a value once events may have been lost
	drained chan struct{} // closed once no more errors come
	failed  error         // why a directory could not be added, the first time
}

func newNotifier() (*notifier, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	n := &notifier{watcher: watcher, lost: make(chan struct{}, 1), drained: make(chan struct{})}
	go n.drain()
	return n, nil
}

// drain takes errors away from a goroutine of their own: fsnotify reports some
// of them while it holds the lock that add and remove wait for. Whatever the
// error, an event may be missing.
func (n *notifier) drain() {
	defer close(n.drained)
	for range n.watcher.Errors {
		select {
		case n.lost <- struct{}{}:
		default:
		}
	}
}

// add starts telling about dir. One that is gone or must not be read is refused,
// and no failure.
func (n *notifier) add(dir string) error {
	if n.failed != nil {
		return n.failed
	}
	err := n.watcher.Add(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
		n.failed = err
	}
	return err
}

// remove stops telling about dir. Its only error is that nothing told of it any
// more, as is usual for a directory that was removed.
func (n *notifier) remove(dir string) { _ = n.watcher.Remove(dir) }

// close releases everything. Its error could only be that of closing a descriptor.
func (n *notifier) close() {
	_ = n.watcher.Close()
	<-n.drained
}

// explain says why there are no notifications, and what to do.
func explain(reason error) string {
	text := fmt.Sprintf("changes are noticed up to %v later than usual, because the system does not report them: %v", fallbackPoll, reason)
	switch {
	case errors.Is(reason, syscall.ENOSPC) && runtime.GOOS == "linux":
		text += "; to let programs watch more directories: sudo sysctl fs.inotify.max_user_watches=524288"
	case errors.Is(reason, syscall.EMFILE) && runtime.GOOS == "linux":
		text += "; to let more programs watch: sudo sysctl fs.inotify.max_user_instances=1024, and see ulimit -n"
	case errors.Is(reason, syscall.EMFILE):
		text += "; to let programs open more files: ulimit -n 10240"
	}
	return text
}

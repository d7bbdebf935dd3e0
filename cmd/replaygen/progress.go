package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// patience is how long a build may take before a bar appears.
const patience = time.Second

// progress is a bar that shows on a terminal once a build takes long.
type progress struct {
	w     io.Writer
	began time.Time

	mu    sync.Mutex
	files int
	done  int
	bar   *progressbar.ProgressBar
}

func newProgress(w io.Writer) *progress { return &progress{w: w, began: time.Now()} }

func isTerminalFile(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// start is told the number of files before the first is written.
func (p *progress) start(files int) { p.files = files }

// step is told that n more files are done; it may be called concurrently.
func (p *progress) step(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	if p.bar == nil {
		if time.Since(p.began) < patience || !isTerminal(p.w) {
			return
		}
		p.bar = progressbar.NewOptions(p.files, progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetDescription("publishing"), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set(p.done) // a bar that cannot be drawn is no reason to fail
}

// finish removes the bar.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}

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

	mu      sync.Mutex
	replays int
	done    int
	files   int
	bar     *progressbar.ProgressBar
}

func newProgress(w io.Writer) *progress { return &progress{w: w, began: time.Now()} }

func isTerminalFile(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// start is told the number of replays before the first is built.
func (p *progress) start(replays int) { p.replays = replays }

// step is told that more files and replays are done; it may be called concurrently.
func (p *progress) step(files, replays int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files += files
	p.done += replays
	if p.bar == nil {
		if time.Since(p.began) < patience || !isTerminal(p.w) {
			return
		}
		p.bar = progressbar.NewOptions(p.replays, progressbar.OptionSetWriter(p.w), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	p.bar.Describe(plural(p.files, "file") + " of replays")
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

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/replaygen/replaygen/generator/serve"
	"github.com/replaygen/replaygen/generator/specimen"
)

// serveChild is the process that is measured: a preview of one folder.
func serveChild(ctx context.Context, args []string) error {
	debug.SetMemoryLimit(200 << 20) // bytes: a preview stands beside an editor and a browser
	server, err := serve.New(serve.Options{Source: args[0]})
	if err != nil {
		return err
	}
	listener, err := serve.Listen("127.0.0.1", 0)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s%s\n", listener.Addr(), server.Base())
	return server.Run(ctx, listener, nil)
}

type servePlan struct {
	library specimen.Library
	edits   int
	clients int
	load    time.Duration
	dir     string
}

// benchServe measures a preview: how soon it answers, how long an edit takes to
// be served, what it needs of the machine, and whether it stands a crowd.
func benchServe(ctx context.Context, args []string) error {
	var plan servePlan
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	f.IntVar(&plan.library.Replays, "replays", 1000, "replays in the library")
	f.IntVar(&plan.edits, "edits", 50, "edits to wait for")
	f.IntVar(&plan.clients, "clients", 200, "clients at once")
	f.DurationVar(&plan.load, "load", time.Minute, "how long the clients ask, with an edit every 100 ms")
	f.StringVar(&plan.dir, "dir", "", "make the library in this folder, which must not exist yet (default: a temporary one)")
	if err := f.Parse(args); err != nil {
		return err
	}
	dir, remove, err := write(plan.dir, plan.library)
	if err != nil {
		return err
	}
	defer remove()
	plan.dir = dir
	p, err := startPreview(ctx, plan.dir)
	if err != nil {
		return err
	}
	return errors.Join(p.measure(plan), p.stop())
}

// A preview is a running serveChild.
type preview struct {
	command *exec.Cmd
	dir     string
	url     string
	began   time.Time
	files   []string // of the replays
	client  *http.Client
}

func startPreview(ctx context.Context, dir string) (*preview, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "content", "*.md"))
	if err != nil {
		return nil, err
	}
	p := &preview{command: exec.CommandContext(ctx, self, childServe, dir), dir: dir, files: files, began: time.Now(),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000}}}
	p.command.Stderr = os.Stderr
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the preview did not start: %w", err)
	}
	p.url = strings.TrimSpace(line)
	return p, nil
}

func (p *preview) stop() error {
	began := time.Now()
	if err := p.command.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	err := p.command.Wait()
	fmt.Printf("end after Ctrl-C          %8s\n", ms(time.Since(began)))
	return err
}

func (p *preview) measure(plan servePlan) error {
	fmt.Printf("%d replays\n", len(p.files))
	fmt.Printf("address printed after     %8s\n", ms(time.Since(p.began)))
	if err := p.first(); err != nil {
		return err
	}
	if err := p.edits(plan.edits); err != nil {
		return err
	}
	if err := p.crowd(plan); err != nil {
		return err
	}
	fmt.Printf("most memory               %8s\n", p.status("VmHWM"))
	return nil
}

func (p *preview) first() error {
	page := p.page(p.files[len(p.files)/2])
	if _, err := p.get(page); err != nil {
		return err
	}
	fmt.Printf("first page after start    %8s\n", ms(time.Since(p.began)))
	for asked := time.Now(); ; {
		response, err := p.client.Get(p.url)
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode == http.StatusOK {
			break
		}
		if !asked.IsZero() {
			fmt.Printf("index, as far as read     %8s to answer\n", ms(time.Since(asked)))
			asked = time.Time{}
		}
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Printf("index, whole library read %8s after start\n", ms(time.Since(p.began)))
	return nil
}

// page is the address of the first round of a replay.
func (p *preview) page(file string) string {
	return p.url + strings.TrimSuffix(filepath.Base(file), ".md") + "/round-1.html"
}

func (p *preview) get(url string) ([]byte, error) {
	response, err := p.client.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s", url, response.Status)
	}
	return body, err
}

// edit saves a replay as editors do, by renaming a new file over it, with a mark
// in its first round.
func (p *preview) edit(file, mark string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	at := bytes.Index(text, []byte("\n## Round 1"))
	end := at + 1 + bytes.IndexByte(text[at+1:], '\n')
	text = slices.Concat(text[:end+1], []byte("\n"+mark+"\n"), text[end+1:])
	temporary := file + ".tmp"
	if err := os.WriteFile(temporary, text, 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, file)
}

// edits measures from the rename of a file to the answer that has the edit.
func (p *preview) edits(n int) error {
	rng := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	for i := range n {
		file, mark := p.files[rng.IntN(len(p.files))], fmt.Sprintf("Edited for the %dth time.", i)
		if err := p.edit(file, mark); err != nil {
			return err
		}
		began := time.Now()
		for {
			body, err := p.get(p.page(file))
			if err != nil {
				return err
			}
			if bytes.Contains(body, []byte(mark)) {
				break
			}
			if time.Since(began) > 10*time.Second {
				return fmt.Errorf("the edit of %s was never served", file)
			}
		}
		took = append(took, time.Since(began))
		time.Sleep(20 * time.Millisecond) // an author is slower still
	}
	slices.Sort(took)
	fmt.Printf("edit to served page       %8s median, %s worst of %d\n", ms(took[len(took)/2]), ms(took[len(took)-1]), len(took))
	return nil
}

// crowd has many clients ask for pages while files are saved.
func (p *preview) crowd(plan servePlan) error {
	ctx, cancel := context.WithTimeout(context.Background(), plan.load)
	defer cancel()
	before := p.descriptors()
	var asked, failed atomic.Int64
	var slowest atomic.Int64
	var wg sync.WaitGroup
	for c := range plan.clients {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(3, uint64(c)))
			for ctx.Err() == nil {
				began := time.Now()
				if _, err := p.get(p.page(p.files[rng.IntN(len(p.files))])); err != nil {
					failed.Add(1)
					fmt.Fprintln(os.Stderr, err)
				}
				asked.Add(1)
				for took := int64(time.Since(began)); took > slowest.Load(); {
					slowest.Store(took)
				}
			}
		})
	}
	edits := 0
	for tick := time.NewTicker(100 * time.Millisecond); ctx.Err() == nil; edits++ {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		if err := p.edit(p.files[edits%len(p.files)], fmt.Sprintf("Saved while %d read.", plan.clients)); err != nil {
			return err
		}
	}
	wg.Wait()
	p.client.CloseIdleConnections()
	time.Sleep(100 * time.Millisecond)
	fmt.Printf("%d clients for %s, %d edits: %d pages (%.0f a second), slowest %s, %d errors\n", plan.clients, plan.load,
		edits, asked.Load(), float64(asked.Load())/plan.load.Seconds(), ms(time.Duration(slowest.Load())), failed.Load())
	fmt.Printf("open descriptors          %8d before, %d after\n", before, p.descriptors())
	if failed.Load() > 0 {
		return fmt.Errorf("%d requests failed", failed.Load())
	}
	return nil
}

// descriptors returns how many files the preview has open, where /proc tells.
func (p *preview) descriptors() int {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.command.Process.Pid))
	if err != nil {
		return -1
	}
	return len(entries)
}

// status returns a line of the preview's status, where /proc tells.
func (p *preview) status(key string) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, key+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)) }

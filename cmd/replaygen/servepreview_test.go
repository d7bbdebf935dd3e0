package main_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/replaygen/replaygen/generator/serve"
)

// serverRoom is a replay with a page that is longer than a window. %s stands for
// the words that are edited.
const serverRoom = `# Incident Replay: The Server Room
## Setup
- **Time:** Monday
## Round 1: Heat
%s

` + "```text\n" + `1
2
3
4
5
6
7
8
9
10
11
12
13
14
15
16
17
18
19
20
21
22
23
24
25
26
27
28
29
30
` + "```" + `

**Choose your action:**
- A) Open the door
- B) Look at the pump
- C) Leave

### If you chose A:
> *[Result: Now the corridor is warm too.]*

### If you chose B (recommended):
> *[Result: It stands still. Proceed to Round 2.]*

### If you chose C:
> *[Result: It does not help.]*

## Round 2: Cold
1. Watch the pump

## Damage Report
- **Optimal resolution time:** 4 minutes
- **If every wrong choice was made:** 16 minutes
`

// preview is a source that is being served from this process.
type preview struct {
	*testing.T
	dir, url string
	port     int
	stop     func()
}

// startPreview writes a source and serves it until the test ends.
func startPreview(t *testing.T, files map[string]string, opts serve.Options) *preview {
	t.Helper()
	p := &preview{T: t, dir: t.TempDir()}
	for name, text := range files {
		p.write(name, text)
	}
	p.start(opts)
	t.Cleanup(func() { p.stop() })
	return p
}

// start serves the source, on the same port as the last time.
func (p *preview) start(opts serve.Options) {
	p.Helper()
	opts.Source = p.dir
	server, err := serve.New(opts)
	if err != nil {
		p.Fatal(err)
	}
	listener, err := serve.Listen("127.0.0.1", p.port)
	if err != nil {
		p.Fatal(err)
	}
	var port int
	if _, err := fmt.Sscanf(listener.Addr().String(), "127.0.0.1:%d", &port); err != nil || p.port != 0 && port != p.port {
		p.Fatalf("it listens at %v, not at port %d again", listener.Addr(), p.port)
	}
	p.port, p.url = port, fmt.Sprintf("http://127.0.0.1:%d%s", port, server.Base())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, listener, nil) }()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			p.Error(err)
		}
	})
}

// write writes a file as editors do.
func (p *preview) write(name, text string) {
	p.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(file+".tmp", []byte(text), 0o666); err != nil {
		p.Fatal(err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		p.Fatal(err)
	}
}

func (p *preview) remove(name string) {
	p.Helper()
	if err := os.RemoveAll(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
		p.Fatal(err)
	}
}

// edit writes the replay with other words.
func (p *preview) edit(words string) {
	p.Helper()
	p.write("content/server-room.md", fmt.Sprintf(serverRoom, words))
}

// await waits until an expression is true on the page, which may be loaded anew
// meanwhile.
func (b *browser) await(t *testing.T, expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && holds {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s is not true on %s", expression, evaluate[string](t, b, `location.href + ": " + document.body.innerText.slice(0, 500)`))
		case <-tick.C:
		}
	}
}

// says is an expression: whether the page says something.
func says(text string) string { return fmt.Sprintf("document.body.innerText.includes(%q)", text) }

// openTab opens a page in another tab of the browser, until the test ends.
func (b *browser) openTab(t *testing.T, url string) *browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	tab := &browser{ctx: ctx}
	tab.scripts(t, true) // the first call must not have a deadline: the tab would end with it
	tab.open(t, url)
	return tab
}

// watchConsole returns a function that returns what the browser complained of
// since it was called last: scripts that failed, and what a policy forbade.
func (b *browser) watchConsole(t *testing.T) (complaints func() []string) {
	t.Helper()
	var mu sync.Mutex
	var all []string
	err := chromedp.Listen(b.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Source != log.EntrySourceNetwork { // a server that is away is none of the page's faults
				all = append(all, e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			all = append(all, e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		taken := all
		all = nil
		return taken
	}
}

// settle waits until the page has had every occasion to find itself out of date:
// an event has come, and the server has been asked.
func (b *browser) settle(t *testing.T) {
	t.Helper()
	evaluate[bool](t, b, `(async () => {
		const base = document.querySelector("script[data-base]").dataset.base;
		for (let i = 0; i < 3; i++) {
			await new Promise(done => {
				const stream = new EventSource(base + "_replaygen/events");
				stream.onmessage = () => { stream.close(); done(); };
			});
			await (await fetch(base + "_replaygen/where?page=" + base)).json();
		}
		return true;
	})()`)
}

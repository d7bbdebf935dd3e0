package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// viewLimit is how long one page may take. It takes a few seconds at most; a link
// that leads nowhere would be waited for for ever.
const viewLimit = time.Minute

// startUp is how long a reader looks at an empty window before a visit: without, the
// start of the browser would be part of it.
const startUp = time.Second

// chromium is a running browser without a window.
type chromium struct {
	ctx     context.Context
	version string // and name
	kill    context.CancelFunc
}

// findChromium returns the program named by REPLAYGEN_BROWSER, else the first
// Chromium or Chrome on the path.
func findChromium() (string, error) {
	if named := os.Getenv("REPLAYGEN_BROWSER"); named != "" {
		return exec.LookPath(named)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", errors.New("found neither chromium nor google-chrome on the path; REPLAYGEN_BROWSER can name one")
}

// startChromium starts a browser that asks nothing of other machines.
func startChromium(ctx context.Context) (*chromium, error) {
	program, err := findChromium()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.NoSandbox, // root has none, and every page is our own
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	allocator, kill := chromedp.NewExecAllocator(ctx, options...)
	b := &chromium{kill: kill}
	b.ctx, _ = chromedp.NewContext(allocator) // ends with its allocator
	version, err := chromedp.CallBrowser(b.ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		kill()
		return nil, err
	}
	b.version = version.Product
	return b, nil
}

// close ends the browser and waits until it has.
func (b *chromium) close() {
	ctx, cancel := context.WithTimeout(b.ctx, viewLimit)
	defer cancel()
	_ = chromedp.Cancel(ctx) // a browser that hangs is killed next
	b.kill()
}

// visit makes one visit with a cold cache and returns what each page of it took.
// If camera is not empty, pictures of the pages are kept in files that begin so.
func (b *chromium) visit(sites *served, v *visit, c condition, camera string) (views []view, err error) {
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext()) // so with a cache of its own
	defer cancel()
	if _, err := chromedp.Call(ctx, page.SetLifecycleEventsEnabled, page.SetLifecycleEventsEnabledParams{Enabled: true}); err != nil {
		return nil, err
	}
	if err := c.apply(ctx); err != nil {
		return nil, err
	}
	time.Sleep(startUp)
	steps := []chromedp.Action[chromedp.Void]{chromedp.Navigate(sites.url + v.path)}
	for _, link := range v.follow {
		steps = append(steps, chromedp.Click(chromedp.CSS(link)))
	}
	for i, step := range steps {
		one, err := look(ctx, step, sites)
		if err == nil && camera != "" {
			err = photograph(ctx, fmt.Sprintf("%s-page-%d.png", camera, i+1))
		}
		if err != nil {
			return nil, fmt.Errorf("%s, page %d: %w", v.path, i+1, err)
		}
		views = append(views, one)
	}
	return views, nil
}

// firstPaint is the time of the first contentful paint in milliseconds, as soon
// as there is one. The protocol may evaluate it where pages forbid all scripts.
const firstPaint = `new Promise(resolve => new PerformanceObserver(list => {
	for (const paint of list.getEntriesByName('first-contentful-paint')) resolve(paint.startTime)
}).observe({type: 'paint', buffered: true}))`

// look does a step that leads to another page, and waits until that is painted
// and has asked for nothing for half a second.
func look(ctx context.Context, step chromedp.Action[chromedp.Void], sites *served) (view, error) {
	ctx, cancel := context.WithTimeout(ctx, viewLimit)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.WaitEvent(page.LifecycleEvent, settled(), step)); err != nil {
		return view{}, err
	}
	paint, err := chromedp.Run(ctx, chromedp.Evaluate[float64](firstPaint, chromedp.EvalAwaitPromise))
	if err != nil {
		return view{}, err
	}
	t, err := sites.host.meter.take()
	return view{traffic: t, paint: time.Duration(paint * float64(time.Millisecond))}, err
}

// settled returns a function that waits for the end of what the next document
// loads: the one before it may have something to say yet.
func settled() func(page.EventLifecycleEvent) bool {
	var next cdp.LoaderID
	return func(e page.EventLifecycleEvent) bool {
		if e.Name == "init" && next == "" {
			next = e.LoaderID
		}
		return e.Name == "networkIdle" && e.LoaderID == next && next != ""
	}
}

// photograph keeps what a reader sees of the page.
func photograph(ctx context.Context, file string) error {
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
}

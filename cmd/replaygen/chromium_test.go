package main_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium with one open tab. Its methods fail the test that they
// are given, and go on waiting for no longer than stepLimit.
type browser struct {
	ctx context.Context

	mu       sync.Mutex
	requests []string // the URLs asked for since the last call of takeRequests
}

// stepLimit is how long one step in the browser may take. A step takes some
// 50 ms; a click that leads nowhere would wait for ever.
const stepLimit = 20 * time.Second

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

// required reports whether a missing tool fails the tests instead of skipping them.
func required() bool { return os.Getenv("REPLAYGEN_REQUIRE_BROWSER") == "1" }

// startBrowser starts Chromium with page scripts off and motion reduced, for
// the rest of the test. Without a Chromium it skips the test.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	program, err := findChromium()
	if err != nil && !required() {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.NoSandbox, // root has none, and every page is our own
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.UserDataDir(t.TempDir()),
	)
	// Not the test's own context: that ends before the browser has been closed.
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	b := &browser{ctx: ctx}
	t.Cleanup(b.close)
	b.scripts(t, false)
	b.look(t, "light", "screen")
	b.size(t, 1280, 900)
	err = chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.requests = append(b.requests, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// close ends the browser and waits until it has written its last file.
func (b *browser) close() {
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	_ = chromedp.Cancel(ctx) // a browser that hangs is killed with its context
}

// do runs steps that return nothing.
func (b *browser) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// run runs one step and returns its value.
func run[T any](t *testing.T, b *browser, step chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	v, err := chromedp.Run(ctx, step)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// open loads a page and returns its HTTP status, or 200 for a file.
func (b *browser) open(t *testing.T, url string) int64 {
	t.Helper()
	response := run(t, b, chromedp.NavigateResponse(url))
	if response == nil || strings.HasPrefix(url, "file:") {
		return 200
	}
	return response.Status
}

// follow does steps that must load another page, and waits for that page.
func (b *browser) follow(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepLimit)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		t.Fatalf("no page was loaded: %v", err)
	}
	if response != nil && response.Status >= 400 {
		t.Fatalf("%s: status %d", response.URL, response.Status)
	}
}

// scripts turns the scripts of pages on or off; evaluating works either way.
func (b *browser) scripts(t *testing.T, on bool) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		t.Fatal(err)
	}
}

// look sets the colour scheme, "light" or "dark", and the medium, "screen" or
// "print". Motion is always reduced.
func (b *browser) look(t *testing.T, scheme, medium string) {
	t.Helper()
	params := emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		t.Fatal(err)
	}
}

// size sets the size of the viewport in CSS pixels.
func (b *browser) size(t *testing.T, width, height int64) {
	t.Helper()
	params := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1}
	if _, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, params); err != nil {
		t.Fatal(err)
	}
}

// takeRequests returns the URLs that were asked for since it was last called.
func (b *browser) takeRequests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.requests
	b.requests = nil
	return taken
}

// evaluate returns the value of a JavaScript expression on the open page.
func evaluate[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	return run(t, b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

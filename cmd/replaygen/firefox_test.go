package main_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestInFirefox plays the sample site in a Firefox whose scripts are off.
func TestInFirefox(t *testing.T) {
	t.Parallel()
	f := startFirefox(t)
	t.Run("checks can fail", func(t *testing.T) { testFirefoxChecksCanFail(t, f) })
	s := serveSite(t, buildSample(t))
	replay := s.longestReplay(t)
	t.Run("game under a sub-path", func(t *testing.T) { play(t, f, s, s.url, replay, f.click) })
	t.Run("best game from disk", func(t *testing.T) { playBest(t, f, s, s.disk+"index.html", replay, f.click) })
	t.Run("best game by keyboard", func(t *testing.T) { playBest(t, f, s, s.url, replay, f.press) })
	t.Run("scheme", func(t *testing.T) { testFirefoxScheme(t, f, s.url+replay+"/round-1.html") })
}

// firefox is a Firefox with one open tab, in which no script runs. Its methods
// fail the test that they are given.
type firefox struct {
	*marionette

	mu       sync.Mutex
	requests []string // the URLs on other hosts asked for since the last call of takeRequests
}

// findFirefox returns the first Firefox on the path.
func findFirefox() (string, error) {
	for _, name := range []string{"firefox-esr", "firefox"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("found neither firefox-esr nor firefox on the path")
}

// firefoxSettings keep pages from running scripts, prefer the light scheme and
// still pages, send what leaves this machine to the proxy at %s:%s, and keep
// Firefox from most of what it asks for on its own.
const firefoxSettings = `user_pref("javascript.enabled", false);
user_pref("layout.css.prefers-color-scheme.content-override", 1);
user_pref("ui.prefersReducedMotion", 1);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "%[1]s");
user_pref("network.proxy.http_port", %[2]s);
user_pref("network.proxy.ssl", "%[1]s");
user_pref("network.proxy.ssl_port", %[2]s);
user_pref("marionette.port", 0);
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("media.gmp-provider.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
`

// startFirefox starts Firefox for the rest of the test. Without a Firefox it
// skips the test.
func startFirefox(t *testing.T) *firefox {
	t.Helper()
	program, err := findFirefox()
	if err != nil && !required() {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	f := &firefox{}
	proxy := httptest.NewServer(http.HandlerFunc(f.record))
	t.Cleanup(proxy.Close)
	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	profile := t.TempDir()
	settings := fmt.Sprintf(firefoxSettings, u.Hostname(), u.Port())
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--headless", "--marionette", "--no-remote", "--profile", profile, "--width", "1280", "--height", "900")
	cmd.Env = append(os.Environ(), "HOME="+profile, "MOZ_CRASHREPORTER_DISABLE=1")
	f.marionette = dialMarionette(t, cmd, filepath.Join(profile, "MarionetteActivePort"))
	return f
}

// record notes what Firefox asks another host for, unless it does so for itself.
func (f *firefox) record(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusBadGateway)
	for _, own := range []string{".mozilla.com", ".mozilla.net", ".mozilla.org", ".firefox.com", "update.googleapis.com"} {
		if strings.HasSuffix(r.URL.Hostname(), own) {
			return
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, r.URL.String())
}

func (f *firefox) takeRequests() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := f.requests
	f.requests = nil
	return taken
}

func (f *firefox) visit(t *testing.T, url string) {
	t.Helper()
	call[nothing](t, f.marionette, "WebDriver:Navigate", struct {
		URL string `json:"url"`
	}{url})
}

func (f *firefox) page(t *testing.T) openPage {
	t.Helper()
	main := f.find(t, "main")
	data := func(name string) string { return f.attribute(t, main, "data-"+name) }
	return openPage{URL: f.address(t), Replay: data("replay"), Place: data("place"), Clock: data("clock"), Score: data("score")}
}

// click takes a link, and waits for the page that it leads to.
func (f *firefox) click(t *testing.T, selector string) {
	t.Helper()
	f.arrive(t, selector, func(link element) { f.clickOn(t, link) })
}

// press takes a link by the keyboard.
func (f *firefox) press(t *testing.T, selector string) {
	t.Helper()
	f.arrive(t, selector, func(link element) {
		const limit = 300
		for range limit {
			f.key(t, tabKey)
			if f.focused(t) == link {
				f.key(t, enterKey)
				return
			}
		}
		t.Fatalf("pressed Tab %d times without reaching %s", limit, selector)
	})
}

// arrive takes a link and waits until its address has been reached.
func (f *firefox) arrive(t *testing.T, selector string, take func(link element)) {
	t.Helper()
	link := f.find(t, selector)
	from, err := url.Parse(f.address(t))
	if err != nil {
		t.Fatal(err)
	}
	to, err := from.Parse(f.attribute(t, link, "href"))
	if err != nil {
		t.Fatal(err)
	}
	take(link)
	f.await(t, "the browser to be at "+to.String(), func() bool { return f.address(t) == to.String() })
}

// testFirefoxChecksCanFail opens a page that would run a script and does load
// from another host, and expects to see both.
func testFirefoxChecksCanFail(t *testing.T, f *firefox) {
	site := handmade()
	damage(t, site, "index.html", handmadePolicy, "default-src * 'unsafe-inline'")
	damage(t, site, "index.html", "</main>", `<img src="http://elsewhere.test/x.png" alt=""><script>document.title = 'ran'</script><noscript><p id=off></noscript></main>`)
	f.visit(t, serveSite(t, writeSite(t, site)).url)
	f.find(t, "#off") // what stands in noscript is part of the page only where scripts are off
	if title := f.title(t); title != "Replays" {
		t.Errorf("the title is %q: the page's script ran", title)
	}
	if diff := cmp.Diff([]string{"http://elsewhere.test/x.png"}, f.takeRequests()); diff != "" {
		t.Errorf("requests to other hosts (-want +got):\n%s", diff)
	}
}

// testFirefoxScheme turns the ground of a page dark and light again.
func testFirefoxScheme(t *testing.T, f *firefox, page string) {
	f.visit(t, page)
	var grounds []string
	for _, chosen := range []string{"#scheme-light", "#scheme-dark", ".scheme input:not([id])"} {
		f.clickOn(t, f.find(t, chosen))
		grounds = append(grounds, f.style(t, f.find(t, "body"), "background-color"))
	}
	if grounds[0] == grounds[1] || grounds[0] != grounds[2] {
		t.Errorf("light, dark and the system's light ground are %q", grounds)
	}
}

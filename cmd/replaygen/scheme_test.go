package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// schemeReplay shows everything that has colours of its own.
const schemeReplay = `# Incident Replay: Two Schemes

## Setup
- **Your role:** the reader

## Round 1: Look
> *[Pressure cue: "It is too bright in here"]*

**What you see:**

~~~yaml
colour: true
~~~

~~~console
$ date
today
~~~

**Choose your action:**
- A) Press the switch
- B) Squint

### If you chose A (recommended):
> *[Result: Proceed to Round 2.]*

### If you chose B:
> *[Result: It stays bright.]*

## Round 2: Rest
**Actions:**
1. Sleep
`

// TestSchemeSwitch changes between light and dark on a page, without scripts:
// the ground and the colours of code follow, whatever the system prefers, and
// what is dark in both schemes stays as it is.
func TestSchemeSwitch(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	source := t.TempDir()
	if err := os.MkdirAll(filepath.Join(source, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(source, "content", "schemes.md"), []byte(schemeReplay), 0o644); err != nil {
		t.Fatal(err)
	}
	replaygen(t, "build", "--quiet", "--source", source, "--base-url", sampleBase)
	s := serveSite(t, filepath.Join(source, "public"))
	b.open(t, s.url+"schemes/round-1.html")
	light := b.colours(t)
	b.look(t, "dark", "screen")
	dark := b.colours(t)
	for what, colour := range light {
		if same := colour == dark[what]; same != strings.HasPrefix(what, "device") {
			t.Errorf("%s is %s on a light screen and %s on a dark one", what, colour, dark[what])
		}
	}
	for _, step := range []struct {
		screen, press string
		want          map[string]string
	}{
		{"dark", "#scheme-light", light},
		{"light", "#scheme-light", light},
		{"light", "#scheme-dark", dark},
		{"dark", "#scheme-dark", dark},
		{"dark", ".scheme input:not([id])", dark},
		{"light", ".scheme input:not([id])", light},
	} {
		b.look(t, step.screen, "screen")
		b.do(t, chromedp.Click(chromedp.CSS(step.press)))
		if diff := cmp.Diff(step.want, b.colours(t)); diff != "" {
			t.Errorf("%s on a %s screen (-want +got):\n%s", step.press, step.screen, diff)
		}
	}

	b.tabTo(t, ".scheme :checked")
	b.do(t, chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	if diff := cmp.Diff(dark, b.colours(t)); diff != "" {
		t.Errorf("by the arrow keys (-want +got):\n%s", diff)
	}
	b.look(t, "light", "print")
	if shown := evaluate[bool](t, b, `document.querySelector('.scheme').checkVisibility()`); shown {
		t.Error("the switch is printed")
	}
	if ground := evaluate[string](t, b, `getComputedStyle(document.body).backgroundColor`); ground != "rgb(255, 255, 255)" {
		t.Errorf("a dark page is printed on %s", ground)
	}
}

// colours returns what the open page looks like.
func (b *browser) colours(t *testing.T) map[string]string {
	t.Helper()
	return evaluate[map[string]string](t, b, `(look => ({
		ground: look('body').backgroundColor, text: look('body').color,
		keyword: look('.nt').color, 'ground of code': look('pre:has(.nt)').backgroundColor,
		'device: pager': look('.cue').backgroundColor, 'device: message': look('.cue').color,
		'device: terminal': look('pre:has(.typed)').backgroundColor, 'device: command': look('.typed').color,
	}))(what => getComputedStyle(document.querySelector(what)))`)
}

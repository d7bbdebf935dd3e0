package site_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/replaygen/replaygen/generator/site"
)

// TestStuck: a replay with a way into a round that nobody leaves has pages, although
// it will not be published. Nothing is said of what random paths score.
func TestStuck(t *testing.T) {
	content := source()
	text := strings.Replace(diskFull, "### If you chose C:", "### If you chose C: {next=3}", 1)
	text = strings.Replace(text, "## Round 2: Keep It So\n", `## Round 2: Go On
**Choose your action:**
- A) One
- B) Two

### If you chose A (recommended): {next=2}
> *[Result: Round again.]*

### If you chose B: {next=2}
> *[Result: Round again.]*

## Round 3: Keep It So
`, 1)
	content["content/disk-full.md"] = &fstest.MapFile{Data: []byte(text)}
	files, said := build(t, content, site.DefaultConfig(), nil)
	for _, what := range said {
		if strings.Contains(what, "error") {
			t.Error(what)
		}
	}
	debriefs := 0
	for name, body := range files {
		if strings.HasPrefix(name, "disk-full/debrief") {
			debriefs++
			if strings.Contains(body, "histogram") {
				t.Errorf("%s has a histogram", name)
			}
		}
	}
	if debriefs == 0 {
		t.Error("there is no debrief")
	}
}

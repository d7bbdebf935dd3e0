package trail_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/trail"
)

// TestLimitIsExact compiles a replay with as many pages allowed as a detail
// needs, and with one fewer: no shortcut that says “too many” may say it early.
func TestLimitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		d := rapid.SampledFrom(trail.Details()).Draw(t, "detail")
		pages := compile(t, r, d).Len()
		for _, allowed := range []int{pages, pages - 1} {
			if allowed == 0 {
				continue // 0 is the default
			}
			var list diag.List
			m := trail.Compile(r, trail.Options{Detail: d.String(), MaxPages: allowed}, &list)
			if fits := m.Detail == d && m.Len() == pages; fits != (allowed == pages) {
				t.Fatalf("detail %s needs %d pages; with %d allowed, it has %s with %d", d, pages, allowed, m.Detail, m.Len())
			}
		}
	})
}

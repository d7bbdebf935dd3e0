package generator_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/replaygen/replaygen/generator"
	"github.com/replaygen/replaygen/generator/diag"
)

// TestEveryMistakeIsTold: a mistake in one replay ends the work for the output, not
// the search for mistakes in others.
func TestEveryMistakeIsTold(t *testing.T) {
	const n = 20
	s := newSource(t)
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("r%d.md", i)] = small(fmt.Sprint("Replay ", i), 'B', "detial: none")
	}
	s.write(files)
	report, err := generator.Build(context.Background(), generator.Options{Source: s.dir})
	if got := report.Diagnostics.Count(diag.Error); !errors.Is(err, generator.ErrContent) || got != n {
		t.Errorf("%d mistakes were told and the error is %v, want %d", got, err, n)
	}
}

package generator

import (
	"context"

	"github.com/replaygen/replaygen/generator/parallel"
)

// Check reports what [Build] would report of a source, and makes no page: it is
// silent about templates that fail only when they are executed. It takes from
// [Options] what says how to read the source and ignores the rest; what it finds
// out is kept in the cache as a build's is. The error is [ErrContent] or says what
// could not be read.
func Check(ctx context.Context, opts Options) (*Report, error) {
	report := &Report{}
	edition := openEdition(opts)
	if err := edition.Err(); err != nil {
		return report, err
	}
	replays, list := edition.Replays(), &report.Diagnostics
	parallel.Each(len(replays), func(i int) {
		if ctx.Err() == nil && !edition.Recall(replays[i]) {
			edition.Remember(replays[i])
		}
	})
	list.Append(edition.Diagnose(ctx))
	if ctx.Err() != nil {
		return report, context.Cause(ctx)
	}
	for _, r := range replays {
		report.Replays = append(report.Replays, edition.Facts(r))
	}
	locked, err := edition.Locked(list)
	for _, slug := range locked {
		if err == nil {
			_, err = edition.Lock(slug, list)
		}
	}
	if err == nil && list.HasErrors() {
		err = ErrContent
	}
	return report, err
}

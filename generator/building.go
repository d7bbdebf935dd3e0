package generator

import (
	"context"
	"errors"
	"slices"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// A building is a site on its way from an edition of its source to an output.
type building struct {
	ctx     context.Context         // ends when the site will not be published
	stop    context.CancelCauseFunc // ends it
	opts    Options
	edition *library.Edition
	output  output
	jobs    []*job
	report  *Report
	locks   packer
}

// A job is what a build does about one replay, or about one that is gone but whose
// pages were published. One goroutine works on it.
type job struct {
	turn     int
	slug     string
	replay   *library.Replay // nil if it is gone
	locked   bool            // pages of it were published
	problems diag.List
	broken   error // a mistake in a template
	failed   error // what the system did not let be done
	keeping  keeping
	memory   *memory // of what was made; nil if nothing was
}

// newBuilding finds out what there is to do. Whoever gets a building closes it.
func newBuilding(ctx context.Context, opts Options, edition *library.Edition, report *Report) (*building, error) {
	if opts.Progress == nil {
		opts.Progress = func(int, int) {}
	}
	b := &building{opts: opts, edition: edition, report: report}
	for i, r := range edition.Replays() {
		b.jobs = append(b.jobs, &job{turn: i, slug: r.Slug, replay: r})
	}
	if !opts.Sheets {
		if err := b.findLocked(); err != nil {
			return nil, err
		}
	}
	b.ctx, b.stop = context.WithCancelCause(ctx)
	var err error
	if b.output, err = begin(b.ctx, opts); err != nil {
		b.stop(nil)
		return nil, err
	}
	if opts.Start != nil {
		opts.Start(len(b.jobs))
	}
	return b, nil
}

// findLocked finds which replays have pages that were published, and adds those
// that are gone.
func (b *building) findLocked() error {
	locked, err := b.edition.Locked(&b.report.Diagnostics)
	for _, slug := range locked {
		if b.edition.Find(slug) == nil {
			b.jobs = append(b.jobs, &job{turn: len(b.jobs), slug: slug, locked: true})
		}
	}
	for _, j := range b.jobs {
		_, found := slices.BinarySearch(locked, j.slug)
		j.locked = found
	}
	return err
}

// close gives up what was not published.
func (b *building) close() {
	b.stop(nil)
	b.output.Close() // what it could not clear away, the next build will
}

// errMistakes ends the work for an output when mistakes were found.
var errMistakes = errors.New("the site will not be published")

// givenUp reports whether mistakes were found: what is left is only looked through.
func (b *building) givenUp() bool { return errors.Is(context.Cause(b.ctx), errMistakes) }

// publishReplay brings one replay from its text to the output, or leaves there what
// would come out as it is.
func (b *building) publishReplay(j *job) {
	defer b.opts.Progress(0, 1)
	if b.ctx.Err() != nil && !b.givenUp() || b.recall(j) {
		return
	}
	machine, pages := b.compile(j)
	if !b.opts.Sheets {
		j.failed = b.keepNames(j, machine)
	}
	if b.edition.Site() != nil {
		b.add(j, pages)
	}
	if j.problems.HasErrors() || j.broken != nil || j.failed != nil || b.hasTwin(j) {
		b.stop(errMistakes) // also for who waits for this folder's turn
	}
}

// compile compiles a job's replay, nil if it is gone, and makes its pages, nil
// without a theme.
func (b *building) compile(j *job) (machine *trail.Machine, pages *site.Replay) {
	if j.replay == nil {
		return nil, nil
	}
	if b.edition.Site() != nil {
		pages = b.edition.Pages(j.replay)
		machine = pages.Machine()
	} else {
		machine = b.edition.Machine(j.replay)
	}
	j.problems.Append(b.edition.Problems(j.replay))
	b.edition.Remember(j.replay)
	return machine, pages
}

// add renders a job's pages, and adds them while there is something to publish to.
func (b *building) add(j *job, pages *site.Replay) {
	var folder publish.Folder
	switch {
	case b.opts.Sheets:
		sheet := pages.Extras()[:1]
		_, j.broken = sheet[0].Append(nil)
		folder = filesFolder(j.slug, sheet, j.turn)
	case pages == nil:
		gone := func(name string) site.File { return b.edition.Site().Tombstone(j.slug, name) }
		folder = filesFolder(j.slug, j.keeping.tombstones(gone), j.turn)
	default:
		j.broken = pages.Render()
		folder = pagesFolder(pages, append(b.keepSettled(pages.Extras()), j.keeping.tombstones(pages.Tombstone)...), j.turn)
	}
	if j.broken != nil || j.failed != nil || j.problems.HasErrors() || b.ctx.Err() != nil || b.hasTwin(j) {
		return
	}
	sum, err := b.output.Add(folder)
	if j.failed = err; err == nil {
		j.memory = &memory{Sum: sum, Tombstones: j.keeping.names.Tombstones}
	}
}

// hasTwin reports whether another replay wants a job's folder, which is a mistake.
func (b *building) hasTwin(j *job) bool { return j.replay != nil && b.edition.Twins(j.replay) != nil }

// publishRest adds what belongs to no replay. Lists of thousands of replays are
// rendered as they are written, like pages.
func (b *building) publishRest() error {
	s, list := b.edition.Site(), &b.report.Diagnostics
	if s == nil {
		return nil
	}
	cards := b.edition.Cards()
	files := append(s.Static(), s.Lists(cards)...)
	if b.opts.Sheets {
		files = append(s.Styles(), s.SheetIndex(cards))
	}
	errs := append(b.broken(), s.Render(nil))
	if b.ctx.Err() != nil || list.HasErrors() {
		s.Report(append(errs, s.Render(files)), list)
		return nil
	}
	var found faults
	for _, folder := range folders(append(files, b.edition.Content().Assets()...), len(b.jobs)) {
		if _, err := b.output.Add(found.of(folder)); err != nil {
			return err
		}
	}
	s.Report(append(errs, found.all...), list)
	return nil
}

// broken returns the mistakes in templates that jobs met.
func (b *building) broken() (errs []error) {
	for _, j := range b.jobs {
		errs = append(errs, j.broken)
	}
	return errs
}

// tell reports what was found out about the replays.
func (b *building) tell() {
	list := &b.report.Diagnostics
	list.Append(b.edition.Common())
	for _, j := range b.jobs {
		list.Append(&j.problems)
	}
	list.Append(b.edition.Compare(b.edition.Replays()))
	for _, r := range b.edition.Replays() {
		b.report.Replays = append(b.report.Replays, b.edition.Facts(r))
	}
}

// err returns what the system did not let be done.
func (b *building) err() error {
	var errs []error
	for _, j := range b.jobs {
		if !errors.Is(j.failed, errMistakes) {
			errs = append(errs, j.failed)
		}
	}
	return errors.Join(errs...)
}

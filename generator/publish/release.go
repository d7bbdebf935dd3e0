package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Release is a site on its way to a directory. The output stays as it was until
// [Release.Commit]. Its methods may be called from several goroutines at once,
// but for Commit and Close, which come after all others.
type Release struct {
	ctx     context.Context
	opts    Options
	shop    *workshop
	old     *manifest // what the output holds
	damage  error     // why that is not known
	writers sync.Pool // of *writer

	// mu guards what follows.
	mu       sync.Mutex
	draft    *draft
	folders  map[string]*staged  // that are ready, by path in lower case
	begun    map[string]string   // paths of those and of folders in the making, likewise
	children map[string][]string // names of folders by the path, in lower case, of the one they are in
}

func begin(ctx context.Context, opts Options) (*Release, error) {
	shop, err := openWorkshop(ctx, opts.Dir, opts.Sources)
	if err != nil {
		return nil, err
	}
	r := &Release{
		ctx: ctx, opts: opts, shop: shop,
		folders: map[string]*staged{}, begun: map[string]string{}, children: map[string][]string{},
	}
	r.writers.New = func() any { return &writer{} }
	if r.draft, err = newDraft(shop); err != nil {
		return nil, errors.Join(err, shop.close())
	}
	r.old, r.damage = readManifest(shop)
	return r, nil
}

// fail says what could not be published where.
func (r *Release) fail(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("publishing to %s: %w", r.opts.Dir, err)
}

// Add makes a folder's files ready: all that the site has there, so each folder is
// added once. Those that are new or changed are written beside the output. The sum
// it returns names what the folder holds, for a later [Release.Keep].
func (r *Release) Add(f Folder) (Sum, error) {
	sum, err := r.add(f)
	return sum, r.fail(err)
}

func (r *Release) add(f Folder) (Sum, error) {
	if f.Len == 0 {
		return 0, nil
	}
	if err := r.enter(f.Path); err != nil {
		return 0, err
	}
	st, err := r.stage(f)
	if err != nil {
		return 0, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.folders[strings.ToLower(f.Path)] = st
	return st.sum, nil
}

// enter notes that a folder is being made.
func (r *Release) enter(folder string) error {
	if folder != "" {
		if err := validPath(folder); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := strings.ToLower(folder)
	if other, taken := r.begun[key]; taken {
		return clashError(other, folder)
	}
	r.begun[key] = folder
	for at := folder; at != ""; at = parentOf(at) {
		in := strings.ToLower(parentOf(at))
		r.children[in] = append(r.children[in], path.Base(at))
		if st := r.folders[in]; st != nil {
			files, err := st.from.section(st.listed)
			if err != nil {
				return err
			}
			if err := r.clash(st.path, files); err != nil {
				return err
			}
		}
	}
	return nil
}

// clash returns an error if a file of a folder wants the place of a folder in it.
// The caller holds mu.
func (r *Release) clash(folder string, files []file) error {
	for _, name := range r.children[strings.ToLower(folder)] {
		for _, f := range files {
			if strings.EqualFold(f.name, name) {
				return clashError(path.Join(folder, f.name), path.Join(folder, name)+"/")
			}
		}
	}
	return nil
}

// clashError says that two paths cannot both be published, because they are the
// same but for case or one is a folder of the other.
func clashError(a, b string) error {
	return fmt.Errorf("two files of the site want one place: %q and %q", a, b)
}

// parentOf returns the folder that a folder is in; that of one in the root is "".
func parentOf(folder string) string {
	return folder[:max(0, strings.LastIndexByte(folder, '/'))]
}

// Keep takes a folder into the site as the output has it, if that is what an
// earlier build published with this sum and nobody has changed it since. Where it
// reports false, the folder has to be added.
func (r *Release) Keep(folder string, sum Sum) (kept bool, err error) {
	l, ok := r.old.find(folder)
	if !ok || l.sum != sum || r.shop.empty {
		return false, nil
	}
	files, err := r.old.section(l)
	if err != nil {
		return false, nil // damaged; whoever adds the folder mends it
	}
	intact, err := r.intact(l, files)
	if !intact || err != nil {
		return false, r.fail(err)
	}
	if err := r.enter(folder); err != nil {
		return false, r.fail(err)
	}
	r.opts.Progress(l.files)
	st := &staged{listed: l, from: r.old.source}
	st.states[unchanged] = l.files
	r.mu.Lock()
	defer r.mu.Unlock()
	r.folders[strings.ToLower(folder)] = st
	return true, r.fail(r.clash(folder, files))
}

// sorted returns the folders of the new site by path.
func (r *Release) sorted() []*staged {
	all := make([]*staged, 0, len(r.folders))
	for _, st := range r.folders {
		all = append(all, st)
	}
	slices.SortFunc(all, func(a, b *staged) int { return cmp.Compare(a.path, b.path) })
	return all
}

// Commit brings the output from the old site to the new one and removes what only
// the old one had. If it fails with a [*ConflictError], because files of others
// take paths of the site, or the context has ended before it, the output stays as
// it was; once files have begun to move into place, the move is carried through.
func (r *Release) Commit() (Summary, error) {
	summary, err := r.commit()
	return summary, r.fail(err)
}

func (r *Release) commit() (Summary, error) {
	if r.ctx.Err() != nil {
		return Summary{}, context.Cause(r.ctx)
	}
	plan, err := makePlan(r)
	if err != nil {
		return Summary{}, err
	}
	if err := plan.carryOut(r.opts); err != nil {
		return Summary{}, err
	}
	for _, st := range plan.folders {
		r.remember(st)
	}
	return plan.summary(), nil
}

// Close gives up what was not committed and lets others publish.
func (r *Release) Close() error {
	return r.fail(errors.Join(r.draft.close(), r.old.close(), r.shop.close()))
}

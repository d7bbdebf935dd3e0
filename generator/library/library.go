// Package library reads a source, the folder that holds content/ and perhaps
// themes/, as far as somebody asks: a replay is parsed, compiled and checked
// when its machine is first wanted, its pages are prepared when they are, and
// after a change only what changed is read again.
//
// A build asks for everything, a preview for one page at a time; both get the
// same bytes.
package library

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"sync"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/parallel"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

const codeNoContent diag.Code = "no-content"

// Files are the two views of a source.
type Files struct {
	Source fs.FS
	// Content is the content folder once more, for what replays link to: nothing
	// in it, symbolic links included, may lead out of it.
	Content fs.FS
}

// Options say how to read a source.
type Options struct {
	BaseURL string // overrides the site's base_url if not empty
	Drafts  bool   // whether drafts are part of the site
	// Keep is how many compiled replays stay in memory; the others are compiled
	// again when they are asked for. 0 keeps all.
	Keep int
	// Reread is whether texts are read again when they are wanted again, instead of
	// being kept. One that was changed meanwhile cannot be read any more.
	Reread bool
	// Sheets is whether facilitator's sheets are to be built alone.
	Sheets bool
	// Cache keeps what was found out about replays between builds, and Program
	// identifies the program: another one may find out something else. A nil Cache
	// is without.
	Cache   *cache.Store
	Program string
}

// An Edition is a source as it was at one moment. It does not change; what it
// holds is worked out on demand. It is safe for concurrent use.
type Edition struct {
	files Files
	opts  Options
	shelf *shelf
	// highlighter highlights the code of all editions of one [Open].
	highlighter *markdown.Highlighter

	cfg site.Config
	// settingsText is what cfg was read from; empty without a file.
	settingsText []byte
	// noSettings is why the settings could not be read, or nil.
	noSettings error
	theme      *site.Theme // nil if it could not be read
	content    *site.Content
	site       *site.Site         // nil if there is no theme
	layout     int                // counts changes of more than styles and of one replay's text
	found      []*Replay          // by path
	replays    []*Replay          // those of them that are part of the site
	bySlug     map[string]*Replay // of replays, the first of several
	errs       []error            // what could not be read, besides replays
	// leading returns what debriefs lead on to, see [Edition.nextReplay].
	leading func(slug string) *site.NextReplay
	shared  func() cache.Key // see [Edition.sharedKey]
	// What was said of the settings, of the theme, of the site made of both, and of
	// the content as a whole.
	settings, themed, made, common diag.List
}

// Open returns the first edition of a source. What cannot be read is part of
// it, see [Edition.Err].
func Open(files Files, opts Options) *Edition {
	return (&Edition{files: files, opts: opts, shelf: &shelf{size: opts.Keep}, highlighter: markdown.NewHighlighter(opts.Cache)}).next(nil)
}

// After returns the edition after a change. paths are the files and folders that
// may have changed, relative to the source and with slashes; what lies in none of
// them is taken from e. A nil paths is a change of everything.
func (e *Edition) After(paths []string) *Edition { return e.next(changes(paths)) }

// next reads again what has changed since e.
func (e *Edition) next(c changes) *Edition {
	n := &Edition{files: e.files, opts: e.opts, shelf: e.shelf, highlighter: e.highlighter}
	n.shared = sync.OnceValue(n.sharedKey)
	n.readSettings(e, c)
	// The theme takes about as long as a thousand replays, and neither needs the other.
	theme := make(chan error, 1)
	go func() { theme <- n.readTheme(e, c) }()
	n.readReplays(e, c)
	n.fail(<-theme)
	n.makeSite(e, c)
	return n
}

func (e *Edition) readSettings(before *Edition, c changes) {
	if !c.touch(ConfigFile) {
		e.cfg, e.settings, e.settingsText, e.noSettings = before.cfg, before.settings, before.settingsText, before.noSettings
		e.fail(e.noSettings)
		return
	}
	e.settingsText, e.noSettings = readSettings(e.files.Source)
	e.cfg = site.DefaultConfig()
	if e.settingsText != nil {
		e.cfg = site.ParseConfig(diag.NewSource(ConfigFile, e.settingsText), &e.settings)
	}
	e.fail(e.noSettings)
	if e.opts.BaseURL != "" {
		e.cfg.BaseURL = e.opts.BaseURL
	}
}

func (e *Edition) fail(err error) {
	if err != nil {
		e.errs = append(e.errs, err)
	}
}

// sameSettings reports whether the settings, and where they stand, are the same.
func (e *Edition) sameSettings(other *Edition) bool { return reflect.DeepEqual(e.cfg, other.cfg) }

// listReplays lists the replay files. A folder that is read while a file in it is
// renamed may lack the file: if one is missing that is still there, it is listed again.
func (e *Edition) listReplays(before *Edition) (paths []string, err error) {
	const tries = 3
	for range tries {
		if paths, err = findReplays(e.files.Source); err != nil {
			return nil, err
		}
		listed := make(map[string]bool, len(paths))
		for _, p := range paths {
			listed[p] = true
		}
		if !slices.ContainsFunc(before.found, func(r *Replay) bool {
			if listed[r.Path] {
				return false
			}
			_, gone := fs.Lstat(e.files.Source, r.Path)
			return gone == nil
		}) {
			break
		}
	}
	return paths, nil
}

// readReplays finds the replays. Those that have not changed are the same ones,
// with all that was worked out about them.
func (e *Edition) readReplays(before *Edition, c changes) {
	paths, err := e.listReplays(before)
	e.fail(err)
	if len(paths) == 0 && err == nil {
		e.common.Errorf(codeNoContent, diag.Span{}, "content/README.md of the replaygen project shows one in twenty lines",
			"there are no replays in %s", ContentDir)
	}
	opts, known := trailOptions(e.cfg), before.byPath()
	all := make([]*Replay, len(paths))
	parallel.Each(len(paths), func(i int) {
		old := known[paths[i]]
		if old != nil && old.opts == opts && !c.touch(paths[i]) {
			all[i] = old
			return
		}
		content, err := fs.ReadFile(e.files.Source, paths[i])
		if err == nil && old != nil && old.err == nil && old.is(content, opts) {
			all[i] = old
			return
		}
		if _, gone := fs.Lstat(e.files.Source, paths[i]); err != nil && gone != nil {
			return // removed while we look; a link that leads nowhere is an error
		}
		all[i] = newReplay(newText(paths[i], content, e.again()), opts)
		all[i].err = err
		all[i].text.drop()
	})
	e.found = slices.DeleteFunc(all, func(r *Replay) bool { return r == nil })
	e.bySlug = map[string]*Replay{}
	for _, r := range e.found {
		if !e.opts.Drafts && r.draft {
			continue
		}
		e.replays = append(e.replays, r)
		if e.bySlug[r.Slug] == nil {
			e.bySlug[r.Slug] = r
		}
	}
}

// again returns where texts are read again, or nil.
func (e *Edition) again() fs.FS {
	if e.opts.Reread {
		return e.files.Source
	}
	return nil
}

// byPath returns all replays that were found, drafts included.
func (e *Edition) byPath() map[string]*Replay {
	all := make(map[string]*Replay, len(e.found))
	for _, r := range e.found {
		all[r.Path] = r
	}
	return all
}

// makeSite makes what all pages share, or keeps it if nothing in it has changed.
func (e *Edition) makeSite(before *Edition, c changes) {
	e.content, e.layout = before.content, before.layout
	if e.content == nil || c.assets(before.byPath(), e.byPath()) || !before.sameSlugs(e) {
		slugs := make(map[string]string, len(e.replays))
		for _, r := range e.replays {
			slugs[r.Path] = r.Slug
		}
		e.content = site.NewContent(site.Directory{Slugs: slugs, Sheets: e.opts.Sheets, Reread: e.opts.Reread, Highlighter: e.highlighter}, e.files.Content).Sharing(before.content)
		e.layout++
	}
	if e.theme == nil {
		return
	}
	if before.site != nil && before.theme == e.theme && before.sameSettings(e) && before.content == e.content {
		e.made, e.leading = before.made, before.leading
		if e.site = before.site; !before.sameHeads(e) {
			e.leading = e.nextReplay()
			e.site = e.site.Leading(e.leading)
		}
		return
	}
	e.leading = e.nextReplay()
	e.site = site.New(e.cfg, e.theme, e.content, &e.made).Leading(e.leading)
	if before.theme == nil || !before.sameSettings(e) || !before.theme.SameTemplates(e.theme) {
		e.layout++
	}
}

// sameSlugs reports whether links between replays lead where they did.
func (e *Edition) sameSlugs(other *Edition) bool {
	return slices.EqualFunc(e.replays, other.replays, func(a, b *Replay) bool { return a.Path == b.Path && a.Slug == b.Slug })
}

// nextReplay returns where debriefs lead on to. It serves editions to come, too,
// while they have the same heads: all that it tells of a replay stands there.
func (e *Edition) nextReplay() func(slug string) *site.NextReplay {
	order := sync.OnceValue(func() *circle { return newCircle(e.replays, e.shelf) })
	return func(slug string) *site.NextReplay { return order().next(slug) }
}

// sameHeads reports whether debriefs lead on to the same replays, with the same words.
func (e *Edition) sameHeads(other *Edition) bool {
	return slices.EqualFunc(e.replays, other.replays, func(a, b *Replay) bool {
		return a == b || a.Path == b.Path && a.Slug == b.Slug && bytes.Equal(a.text.head, b.text.head)
	})
}

// Config returns the site's settings.
func (e *Edition) Config() site.Config { return e.cfg }

// Site returns what all pages share, or nil if the theme could not be read.
func (e *Edition) Site() *site.Site { return e.site }

// Content returns what the pages link to.
func (e *Edition) Content() *site.Content { return e.content }

// Layout numbers what makes a page besides its replay's text and the styles: in
// editions of one [Open] with the same number, the same text gives the same page,
// but for the name of another replay that a debrief leads on to.
func (e *Edition) Layout() int { return e.layout }

// Replays returns the replays by the paths of their files.
func (e *Edition) Replays() []*Replay { return e.replays }

// Find returns the replay with a slug, or nil. Of several it is the first.
func (e *Edition) Find(slug string) *Replay { return e.bySlug[slug] }

// Err returns all that could not be read, or nil.
func (e *Edition) Err() error {
	errs := slices.Clone(e.errs)
	for _, r := range e.found {
		errs = append(errs, r.err)
	}
	return errors.Join(errs...)
}

// Broken returns what could not be read and concerns the site as a whole, or
// nil. A replay that cannot be read concerns its own pages: see [Edition.Problems].
func (e *Edition) Broken() error { return errors.Join(e.errs...) }

// Common returns what is wrong with the site as a whole: its settings and its theme.
func (e *Edition) Common() *diag.List {
	var list diag.List
	for _, part := range []*diag.List{&e.settings, &e.themed, &e.made, &e.common} {
		list.Append(part)
	}
	return &list
}

// Diagnose works out everything that can be said of the source without making
// its pages: of the site, of every replay, and of replays side by side. If the
// context ends before that is done, what it returns is not complete.
func (e *Edition) Diagnose(ctx context.Context) *diag.List {
	list := e.Common()
	lists := make([]diag.List, len(e.replays))
	parallel.Each(len(e.replays), func(i int) {
		if ctx.Err() == nil {
			lists[i] = *e.Problems(e.replays[i])
		}
	})
	if ctx.Err() != nil {
		return list
	}
	for i := range lists {
		list.Append(&lists[i])
	}
	list.Append(e.Compare(e.replays))
	return list
}

// Unread returns how many replays nobody has asked for yet: [Edition.Cards] has
// to read them.
func (e *Edition) Unread() (n int) {
	for _, r := range e.replays {
		if !r.known() {
			n++
		}
	}
	return n
}

// Cards returns the cards of all replays, by the paths of their files.
func (e *Edition) Cards() []site.Card {
	cards := make([]site.Card, len(e.replays))
	parallel.Each(len(cards), func(i int) { cards[i] = e.replays[i].card(e.shelf) })
	return cards
}

func trailOptions(cfg site.Config) trail.Options {
	onMiss, _ := trail.ParseOnMiss(cfg.Trail.OnMiss) // a bad word has been reported
	return trail.Options{Detail: cfg.Trail.Detail, MaxPages: cfg.Trail.MaxPages, OnMiss: onMiss}
}

// Same reports whether nothing differs between e and the edition after it.
func (e *Edition) Same(next *Edition) bool {
	quiet := func(e *Edition) bool { return e.settings.Len() == 0 && len(e.errs) == 0 }
	return e.site == next.site && e.content == next.content && slices.Equal(e.replays, next.replays) && quiet(e) && quiet(next)
}

package library

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/replaygen/replaygen/generator/check"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/lock"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// CodeUnreadable is reported for what the system does not let be read.
const CodeUnreadable diag.Code = "unreadable"

const (
	codeSameSlug  diag.Code = "same-slug"
	codeSameTitle diag.Code = "same-title"
)

// A Replay is one replay of a source with the text that it had. One whose text is
// the same is the same in all editions that follow one another.
type Replay struct {
	Path string // of its file in the source
	Slug string

	draft bool
	text  *text
	err   error // why there is no text
	opts  trail.Options

	read atomic.Bool // whether it was ever compiled

	// mu guards what is worked out on demand.
	mu       sync.Mutex
	machine  *trail.Machine // nil until it is asked for, and once it has left the shelf
	pages    *site.Replay   // nil likewise
	site     *site.Site     // that pages were made for
	content  *site.Content  // that links were followed in
	compiled bool           // whether what follows is known
	facts    Facts
	title    string
	place    place     // of the title
	list     diag.List // about the text
	links    diag.List // about where it links to on site
	targets  []site.Link
}

func newReplay(t *text, opts trail.Options) *Replay {
	source, err := t.open()
	slug, draft := replay.Peek(source)
	return &Replay{Path: t.path, Slug: slug, draft: draft, text: t, err: err, opts: opts}
}

// is reports whether the replay is what would be made of a text.
func (r *Replay) is(content []byte, opts trail.Options) bool {
	return r.opts == opts && r.text.sum == sha256.Sum256(content)
}

// compile parses, compiles and checks the replay if need be. It holds mu.
func (r *Replay) compile() {
	if r.machine != nil {
		return
	}
	var list diag.List
	source, err := r.text.open()
	if r.err != nil {
		err = r.err
	}
	r.machine = compile(Parse(source, &list), r.opts, &list)
	if err != nil {
		list = diag.List{} // it would speak of a text that nobody has read
		list.Errorf(CodeUnreadable, source.Span(0, 0), "let your user read it, or mend the link", "this file could not be read: %v", err)
	}
	if r.compiled && err == nil {
		return // it was dropped, or recalled
	}
	parsed := r.machine.Replay
	r.compiled, r.list, r.targets = true, list, site.Links(parsed)
	r.facts = Facts{File: r.Path, Card: site.NewCard(r.machine), Detail: r.machine.Detail.String(), Why: r.machine.Chosen}
	r.title, r.place = parsed.Title, newPlace(r.text, parsed.TitleSpan)
	r.read.Store(true)
}

// Inspect compiles and checks one replay, with the settings of the site that its
// file belongs to, if any.
func Inspect(r *replay.Replay, cfg site.Config, list *diag.List) *trail.Machine {
	return compile(r, trailOptions(cfg), list)
}

func compile(r *replay.Replay, opts trail.Options, list *diag.List) *trail.Machine {
	m := trail.Compile(r, opts, list)
	check.Run(m, list)
	return m
}

// drop forgets what takes memory and can be worked out again.
func (r *Replay) drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.machine, r.pages = nil, nil
	r.text.drop()
}

// known reports whether the replay was ever compiled. One that is being compiled
// is not, and nobody waits for it.
func (r *Replay) known() bool { return r.read.Load() }

func (r *Replay) card(s *shelf) site.Card {
	r.mu.Lock()
	known := r.compiled
	if !known {
		r.compile()
	}
	card := r.facts.Card
	r.mu.Unlock()
	if !known {
		s.put(r)
	}
	return card
}

// Facts returns what can be said of a replay without its machine.
func (e *Edition) Facts(r *Replay) Facts {
	r.card(e.shelf) // which also finds the others
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.facts
}

// Sum returns a hash of the text.
func (r *Replay) Sum() [sha256.Size]byte { return r.text.sum }

// Machine returns the compiled replay. It is never nil; what is wrong with the
// text is among [Edition.Problems].
func (e *Edition) Machine(r *Replay) *trail.Machine {
	defer e.shelf.put(r)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.compile()
	return r.machine
}

// Pages returns the pages of a replay. The edition must have a site.
func (e *Edition) Pages(r *Replay) *site.Replay {
	defer e.shelf.put(r)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.compile()
	if r.pages == nil || r.site != e.site {
		var links diag.List
		r.pages, r.site = e.site.Replay(r.machine, &links), e.site
		r.links, r.content = links, e.content
	}
	return r.pages
}

// Problems returns what is to be said of a replay's text, its links included.
func (e *Edition) Problems(r *Replay) *diag.List {
	r.mu.Lock()
	known := r.compiled && (r.content == e.content || e.site == nil)
	r.mu.Unlock()
	switch {
	case known:
	case e.site != nil:
		e.Pages(r)
	default:
		e.Machine(r)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var list diag.List
	list.Append(&r.list)
	list.Append(&r.links)
	return &list
}

// Twins returns the replays that share r's folder, r included, by the paths of
// their files; nil if it has its folder for itself.
func (e *Edition) Twins(r *Replay) (twins []*Replay) {
	for _, other := range e.replays {
		if other.Slug == r.Slug {
			twins = append(twins, other)
		}
	}
	if len(twins) == 1 {
		return nil
	}
	return twins
}

// Compare reports replays that would share a folder, and such as readers and
// search engines could not tell apart.
func (e *Edition) Compare(replays []*Replay) *diag.List {
	list := &diag.List{}
	slugs, titles := map[string]*Replay{}, map[string]*Replay{}
	for _, r := range replays {
		r.card(e.shelf) // which also finds the title
		if other := slugs[r.Slug]; other != nil {
			list.Add(diag.Diagnostic{
				Code: codeSameSlug, Severity: diag.Error, Span: r.place.in(r.text),
				Message: fmt.Sprintf("two replays have the slug %q", r.Slug),
				Hint:    "rename one of the files, or give one a `slug:` in its front matter",
				Related: []diag.Related{{Span: other.place.in(other.text), Message: "the other replay"}},
			})
		} else {
			slugs[r.Slug] = r
		}
		if other := titles[r.title]; other != nil && r.title != "" {
			list.Add(diag.Diagnostic{
				Code: codeSameTitle, Severity: diag.Warning, Span: r.place.in(r.text),
				Message: fmt.Sprintf("another replay is called %q too", r.title),
				Hint:    "give each a title of its own: pages and tabs are told apart by it",
				Related: []diag.Related{{Span: other.place.in(other.text), Message: "the other replay"}},
			})
		} else {
			titles[r.title] = r
		}
	}
	return list
}

// Lock returns the names of a replay's pages that were ever published, if any.
func (e *Edition) Lock(slug string, list *diag.List) (lock.Lock, error) {
	return lock.Read(e.files.Source, NamesDir, slug, list)
}

// LockText returns the text of the file that [Edition.Lock] reads; nil if there is none.
func (e *Edition) LockText(slug string) ([]byte, error) {
	return lock.Text(e.files.Source, NamesDir, slug)
}

// Locked lists the slugs of the replays that were ever published, sorted.
func (e *Edition) Locked(list *diag.List) ([]string, error) {
	return lock.Slugs(e.files.Source, NamesDir, list)
}

// A shelf bounds how many compiled replays stay in memory.
type shelf struct {
	size int // 0 is without bound

	mu      sync.Mutex
	replays []*Replay // the one that was asked for last stands last
}

// put notes that a replay was asked for; another may have to go.
func (s *shelf) put(r *Replay) {
	if s.size == 0 {
		return
	}
	if out := s.replace(r); out != nil {
		out.drop()
	}
}

func (s *shelf) replace(r *Replay) (out *Replay) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.replays, r); i >= 0 {
		s.replays = append(slices.Delete(s.replays, i, i+1), r)
		return nil
	}
	if s.replays = append(s.replays, r); len(s.replays) > s.size {
		out = s.replays[0]
		s.replays = slices.Delete(s.replays, 0, 1)
	}
	return out
}

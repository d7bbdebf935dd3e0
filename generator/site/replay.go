package site

import (
	"cmp"
	"fmt"
	"html"
	"path"
	"sync"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
)

// A Replay makes the pages of one replay: a shell a place, a fragment a distinct
// slot value, and a page as the bytes of both in turn. Each is rendered when a
// page first needs it, or all at once by [Replay.Render]. It is safe for
// concurrent use.
type Replay struct {
	site    *Site
	machine *trail.Machine
	view    *ReplayView
	words   *words.Table
	salt    string
	names   func() map[string]int // states by the names of their pages
	suggest suggestion            // nil where there is nobody to suggest a choice to

	// mu guards all below and the passages of view: whoever renders holds it,
	// whoever only stitches what is ready shares it.
	mu        sync.RWMutex
	ready     []bool // by state: whether all that its page needs is rendered
	pages     map[trail.Place]*Page
	shells    map[trail.Place]*shell
	fragments map[slotKey]*shell
	distances map[[2]trail.Place]string
	landings  map[int]*landing    // by state
	nearest   map[string]int      // state by what a page's name says of the place
	regrets   []int               // by state, see [trail.Machine.Regrets]
	stats     func() *trail.Stats // nil where there are too many states for it
	covers    func() covers
	extras    func() []File
}

// Replay prepares the pages of a compiled replay. What is wrong with its links
// goes to list.
func (s *Site) Replay(m *trail.Machine, list *diag.List) *Replay {
	l := s.theme.locale(cmp.Or(m.Replay.Language, s.view.Language))
	if m.Replay.Language != "" {
		l.report(m.Replay.LanguageSpan, list)
	}
	p := &Replay{
		site: s, machine: m, words: l.table,
		view:  newReplayView(m, s.take(NewCard(m)), l, s.content.texts(m.Replay, l.table, list)),
		salt:  newSalt(string(m.Replay.Source.Text), s.view.Title, s.view.Description),
		ready: make([]bool, m.Len()), pages: map[trail.Place]*Page{}, shells: map[trail.Place]*shell{},
		fragments: map[slotKey]*shell{}, distances: map[[2]trail.Place]string{},
		landings: map[int]*landing{}, nearest: map[string]int{}, regrets: m.Regrets(),
		names: sync.OnceValue(func() map[string]int {
			names := make(map[string]int, m.Len())
			for i := range m.Len() {
				names[m.Name(i)] = i
			}
			return names
		}),
		stats: sync.OnceValue(func() *trail.Stats {
			stats, _ := m.Stats(nil) // without it, pages say nothing of other paths
			return stats
		}),
	}
	p.view.histogram = sync.OnceValue(p.newHistogram)
	p.view.Sheet = s.hasSheet(m.Replay)
	if s.suggest != "" {
		p.suggest = newSuggestion(s.suggest, m)
	}
	p.covers, p.extras = sync.OnceValue(p.newCovers), sync.OnceValue(p.newExtras)
	for i, regret := range p.regrets {
		if place := m.Place(i); regret >= 0 {
			if c := p.view.Rounds[place.Round].Choices[place.Choice]; c.Regret < 0 {
				c.Regret = regret
			}
		}
	}
	return p
}

// Render renders all that pages are stitched from, also those that stand for
// retired pages: a mistake in a layout must not wait for the day when the layout
// is needed. After it no page can fail.
func (p *Replay) Render() error {
	for i := range p.machine.Len() {
		if err := p.prepare(i); err != nil {
			return err
		}
	}
	if p.view.Sheet {
		if _, err := p.extras()[0].Append(nil); err != nil {
			return err
		}
	}
	_, err := p.landing("index")
	return err
}

// prepare renders what the page of state i is stitched from.
func (p *Replay) prepare(i int) error {
	p.mu.RLock()
	ready := p.ready[i]
	p.mu.RUnlock()
	if ready {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	sh, err := p.shell(p.machine.Place(i))
	if err != nil {
		return err
	}
	for _, h := range sh.holes {
		if p.site.theme.slots[h.slot] == nil {
			continue
		}
		if err := p.fragment(p.key(h, i)); err != nil {
			return err
		}
	}
	p.ready[i] = true
	return nil
}

// layoutOf names the layout of each kind of place.
var layoutOf = [...]string{
	trail.Briefing: "briefing", trail.Round: "round", trail.Outcome: "outcome",
	trail.Closing: "closing", trail.Debrief: "debrief",
}

// shell executes the layout of a place, once.
func (p *Replay) shell(place trail.Place) (*shell, error) {
	if sh := p.shells[place]; sh != nil {
		return sh, nil
	}
	page := p.page(place)
	layout, err := p.view.locale.layout(page.Kind)
	if err != nil {
		return nil, fmt.Errorf("layout %s: %w", page.Kind, err)
	}
	sh, err := execute(layout, page, page.slots, p.site.finish(page.Root))
	if err != nil {
		return nil, fmt.Errorf("layout %s: %w", page.Kind, err)
	}
	page.slots = nil // slots get the page too, and cannot ask for slots
	p.shells[place] = sh
	return sh, nil
}

// page returns what the templates of a place see.
func (p *Replay) page(place trail.Place) *Page {
	if page := p.pages[place]; page != nil {
		return page
	}
	page := &Page{
		Site: p.site.view, Lang: p.view.Language, Dir: p.view.Dir,
		Kind: layoutOf[place.Kind], Root: "../", Stylesheet: "../" + p.site.stylesheet, title: p.placeTitle(place),
		Canonical: p.site.canonical(p.view.Slug), Replay: p.view, slots: &shellBuilder{salt: p.salt},
		NoIndex: place.Kind != trail.Briefing, Suggests: p.suggests(place.Kind),
	}
	rounds := p.view.Rounds
	switch place.Kind {
	case trail.Briefing:
		if len(rounds) > 0 {
			page.NextName = rounds[0].Name
		}
	case trail.Round:
		page.Round, page.Offers = rounds[place.Round], true
	case trail.Outcome:
		page.Round = rounds[place.Round]
		page.Choice = page.Round.Choices[place.Choice]
		next := p.machine.NextRound(place.Round, place.Choice)
		page.Offers = next == place.Round
		page.ShowsBest = p.machine.ShowsWhatWorks(place.Round, place.Choice)
		page.NextName = p.words.Text("debrief")
		if next >= 0 {
			page.NextName = rounds[next].Name
		}
	case trail.Closing:
		page.Round, page.NextName = rounds[place.Round], p.words.Text("debrief")
	case trail.Debrief:
		page.NextReplay = p.site.follow(p.site.next(p.view.Slug), p.view.locale)
		if place.Round >= 0 {
			page.Round = rounds[place.Round]
		}
		if ending, ok := place.Ending(); ok {
			page.Ending = p.view.Endings[ending]
		}
	}
	p.pages[place] = page
	return page
}

// distance says how a round stands, at a place, that is not being played and not
// known to have been visited; see [RoundSlot]. It is found once per place.
func (p *Replay) distance(place trail.Place, round int) string {
	key := [2]trail.Place{place, {Round: round}}
	status, ok := p.distances[key]
	if ok {
		return status
	}
	switch m := p.machine; {
	case m.Reaches(place, round):
		status = "ahead"
	case m.Detail < trail.ByTotal:
		status = "skipped"
	case m.Passed(place, round):
		status = "passed"
	default:
		status = "unknown"
	}
	p.distances[key] = status
	return status
}

// beaten returns how many percent of the paths of a random responder take
// longer than debrief state i, rounded down, or -1 if that is not known.
func (p *Replay) beaten(i int) int {
	if !p.view.KnowsClock || p.machine.Place(i).Kind != trail.Debrief {
		return -1
	}
	stats := p.stats()
	if stats == nil {
		return -1
	}
	return stats.BeatenPercent(p.machine, i)
}

// Machine returns the replay's machine.
func (p *Replay) Machine() *trail.Machine { return p.machine }

// State returns the state whose page is called name, which has no extension.
func (p *Replay) State(name string) (i int, ok bool) {
	i, ok = p.names()[name]
	return i, ok
}

// Link returns the URL of the page of state i, relative to the replay's folder.
func (p *Replay) Link(i int) string { return html.UnescapeString(string(p.appendLink(nil, i))) }

// Page returns the page of state i.
func (p *Replay) Page(i int) File {
	return File{
		Path:   path.Join(p.view.Slug, p.machine.Name(i)+".html"),
		Append: func(buf []byte) ([]byte, error) { return p.append(buf, i) },
	}
}

// AppendPath appends the path of the page of state i from the site's root to buf.
func (p *Replay) AppendPath(buf []byte, i int) []byte {
	buf = append(append(buf, p.view.Slug...), '/')
	return append(p.machine.AppendName(buf, i), ".html"...)
}

// AppendPage appends the page of state i to buf; see [File].
func (p *Replay) AppendPage(buf []byte, i int) ([]byte, error) { return p.append(buf, i) }

// Extras returns the replay's files besides the pages of its states: the
// facilitator's sheet and the pictures that its links unfold to.
func (p *Replay) Extras() []File { return p.extras() }

package site

import (
	"cmp"
	"html"
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
	regrets []int8                // by state, see [trail.Machine.Regrets]
	stats   func() *trail.Stats   // nil where there are too many states for it
	covers  func() covers
	extras  func() []File

	// mu guards all below and the passages of view: whoever renders holds it,
	// whoever only stitches what is there shares it.
	mu        sync.RWMutex
	scenes    map[trail.Place]*scene
	moments   map[momentKey]*moment
	tables    map[kind]table // of slots that say nothing of the place
	fragments map[slotKey]*shell
	shared    map[sharedKey]*shell
	distances map[[2]trail.Place]string
	landings  map[int]*landing // by state
	nearest   map[string]int   // state by what a page's name says of the place
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
		view:    newReplayView(m, s.take(NewCard(m)), l, s.content.texts(m.Replay, l.table, list)),
		salt:    newSalt(string(m.Replay.Source.Text), s.view.Title, s.view.Description),
		regrets: make([]int8, m.Len()),
		scenes:  map[trail.Place]*scene{}, moments: map[momentKey]*moment{}, fragments: map[slotKey]*shell{}, shared: map[sharedKey]*shell{},
		tables:    map[kind]table{clockHole: {}, spentHole: {}, regretHole: {}},
		distances: map[[2]trail.Place]string{}, landings: map[int]*landing{}, nearest: map[string]int{},
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
	for i, regret := range m.Regrets() {
		p.regrets[i] = int8(regret)
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
	if err := p.prepareAll(); err != nil {
		return err
	}
	if p.view.Sheet {
		if _, err := p.extras()[0].Append(nil); err != nil {
			return err
		}
	}
	_, err := p.landing("index")
	return err
}

func (p *Replay) prepareAll() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	scratch := make([]byte, 0, 256)
	for i := range p.machine.Len() {
		if err := p.prepare(scratch, i); err != nil {
			return err
		}
	}
	return nil
}

// prepare renders what the page of state i is stitched from, as far as that has not
// been done. The caller holds mu. What is behind the end of scratch may be used.
func (p *Replay) prepare(scratch []byte, i int) error {
	sc, err := p.scene(p.machine.Place(i))
	if err != nil {
		return err
	}
	s := stitcher{Replay: p, state: i, scene: sc, now: p.moment(sc, i)}
	for n := range sc.shell.holes {
		h := &sc.shell.holes[n]
		if !h.kind.isShell() {
			continue
		}
		key := s.key(scratch, h)
		if h.table[key] != nil {
			continue
		}
		sh, err := s.filling(h, key)
		if err != nil {
			return err
		}
		h.table[key] = sh
	}
	return nil
}

// filling renders what the state needs at a hole.
func (s *stitcher) filling(h *hole, key uint64) (*shell, error) {
	if h.kind.isSlot() {
		return s.fragment(s.slotKey(h, s.state))
	}
	return s.text(s.scene, h.kind, key), nil
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

// regret returns how many points of the score the pick before state i gave away,
// 0 where that is not known.
func (p *Replay) regret(i int) int { return int(max(0, p.regrets[i])) }

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
		Path:   string(p.AppendPath(nil, i)),
		Append: func(buf []byte) ([]byte, error) { return p.AppendPage(buf, i) },
	}
}

// AppendPath appends the path of the page of state i from the site's root to buf.
func (p *Replay) AppendPath(buf []byte, i int) []byte {
	buf = append(append(buf, p.view.Slug...), '/')
	return append(p.machine.AppendName(buf, i), ".html"...)
}

// Extras returns the replay's files besides the pages of its states: the
// facilitator's sheet and the pictures that its links unfold to.
func (p *Replay) Extras() []File { return p.extras() }

package site

import (
	"cmp"
	"html/template"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
	"github.com/replaygen/replaygen/generator/words"
)

// A Card is what the site knows of a replay without its pages: enough for lists
// of replays, and little enough to keep thousands.
type Card struct {
	Slug, Title, Description string
	Difficulty, Severity     string
	Tags, Authors            []string
	Role, System             string // the setup's first sentence on the reader's role and on the system; "" if there is none
	Date                     string // 2006-01-02, or ""
	Optimal, Worst           int    // whole minutes
	Rounds                   int
	Decisions                int    // rounds with choices
	Pages                    int    // states
	Paths                    string // how many ways lead through it, such as "405 600" or "≈ 10¹²"; "" where there is one, or counting takes long
	Path                     string // of the briefing, from the site's root
	// Language and Dir are those of the replay's texts, as HTML writes them. Cards
	// have them, and all a description, once a site has taken them up.
	Language, Dir string
}

// A NextReplay is one to play after another.
type NextReplay struct {
	Title string
	Path  string // of the briefing, from the site's root
	Tag   string // that both replays have, or ""
	// Language and Dir are those of the title, as HTML writes them, and Name is the
	// title marked with them where the page has others. Pages have all of them; who
	// tells a site of the replay gives the language if it says its own.
	Language, Dir string
	Name          template.HTML
}

// follow completes what to play next, for a page of a replay in the language l.
func (s *Site) follow(next *NextReplay, l *locale) *NextReplay {
	if next == nil {
		return nil
	}
	n := *next
	own := s.theme.locale(cmp.Or(n.Language, s.view.Language))
	n.Language, n.Dir = own.lang, own.dir
	n.Name = template.HTML(escape(n.Title)) //nolint:gosec // it is escaped
	if own.lang != l.lang {
		n.Name = `<span lang="` + template.HTML(n.Language+`" dir="`+n.Dir) + `">` + n.Name + `</span>` //nolint:gosec // tags of languages need no escaping
	}
	return &n
}

// TagPages returns the pages of the replay's tags, each once.
func (c Card) TagPages() (pages []TagView) {
	for _, tag := range c.Tags {
		page := TagView{Name: tag, Path: tagPath(tag)}
		if !slices.ContainsFunc(pages, func(p TagView) bool { return p.Path == page.Path }) {
			pages = append(pages, page)
		}
	}
	return pages
}

// Lengths of what a card repeats of a setup, in characters, and how many states
// may be looked at to count the paths: a card must cost little beside compiling.
const (
	roleLength   = 80
	systemLength = 160
	pathsLimit   = 2000
)

// NewCard returns the card of a compiled replay.
func NewCard(m *trail.Machine) Card {
	r := m.Replay
	c := Card{
		Slug: r.Slug, Title: r.Title, Description: description(r),
		Difficulty: r.Difficulty, Severity: r.Severity, Tags: r.Tags, Authors: r.Authors, Date: date(r.Date),
		Optimal: roundMinutes(m.Scoring.Optimal), Worst: roundMinutes(m.Scoring.Worst),
		Role: fact(r, roleLength, "your role", "role"), Rounds: len(r.Rounds), Pages: m.Len(),
		Path: r.Slug + "/index.html", Language: r.Language,
	}
	if r.Description != "" { // else the description may say it
		c.System = fact(r, systemLength, "system context", "system")
	}
	if paths, ok := m.Paths(pathsLimit); ok && paths.Cmp(big.NewInt(1)) > 0 {
		c.Paths = pathsText(paths)
	}
	for _, round := range r.Rounds {
		if !round.Closing() {
			c.Decisions++
		}
	}
	return c
}

// newestFirst sorts cards for lists of replays.
func newestFirst(cards []Card) []Card {
	return slices.SortedFunc(slices.Values(cards), func(a, b Card) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Slug, b.Slug))
	})
}

// take completes a card with what the site and its theme say.
func (s *Site) take(c Card) Card {
	l := s.theme.locale(cmp.Or(c.Language, s.view.Language))
	c.Language, c.Dir = l.lang, l.dir
	if c.Description == "" {
		c.Description = l.table.Text("card_description", words.String("title", c.Title))
	}
	return c
}

// description is the author's, else the replay's first fact, if it has one.
func description(r *replay.Replay) string {
	if r.Description != "" {
		return r.Description
	}
	if len(r.Setup) > 0 {
		return shorten(r.Setup[0].Text.Plain(), 200)
	}
	return ""
}

// sentence returns the first sentence of a text, without its full stop.
func sentence(text string) string {
	first, _, _ := strings.Cut(text, ". ")
	return strings.TrimSuffix(first, ".")
}

// fact returns how the setup begins under one of the labels, or "".
func fact(r *replay.Replay, limit int, labels ...string) string {
	for _, f := range r.Setup {
		if slices.ContainsFunc(labels, func(l string) bool { return strings.EqualFold(l, strings.TrimSpace(f.Label)) }) {
			return shorten(sentence(f.Text.Plain()), limit)
		}
	}
	return ""
}

// pathsText writes a count without words: with digits in groups up to seven of them,
// and beyond that as the nearest power of ten.
func pathsText(n *big.Int) string {
	digits := n.String()
	if len(digits) > len("1000000") {
		return "≈ 10" + superscript(int(math.Round(log10(digits))))
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u202f" + digits[i:]
	}
	return digits
}

// log10 returns the decimal logarithm of a number in digits.
func log10(digits string) float64 {
	const exact = 15 // digits that a float64 holds
	head := digits[:min(len(digits), exact)]
	value, _ := strconv.ParseFloat(head, 64)
	return math.Log10(value) + float64(len(digits)-len(head))
}

func superscript(n int) string {
	return strings.Map(func(r rune) rune { return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'] }, strconv.Itoa(n))
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

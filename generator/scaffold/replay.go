package scaffold

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

//go:embed replay.md.tmpl
var replayTemplate string

// How large a new replay may be.
const (
	MinRounds, MaxRounds   = 1, 50 // rounds with choices
	MinChoices, MaxChoices = 2, 10 // in each of them
)

// A Replay says what a new replay is to be.
type Replay struct {
	Slug     string // also the file's name
	Title    string // plain text; "" makes one of the slug
	Rounds   int    // with choices; a closing round follows
	Choices  int    // in each round
	MaxPages int    // that the site allows a replay
}

// Minutes that the steps of a new replay take.
const (
	bestMinutes = 3
	missMinutes = 5
)

// File returns the file of the replay, which can be played as it is and gives
// no cause for warnings. The error says what in r cannot be.
func (r Replay) File() (File, error) {
	if err := r.check(); err != nil {
		return File{}, err
	}
	text, err := r.text()
	if err != nil {
		return File{}, err
	}
	f := File{Path: r.Slug + ".md", Text: text}
	// The parser knows which names are taken by the site itself.
	var list diag.List
	replay.Parse(diag.NewSource(f.Path, f.Text), &list)
	for _, d := range list.Sorted() {
		return File{}, errors.New(d.Message)
	}
	return f, nil
}

func (r Replay) check() error {
	if err := checkName(r.Slug); err != nil {
		return err
	}
	switch {
	case r.Slug == "readme":
		return errors.New("a file called readme is never read as a replay; choose another name")
	case r.Rounds < MinRounds || r.Rounds > MaxRounds:
		return fmt.Errorf("a new replay has from %d to %d rounds, not %d", MinRounds, MaxRounds, r.Rounds)
	case r.Choices < MinChoices || r.Choices > MaxChoices:
		return fmt.Errorf("a round of a new replay has from %d to %d choices, not %d", MinChoices, MaxChoices, r.Choices)
	}
	return checkTitle(r.Title)
}

// maxTitle is how many characters a title may have.
const maxTitle = 200

func checkTitle(title string) error {
	switch {
	case !utf8.ValidString(title) || strings.ContainsFunc(title, unprintable):
		return fmt.Errorf("the title %q holds characters that cannot be printed", title)
	case utf8.RuneCountInString(title) > maxTitle:
		return fmt.Errorf("the title is longer than %d characters", maxTitle)
	}
	return nil
}

func unprintable(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }

// FullTitle returns the title that the replay will have.
func (r Replay) FullTitle() string {
	title := strings.Join(strings.Fields(r.Title), " ")
	title = strings.TrimSpace(strings.TrimPrefix(title, "Incident Replay:"))
	if title != "" {
		return title
	}
	words := strings.Split(r.Slug, "-")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// outline is what the template sees.
type outline struct {
	Slug           string
	Heading        string // the title as Markdown
	Rounds         []roundOutline
	Closing        int  // label of the closing round
	Optimal, Worst int  // minutes
	Pages          int  // needed if misses are to be retried
	MaxPages       int  // allowed
	Continue       bool // whether they are not
}

type roundOutline struct {
	Label, Next int
	Choices     []choiceOutline
}

type choiceOutline struct {
	Letter string
	Best   bool
}

func (r Replay) text() ([]byte, error) {
	o := outline{
		Slug: r.Slug, Heading: escape(r.FullTitle()), Closing: r.Rounds + 1,
		Optimal: bestMinutes * r.Rounds, Pages: r.pages(), MaxPages: r.MaxPages,
	}
	o.Worst = o.Optimal + missMinutes*r.Rounds*(r.Choices-1)
	o.Continue = o.Pages > r.MaxPages
	for label := 1; label <= r.Rounds; label++ {
		round := roundOutline{Label: label, Next: label + 1}
		for i := range r.Choices {
			// The best choice is another one in each round: B, C, …
			round.Choices = append(round.Choices, choiceOutline{Letter: string(rune('A' + i)), Best: i == label%r.Choices})
		}
		o.Rounds = append(o.Rounds, round)
	}
	t, err := template.New("replay").Parse(replayTemplate)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, o)
	return out.Bytes(), err
}

// pages returns how many pages the replay needs at least, under the detail
// "none", if a miss leads back to its round: per round the page that opens it,
// one for each miss with each set of other misses tried, and one for the best
// choice; and briefing, closing round and debrief.
func (r Replay) pages() int {
	misses := r.Choices - 1
	return r.Rounds*(1+misses<<(misses-1)+1) + 3
}

// escape writes plain text as Markdown.
func escape(text string) string {
	var b strings.Builder
	for _, c := range text {
		if strings.ContainsRune("\\`*_[]<>#&!~|", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

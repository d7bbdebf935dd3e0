// Package specimen makes libraries of incident replays to measure with: as many
// replays as wanted, each of about a wanted number of pages, bytes and code
// blocks, and the same bytes on every machine.
//
// The texts are plausible and varied, so that parsing, highlighting and
// rendering them costs what an author's texts cost: prose about services and
// what they stand on, tables, lists, commands that recur as commands do, and
// code blocks that do not. Every replay is a straight line of rounds, some with
// a second way on and some with an ending of their own; there are no loops,
// since their pages could only be counted by compiling them.
package specimen

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// A Library describes a generated library. The zero value of a field means its
// default, and a value beyond the limits named here is taken as the limit.
type Library struct {
	Replays int // how many; 200
	// Pages is about how many pages a replay has; 500. Shape, costs and detail of
	// each replay are chosen to come close to it: within 5 % for 60 to 20,000
	// pages, unless Rounds or Choices leave too little to choose.
	Pages   int
	Rounds  int // decisions a replay, 12 at most; by default each has its own number
	Choices int // choices a round, 2 to 8; by default each round has its own number
	// Bytes is about how long a replay's text is; 20,000, and 500,000 at most. A text
	// is never shorter than its choices and code blocks need it to be, which for
	// the default of both is 8,000 to 16,000.
	Bytes      int
	CodeBlocks int    // fenced blocks a replay, 200 at most; 10, and none if negative
	Seed       uint64 // libraries of different seeds hold different texts
}

// The limits of the format lie well beyond these.
const (
	maxRounds     = 12
	minChoices    = 2
	maxChoices    = 8
	maxBytes      = 500_000
	maxCodeBlocks = 200
)

// withDefaults returns the library with every field settled. Rounds and Choices
// stay 0 where each replay chooses for itself.
func (l Library) withDefaults() Library {
	l.Replays = orDefault(l.Replays, 200)
	l.Pages = orDefault(l.Pages, 500)
	l.Bytes = min(orDefault(l.Bytes, 20_000), maxBytes)
	l.Rounds = min(max(0, l.Rounds), maxRounds)
	if l.Choices = max(0, l.Choices); l.Choices > 0 {
		l.Choices = min(max(minChoices, l.Choices), maxChoices)
	}
	if l.CodeBlocks == 0 {
		l.CodeBlocks = 10
	}
	l.CodeBlocks = min(max(0, l.CodeBlocks), maxCodeBlocks)
	return l
}

func orDefault(value, standard int) int {
	if value <= 0 {
		return standard
	}
	return value
}

// Replay returns the i-th replay, from 0: the name of its file in content/ and
// its text. Both depend on the library's description and on i, and on nothing else.
func (l Library) Replay(i int) (name string, text []byte) {
	l = l.withDefaults()
	rng := rand.New(rand.NewPCG(l.Seed, uint64(i)))
	title := l.title(i)
	w := newWriter(title, newScene(rng, title), l.chooseShape(rng))
	w.related = l.related(rng, i)
	return title.slug() + ".md", w.write(l.Bytes, l.CodeBlocks)
}

// Site returns the text of content/site.yaml. It allows as many pages a replay
// as the library's replays have.
func (l Library) Site() []byte {
	l = l.withDefaults()
	return fmt.Appendf(nil, "title: %d generated replays\ndescription: A library to measure with.\ntrail:\n  max_pages: %d\n", l.Replays, l.maxPages())
}

// maxPages returns how many pages the site allows a replay: the default of
// replaygen, unless the wanted number is near it or even the coarsest detail
// needs more for the wanted rounds and choices.
func (l Library) maxPages() int {
	rounds, retries := orDefault(l.Rounds, maxRounds), orDefault(l.Choices, 5)-1
	coarsest := rounds*(5+retries<<retries/2) + 5
	return max(1000, 2*l.Pages, coarsest)
}

// Files returns every file of the library by its path below the source, which
// begins with content/.
func (l Library) Files() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if !yield("content/site.yaml", l.Site()) {
			return
		}
		for i := range l.withDefaults().Replays {
			if name, text := l.Replay(i); !yield("content/"+name, text) {
				return
			}
		}
	}
}

// Write writes the library into dir, which then is a source to build: it makes
// dir/content as needed, and overwrites files of the same names only.
func (l Library) Write(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "content"), 0o777); err != nil {
		return err
	}
	for name, text := range l.Files() {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

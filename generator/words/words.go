// Package words holds the words of a theme: every text that its pages show and
// that no replay's author wrote, in several languages.
//
// A theme keeps one table a language, words/<tag>.yaml. English says which words
// there are:
//
//	choose: Choose your action
//	begin: "Begin with {round}"
//	misses: {one: "{n} miss", other: "{n} misses"}
//
// A name in braces is a placeholder. A word that is counted has a text for each
// form of its language, by the names of CLDR's plural categories; {n} is the number.
// A word that a theme's table lacks is taken from the same language's table of the
// theme that it extends, then from more general languages (de-AT, de), and at last
// from English.
package words

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
)

// Tables are the words of a theme in each of its languages. They do not change.
type Tables struct {
	reference map[string]*word // which words there are, in English
	keys      []string         // of reference, sorted
	languages []language.Tag   // of tables; the first is English
	tables    []*Table
	added     map[string]*word // those of reference that the last layer lacks
	sources   []*diag.Source
}

// A Layer is one of the folders that a theme is made of.
type Layer struct {
	Dir   string // as an author knows it
	Files fs.FS
}

// Load reads the tables of a theme's layers, nearest first: a word of one goes
// before that of those behind it. Mistakes go to list.
func Load(layers []Layer, list *diag.List) (*Tables, error) {
	var all []*sheet
	for _, l := range layers {
		found, err := readSheets(l, list)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	english := language.English()
	t := &Tables{reference: map[string]*word{}, added: map[string]*word{}, languages: []language.Tag{english}}
	for _, s := range slices.Backward(all) {
		if s.language == english {
			t.addEnglish(s, s.dir != layers[len(layers)-1].Dir)
		}
	}
	t.keys = slices.Sorted(maps.Keys(t.reference))
	for _, s := range all {
		t.checkSheet(s, list)
		t.sources = append(t.sources, s.source)
		if !slices.Contains(t.languages, s.language) {
			t.languages = append(t.languages, s.language)
		}
	}
	for _, tag := range t.languages {
		t.tables = append(t.tables, t.newTable(tag, all))
	}
	return t, nil
}

// addEnglish adds the words of an English table that those behind it lack.
func (t *Tables) addEnglish(s *sheet, extra bool) {
	for key, w := range s.words {
		if t.reference[key] == nil {
			t.reference[key] = w
			if extra {
				t.added[key] = w
			}
		}
	}
}

// newTable gathers the words of a language, the nearest table first.
func (t *Tables) newTable(tag language.Tag, all []*sheet) *Table {
	table := &Table{Lang: tag.String(), Dir: tag.Dir(), words: make(map[string]*word, len(t.reference))}
	for _, l := range append(tag.Chain(), language.English()) {
		for _, s := range all {
			if s.language != l {
				continue
			}
			for key, w := range s.words {
				if table.words[key] == nil && t.reference[key] != nil {
					table.words[key] = w
				}
			}
		}
	}
	return table
}

// In returns the table of a language, else that of the one nearest to it, else
// the English one.
func (t *Tables) In(tag language.Tag) *Table {
	if i, ok := tag.Nearest(t.languages); ok {
		return t.tables[i]
	}
	return t.tables[0]
}

// Speaks reports whether there are words in a language that its speakers understand.
func (t *Tables) Speaks(tag language.Tag) bool {
	_, ok := tag.Nearest(t.languages)
	return ok
}

// Sources returns all tables as they were read.
func (t *Tables) Sources() []*diag.Source { return t.sources }

// Unused reports words that a theme adds to English and its templates never show:
// most are slips in the name of a word that was to be replaced.
func (t *Tables) Unused(used map[string]bool, list *diag.List) {
	for _, key := range slices.Sorted(maps.Keys(t.added)) {
		if !used[key] {
			hint := "remove it, or show it in a template"
			if near := config.Nearest(key, t.others()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			list.Warnf(codeUnused, t.added[key].span, hint, "no template shows the word %q", key)
		}
	}
}

// others are the keys of the last layer.
func (t *Tables) others() []string {
	return slices.DeleteFunc(slices.Clone(t.keys), func(k string) bool { return t.added[k] != nil })
}

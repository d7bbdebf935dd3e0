package words

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
)

// folder is where a theme keeps its tables.
const folder = "words"

// A sheet is one table as a theme writes it.
type sheet struct {
	dir      string // of its layer
	language language.Tag
	source   *diag.Source
	words    map[string]*word
	keys     []string // in the order of the source
}

// readSheets reads the tables of a layer.
func readSheets(l Layer, list *diag.List) (all []*sheet, err error) {
	names, err := fs.Glob(l.Files, folder+"/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(l.Files, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed while we look
		}
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		src := diag.NewSource(path.Join(l.Dir, name), body)
		base := strings.TrimSuffix(path.Base(name), ".yaml")
		tag, err := language.Parse(base)
		if err != nil || tag.String() != base {
			hint := "name it after the BCP 47 tag of its language, such as de.yaml, pt-BR.yaml or ar.yaml"
			if err == nil {
				hint = fmt.Sprintf("call it %s.yaml", tag)
			}
			list.Errorf(codeLanguage, src.Span(0, 0), hint, "the file's name %q is not the tag of a language", base+".yaml")
			continue
		}
		all = append(all, newSheet(l.Dir, src, tag, list))
	}
	return all, nil
}

func newSheet(dir string, src *diag.Source, tag language.Tag, list *diag.List) *sheet {
	s := &sheet{dir: dir, language: tag, source: src, words: map[string]*word{}}
	for _, e := range config.Entries(src, 0, len(src.Text), list) {
		if w := newWord(e, tag, list); w != nil {
			s.words[e.Key] = w
			s.keys = append(s.keys, e.Key)
		}
	}
	return s
}

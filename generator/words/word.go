package words

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
)

// countName is the placeholder of the number in a word that is counted.
const countName = "n"

// A word is what a table says under one key.
type word struct {
	language language.Tag
	isolates bool      // whether texts that are put into it are kept apart
	counted  bool      // whether the table gives forms
	span     diag.Span // of the key
	// forms are the texts by [language.Form]. After loading none is nil: where the
	// table gives one text, or too few, one stands for several.
	forms [language.Other + 1]*text
	given []language.Form // those that the table gives, in its order; Other for a word that is not counted
}

// A text is a form of a word, cut at its placeholders.
type text struct {
	span     diag.Span
	literals []string // one more than names
	escaped  []string // literals as HTML
	names    []string // of the placeholders
}

// placeholder matches a placeholder, or a brace that belongs to none.
var placeholder = regexp.MustCompile(`\{([a-z][a-z_]*)\}|[{}]`)

// newWord reads an entry of a table.
func newWord(e config.Entry, tag language.Tag, list *diag.List) *word {
	w := &word{language: tag, isolates: tag.Dir() == "rtl", counted: e.Entries != nil, span: e.KeySpan}
	if !w.counted {
		w.forms[language.Other] = newText(e, list)
		w.given = []language.Form{language.Other}
	}
	for _, inner := range e.Entries {
		form, ok := formNamed(inner.Key)
		if !ok {
			list.Errorf(codePlural, inner.KeySpan, "the forms are: "+strings.Join(formNames(language.Forms()), ", "),
				"there is no form %q of a word that is counted", inner.Key)
			continue
		}
		w.forms[form] = newText(inner, list)
		w.given = append(w.given, form)
	}
	if len(w.given) == 0 {
		if len(e.Entries) == 0 {
			list.Errorf(codePlural, e.Span, "write the text behind the key", "the word %q has no text", e.Key)
		}
		return nil
	}
	w.fill()
	return w
}

// fill lets forms that the table does not give be said by one that it does.
func (w *word) fill() {
	stand := w.forms[language.Other]
	if stand == nil {
		stand = w.forms[w.given[0]]
	}
	for i := range w.forms {
		if w.forms[i] == nil {
			w.forms[i] = stand
		}
	}
}

func newText(e config.Entry, list *diag.List) *text {
	t := &text{span: e.Span}
	from := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(e.Text, -1) {
		if at[2] < 0 {
			list.Errorf(codePlaceholder, t.at(e.Text[at[0]:at[1]]), "a placeholder is a name of small letters in braces, such as {round}; texts have no other braces",
				"this brace belongs to no placeholder")
			continue
		}
		t.literals = append(t.literals, e.Text[from:at[0]])
		t.names = append(t.names, e.Text[at[2]:at[3]])
		from = at[1]
	}
	t.literals = append(t.literals, e.Text[from:])
	for _, l := range t.literals {
		t.escaped = append(t.escaped, html.EscapeString(l))
	}
	return t
}

// at returns where in the source something in the text stands, or the whole text
// where its source is written differently.
func (t *text) at(part string) diag.Span {
	if i := strings.Index(t.span.Text(), part); i >= 0 {
		return t.span.Source.Span(t.span.Start+i, t.span.Start+i+len(part))
	}
	return t.span
}

// names returns the placeholders of all forms, each once.
func (w *word) names() (names []string) {
	if w.counted {
		names = append(names, countName)
	}
	for _, form := range w.given {
		for _, name := range w.forms[form].names {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func formNamed(name string) (language.Form, bool) {
	for _, f := range language.Forms() {
		if f.String() == name {
			return f, true
		}
	}
	return 0, false
}

func formNames(forms []language.Form) (names []string) {
	for _, f := range forms {
		names = append(names, f.String())
	}
	return names
}

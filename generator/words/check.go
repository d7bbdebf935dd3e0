package words

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
)

const (
	codeUnknown     diag.Code = "word-unknown"
	codeUnused      diag.Code = "word-unused"
	codePlaceholder diag.Code = "word-placeholder"
	codePlural      diag.Code = "word-plural"
	codeLanguage    diag.Code = "word-language"
)

// checkSheet compares a table with the English words.
func (t *Tables) checkSheet(s *sheet, list *diag.List) {
	uses := s.language.Uses()
	for _, key := range s.keys {
		w, reference := s.words[key], t.reference[key]
		if reference == nil {
			list.Errorf(codeUnknown, w.span, t.unknownHint(key), "there is no word %q in English", key)
			continue
		}
		if w.counted && !reference.counted {
			list.Errorf(codePlural, w.span, "write one text", "the word %q is not counted in English", key)
			continue
		}
		if w.counted {
			checkForms(key, w, uses, list)
		}
		checkPlaceholders(key, w, reference.names(), uses, list)
	}
}

// unknownHint says which word may have been meant.
func (t *Tables) unknownHint(key string) string {
	if near := config.Nearest(key, t.keys); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "words/en.yaml of the default theme lists the words; a theme's own en.yaml may add others"
}

// checkForms reports forms that the language needs and the word lacks, and the reverse.
func checkForms(key string, w *word, uses language.Uses, list *diag.List) {
	var missing []string
	for form, use := range uses {
		if use.Numbers > 0 && !slices.Contains(w.given, language.Form(form)) {
			missing = append(missing, fmt.Sprintf("%s (for %d)", language.Form(form), use.Least))
		}
	}
	if len(missing) > 0 {
		list.Errorf(codePlural, w.span, "without it the word is wrong for some numbers", "%q lacks a form that %q counts with: %s",
			key, w.language, strings.Join(missing, ", "))
	}
	for _, form := range w.given {
		if uses[form].Numbers == 0 && form != language.Other {
			list.Warnf(codePlural, w.forms[form].span, "remove it; ask for the number in the template if it needs a text of its own",
				"%q never counts with the form %q", w.language, form)
		}
	}
}

// checkPlaceholders compares the placeholders of a word with those of the English one.
func checkPlaceholders(key string, w *word, want []string, uses language.Uses, list *diag.List) {
	for _, form := range w.given {
		text := w.forms[form]
		for _, name := range text.names {
			if !slices.Contains(want, name) {
				list.Errorf(codePlaceholder, text.at("{"+name+"}"), placeholderHint(name, want), "the word %q has no placeholder {%s}", key, name)
			}
		}
		for _, name := range want {
			// A form for one number alone may say it in words, or not at all.
			said := name == countName && w.counted && uses[form].Numbers <= 1
			if !said && !slices.Contains(text.names, name) {
				list.Warnf(codePlaceholder, text.span, "the English word has it", "this text does not say {%s}", name)
			}
		}
	}
}

func placeholderHint(name string, all []string) string {
	if near := config.Nearest(name, all); near != "" {
		return fmt.Sprintf("did you mean {%s}?", near)
	}
	if len(all) == 0 {
		return "it has none"
	}
	return "it has {" + strings.Join(all, "}, {") + "}"
}

// A Fault is what is wrong with the use of a word.
type Fault struct {
	Code          diag.Code
	Message, Hint string
	Name          string // of the argument at fault; "" if it is none
}

// Check says what is wrong with a use of a word: whether there is one, whether it
// is counted, and whether names are those of its placeholders but {n}.
func (t *Tables) Check(key string, counted bool, names []string) (faults []Fault) {
	w := t.reference[key]
	switch {
	case w == nil:
		return []Fault{{Code: codeUnknown, Message: fmt.Sprintf("there is no word %q", key), Hint: t.unknownHint(key)}}
	case w.counted && !counted:
		return []Fault{{Code: codePlural, Message: fmt.Sprintf("the word %q is counted", key), Hint: fmt.Sprintf("write n %q and the number", key)}}
	case !w.counted && counted:
		return []Fault{{Code: codePlural, Message: fmt.Sprintf("the word %q is not counted", key), Hint: fmt.Sprintf("write t %q", key)}}
	}
	all := slices.DeleteFunc(w.names(), func(name string) bool { return counted && name == countName })
	for _, name := range names {
		if !slices.Contains(all, name) {
			faults = append(faults, Fault{Code: codePlaceholder, Name: name, Hint: placeholderHint(name, all),
				Message: fmt.Sprintf("the word %q has no placeholder {%s}", key, name)})
		}
	}
	for _, name := range all {
		if !slices.Contains(names, name) {
			faults = append(faults, Fault{Code: codePlaceholder, Hint: fmt.Sprintf("add %q and its value", name),
				Message: fmt.Sprintf("nothing is given for {%s} of the word %q", name, key)})
		}
	}
	return faults
}

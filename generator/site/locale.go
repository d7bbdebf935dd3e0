package site

import (
	"errors"
	"fmt"
	"html/template"
	"strconv"
	"sync"
	"text/template/parse"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
	"github.com/replaygen/replaygen/generator/words"
)

const codeNoWords diag.Code = "no-words"

// A locale is how pages of one language are made.
type locale struct {
	lang, dir string // of the page, as HTML writes them
	foreign   bool   // whether the theme has no words in the language
	*voice
}

// report notes that pages say the theme's words in another language than their own.
func (l *locale) report(at diag.Span, list *diag.List) {
	if l.foreign {
		list.Notef(codeNoWords, at, fmt.Sprintf("write words/%s.yaml in a theme of your own; themes/README.md says how", l.lang),
			"the theme has no words in %q and says them in %q", l.lang, l.table.Lang)
	}
}

// A voice is a theme's templates saying the words of one table. It is safe for
// concurrent use.
type voice struct {
	table *words.Table
	theme *Theme

	mu      sync.Mutex
	layouts map[string]*template.Template
	slots   map[string]*slot
}

// A slot is the template of one that says the words of a voice.
type slot struct {
	*template.Template
	sight *sight
	seen  seen
}

// locale returns how pages in a language are made. The page's language is that of
// its texts, also where the theme has no words in it and says them in English.
func (t *Theme) locale(lang string) *locale {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := t.locales[lang]; l != nil {
		return l
	}
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English() // [ParseConfig] and the parser have reported it
	}
	table := t.words.In(tag)
	l := &locale{lang: tag.String(), dir: tag.Dir(), foreign: !t.words.Speaks(tag)}
	if l.voice = t.voices[table]; l.voice == nil {
		l.voice = &voice{table: table, theme: t, layouts: map[string]*template.Template{}, slots: map[string]*slot{}}
		t.voices[table] = l.voice
	}
	t.locales[lang] = l
	return l
}

// slot returns a slot that says the words of the voice.
func (v *voice) slot(name string) (*slot, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.slots[name] == nil {
		t := v.theme.slots[name]
		spoken, err := v.clone(t)
		if err != nil {
			return nil, err
		}
		v.slots[name] = &slot{Template: spoken, sight: sightOf(v.theme, t, dataTypes()[name]), seen: seen{shells: map[string]*shell{}}}
	}
	return v.slots[name], nil
}

// layout returns a layout that says the words of the voice.
func (v *voice) layout(name string) (*template.Template, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.layouts[name] == nil {
		spoken, err := v.clone(v.theme.layouts[name])
		if err != nil {
			return nil, err
		}
		v.layouts[name] = spoken
	}
	return v.layouts[name], nil
}

// clone returns a copy of one of the theme's templates that says the words of the
// voice. Those themselves are never executed: then they could not be copied any more.
func (v *voice) clone(t *template.Template) (*template.Template, error) {
	clone, err := t.Clone()
	if err != nil {
		return nil, err
	}
	for _, part := range clone.Templates() {
		if part.Tree != nil {
			eachCommand(part.Tree.Root, v.settle)
		}
	}
	return clone.Funcs(v.functions()), nil
}

// settle puts a word in place of a call that asks for nothing else, {{t "choose"}}:
// most calls are such ones, and a call takes longer than all else that is done with
// its result.
func (v *voice) settle(c *parse.CommandNode, piped bool) {
	if piped || len(c.Args) != 2 || c.Args[0].String() != "t" {
		return
	}
	key, ok := c.Args[1].(*parse.StringNode)
	if !ok || len(v.theme.words.Check(key.Text, false, nil)) > 0 {
		return
	}
	word := v.table.Text(key.Text)
	key.Text, key.Quoted = word, strconv.Quote(word)
	c.Args = c.Args[1:]
}

// functions are what templates can call, besides those of html/template:
//
//	{{t "choose"}}, {{t "begin" "round" .Name}}     a word, with its placeholders filled in
//	{{n "misses" .Misses}}                          a word in the form that goes with a number
//	{{list .Authors}}                               texts one after another
func (v *voice) functions() template.FuncMap {
	return template.FuncMap{
		"t":    func(key string, pairs ...any) (any, error) { return v.say(key, -1, pairs) },
		"n":    func(key string, n int, pairs ...any) (any, error) { return v.say(key, max(0, n), pairs) },
		"list": v.list,
	}
}

// say returns a word: as HTML if something in it is, else as a string.
func (v *voice) say(key string, n int, pairs []any) (any, error) {
	args, names, markup, err := arguments(pairs)
	if err != nil {
		return nil, fmt.Errorf("word %q: %w", key, err)
	}
	if faults := v.theme.words.Check(key, n >= 0, names); len(faults) > 0 {
		return nil, errors.New(faults[0].Message + "; " + faults[0].Hint)
	}
	switch {
	case markup:
		return template.HTML(v.table.HTML(key, n, args...)), nil //nolint:gosec // all but HTML is escaped
	case n >= 0:
		return v.table.Count(key, n, args...), nil
	default:
		return v.table.Text(key, args...), nil
	}
}

// arguments reads names and values in turn.
func arguments(pairs []any) (args []words.Arg, names []string, markup bool, err error) {
	if len(pairs)%2 != 0 {
		return nil, nil, false, errors.New("a placeholder's name and its value come in pairs")
	}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, nil, false, fmt.Errorf("%v is not the name of a placeholder", pairs[i])
		}
		names = append(names, name)
		switch value := pairs[i+1].(type) {
		case int:
			args = append(args, words.Int(name, value))
		case template.HTML:
			args, markup = append(args, words.Markup(name, string(value))), true
		default:
			args = append(args, words.String(name, fmt.Sprint(value)))
		}
	}
	return args, names, markup, nil
}

// list joins texts.
func (v *voice) list(texts []string) string { return join(v.table, texts) }

func join(t *words.Table, texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	all := texts[0]
	for _, text := range texts[1:] {
		all = t.Text("join", words.String("before", all), words.String("after", text))
	}
	return all
}

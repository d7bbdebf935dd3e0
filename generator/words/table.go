package words

import (
	"html"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/language"
)

// A Table is the words of one language. It is safe for concurrent use.
type Table struct {
	Lang, Dir string // of the words, as HTML writes them

	words map[string]*word
}

// An Arg stands for a placeholder of a word.
type Arg struct {
	name, text string
	number     int
	kind       argKind
}

type argKind int

const (
	textArg argKind = iota
	numberArg
	markupArg
)

// String is a text for a placeholder.
func String(name, text string) Arg { return Arg{name: name, text: text} }

// Int is a number for a placeholder, written in plain digits.
func Int(name string, n int) Arg { return Arg{name: name, number: n, kind: numberArg} }

// Markup is HTML for a placeholder; see [Table.HTML].
func Markup(name, html string) Arg { return Arg{name: name, text: html, kind: markupArg} }

// Append appends a word. A placeholder without an argument is left as it is
// written, and so is the key of a word that there is not; see [Tables.Check].
func (t *Table) Append(buf []byte, key string, args ...Arg) []byte {
	return t.append(buf, key, filling{args: args, n: -1})
}

// Text returns a word.
func (t *Table) Text(key string, args ...Arg) string {
	return string(t.append(nil, key, filling{args: args, n: -1}))
}

// Count returns the form of a word that goes with n things.
func (t *Table) Count(key string, n int, args ...Arg) string {
	return string(t.append(nil, key, filling{args: args, n: n}))
}

// HTML returns a word as HTML: the form that goes with n things, or the only one
// if n is negative. Arguments made by [Markup] stay as they are, all else is escaped.
func (t *Table) HTML(key string, n int, args ...Arg) string {
	return string(t.append(nil, key, filling{args: args, n: n, html: true}))
}

// A filling is what a word is filled in with.
type filling struct {
	args []Arg
	n    int // negative if nothing is counted
	html bool
}

func (t *Table) append(buf []byte, key string, f filling) []byte {
	w := t.words[key]
	if w == nil {
		return append(buf, key...)
	}
	form := w.forms[language.Other]
	if f.n >= 0 {
		form = w.forms[w.language.Form(f.n)]
	}
	literals := form.literals
	if f.html {
		literals = form.escaped
	}
	for i, name := range form.names {
		buf = append(buf, literals[i]...)
		buf = f.append(buf, name, w.isolates)
	}
	return append(buf, literals[len(literals)-1]...)
}

// Where the words run from right to left, a text that is put into them may not,
// and must not change places with its neighbours: U+2068 and U+2069 keep it apart.
//
// A text that holds such texts itself was made by a table, and runs as its words do:
// U+2067. U+2068 would look for the first letter outside of what is kept apart, find
// none in "⁨a⁩، ⁨b⁩", and put b before a.
const (
	isolate    = "\u2068"
	isolateRTL = "\u2067"
	pop        = "\u2069"
)

// append appends what stands for a placeholder.
func (f *filling) append(buf []byte, name string, isolates bool) []byte {
	if name == countName && f.n >= 0 {
		return strconv.AppendInt(buf, int64(f.n), 10)
	}
	for i := range f.args {
		a := &f.args[i]
		if a.name != name {
			continue
		}
		if a.kind == numberArg {
			return strconv.AppendInt(buf, int64(a.number), 10)
		}
		text := a.text
		if f.html && a.kind == textArg {
			text = html.EscapeString(text)
		}
		if !isolates {
			return append(buf, text...)
		}
		begin := isolate
		if strings.Contains(text, isolate) {
			begin = isolateRTL
		}
		return append(append(append(buf, begin...), text...), pop...)
	}
	return append(append(append(buf, '{'), name...), '}')
}

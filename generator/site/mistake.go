package site

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// templateError is how text/template and html/template begin their messages. The
// column counts bytes from 0, and points somewhere into what is executed.
var templateError = regexp.MustCompile(`(?s)(?:html/template:|template: )([^: ]+):(?:(\d+):)?(?:(\d+):)? (?:executing "[^"]*" at <.*?>: )?(.*)`)

// diagnose turns an error of a template into a diagnostic at the place that it
// names.
func (t *Theme) diagnose(err error) diag.Diagnostic {
	if inner := (*sharedError)(nil); errors.As(err, &inner) {
		return t.diagnose(inner.error)
	}
	found := templateError.FindStringSubmatch(err.Error())
	if found == nil || t.sources[found[1]] == nil {
		return diag.Diagnostic{Code: codeTheme, Message: "theme: " + err.Error()}
	}
	src := t.sources[found[1]]
	line, _ := strconv.Atoi(found[2])
	column, _ := strconv.Atoi(found[3])
	m, near := t.explain(src, found[4]), src.LineSpan(line, column).Start
	if misplaced := (*misplacedError)(nil); errors.As(err, &misplaced) {
		m, near = misplaced.mistake(src)
	}
	return diag.Diagnostic{Code: codeTheme, Span: m.span(src, near), Message: m.message, Hint: m.hint}
}

// A mistake is an error of a template in words for authors.
type mistake struct {
	message, hint string
	word          string // what is wrong, as the template writes it; "" if not known
}

// span returns where the word stands in the line of an offset, the place nearest
// to that, else the line from there on.
func (m mistake) span(src *diag.Source, near int) diag.Span {
	line := src.LineSpan(src.Position(near).Line, 0)
	nearest := -1
	for _, at := range regexp.MustCompile(regexp.QuoteMeta(m.word)+`(?:\W|$)`).FindAllStringIndex(line.Text(), -1) {
		start := line.Start + at[0]
		if nearest < 0 || max(start-near, near-start) < max(nearest-near, near-nearest) {
			nearest = start
		}
	}
	if m.word == "" || nearest < 0 {
		return src.Span(min(near, line.End), line.End)
	}
	return src.Span(nearest, nearest+len(m.word))
}

// What the messages say that can be put better.
var (
	unknownField    = regexp.MustCompile(`^can't evaluate field (\w+) in type (.+)$`)
	nilField        = regexp.MustCompile(`^nil pointer evaluating (.+)\.(\w+)$`)
	unknownFunction = regexp.MustCompile(`^function "(\w+)" not defined$`)
	unknownPartial  = regexp.MustCompile(`^(?:no such template|template) "([^"]*)"(?: not defined)?$`)
	quoted          = regexp.MustCompile(`"[^"]*"`)
	openMarkup      = regexp.MustCompile(`(?s)^(.*): \{state.*`)
	failedCall      = regexp.MustCompile(`(?s)^error calling (\w+): (.*)$`)
)

const readme = "themes/README.md lists the fields and functions that exist"

// explain puts an error of a template into words for authors.
func (t *Theme) explain(src *diag.Source, message string) mistake {
	if found := unknownField.FindStringSubmatch(message); found != nil {
		return noField(src, found[1], viewTypes()[strings.TrimLeft(found[2], "*")])
	}
	if found := nilField.FindStringSubmatch(message); found != nil {
		field := "." + found[2]
		return mistake{
			message: fmt.Sprintf("%s is asked of a %s that is not here", field, found[1][strings.LastIndexAny(found[1], ".*")+1:]),
			hint:    "not every page has one: put {{with …}} or {{if …}} around it",
			word:    field,
		}
	}
	if found := unknownFunction.FindStringSubmatch(message); found != nil {
		known := slices.Concat(slices.Sorted(maps.Keys(t.functions())), builtinFunctions())
		return mistake{"there is no function " + found[1], choose(found[1], known, "the functions are: "), found[1]}
	}
	if found := unknownPartial.FindStringSubmatch(message); found != nil {
		return noPartial(found[1], t.partials())
	}
	if found := failedCall.FindStringSubmatch(message); found != nil {
		return failure(found[2], cmp.Or(quoted.FindString(found[2]), found[1]))
	}
	if found := openMarkup.FindStringSubmatch(message); found != nil {
		return mistake{message: found[1], hint: "a tag or an attribute's value is begun and not finished in the same part of the template"}
	}
	return mistake{message: message, hint: readme}
}

// choose says what may have been meant and what there is.
func choose(word string, known []string, all string) string {
	all += strings.Join(known, ", ")
	if near := config.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %s? %s", near, all)
	}
	return all
}

// builtinFunctions are those that html/template has by itself.
func builtinFunctions() []string {
	return []string{
		"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or",
		"print", "printf", "println", "slice", "urlquery",
	}
}

func (t *Theme) partials() (names []string) {
	for name := range t.sources {
		if !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func noPartial(name string, all []string) mistake {
	return mistake{fmt.Sprintf("there is no partial %q", name), choose(name, all, "the partials are: "), strconv.Quote(name)}
}

// failure is what a function of ours says: a message and perhaps a hint.
func failure(text, word string) mistake {
	message, hint, _ := strings.Cut(text, "; ")
	return mistake{message, hint, word}
}

// noField says which fields a value has instead; its type is nil if it is none of
// those that have fields.
func noField(src *diag.Source, field string, typ reflect.Type) mistake {
	m := mistake{message: fmt.Sprintf("there is no .%s here: this is no more than a text or a number", field), word: "." + field}
	if typ == nil {
		return m
	}
	if typ.Kind() == reflect.Slice {
		m.message, m.hint = fmt.Sprintf("a list has no .%s", field), "go through the list with {{range}}"
		return m
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return m
	}
	m.message = fmt.Sprintf("there is no .%s in a %s", field, typ.Name())
	m.hint = choose("."+field, members(typ), fmt.Sprintf("a %s has ", typ.Name()))
	page := reflect.TypeFor[Page]()
	if strings.Contains(src.Path, "/layouts/") && typ != page && slices.Contains(members(page), "."+field) {
		m.hint = fmt.Sprintf("the page has it: $.%s; %s", field, m.hint)
	}
	return m
}

// members are the fields and methods that templates may ask a value for.
func members(typ reflect.Type) (names []string) {
	for _, f := range reflect.VisibleFields(typ) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, "."+f.Name)
		}
	}
	for m := range reflect.PointerTo(typ).Methods() {
		names = append(names, "."+m.Name)
	}
	return slices.Compact(names)
}

// viewTypes are the structs that templates can get at, by their names in messages.
func viewTypes() map[string]reflect.Type {
	known := map[string]reflect.Type{}
	var add func(typ reflect.Type)
	add = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if _, again := known[typ.String()]; again || typ.Kind() != reflect.Struct {
			return
		}
		known[typ.String()] = typ
		for _, f := range reflect.VisibleFields(typ) {
			if f.IsExported() {
				add(f.Type)
			}
		}
		for m := range reflect.PointerTo(typ).Methods() {
			if m.Type.NumOut() > 0 {
				add(m.Type.Out(0))
			}
		}
	}
	add(reflect.TypeFor[Page]())
	for _, typ := range dataTypes() {
		add(typ)
	}
	return known
}

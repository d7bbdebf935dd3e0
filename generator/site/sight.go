package site

import (
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"sync"

	"github.com/replaygen/replaygen/generator/diag"
)

// A sight is what a template can see of the value that it is run with: the fields,
// by the structs that have them, that it asks for somewhere. Values that look the
// same through it make the template write the same.
type sight struct {
	fields map[reflect.Type][][]int // as [reflect.Value.FieldByIndex] takes them
	beyond bool                     // whether the template may see more: then it is not known what
}

// sightOf finds out what a template sees of values of a type.
func sightOf(theme *Theme, t *template.Template, sees reflect.Type) *sight {
	s := &sight{fields: map[reflect.Type][][]int{}}
	c := &typing{theme: theme, list: new(diag.List), seen: map[typed]bool{}, sight: s}
	c.check(t, sees)
	// What looks at a replay itself hardly ever looks the same in two of them.
	if s.fields[reflect.TypeFor[ReplayView]()] != nil {
		s.beyond = true
	}
	return s
}

// asked notes that a field of a value is asked for; typ is nil if it is not known.
func (s *sight) asked(typ reflect.Type, name string) {
	if s == nil || s.beyond {
		return
	}
	if typ != nil && typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ == nil || typ.Kind() != reflect.Struct {
		s.beyond = true
		return
	}
	field, ok := typ.FieldByName(name)
	if !ok || !isOpen(field.Type) { // or a method, which may see anything
		s.beyond = true
		return
	}
	known := slices.ContainsFunc(s.fields[typ], func(index []int) bool { return slices.Equal(index, field.Index) })
	if !known {
		s.fields[typ] = append(s.fields[typ], field.Index)
	}
}

// used notes that a value as a whole is written, or given to a function. Of a type
// that is not known are only results of functions.
func (s *sight) used(typ reflect.Type) {
	if s != nil && typ != nil && !isPlain(typ) {
		s.beyond = true
	}
}

// isPlain reports whether values of a type hold nothing else.
func isPlain(typ reflect.Type) bool {
	switch typ.Kind() {
	case reflect.Bool, reflect.Int, reflect.String:
		return true
	case reflect.Slice:
		return isPlain(typ.Elem())
	}
	return false
}

// isOpen reports whether what values of a type hold is plain, or structs.
func isOpen(typ reflect.Type) bool {
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice:
		return isOpen(typ.Elem())
	case reflect.Struct:
		return true
	}
	return isPlain(typ)
}

// append appends what the template sees of a value, so that others which look
// different give others.
func (s *sight) append(buf []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return append(strconv.AppendBool(buf, v.Bool()), ' ')
	case reflect.Int:
		return append(strconv.AppendInt(buf, v.Int(), 10), ' ')
	case reflect.String:
		return append(append(strconv.AppendInt(buf, int64(v.Len()), 10), ' '), v.String()...)
	case reflect.Pointer:
		if v.IsNil() {
			return append(buf, '-')
		}
		return s.append(append(buf, '+'), v.Elem())
	case reflect.Slice:
		buf = append(strconv.AppendInt(buf, int64(v.Len()), 10), ' ')
		for i := range v.Len() {
			buf = s.append(buf, v.Index(i))
		}
		return buf
	default: // a struct: there is nothing else in sight
		for _, index := range s.fields[v.Type()] {
			buf = s.append(buf, v.FieldByIndex(index))
		}
		return buf
	}
}

// seen keeps shells without holes, which a slot's template made, by what it saw:
// replays share most of what says nothing of their texts. It is safe for concurrent
// use.
type seen struct {
	mu     sync.RWMutex
	shells map[string]*shell
}

// seenLimit is how many shells are kept for a slot: those of replays have a hundred
// or two that others have too.
const seenLimit = 1000

func (s *seen) get(look []byte) *shell {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.shells[string(look)]
}

func (s *seen) put(look []byte, sh *shell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shells) < seenLimit {
		s.shells[string(look)] = sh
	}
}

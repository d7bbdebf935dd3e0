package config

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// A field is a struct field that a key can set.
type field struct {
	name  string // the key
	index int
	kind  kind
	typ   reflect.Type
}

// kind is what a field's value looks like in YAML.
type kind int

const (
	textKind kind = iota
	numberKind
	boolKind
	dateKind
	listKind
	structKind
	itemsKind
)

// wants says what a value of the kind is, for a message.
func (k kind) wants() string {
	return [...]string{"a text", "a whole number", "true or false", "a date", "a list of texts", "keys of its own", "a list of items"}[k]
}

// fieldsOf returns the fields of a struct that have a key, in their order.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("yaml")
		if name == "" || name == "-" {
			continue
		}
		fields = append(fields, field{name: name, index: i, kind: kindOf(f), typ: f.Type})
	}
	return fields
}

func kindOf(f reflect.StructField) kind {
	switch {
	case f.Type == reflect.TypeFor[time.Time]():
		return dateKind
	case f.Type == reflect.TypeFor[[]string]():
		return listKind
	case f.Type.Kind() == reflect.Struct:
		return structKind
	case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
		return itemsKind
	case f.Type.Kind() == reflect.String:
		return textKind
	case f.Type.Kind() == reflect.Int:
		return numberKind
	case f.Type.Kind() == reflect.Bool:
		return boolKind
	}
	panic(fmt.Sprintf("config: field %s is of type %s, which Decode does not support", f.Name, f.Type))
}

// example returns a line or two of YAML that set the field.
func (f field) example() string {
	switch f.kind {
	case numberKind:
		return f.name + ": 12"
	case boolKind:
		return f.name + ": true"
	case dateKind:
		return f.name + ": 2026-03-14"
	case listKind:
		return f.name + ": [first, second]"
	case structKind:
		return fmt.Sprintf("%s: {%s}", f.name, fieldsOf(f.typ)[0].example())
	case itemsKind:
		return fmt.Sprintf("%s: [%s]", f.name, itemExample(f.typ.Elem()))
	default:
		return f.name + ": some text"
	}
}

// itemExample returns YAML that sets every key of an item.
func itemExample(t reflect.Type) string {
	fields := fieldsOf(t)
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.example()
	}
	return "{" + strings.Join(keys, ", ") + "}"
}

func find(fields []field, name string) (field, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// unknownKeyHint says what may have been meant by a key and which keys exist.
func unknownKeyHint(key string, fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	hint := "the keys are: " + strings.Join(names, ", ")
	if near := Nearest(key, names); near != "" {
		return fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	if outer, inner, ok := dotted(key, fields); ok {
		return fmt.Sprintf("write %q and, indented below it, %q; %s", outer+":", inner+": …", hint)
	}
	for _, f := range fields {
		if f.kind != structKind {
			continue
		}
		if inner, ok := find(fieldsOf(f.typ), key); ok {
			return fmt.Sprintf("%q belongs under %q: write %q; %s", key, f.name,
				fmt.Sprintf("%s: {%s}", f.name, inner.example()), hint)
		}
	}
	return hint
}

// dotted takes apart a key that names a key and one below it with a dot between
// them, as documents do; ok is false if there are no such two.
func dotted(key string, fields []field) (outer, inner string, ok bool) {
	outer, inner, _ = strings.Cut(key, ".")
	f, ok := find(fields, outer)
	if ok && f.kind == structKind {
		_, ok = find(fieldsOf(f.typ), inner)
		return outer, inner, ok
	}
	return "", "", false
}

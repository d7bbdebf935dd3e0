package site_test

import (
	"os"
	"reflect"
	"regexp"
	"testing"

	"github.com/replaygen/replaygen/generator/site"
)

// TestReadmeNamesEveryField: themes/README.md has every field and method that
// templates can ask for.
func TestReadmeNamesEveryField(t *testing.T) {
	readme, err := os.ReadFile("../../themes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	var look func(typ reflect.Type)
	named := func(typ reflect.Type, name string, next reflect.Type) {
		if !regexp.MustCompile(`\.` + name + `\b`).Match(readme) {
			t.Errorf("it does not say that a %s has .%s", typ.Name(), name)
		}
		look(next)
	}
	look = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for _, f := range reflect.VisibleFields(typ) {
			if f.IsExported() && !f.Anonymous {
				named(typ, f.Name, f.Type)
			}
		}
		for m := range reflect.PointerTo(typ).Methods() {
			named(typ, m.Name, m.Type.Out(0))
		}
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[site.Page](), reflect.TypeFor[site.ChoicesSlot](), reflect.TypeFor[site.RoundSlot](),
		reflect.TypeFor[site.SpanSlot](), reflect.TypeFor[site.TrailSlot](), reflect.TypeFor[site.RegretSlot](),
	} {
		look(typ)
	}
	if len(seen) < 10 {
		t.Errorf("looked at %d types only", len(seen))
	}
}

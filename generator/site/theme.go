package site

import (
	"bytes"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"strings"
	"sync"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/words"
)

const codeTheme diag.Code = "theme"

// The layouts of a theme, one a kind of place. A theme lacking one of them, or one of
// [slotNames], takes the default theme's.
var layoutNames = []string{"index", "tag", "tags", "list", "briefing", "round", "outcome", "closing", "debrief", "sheet", "moved", "404"}

// A Theme is the parsed templates, the words and the styles of a theme. It is
// safe for concurrent use.
type Theme struct {
	layouts map[string]*template.Template // never executed, see [voice]
	slots   map[string]*template.Template // likewise
	words   *words.Tables
	styles  []byte
	scheme  string                  // see [manifest]
	static  map[string]File         // by the path in static/
	root    string                  // see [rootMarker]
	sources map[string]*diag.Source // of templates by their names, of words by their paths

	mu      sync.Mutex
	voices  map[*words.Table]*voice
	locales map[string]*locale // by language
}

// LoadTheme reads the theme called name: theme.yaml, layouts/*.html,
// partials/*.html (templates that layouts and slots may use), slots/*.html,
// styles/*.css, words/*.yaml and static/. own is the theme's folder in the
// source; files that it lacks, all of them if it is nil, are taken from the theme
// that it extends and at last from the default theme. Mistakes go to list.
func LoadTheme(name string, own fs.FS, list *diag.List) (*Theme, error) {
	found, manifest, err := findLayers(name, own, list)
	if err != nil {
		return nil, err
	}
	l := &themeLoader{layers: found, list: list, theme: &Theme{
		layouts: map[string]*template.Template{}, slots: map[string]*template.Template{},
		scheme: manifest.ColorScheme, sources: map[string]*diag.Source{}, voices: map[*words.Table]*voice{}, locales: map[string]*locale{},
	}}
	if err := l.words(); err != nil {
		return nil, err
	}
	if l.theme.static, err = found.static(list); err != nil {
		return nil, err
	}
	l.theme.root = rootMarker(l.theme.static)
	if err := l.templates(); err != nil {
		return nil, err
	}
	if l.theme.styles, err = l.styles(); err != nil {
		return nil, err
	}
	return l.theme, nil
}

// templates reads partials, layouts and slots.
func (l *themeLoader) templates() error {
	l.typing = &typing{theme: l.theme, list: l.list, seen: map[typed]bool{}}
	l.layers.checkNames("layouts", layoutNames, l.list)
	l.layers.checkNames("slots", slotNames, l.list)
	partials := template.New("").Funcs(l.theme.functions())
	names, err := l.layers.names("partials", ".html")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := l.parse(partials, name); err != nil {
			return err
		}
	}
	for _, name := range layoutNames {
		if l.theme.layouts[name], err = l.template(partials, "layouts", name, reflect.TypeFor[*Page]()); err != nil {
			return err
		}
	}
	for _, name := range slotNames {
		if l.theme.slots[name], err = l.template(partials, "slots", name, dataTypes()[name]); err != nil {
			return err
		}
	}
	if !l.wording.guessed {
		l.theme.words.Unused(l.wording.used, l.list)
	}
	return nil
}

func (l *themeLoader) words() (err error) {
	var tables []words.Layer
	for _, layer := range l.layers {
		tables = append(tables, words.Layer{Dir: layer.dir, Files: layer.files})
	}
	if l.theme.words, err = words.Load(tables, l.list); err != nil {
		return err
	}
	for _, src := range l.theme.words.Sources() {
		l.theme.sources[src.Path] = src
	}
	l.wording = &wording{words: l.theme.words, list: l.list, used: map[string]bool{}}
	return nil
}

// SameTemplates reports whether both themes make the same pages, but for styles.
func (t *Theme) SameTemplates(other *Theme) bool {
	return t.scheme == other.scheme &&
		maps.EqualFunc(t.sources, other.sources, func(a, b *diag.Source) bool { return bytes.Equal(a.Text, b.Text) }) &&
		maps.EqualFunc(t.static, other.static, func(a, b File) bool { return a.Path == b.Path })
}

// functions are what templates may call besides what html/template knows.
func (t *Theme) functions() template.FuncMap {
	all := (*voice)(nil).functions()
	all["static"] = t.address
	return all
}

type themeLoader struct {
	layers  layers
	list    *diag.List
	theme   *Theme
	wording *wording
	typing  *typing
}

func (l *themeLoader) styles() ([]byte, error) {
	names, err := l.layers.names("styles", ".css")
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, name := range names {
		src, err := l.layers.read(name)
		if err != nil {
			return nil, err
		}
		all = append(append(all, l.theme.link(src, l.list)...), '\n')
	}
	return all, nil
}

// template reads a layout or a slot that sees a value of a type. One with mistakes
// is replaced by an empty one: they have been reported.
func (l *themeLoader) template(partials *template.Template, folder, name string, sees reflect.Type) (*template.Template, error) {
	file := path.Join(folder, name+".html")
	t := template.New("").Funcs(l.theme.functions())
	if err := l.parse(t, file); err != nil {
		return nil, err
	}
	if err := lend(partials, t); err != nil {
		return nil, err
	}
	if t = t.Lookup(file); !l.typing.check(t, sees) {
		return template.New(file).Parse("")
	}
	return t, nil
}

func (l *themeLoader) parse(into *template.Template, name string) error {
	src, err := l.layers.read(name)
	if err != nil {
		return err
	}
	if strings.HasPrefix(name, "partials/") {
		// A partial is known by its bare name: {{template "head" .}}.
		name = strings.TrimSuffix(path.Base(name), ".html")
	}
	l.theme.sources[name] = src
	text := string(src.Text)
	if !l.wording.check(src) {
		text = "" // what is wrong has been reported
	}
	if _, err := into.New(name).Parse(text); err != nil {
		l.list.Add(l.theme.diagnose(err))
		_, err = into.New(name).Parse("")
		return err
	}
	return nil
}

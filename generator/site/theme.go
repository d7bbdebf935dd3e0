package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

const codeTheme diag.Code = "theme"

// The layouts of a theme, one a kind of place, and its slots. A theme lacking
// one of them takes the default theme's.
var (
	layoutNames = []string{"index", "briefing", "round", "outcome", "closing", "debrief", "moved", "404"}
	slotNames   = []string{"choices", "mark", "step", "clock", "verdict", "regret"}
)

// A Theme is the parsed templates and the styles of a theme.
type Theme struct {
	layouts map[string]*template.Template
	slots   map[string]*template.Template
	styles  []byte
	sources map[string]*diag.Source // by template name
}

// LoadTheme reads a theme: layouts/*.html, partials/*.html (templates that
// layouts and slots may use), slots/*.html and styles/*.css. Files that own
// lacks are taken from fallback; own may be nil. Mistakes in templates go to list.
func LoadTheme(own, fallback fs.FS, ownDir string, list *diag.List) (*Theme, error) {
	l := &themeLoader{own: own, fallback: fallback, dir: ownDir, list: list,
		theme: &Theme{layouts: map[string]*template.Template{}, slots: map[string]*template.Template{}, sources: map[string]*diag.Source{}}}
	partials := template.New("")
	names, err := l.names("partials", ".html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := l.parse(partials, name); err != nil {
			return nil, err
		}
	}
	for _, group := range []struct {
		folder string
		names  []string
		into   map[string]*template.Template
	}{{"layouts", layoutNames, l.theme.layouts}, {"slots", slotNames, l.theme.slots}} {
		for _, name := range group.names {
			t, err := partials.Clone()
			if err != nil {
				return nil, err
			}
			file := path.Join(group.folder, name+".html")
			if err := l.parse(t, file); err != nil {
				return nil, err
			}
			group.into[name] = t.Lookup(file)
		}
	}
	if l.theme.styles, err = l.styles(); err != nil {
		return nil, err
	}
	return l.theme, nil
}

// SameTemplates reports whether both themes make the same pages, but for styles.
func (t *Theme) SameTemplates(other *Theme) bool {
	return maps.EqualFunc(t.sources, other.sources, func(a, b *diag.Source) bool { return bytes.Equal(a.Text, b.Text) })
}

type themeLoader struct {
	own, fallback fs.FS
	dir           string
	list          *diag.List
	theme         *Theme
}

// read returns a theme's file and the path an author knows it by.
func (l *themeLoader) read(name string) ([]byte, string, error) {
	if l.own != nil {
		text, err := fs.ReadFile(l.own, name)
		if err == nil {
			return text, path.Join(l.dir, name), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", fmt.Errorf("theme: %w", err)
		}
	}
	text, err := fs.ReadFile(l.fallback, name)
	if err != nil {
		return nil, "", fmt.Errorf("theme: %w", err)
	}
	return text, path.Join("themes/default", name), nil
}

// names lists the files of a folder in own and fallback together, sorted.
func (l *themeLoader) names(folder, ext string) ([]string, error) {
	var names []string
	for _, files := range []fs.FS{l.own, l.fallback} {
		if files == nil {
			continue
		}
		found, err := fs.Glob(files, path.Join(folder, "*"+ext))
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func (l *themeLoader) styles() ([]byte, error) {
	names, err := l.names("styles", ".css")
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, name := range names {
		text, _, err := l.read(name)
		if err != nil {
			return nil, err
		}
		all = append(append(all, text...), '\n')
	}
	return all, nil
}

func (l *themeLoader) parse(into *template.Template, name string) error {
	text, shown, err := l.read(name)
	if err != nil {
		return err
	}
	src := diag.NewSource(shown, text)
	l.theme.sources[name] = src
	t := into.New(name)
	if strings.HasPrefix(name, "partials/") {
		// A partial is known by its bare name: {{template "head" .}}.
		t = into.New(strings.TrimSuffix(path.Base(name), ".html"))
		l.theme.sources[t.Name()] = src
	}
	if _, err := t.Parse(string(text)); err != nil {
		l.theme.report(err, l.list)
		_, err = into.New(name).Parse("")
		return err
	}
	return nil
}

// templateError is how text/template and html/template begin their messages.
var templateError = regexp.MustCompile(`template: ([^:]+):(\d+)(?::(\d+))?: (.*)`)

// report turns an error of a template into a diagnostic at the line it names.
func (t *Theme) report(err error, list *diag.List) {
	found := templateError.FindStringSubmatch(err.Error())
	if found == nil || t.sources[found[1]] == nil {
		list.Errorf(codeTheme, diag.Span{}, "", "theme: %v", err)
		return
	}
	src := t.sources[found[1]]
	line, _ := strconv.Atoi(found[2])
	column, _ := strconv.Atoi(found[3])
	list.Errorf(codeTheme, src.LineSpan(line, column), "themes/README.md lists the fields and functions that exist", "%s", found[4])
}

package site

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/themes"
)

// A layer is one of the folders that a theme is made of.
type layer struct {
	dir   string // as an author knows it
	files fs.FS
}

// layers are the folders that a theme's files are looked for in, nearest first:
// the theme's own, that of the theme it extends, and the default theme's.
type layers []layer

// themeFile is what a theme says of itself; a theme can do without.
const themeFile = "theme.yaml"

// A manifest is theme.yaml. Every key may be left out.
type manifest struct {
	Name        string `yaml:"name"` // this and the next are for people
	Description string `yaml:"description"`
	// Extends names the theme that comes with replaygen whose files the theme
	// takes where it has none.
	Extends string `yaml:"extends"`
	// ColorScheme is the scheme that the theme is made for: light, dark, or
	// "light dark" for the one that the reader prefers.
	ColorScheme string `yaml:"color_scheme"`
}

// bothSchemes leaves the choice between light and dark to the reader.
const bothSchemes = "light dark"

// findLayers returns the layers of the theme called name, and what it says of
// itself. own is its folder in the source, or nil. A theme that is called like
// one that comes with replaygen extends that one, any other the default theme,
// unless it says otherwise. Mistakes go to list.
func findLayers(name string, own fs.FS, list *diag.List) (layers, manifest, error) {
	m := manifest{Extends: defaultTheme, ColorScheme: bothSchemes}
	if _, ok := themes.Builtin(name); ok {
		m.Extends = name
	}
	if own == nil {
		found := builtinLayers(m.Extends)
		return found, m, readManifest(found[:1], &m, list)
	}
	found := layers{{path.Join("themes", name), own}}
	err := readManifest(found, &m, list)
	return append(found, builtinLayers(m.Extends)...), m, err
}

// defaultTheme is the name of the theme that every theme falls back on.
const defaultTheme = "default"

func builtinLayers(name string) (found layers) {
	for _, name := range slices.Compact([]string{name, defaultTheme}) {
		if files, ok := themes.Builtin(name); ok {
			found = append(found, layer{path.Join("themes", name), files})
		}
	}
	return found
}

// readManifest reads theme.yaml, if there is one, over what holds without it.
func readManifest(l layers, m *manifest, list *diag.List) error {
	src, err := l.read(themeFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	before := *m
	at := config.Decode(src, 0, len(src.Text), m, list)
	if !slices.Contains(themes.Names(), m.Extends) {
		hint := "the themes that come with replaygen are: " + strings.Join(themes.Names(), ", ")
		if near := config.Nearest(m.Extends, themes.Names()); near != "" {
			hint = fmt.Sprintf("did you mean %q? %s", near, hint)
		}
		list.Errorf(codeTheme, at.At("extends"), hint, "a theme cannot extend %q", m.Extends)
		m.Extends = before.Extends
	}
	if !slices.Contains([]string{"light", "dark", bothSchemes}, m.ColorScheme) {
		list.Errorf(codeTheme, at.At("color_scheme"), `"light dark" takes the one that the reader prefers`,
			"color_scheme must be light, dark or light dark")
		m.ColorScheme = before.ColorScheme
	}
	return nil
}

// read returns a file of the nearest layer that has it.
func (l layers) read(name string) (*diag.Source, error) {
	for _, layer := range l {
		text, err := fs.ReadFile(layer.files, name)
		if err == nil {
			return diag.NewSource(path.Join(layer.dir, name), text), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("theme: %w", err)
		}
	}
	return nil, fmt.Errorf("theme: %w", &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist})
}

// names lists the files of a folder in all layers together, sorted.
func (l layers) names(folder, ext string) ([]string, error) {
	var names []string
	for _, layer := range l {
		found, err := fs.Glob(layer.files, path.Join(folder, "*"+ext))
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// checkNames warns of templates that nothing asks for.
func (l layers) checkNames(folder string, known []string, list *diag.List) {
	kind := strings.TrimSuffix(folder, "s")
	for _, layer := range l {
		found, _ := fs.Glob(layer.files, path.Join(folder, "*.html")) // [layers.names] fails if this does
		for _, file := range found {
			if name := strings.TrimSuffix(path.Base(file), ".html"); !slices.Contains(known, name) {
				at := diag.NewSource(path.Join(layer.dir, file), nil)
				list.Warnf(codeTheme, at.Span(0, 0), choose(name, known, fmt.Sprintf("the %s are: ", folder)), "there is no %s %q", kind, name)
			}
		}
	}
}

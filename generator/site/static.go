package site

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// A theme's folder static/ holds pictures and other files that its templates and
// styles refer to. They are published under names that change with their bytes.

// staticFolder is where they are published, apart from the files of the content.
const staticFolder = assetFolder + "theme/"

// static reads the static files of all layers, by their paths in static/.
// What cannot be published goes to list.
func (l layers) static(list *diag.List) (map[string]File, error) {
	found := map[string]File{}
	for _, layer := range l {
		if _, err := fs.Stat(layer.files, "static"); err != nil {
			continue
		}
		err := fs.WalkDir(layer.files, "static", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
				return err
			}
			short := strings.TrimPrefix(name, "static/")
			if _, nearer := found[short]; nearer {
				return nil
			}
			body, err := readStatic(layer.files, name, entry)
			if err != nil {
				at := diag.NewSource(path.Join(layer.dir, name), nil)
				list.Errorf(codeTheme, at.Span(0, 0), "", "this file cannot be published: %v", err)
			}
			found[short] = hashedFile(staticFolder+hashedName(assetName(name), body), body)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
	}
	return found, nil
}

// readStatic reads a file that may be published.
func readStatic(files fs.FS, name string, entry fs.DirEntry) ([]byte, error) {
	if entry.Type()&fs.ModeSymlink != 0 {
		return nil, fmt.Errorf("it is a symbolic link, which could lead out of the theme")
	}
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	return body, checkAsset(name, body)
}

// Static returns the static files, each once, by path.
func (t *Theme) Static() []File {
	files := slices.SortedFunc(maps.Values(t.static), func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return slices.CompactFunc(files, func(a, b File) bool { return a.Path == b.Path })
}

// rootMarker returns what stands for the way to the site's root until the page
// is known that a template runs for. It passes through escaping and minifying
// like the markers of slots.
func rootMarker(static map[string]File) string {
	return "qzroot" + newSalt(slices.Sorted(maps.Keys(static))...) + "zq"
}

// address is the template function static: the URL of a static file.
func (t *Theme) address(name string) (string, error) {
	f, ok := t.static[name]
	if !ok {
		return "", fmt.Errorf("there is no file %q in static/%s", name, t.staticHint(name))
	}
	return t.root + f.Path, nil
}

// staticHint says which static files there are.
func (t *Theme) staticHint(name string) string {
	names := slices.Sorted(maps.Keys(t.static))
	switch near := config.Nearest(name, names); {
	case near != "":
		return fmt.Sprintf("; did you mean %q?", near)
	case len(names) == 0:
		return "; the theme has no folder static"
	default:
		return "; there are " + strings.Join(names, ", ")
	}
}

// staticURL finds what a stylesheet says of static files, as seen from styles/.
var staticURL = regexp.MustCompile(`url\(\s*(?:"\.\./static/([^"]*)"|'\.\./static/([^']*)'|\.\./static/([^"')\s]*))\s*\)`)

// link returns the text of a stylesheet with the published paths of static
// files, as seen from the published stylesheet.
func (t *Theme) link(src *diag.Source, list *diag.List) []byte {
	var linked []byte
	last := 0
	for _, at := range staticURL.FindAllSubmatchIndex(src.Text, -1) {
		for group := 2; group < len(at); group += 2 {
			from, to := at[group], at[group+1]
			if from < 0 {
				continue
			}
			name := string(src.Text[from:to])
			f, ok := t.static[name]
			if !ok {
				list.Errorf(codeTheme, src.Span(from, to), strings.TrimPrefix(t.staticHint(name), "; "), "there is no file %q in static/", name)
			}
			linked = append(linked, src.Text[last:at[0]]...)
			linked = fmt.Appendf(linked, `url("%s")`, strings.TrimPrefix(f.Path, assetFolder))
			last = at[1]
		}
	}
	return append(linked, src.Text[last:]...)
}

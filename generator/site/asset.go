package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// assets publishes files that replays link to, under names that change with
// their bytes. It is safe for concurrent use.
type assets struct {
	content fs.FS // the content folder
	reread  bool  // see [Directory]

	mu        sync.Mutex
	published map[string]asset // by path in content
}

type asset struct {
	path string // from the site's root
	body []byte // nil if it is read again
	err  error
}

func newAssets(content fs.FS, reread bool) *assets {
	return &assets{content: content, reread: reread, published: map[string]asset{}}
}

// publish returns where the content's file name is published, from the root.
func (a *assets) publish(name string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known, ok := a.published[name]
	if !ok {
		known = a.load(name)
		a.published[name] = known
	}
	return known.path, known.err
}

func (a *assets) load(name string) asset {
	inContent, ok := strings.CutPrefix(name, contentFolder)
	if !ok || !fs.ValidPath(name) {
		return asset{err: errors.New("it lies outside the content folder")}
	}
	if strings.EqualFold(path.Ext(name), ".md") {
		return asset{err: errors.New("it is not a replay of this site")}
	}
	body, err := fs.ReadFile(a.content, inContent)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return asset{err: errors.New("there is no such file")}
	case err != nil:
		return asset{err: fmt.Errorf("it could not be read (%w)", err)}
	}
	if err := checkAsset(name, body); err != nil {
		return asset{err: err}
	}
	found := asset{path: assetPath(name, body)}
	if !a.reread {
		found.body = body
	}
	return found
}

// errChanged is why a file is not published.
var errChanged = errors.New("it changed while the site was built; build again")

// file returns the published file of the content's file name.
func (a *assets) file(name string, known asset) File {
	if !a.reread {
		return hashedFile(known.path, known.body)
	}
	return File{Path: known.path, Settled: true, Append: func(buf []byte) ([]byte, error) {
		body, err := fs.ReadFile(a.content, strings.TrimPrefix(name, contentFolder))
		if err == nil && assetPath(name, body) != known.path {
			err = &fs.PathError{Op: "read", Path: name, Err: errChanged}
		}
		return append(buf, body...), err
	}}
}

// contentFolder is the content folder's name in paths of the source.
const contentFolder = "content/"

// assetFolder is where files are published that pages refer to.
const assetFolder = "assets/"

// assetPath returns where the content's file name is published, from the root.
func assetPath(name string, body []byte) string {
	return assetFolder + hashedName(assetName(name), body)
}

// checkAsset refuses files that could run a script when opened on their own.
func checkAsset(name string, body []byte) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".svg":
		return checkSVG(body)
	case ".html", ".htm", ".xhtml", ".js", ".mjs":
		return errors.New("pages with scripts of their own are not published")
	}
	return nil
}

// files returns the published assets, by path.
func (a *assets) files() []File {
	a.mu.Lock()
	defer a.mu.Unlock()
	var files []File
	for name, known := range a.published {
		if known.err == nil {
			files = append(files, a.file(name, known))
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	// Files with the same name and the same bytes are one.
	return slices.CompactFunc(files, func(a, b File) bool { return a.Path == b.Path })
}

// at returns the asset that is published at a path.
func (a *assets) at(path string) (File, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for name, known := range a.published {
		if known.err == nil && known.path == path {
			return a.file(name, known), true
		}
	}
	return File{}, false
}

// assetName is a file's base name in lower case with only characters that need
// no escaping in a URL.
func assetName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, path.Base(name))
}

// checkSVG refuses drawings that could run a script when opened on their own.
func checkSVG(body []byte) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("it is not a valid SVG drawing (%w)", err)
		}
		switch token := token.(type) {
		case xml.Directive:
			if bytes.IndexByte(token, '[') >= 0 {
				return errors.New("it declares attributes or entities of its own")
			}
		case xml.ProcInst:
			if token.Target != "xml" {
				return fmt.Errorf("it holds a <?%s?> instruction", token.Target)
			}
		case xml.StartElement:
			if err := checkElement(token); err != nil {
				return err
			}
		}
	}
}

// checkElement refuses what would run in an element of a drawing. Browsers drop
// white space in a scheme, and an animation may set an address later.
func checkElement(e xml.StartElement) error {
	if name := strings.ToLower(e.Name.Local); name == "script" || name == "foreignobject" {
		return fmt.Errorf("it holds a <%s> element", e.Name.Local)
	}
	for _, attr := range e.Attr {
		value := strings.ToLower(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, attr.Value))
		if strings.HasPrefix(strings.ToLower(attr.Name.Local), "on") || strings.Contains(value, "javascript:") {
			return fmt.Errorf("it holds a script in the attribute %s", attr.Name.Local)
		}
	}
	return nil
}

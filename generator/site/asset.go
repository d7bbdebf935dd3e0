package site

import (
	"bytes"
	"cmp"
	"errors"
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
	published map[string]asset  // by path in content
	earlier   map[string][]byte // bodies that are in memory, by the paths of their assets
}

// An asset is a file of the content as pages refer to it.
type asset struct {
	path string // from the site's root
	size int    // in bytes
	body []byte // nil if it is read again
	look look   // as a picture
	err  error  // why it is not published, a [*refusal]
}

func newAssets(content fs.FS, reread bool) *assets {
	return &assets{content: content, reread: reread, published: map[string]asset{}}
}

// publish returns the content's file name as it is published.
func (a *assets) publish(name string) (asset, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known, ok := a.published[name]
	if !ok {
		known = a.load(name)
		a.published[name] = known
	}
	return known, known.err
}

func (a *assets) load(name string) asset {
	inContent, err := checkName(name)
	if err != nil {
		return asset{err: err}
	}
	body, err := fs.ReadFile(a.content, inContent)
	if err != nil {
		return asset{err: a.unreadable(inContent, err)}
	}
	if err := cmp.Or(checkNoReplay(name, body), checkAsset(name, body)); err != nil {
		return asset{err: err}
	}
	found := asset{path: assetPath(name, body), size: len(body), look: lookOf(name, body)}
	if !a.reread {
		found.body = body
	}
	if known := a.earlier[found.path]; found.body != nil && bytes.Equal(known, body) {
		found.body = known
	}
	return found
}

// bodies returns the bodies that are in memory, by the paths of their assets.
func (a *assets) bodies() map[string][]byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := map[string][]byte{}
	for _, known := range a.published {
		if known.err == nil && known.body != nil {
			all[known.path] = known.body
		}
	}
	return all
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

// lookAt returns what the asset that is published at a path looks like; zero if
// there is none.
func (a *assets) lookAt(path string) look {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, known := range a.published {
		if known.err == nil && known.path == path {
			return known.look
		}
	}
	return look{}
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

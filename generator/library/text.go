package library

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

// A text is what a replay's file holds. It is safe for concurrent use.
type text struct {
	path string
	sum  [sha256.Size]byte
	head []byte // see [replay.Head]; of page text all of it may be

	again fs.FS // where the text is read again, for sources that do not keep it; else nil

	mu     sync.Mutex
	source *diag.Source // nil while it is not in memory
}

// errChanged is why a text that is read again is not the one that was there.
var errChanged = errors.New("it changed while it was read; try again")

// newText returns the text of the file at a path, which is dropped and read again
// if again is not nil.
func newText(path string, content []byte, again fs.FS) *text {
	t := &text{path: path, sum: sha256.Sum256(content), again: again, source: diag.NewSource(path, content)}
	if t.head = content; !t.imported() {
		t.head = replay.Head(content)
	}
	if again != nil {
		t.head = bytes.Clone(t.head) // which would keep all of the text
	}
	return t
}

// imported reports whether the text is not in the house format.
func (t *text) imported() bool { return strings.EqualFold(path.Ext(t.path), ".txt") }

// open returns the text as it was when it was first read, or why that is not known
// any more.
func (t *text) open() (*diag.Source, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.source != nil {
		return t.source, nil
	}
	content, err := fs.ReadFile(t.again, t.path)
	if err == nil && sha256.Sum256(content) != t.sum {
		err = errChanged
	}
	if err != nil {
		return diag.NewSource(t.path, nil), err
	}
	t.source = diag.NewSource(t.path, content)
	return t.source, nil
}

// drop lets the text go if it can be read again.
func (t *text) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.again != nil {
		t.source = nil
	}
}

// A place is a stretch of a text, or of what it was imported to.
type place struct {
	from, to int
	span     diag.Span // zero if the offsets are those of the text
}

// newPlace returns the place of a span, which lies in t or in what t was imported to.
func newPlace(t *text, span diag.Span) place {
	if !span.IsZero() && !t.imported() {
		return place{from: span.Start, to: span.End}
	}
	return place{span: span}
}

// in returns the place as a span.
func (p place) in(t *text) diag.Span {
	if t.imported() || !p.span.IsZero() {
		return p.span
	}
	source, err := t.open()
	if err != nil {
		return source.Span(0, 0)
	}
	return source.Span(p.from, p.to)
}

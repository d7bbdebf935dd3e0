package site

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
)

// A press executes templates and minifies what they write, again and again in the
// same memory.
type press struct {
	written, small bytes.Buffer
	cut            []byte
}

// print returns what a template makes of data, minified, until the next use of the
// press. root is the relative path to the site's root.
func (r *press) print(s *Site, t *template.Template, data any, root string) ([]byte, error) {
	r.written.Reset()
	if err := t.Execute(&r.written, data); err != nil {
		return nil, err
	}
	r.written.Grow(1) // for the zero byte that the minifier sets behind the end
	r.small.Reset()
	if err := s.html.Minify(s.minifier, &r.small, &r.written, nil); err != nil {
		return nil, err
	}
	if marker := []byte(s.theme.root); bytes.Contains(r.small.Bytes(), marker) {
		return bytes.ReplaceAll(r.small.Bytes(), marker, []byte(root)), nil
	}
	return r.small.Bytes(), nil
}

// execute runs a template whose data hands out markers through b.
func (s *Site) execute(t *template.Template, data any, b *shellBuilder, root string) (*shell, error) {
	r := s.presses.Get().(*press)
	defer s.presses.Put(r)
	page, err := r.print(s, t, data, root)
	if err != nil {
		return nil, err
	}
	r.cut = slices.Grow(r.cut[:0], len(page))
	sh, err := b.cut(page, r.cut)
	if err != nil {
		return nil, fmt.Errorf("template: %s: %w", t.Name(), err)
	}
	return sh, nil
}

// render executes a layout that has no slots. It may be asked for the same page
// several times at once.
func (s *Site) render(layout string, of *Page) ([]byte, error) {
	page, l := *of, s.locale
	if page.Replay != nil {
		l = page.Replay.locale
	}
	page.Lang, page.Dir = l.lang, l.dir
	t, err := l.layout(layout)
	if err != nil {
		return nil, err
	}
	r := s.presses.Get().(*press)
	defer s.presses.Put(r)
	rendered, err := r.print(s, t, &page, page.Root)
	return bytes.Clone(rendered), err
}

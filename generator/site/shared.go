package site

import (
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"text/template/parse"

	"github.com/replaygen/replaygen/generator/diag"
)

// A shared is what a partial made for all pages of a kind, on its way into one.
type shared struct {
	*shell
	name   string
	placed bool
}

// A sharedKey names what a partial makes for all pages of a kind.
type sharedKey struct{ kind, partial string }

// A misplacedError says that a shared partial stands where no element can.
type misplacedError struct{ partial string }

func (e *misplacedError) Error() string {
	return fmt.Sprintf("the shared partial %q stands where no element can", e.partial)
}

// mistake returns the mistake and where it is in the source of a template.
func (e *misplacedError) mistake(src *diag.Source) (m mistake, near int) {
	call := regexp.MustCompile(`\.Shared\s+.` + regexp.QuoteMeta(e.partial)).FindIndex(src.Text)
	if call == nil {
		call = []int{0, 0} // its name is no constant
	}
	return mistake{e.Error(), fmt.Sprintf("write {{template %q .}} within a tag, an attribute, a title or a style", e.partial), e.partial}, call[1]
}

// A sharedError is what went wrong in a shared partial, not in what asks for it.
type sharedError struct{ error }

func (e *sharedError) Unwrap() error { return e.error }

// Shared marks where a partial goes that says nothing of the place: it is executed
// once for all pages of a kind in a replay. It sees such a page without what tells
// places apart, but may have slots. The marker is an element, so that it cannot
// stand where the partial's elements could not.
func (p *Page) Shared(name string) (template.HTML, error) {
	if p.slots == nil || p.slots.share == nil {
		return "", fmt.Errorf("partial %q: only layouts of pages with a trail share partials; write {{template %q .}}", name, name)
	}
	sh, err := p.slots.share(name)
	if err != nil {
		return "", err
	}
	marker := p.slots.mark(hole{kind: sharedHole, round: int32(len(p.slots.shared))})
	p.slots.shared = append(p.slots.shared, shared{shell: sh, name: name})
	return template.HTML("<" + marker + ">"), nil //nolint:gosec // made of letters and digits
}

// sharer returns what executes a layout's shared partials for a page.
func (p *Replay) sharer(layout *template.Template, page *Page) func(name string) (*shell, error) {
	return func(name string) (*shell, error) {
		key := sharedKey{page.Kind, name}
		if sh := p.shared[key]; sh != nil {
			return sh, nil
		}
		partial := layout.Lookup(name)
		if partial == nil {
			return nil, errors.New(noPartial(name, p.site.theme.partials()).message)
		}
		b := &shellBuilder{salt: p.salt}
		anywhere := *page
		anywhere.Round, anywhere.Choice, anywhere.Ending = nil, nil, nil
		anywhere.Offers, anywhere.ShowsBest, anywhere.NextName, anywhere.title = false, false, "", ""
		anywhere.slots = b
		sh, err := p.site.execute(partial, &anywhere, b, page.Root)
		if err != nil {
			return nil, &sharedError{err}
		}
		p.shared[key] = sh
		return sh, nil
	}
}

// spread writes what a shared partial made, with holes as its builder's.
func (b *shellBuilder) spread(s *shell, part *shared) {
	from := 0
	for _, h := range part.holes {
		s.write(part.text[from:h.at])
		from = int(h.at)
		b.put(s, h)
	}
	s.write(part.text[from:])
	part.placed = true
}

// sharedPartial returns the name in a command that asks for a shared partial.
func sharedPartial(c *parse.CommandNode) (name *parse.StringNode, ok bool) {
	if len(c.Args) != 2 || strings.TrimPrefix(c.Args[0].String(), "$") != ".Shared" {
		return nil, false
	}
	name, ok = c.Args[1].(*parse.StringNode)
	return name, ok
}

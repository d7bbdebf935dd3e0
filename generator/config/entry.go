package config

import (
	"github.com/goccy/go-yaml/ast"

	"github.com/replaygen/replaygen/generator/diag"
)

// An Entry is one key of a text whose keys are not known beforehand.
type Entry struct {
	Key           string
	Text          string  // the value, unless it has keys of its own
	Entries       []Entry // the value, if it has keys of its own, which have texts; else nil
	KeySpan, Span diag.Span
}

// Entries decodes the YAML in src.Text[start:end], which holds texts and texts
// under keys, in the order of the source. Mistakes go to list. A key that is
// empty or mistaken is left out.
func Entries(src *diag.Source, start, end int, list *diag.List) []Entry {
	d := &decoder{document: newDocument(src, start, end), list: list}
	body := d.parse(list)
	if body == nil {
		return nil
	}
	m, ok := body.(ast.MapNode)
	if !ok {
		list.Errorf(codeWrongType, d.firstLine(d.nodeSpan(body)), "write one a line: a key, a colon, a space and the text",
			"expected texts such as %q, found %s", field{name: "key"}.example(), describe(body))
		return nil
	}
	return d.entries(m, true)
}

// entries decodes the keys of m, which may have keys of their own if deep.
func (d *decoder) entries(m ast.MapNode, deep bool) []Entry {
	entries := []Entry{}
	d.each(m, func(key string, span diag.Span, value ast.Node) {
		if _, empty := value.(*ast.NullNode); empty {
			d.warnCommented(key, value)
			return
		}
		e := Entry{Key: key, KeySpan: span, Span: d.nodeSpan(value)}
		inner, hasKeys := value.(ast.MapNode)
		ok := hasKeys && deep
		if ok {
			e.Entries = d.entries(inner, false)
		} else {
			e.Text, ok = scalarText(value)
		}
		if !ok {
			d.wrongType(value, field{name: key})
			return
		}
		entries = append(entries, e)
	})
	return entries
}

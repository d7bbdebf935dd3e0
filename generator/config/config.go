// Package config decodes YAML strictly: the front matter of a replay, the site's
// configuration, the words of a theme. Every mistake is reported at its place,
// all in one go, and what could be understood is kept.
//
// The YAML is the plain part of the language: keys, texts, numbers, true and
// false, dates, lists, and keys under keys. Anchors, aliases, tags, directives
// and several documents in one text are refused; settings have no use for them,
// and without them a short text cannot unfold into a huge one.
package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/replaygen/replaygen/generator/diag"
)

const (
	codeSyntax       diag.Code = "yaml-syntax"
	codeUnsupported  diag.Code = "yaml-unsupported"
	codeLimit        diag.Code = "yaml-limit"
	codeUnknownKey   diag.Code = "unknown-key"
	codeDuplicateKey diag.Code = "duplicate-key"
	codeWrongType    diag.Code = "wrong-type"
	codeCommented    diag.Code = "value-commented"
)

// Positions says where the values of decoded settings stand. A value is named
// by its keys joined with dots, an item of a list by its index from 0:
// "title", "trail.detail", "tags.0".
type Positions struct {
	spans map[string]diag.Span
}

// At returns the span of a value, or the zero span if the text does not set it.
func (p Positions) At(path string) diag.Span { return p.spans[path] }

// Has reports whether the text sets a value. A key with nothing behind it, or
// with null, does not.
func (p Positions) Has(path string) bool {
	_, ok := p.spans[path]
	return ok
}

// Decode decodes the YAML in src.Text[start:end] into v, a pointer to a struct
// whose fields carry `yaml:"name"` tags; fields without one are left alone.
// Mistakes go to list. A field whose key is absent, empty or mistaken keeps its
// value, so defaults can be set beforehand.
//
// Fields may be of these types; Decode panics on any other:
//
//   - string: any text; a number or true is taken as it is written, and white
//     space around the text is dropped
//   - int, bool
//   - time.Time: 2026-03-14, or RFC 3339 with a time of day
//   - []string: a list of texts, or one text for a list of one
//   - a struct of such fields
//   - a slice of such structs: a list, or one item for a list of one
func Decode(src *diag.Source, start, end int, v any, list *diag.List) Positions {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.Elem().Kind() != reflect.Struct {
		panic(fmt.Sprintf("config: Decode needs a pointer to a struct, not %T", v))
	}
	d := &decoder{document: newDocument(src, start, end), list: list, spans: map[string]diag.Span{}}
	if body := d.parse(list); body != nil {
		d.top(body, target.Elem())
	}
	return Positions{spans: d.spans}
}

// A decoder walks the parsed document along the struct.
type decoder struct {
	*document
	list  *diag.List
	spans map[string]diag.Span
}

func (d *decoder) top(body ast.Node, v reflect.Value) {
	m, ok := body.(ast.MapNode)
	if !ok {
		d.list.Errorf(codeWrongType, d.firstLine(d.nodeSpan(body)), "write one setting a line: a key, a colon, a space and the value",
			"expected settings such as %q, found %s", fieldsOf(v.Type())[0].example(), describe(body))
		return
	}
	d.mapping(m, v, "")
}

// mapping decodes the keys of m into the struct v. The prefix is the path of the
// mapping itself with a dot behind it, or "" at the top.
func (d *decoder) mapping(m ast.MapNode, v reflect.Value, prefix string) {
	fields := fieldsOf(v.Type())
	d.each(m, func(key string, span diag.Span, value ast.Node) {
		f, ok := find(fields, key)
		if !ok {
			d.list.Errorf(codeUnknownKey, span, unknownKeyHint(key, fields), "unknown key %q%s", key, under(prefix))
			return
		}
		d.value(value, v.Field(f.index), f, prefix+key)
	})
}

// warnCommented warns of a key without a value behind which a text stands that
// YAML takes for a comment.
func (d *decoder) warnCommented(key string, node ast.Node) {
	if text, at := d.commented(node); text != "" {
		d.list.Warnf(codeCommented, d.span(at), fmt.Sprintf("write %s: %q; a comment has a space behind its #", key, text),
			"%q is empty: what begins with # is a comment", key)
	}
}

// each visits the keys of m, without those that are repeated.
func (d *decoder) each(m ast.MapNode, visit func(key string, span diag.Span, value ast.Node)) {
	first := map[string]diag.Span{}
	for entry := m.MapRange(); entry.Next(); {
		key, span := entry.Key().GetToken().Value, d.nodeSpan(entry.Key())
		if before, twice := first[key]; twice {
			d.list.Add(diag.Diagnostic{
				Code: codeDuplicateKey, Severity: diag.Error, Span: span,
				Message: fmt.Sprintf("%q is set twice", key),
				Hint:    "keep one of the two",
				Related: []diag.Related{{Span: before, Message: "it is set here first"}},
			})
			continue
		}
		first[key] = span
		visit(key, span, entry.Value())
	}
}

// under names the mapping that an unknown key stands in.
func under(prefix string) string {
	if prefix == "" {
		return ""
	}
	path := strings.TrimSuffix(prefix, ".")
	if dot := strings.LastIndexByte(path, '.'); dot >= 0 && isNumber(path[dot+1:]) {
		return fmt.Sprintf(" in an item of %q", path[:dot])
	}
	return fmt.Sprintf(" under %q", path)
}

// value decodes one value into v, the field f.
func (d *decoder) value(node ast.Node, v reflect.Value, f field, path string) {
	if _, empty := node.(*ast.NullNode); empty {
		d.warnCommented(f.name, node)
		return
	}
	span := d.nodeSpan(node)
	d.spans[path] = span
	switch f.kind {
	case listKind:
		d.strings(node, v, f, path)
		return
	case itemsKind:
		d.items(node, v, f, path)
		return
	}
	if m, ok := node.(ast.MapNode); ok && f.kind == structKind {
		d.mapping(m, v, path+".")
		return
	}
	if !setScalar(v, f.kind, node) {
		d.wrongType(node, f)
	}
}

// strings decodes a list of texts, or one text.
func (d *decoder) strings(node ast.Node, v reflect.Value, f field, path string) {
	items := []ast.Node{node}
	sequence, isList := node.(*ast.SequenceNode)
	if isList {
		items = sequence.Values
	}
	texts := make([]string, 0, len(items))
	for i, item := range items {
		text, ok := scalarText(item)
		if !ok {
			d.wrongType(item, f)
			continue
		}
		if isList {
			d.spans[path+"."+strconv.Itoa(i)] = d.nodeSpan(item)
		}
		texts = append(texts, text)
	}
	v.Set(reflect.ValueOf(texts))
}

// items decodes a list of structs, or one of them.
func (d *decoder) items(node ast.Node, v reflect.Value, f field, path string) {
	nodes := []ast.Node{node}
	if sequence, isList := node.(*ast.SequenceNode); isList {
		nodes = sequence.Values
	}
	items := reflect.MakeSlice(v.Type(), 0, len(nodes))
	for _, n := range nodes {
		m, ok := n.(ast.MapNode)
		if !ok {
			d.wrongType(n, f)
			continue
		}
		item, name := reflect.New(v.Type().Elem()).Elem(), path+"."+strconv.Itoa(items.Len())
		d.spans[name] = d.nodeSpan(n)
		d.mapping(m, item, name+".")
		items = reflect.Append(items, item)
	}
	v.Set(items)
}

func (d *decoder) wrongType(node ast.Node, f field) {
	hint := wrongTypeHint(node, f)
	if text, _ := d.commented(node); text != "" {
		hint = fmt.Sprintf("what begins with # is a comment; put it in quotation marks: %q", text)
	}
	d.list.Errorf(codeWrongType, d.firstLine(d.nodeSpan(node)), hint,
		"%q needs %s, found %s", f.name, f.kind.wants(), describe(node))
}

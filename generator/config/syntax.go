package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/replaygen/replaygen/generator/diag"
)

// Settings are short. The limits keep the parser's time in check, which grows
// with the square of the nesting.
const (
	maxBytes   = 64 << 10
	maxNesting = 20
)

const quoteHint = `put a text that holds ": " or begins with a special character in quotation marks: title: "DNS: half of it"`

// parse returns the document's one node, or nil if it is empty or was refused.
func (d *document) parse(list *diag.List) (body ast.Node) {
	defer func() {
		// The parser is not ours and authors' texts are any bytes: a fault in
		// it must not take the other replays of the build along.
		if fault := recover(); fault != nil {
			body = nil
			list.Errorf(codeSyntax, d.span(extent{0, 0}), "", "this is not valid YAML: %v", fault)
		}
	}()
	if !d.readable(list) {
		return nil
	}
	tokens := lexer.Tokenize(d.text)
	d.locate(tokens)
	if !d.plain(tokens, list) {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.reportSyntax(err, list)
		return nil
	}
	return d.only(file, list)
}

// readable reports whether the text is of a size and encoding to be parsed.
func (d *document) readable(list *diag.List) bool {
	if len(d.text) > maxBytes {
		list.Errorf(codeLimit, d.span(extent{maxBytes, maxBytes}), "move longer texts out of the settings",
			"settings may have at most %d KiB", maxBytes>>10)
		return false
	}
	for i, r := range d.text {
		if r == utf8.RuneError && !strings.HasPrefix(d.text[i:], "\ufffd") {
			list.Errorf(codeSyntax, d.span(extent{i, i + 1}), "save the file as UTF-8", "this byte is not valid UTF-8")
			return false
		}
	}
	return true
}

// plain reports whether the tokens belong to the plain part of YAML and nest
// no deeper than settings do.
func (d *document) plain(tokens token.Tokens, list *diag.List) bool {
	before, brackets, dashes, line := list.Len(), 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets = max(0, brackets-1)
		case token.SequenceEntryType:
			if t.Position.Line != line {
				dashes, line = 0, t.Position.Line
			}
			dashes++
		}
		if brackets > maxNesting || dashes > maxNesting {
			list.Errorf(codeLimit, d.span(d.extents[t]), "", "lists and keys nest more than %d deep", maxNesting)
			return false
		}
		if what, sign := unsupported(t.Type); what != "" {
			list.Errorf(codeUnsupported, d.span(d.extents[t]),
				fmt.Sprintf("put a text that begins with %s in quotation marks", sign), "%s are not supported in settings", what)
		}
	}
	return list.Len() == before
}

// unsupported names what is outside the plain part of YAML, and its sign.
func unsupported(t token.Type) (what, sign string) {
	switch t {
	case token.AnchorType:
		return "anchors (&name)", "&"
	case token.AliasType:
		return "aliases (*name)", "*"
	case token.MergeKeyType:
		return "merge keys (<<)", "<<"
	case token.TagType:
		return "tags (!name)", "!"
	case token.DirectiveType:
		return "directives (%NAME)", "%"
	case token.MappingKeyType:
		return "keys written with a question mark", "?"
	default:
		return "", ""
	}
}

// only returns the body of the file's one document.
func (d *document) only(file *ast.File, list *diag.List) ast.Node {
	var body ast.Node
	for i, doc := range file.Docs {
		if i > 0 && (body != nil || doc.Body != nil) {
			at := doc.Start
			if at == nil && doc.Body != nil {
				at = doc.Body.GetToken()
			}
			list.Errorf(codeUnsupported, d.span(d.tokenExtent(at)), "keep the settings in one piece, without another --- line",
				"a second document starts here")
			return nil
		}
		body = doc.Body
	}
	return body
}

// reportSyntax reports what the parser could not read.
func (d *document) reportSyntax(err error, list *diag.List) {
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) || syntax.Token == nil {
		message, _, _ := strings.Cut(err.Error(), "\n")
		list.Errorf(codeSyntax, d.span(extent{0, 0}), "", "this is not valid YAML: %s", message)
		return
	}
	e := d.tokenExtent(syntax.Token)
	message, hint := explain(syntax.Message)
	if read := d.text[e.from:e.to]; strings.HasPrefix(syntax.Message, "mapping value") && strings.Contains(read, "\n") {
		// A text over several lines that ends in a key: the last line was
		// meant to be a setting, but is indented like more of the text.
		e.from += strings.LastIndexByte(read, '\n') + 1
		e.from += len(d.text[e.from:e.to]) - len(strings.TrimLeft(d.text[e.from:e.to], " \t"))
		message, hint = "this line is indented deeper than the setting before it", "start it below the key of that setting"
	}
	list.Errorf(codeSyntax, d.firstLine(d.span(e)), hint, "%s", message)
}

// explain puts a message of the parser into words for authors.
func explain(message string) (plain, hint string) {
	for _, known := range []struct{ part, plain, hint string }{
		{"could not find end character", "this quotation mark is never closed", "end the text with the same mark; inside '…' an apostrophe is written twice"},
		{"tab character", "a tab stands where YAML needs spaces", "indent with spaces"},
		{"character '\t'", "a tab stands where YAML needs spaces", "indent with spaces"},
		{"reserved character", "a text cannot begin with this character", quoteHint},
		{"mapping value is not allowed", "this text holds a colon and a space, which only follow a key", quoteHint},
		{"']'", "a list in brackets is not complete here", "write it as [first, second]; a text that begins with [ needs quotation marks"},
		{"sequence element", "a list in brackets lacks an item here", "write it as [first, second]"},
		{"'}'", "keys in braces are not complete here", "write them as {key: value, other: value}; a text that begins with { needs quotation marks"},
		{"flow map", "keys in braces are not complete here", "write them as {key: value, other: value}; a text that begins with { needs quotation marks"},
		{"escape", `this sequence after \ is unknown`, `inside "…" write \\ for a backslash, or use '…'`},
		{"non-map value", "expected a key, a colon and a space here", "write it as key: value"},
		{"unexpected key name", "expected a key, a colon and a space here", "write it as key: value"},
		{"is not allowed in this context", "this cannot stand here", "check the indentation and the quotation marks before it"},
		{"not allowed", "this cannot stand here", "check the indentation; a text that begins with a special character needs quotation marks"},
	} {
		if strings.Contains(message, known.part) {
			return known.plain, known.hint
		}
	}
	message, _, _ = strings.Cut(message, "\n")
	return "this is not valid YAML: " + message, quoteHint
}

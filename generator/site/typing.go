package site

import (
	"fmt"
	"html/template"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/replaygen/replaygen/generator/diag"
)

// A typing follows what the templates of a theme ask values for, in every branch
// of them: running them shows only the first mistake, and only if the content
// leads there. A value whose type is not known may be asked for anything.
type typing struct {
	theme *Theme
	list  *diag.List
	seen  map[typed]bool // whether a template is without mistakes
	sight *sight         // what the templates look at; nil if nobody asks

	// Of the template that is being followed:
	src      *diag.Source
	known    *template.Template // holds all that it may call
	assigned map[string]bool    // variables that may change their type
	ok       bool
}

// A typed is a template that is run with a value of a type.
type typed struct {
	name string
	dot  reflect.Type
}

// A scope is what templates know at a place: the type of the dot and those of
// variables; nil is a type that is not known.
type scope struct {
	dot  reflect.Type
	vars map[string]reflect.Type // never changed, see with
}

func (s scope) with(name string, typ reflect.Type) scope {
	vars := map[string]reflect.Type{name: typ}
	for other, typ := range s.vars {
		if other != name {
			vars[other] = typ
		}
	}
	return scope{s.dot, vars}
}

// dataTypes are the types of what slots see.
func dataTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		"choices": reflect.TypeFor[ChoicesSlot](), "mark": reflect.TypeFor[RoundSlot](), "step": reflect.TypeFor[RoundSlot](),
		"clock": reflect.TypeFor[TrailSlot](), "verdict": reflect.TypeFor[TrailSlot](), "span": reflect.TypeFor[SpanSlot](),
		"regret": reflect.TypeFor[RegretSlot](),
	}
}

// assignment is how a variable is given another value.
var assignment = regexp.MustCompile(`(\$\w+)\s*=`)

// check follows a template that is run with a value of a type, and what it calls.
func (c *typing) check(t *template.Template, dot reflect.Type) (ok bool) {
	key := typed{t.Name(), dot}
	if ok, again := c.seen[key]; again {
		return ok
	}
	c.seen[key] = true // a template that calls itself
	if t.Tree == nil || t.Tree.Root == nil || c.theme.sources[t.Tree.ParseName] == nil {
		return true // its text could not be parsed
	}
	outer := *c
	c.src, c.known, c.assigned, c.ok = c.theme.sources[t.Tree.ParseName], t, map[string]bool{}, true
	for _, found := range assignment.FindAllSubmatch(c.src.Text, -1) {
		c.assigned[string(found[1])] = true
	}
	c.nodes(t.Tree.Root, scope{dot, map[string]reflect.Type{"$": dot}})
	ok = c.ok
	*c = outer
	c.seen[key] = ok
	return ok
}

// fail reports a mistake near an offset of the source.
func (c *typing) fail(near parse.Pos, m mistake) {
	c.ok = false
	c.list.Errorf(codeTheme, m.span(c.src, int(near)), m.hint, "%s", m.message)
}

func (c *typing) nodes(n *parse.ListNode, s scope) {
	if n == nil {
		return
	}
	for _, node := range n.Nodes {
		s = c.node(node, s)
	}
}

// node follows one part of a template and returns the scope of what comes behind it.
func (c *typing) node(n parse.Node, s scope) scope {
	switch n := n.(type) {
	case *parse.ActionNode:
		typ := c.pipe(n.Pipe, s)
		for _, v := range n.Pipe.Decl {
			s = c.declare(s, v, typ)
		}
		if len(n.Pipe.Decl) == 0 {
			c.sight.used(typ)
		}
	case *parse.IfNode:
		inner := s
		typ := c.pipe(n.Pipe, s)
		for _, v := range n.Pipe.Decl {
			inner = c.declare(inner, v, typ)
		}
		c.nodes(n.List, inner)
		c.nodes(n.ElseList, inner)
	case *parse.WithNode:
		typ := c.pipe(n.Pipe, s)
		inner := s
		for _, v := range n.Pipe.Decl {
			inner = c.declare(inner, v, typ)
		}
		c.nodes(n.ElseList, inner)
		inner.dot = typ
		c.nodes(n.List, inner)
	case *parse.RangeNode:
		c.nodes(n.ElseList, s)
		c.nodes(n.List, c.element(n.Pipe, s))
	case *parse.TemplateNode:
		c.partial(n, s)
	}
	return s
}

// declare adds a variable.
func (c *typing) declare(s scope, v *parse.VariableNode, typ reflect.Type) scope {
	if c.assigned[v.Ident[0]] {
		c.sight.used(typ)
		typ = nil
	}
	return s.with(v.Ident[0], typ)
}

// element returns the scope within a range.
func (c *typing) element(p *parse.PipeNode, s scope) scope {
	typ := c.pipe(p, s)
	var element reflect.Type
	if typ != nil && slices.Contains([]reflect.Kind{reflect.Slice, reflect.Array, reflect.Map}, typ.Kind()) {
		element = typ.Elem()
	}
	for i, v := range p.Decl {
		if i == len(p.Decl)-1 {
			s = c.declare(s, v, element)
		} else {
			s = c.declare(s, v, nil) // the index
		}
	}
	s.dot = element
	return s
}

// partial follows a template that another one calls.
func (c *typing) partial(n *parse.TemplateNode, s scope) {
	var dot reflect.Type
	if n.Pipe != nil {
		dot = c.pipe(n.Pipe, s)
	}
	c.called(n.Name, n.Pos, dot)
}

// called follows a partial that is run with a value of a type.
func (c *typing) called(name string, at parse.Pos, dot reflect.Type) {
	if partial := c.known.Lookup(name); partial == nil {
		c.fail(at, noPartial(name, c.theme.partials()))
	} else if !c.check(partial, dot) {
		c.ok = false
	}
}

func (c *typing) pipe(p *parse.PipeNode, s scope) (typ reflect.Type) {
	for i, command := range p.Cmds {
		if i > 0 {
			c.sight.used(typ)
		}
		typ = c.command(command, s)
	}
	return typ
}

func (c *typing) command(n *parse.CommandNode, s scope) reflect.Type {
	for _, arg := range n.Args[1:] {
		c.sight.used(c.operand(arg, s))
	}
	if name, ok := sharedPartial(n); ok {
		c.called(name.Text, name.Pos, reflect.TypeFor[*Page]())
	}
	literal := (*parse.StringNode)(nil)
	if len(n.Args) > 1 {
		literal, _ = n.Args[1].(*parse.StringNode)
	}
	typ := c.operand(n.Args[0], s)
	switch called := strings.TrimPrefix(n.Args[0].String(), "$"); {
	case literal == nil:
	case called == ".Slot":
		if all := slices.Concat(valueNames, slotNames); !slices.Contains(all, literal.Text) {
			c.fail(literal.Pos, noSlot(literal.Text, all))
		}
	case called == "static":
		if _, err := c.theme.address(literal.Text); err != nil {
			c.fail(literal.Pos, failure(err.Error(), literal.Quoted))
		}
	}
	return typ
}

// operand returns the type of a value.
func (c *typing) operand(n parse.Node, s scope) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.FieldNode:
		return c.fields(s.dot, n.Ident, n.Pos)
	case *parse.VariableNode:
		return c.fields(s.vars[n.Ident[0]], n.Ident[1:], n.Pos)
	case *parse.ChainNode:
		return c.fields(c.operand(n.Node, s), n.Field, n.Pos)
	case *parse.PipeNode:
		return c.pipe(n, s)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.IdentifierNode:
		if f, ok := c.theme.functions()[n.Ident]; ok {
			return known(reflect.TypeOf(f).Out(0))
		}
	}
	return nil
}

// fields returns the type of a field of a field and so on.
func (c *typing) fields(typ reflect.Type, names []string, at parse.Pos) reflect.Type {
	for _, name := range names {
		c.sight.asked(typ, name)
		if typ == nil {
			return nil
		}
		found, ok := member(typ, name)
		if !ok {
			c.fail(at, noField(c.src, name, typ))
			return nil
		}
		typ = known(found)
	}
	return typ
}

// known returns a type unless it says nothing of the value.
func known(typ reflect.Type) reflect.Type {
	if typ.Kind() == reflect.Interface {
		return nil
	}
	return typ
}

// member returns the type of a field, or of what a method returns.
func member(typ reflect.Type, name string) (found reflect.Type, ok bool) {
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if m, ok := reflect.PointerTo(typ).MethodByName(name); ok {
		return m.Type.Out(0), true
	}
	switch typ.Kind() {
	case reflect.Struct:
		f, ok := typ.FieldByName(name)
		return f.Type, ok && f.IsExported()
	case reflect.Map:
		return typ.Elem(), true
	}
	return nil, false
}

// noSlot says which slots there are instead.
func noSlot(name string, all []string) mistake {
	return mistake{fmt.Sprintf("there is no slot %q", name), choose(name, all, "there are "), fmt.Sprintf("%q", name)}
}

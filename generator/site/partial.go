package site

import (
	"html/template"
	"text/template/parse"
)

// lend adds to a template the partials that it calls, and those that these call:
// a theme has dozens of them, and each copy of a template copies all that it has.
// A partial that is lacking, or that the template defines itself, is not added.
func lend(partials, to *template.Template) error {
	var wanted []string
	want := func(n *parse.ListNode) {
		eachCall(n, func(name string) { wanted = append(wanted, name) })
		eachCommand(n, func(c *parse.CommandNode, _ bool) {
			if name, ok := sharedPartial(c); ok {
				wanted = append(wanted, name.Text)
			}
		})
	}
	for _, part := range to.Templates() {
		if part.Tree != nil {
			want(part.Tree.Root)
		}
	}
	for len(wanted) > 0 {
		name := wanted[0]
		wanted = wanted[1:]
		partial := partials.Lookup(name)
		if to.Lookup(name) != nil || partial == nil || partial.Tree == nil {
			continue
		}
		if _, err := to.AddParseTree(name, partial.Tree); err != nil {
			return err
		}
		want(partial.Tree.Root)
	}
	return nil
}

// eachCall calls visit with the name in every {{template}} of a part of a template.
func eachCall(n parse.Node, visit func(name string)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, inner := range n.Nodes {
				eachCall(inner, visit)
			}
		}
	case *parse.TemplateNode:
		visit(n.Name)
	case *parse.IfNode:
		eachCall(n.List, visit)
		eachCall(n.ElseList, visit)
	case *parse.RangeNode:
		eachCall(n.List, visit)
		eachCall(n.ElseList, visit)
	case *parse.WithNode:
		eachCall(n.List, visit)
		eachCall(n.ElseList, visit)
	}
}

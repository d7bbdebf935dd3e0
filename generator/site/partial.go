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
		eachNode(n, func(n parse.Node) {
			if call, ok := n.(*parse.TemplateNode); ok {
				wanted = append(wanted, call.Name)
			}
		})
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

package site

import (
	"maps"
	"slices"
	"text/template/parse"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/words"
)

// A wording finds the words that templates ask for, and reports those that cannot
// be said as they are asked for.
type wording struct {
	words *words.Tables
	list  *diag.List
	used  map[string]bool
	// guessed is whether some template works out which word it asks for.
	guessed bool
	src     *diag.Source
}

// check looks at all calls of t and n in a template's text, and reports whether
// they are right. A text that cannot be parsed is reported elsewhere.
func (w *wording) check(src *diag.Source) (ok bool) {
	trees := map[string]*parse.Tree{}
	tree := parse.New(src.Path)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(src.Text), "", "", trees); err != nil {
		return true
	}
	w.src = src
	before := w.list.Len()
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		eachCommand(trees[name].Root, w.command)
	}
	return w.list.Len() == before
}

// eachCommand calls visit for every command in a part of a template, those in
// parentheses before what they are put into; piped is whether a command gets the
// result of the one before it.
func eachCommand(n parse.Node, visit func(c *parse.CommandNode, piped bool)) {
	eachNode(n, func(n parse.Node) {
		if pipe, ok := n.(*parse.PipeNode); ok {
			for i, c := range pipe.Cmds {
				visit(c, i > 0)
			}
		}
	})
}

// eachNode calls visit for every pipeline and every call of a partial in a part of a
// template, inner ones first.
func eachNode(n parse.Node, visit func(parse.Node)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, inner := range n.Nodes {
				eachNode(inner, visit)
			}
		}
	case *parse.ActionNode:
		eachNode(n.Pipe, visit)
	case *parse.IfNode:
		eachInBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		eachInBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		eachInBranch(&n.BranchNode, visit)
	case *parse.TemplateNode:
		eachNode(n.Pipe, visit)
		visit(n)
	case *parse.ChainNode:
		eachNode(n.Node, visit)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				for _, arg := range c.Args {
					eachNode(arg, visit)
				}
			}
			visit(n)
		}
	}
}

func eachInBranch(n *parse.BranchNode, visit func(parse.Node)) {
	eachNode(n.Pipe, visit)
	eachNode(n.List, visit)
	eachNode(n.ElseList, visit)
}

// command checks a call of t or n; piped is whether its last argument is the
// result of the command before it.
func (w *wording) command(c *parse.CommandNode, piped bool) {
	function, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok || function.Ident != "t" && function.Ident != "n" {
		return
	}
	fixed := 2 // the function and the key
	if function.Ident == "n" {
		fixed = 3 // and the number
	}
	if len(c.Args) < fixed || piped && len(c.Args) == fixed {
		w.guessed = true // or an error when the template is run
		return
	}
	key, ok := c.Args[1].(*parse.StringNode)
	if !ok {
		w.guessed = true
		return
	}
	w.used[key.Text] = true
	var names []string
	at := map[string]*parse.StringNode{}
	for i := fixed; i < len(c.Args); i += 2 {
		name, ok := c.Args[i].(*parse.StringNode)
		if !ok {
			return
		}
		names, at[name.Text] = append(names, name.Text), name
	}
	for _, fault := range w.words.Check(key.Text, function.Ident == "n", names) {
		culprit := key
		if fault.Name != "" {
			culprit = at[fault.Name]
		}
		start := int(culprit.Position())
		w.list.Errorf(fault.Code, w.src.Span(start, start+len(culprit.Quoted)), fault.Hint, "%s", fault.Message)
	}
}

package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// setScalar sets v to a scalar and reports whether the scalar is of that kind.
func setScalar(v reflect.Value, k kind, node ast.Node) bool {
	text, ok := scalarText(node)
	if !ok {
		return false
	}
	switch k {
	case textKind:
		v.SetString(text)
		return true
	case numberKind:
		number, err := strconv.Atoi(text)
		if _, plain := node.(*ast.IntegerNode); !plain || err != nil {
			return false
		}
		v.SetInt(int64(number))
		return true
	case boolKind:
		truth, ok := node.(*ast.BoolNode)
		if ok {
			v.SetBool(truth.Value)
		}
		return ok
	case dateKind:
		date, ok := parseDate(text)
		if ok {
			v.Set(reflect.ValueOf(date))
		}
		return ok
	default:
		return false
	}
}

// scalarText returns the text of a scalar: of a text its value, of anything
// else what stands in the source.
func scalarText(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(n.Value), true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	default:
		return "", false
	}
}

func parseDate(text string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if date, err := time.Parse(layout, text); err == nil {
			return date, true
		}
	}
	return time.Time{}, false
}

// describe says what a node is, for a message.
func describe(node ast.Node) string {
	switch n := node.(type) {
	case *ast.NullNode:
		return "nothing"
	case *ast.SequenceNode:
		return "a list"
	case ast.MapNode:
		return "keys with values"
	case *ast.BoolNode:
		return n.GetToken().Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "the number " + shorten(n.GetToken().Value)
	default:
		text, _ := scalarText(node)
		return fmt.Sprintf("the text %q", shorten(text))
	}
}

// maxShown is how many characters of a mistaken value a message repeats.
const maxShown = 40

func shorten(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return text
}

// wrongTypeHint says how to write a value that a field can hold.
func wrongTypeHint(node ast.Node, f field) string {
	text, _ := scalarText(node)
	_, quoted := node.(*ast.StringNode)
	switch {
	case f.kind == numberKind && quoted && isNumber(text):
		return fmt.Sprintf("drop the quotation marks: \"%s: %s\"", f.name, text)
	case f.kind == boolKind && quoted:
		switch strings.ToLower(text) {
		case "yes", "on", "true":
			return fmt.Sprintf("write \"%s: true\"", f.name)
		case "no", "off", "false":
			return fmt.Sprintf("write \"%s: false\"", f.name)
		}
	}
	return fmt.Sprintf("write for example %q", f.example())
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

package markdown

import (
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark/util"
)

// A language is what there is to know of one before its code is read.
type language struct {
	lexer chroma.Lexer
	name  string // what readers call it
}

// languageOf returns a language by any name that chroma knows it by. Unknown ones
// are plain text; to find out that one is takes chroma some 5 ms.
func languageOf(name string) language {
	var lexer chroma.Lexer
	if name != "" {
		lexer = lexers.Get(name)
	}
	if lexer == nil {
		return language{lexer: lexers.Fallback, name: RegionCode}
	}
	switch name = lexer.Config().Name; name {
	case "plaintext":
		name = RegionCode
	case "Bash Session":
		name = RegionShell
	}
	return language{lexer: chroma.Coalesce(lexer), name: name}
}

// highlight returns code as HTML with chroma's classes, and each line of a shell
// session that was typed in an element of the class "typed", its line feed
// included. Code that the lexer cannot read is escaped only. It is a pure function
// and by far the slowest step of rendering, about 0.5 ms a block. Whoever changes
// what it returns changes highlightEdition, too.
func highlight(lexer chroma.Lexer, code string) string {
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: true}, code)
	if err != nil {
		return string(util.EscapeHTML([]byte(code)))
	}
	var out strings.Builder
	for _, part := range parts(tokens) {
		typed := isTyped(part)
		if typed {
			out.WriteString(`<span class="typed">`)
		}
		// Classes do not depend on the style, which is only asked for its name.
		if err := formatter.Format(&out, styles.Fallback, chroma.Literator(part...)); err != nil {
			return string(util.EscapeHTML([]byte(code)))
		}
		if typed {
			out.WriteString("</span>")
		}
	}
	return out.String()
}

// formatter writes classes. What it has to work out first, it works out once.
var formatter = html.New(html.WithClasses(true), html.PreventSurroundingPre(true))

// parts divides code into the lines that begin with a prompt and what stands
// between them.
func parts(tokens chroma.Iterator) [][]chroma.Token {
	all := tokens.Tokens()
	if !slices.ContainsFunc(all, isPrompt) {
		return [][]chroma.Token{all}
	}
	var parts [][]chroma.Token
	var between []chroma.Token
	for _, line := range chroma.SplitTokensIntoLines(all) {
		if !isTyped(line) {
			between = append(between, line...)
			continue
		}
		if len(between) > 0 {
			parts, between = append(parts, between), nil
		}
		parts = append(parts, line)
	}
	return append(parts, between)
}

func isPrompt(t chroma.Token) bool { return t.Type == chroma.GenericPrompt }

// isTyped reports whether a line was typed behind a prompt.
func isTyped(line []chroma.Token) bool { return len(line) > 0 && isPrompt(line[0]) }

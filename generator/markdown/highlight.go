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

// lexerFor returns the lexer of a language by any name that chroma knows it by,
// and what a reader calls it. Unknown languages are plain text.
func lexerFor(language string) (lexer chroma.Lexer, name string) {
	if language != "" {
		lexer = lexers.Get(language)
	}
	if lexer == nil {
		return lexers.Fallback, RegionCode
	}
	switch name = lexer.Config().Name; name {
	case "plaintext":
		name = RegionCode
	case "Bash Session":
		name = RegionShell
	}
	return chroma.Coalesce(lexer), name
}

// highlight returns code as HTML with chroma's classes, and each line of a shell
// session that was typed in an element of the class "typed", its line feed
// included. Code that the lexer cannot read is escaped only. It is a pure function
// and by far the slowest step of rendering, about 0.7 ms a block.
func highlight(lexer chroma.Lexer, code string) string {
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: true}, code)
	if err != nil {
		return string(util.EscapeHTML([]byte(code)))
	}
	var out strings.Builder
	formatter := html.New(html.WithClasses(true), html.PreventSurroundingPre(true))
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

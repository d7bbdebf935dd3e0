package markdown

import (
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
		return lexers.Fallback, "Code"
	}
	switch name = lexer.Config().Name; name {
	case "plaintext":
		name = "Code"
	case "Bash Session":
		name = "Shell session"
	}
	return chroma.Coalesce(lexer), name
}

// highlight returns code as HTML with chroma's classes. Code that the lexer
// cannot read is escaped only. It is a pure function and by far the slowest step
// of rendering, about 0.7 ms a block.
func highlight(lexer chroma.Lexer, code string) string {
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: true}, code)
	if err != nil {
		return string(util.EscapeHTML([]byte(code)))
	}
	var out strings.Builder
	formatter := html.New(html.WithClasses(true), html.PreventSurroundingPre(true))
	// Classes do not depend on the style, which is only asked for its name.
	if err := formatter.Format(&out, styles.Fallback, tokens); err != nil {
		return string(util.EscapeHTML([]byte(code)))
	}
	return out.String()
}

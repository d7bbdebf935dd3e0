package markdown

import (
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark/util"

	"github.com/replaygen/replaygen/generator/cache"
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

// A Highlighter highlights code once: what it has done, it knows by heart while
// there is room, and from one run to the next if it has a cache. It is safe for
// concurrent use.
type Highlighter struct {
	store *cache.Store
	tools []byte // what the HTML depends on besides lexer and code

	mu    sync.Mutex
	known map[cache.Key]*highlighted
	size  int // of known, in bytes of HTML
}

// highlighted is code that somebody highlights, or has.
type highlighted struct {
	once sync.Once
	html string
}

// heartSize is how many bytes of HTML a [Highlighter] knows by heart: that of about
// a thousand blocks. Replays repeat their own code, and rarely that of others.
const heartSize = 4 << 20

// NewHighlighter returns a highlighter with a cache, which may be nil.
func NewHighlighter(store *cache.Store) *Highlighter {
	return &Highlighter{store: store, tools: []byte("highlight 1 " + chromaVersion()), known: map[cache.Key]*highlighted{}}
}

// chromaVersion returns the version of chroma: another may highlight otherwise.
func chromaVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/alecthomas/chroma/v2" {
				return module.Version + " " + module.Sum
			}
		}
	}
	return ""
}

// highlight is the function of the same name, or what it gave.
func (h *Highlighter) highlight(lexer chroma.Lexer, code string) string {
	if h == nil {
		return highlight(lexer, code)
	}
	key := cache.KeyOf(h.tools, []byte(lexer.Config().Name), []byte(code))
	known := h.at(key)
	known.once.Do(func() {
		known.html = h.recall(key, lexer, code)
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.size += len(known.html); h.size > heartSize {
			h.known, h.size = map[cache.Key]*highlighted{}, 0
		}
	})
	return known.html
}

func (h *Highlighter) at(key cache.Key) *highlighted {
	h.mu.Lock()
	defer h.mu.Unlock()
	known := h.known[key]
	if known == nil {
		known = &highlighted{}
		h.known[key] = known
	}
	return known
}

// recall asks the cache before it highlights.
func (h *Highlighter) recall(key cache.Key, lexer chroma.Lexer, code string) string {
	if h.store == nil {
		return highlight(lexer, code)
	}
	if html, ok := h.store.Get(key, nil); ok {
		return string(html)
	}
	html := highlight(lexer, code)
	h.store.Put(key, []byte(html))
	return html
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

package markdown

import (
	"runtime/debug"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"

	"github.com/replaygen/replaygen/generator/cache"
)

// A Highlighter highlights code once: what it has done, it knows by heart while
// there is room, and from one run to the next if it has a cache. It is safe for
// concurrent use. A nil Highlighter does it each time anew.
type Highlighter struct {
	store *cache.Store
	tools []byte // what the HTML depends on besides lexer and code

	mu        sync.Mutex
	languages map[string]language // by the names that authors give them
	known     map[cache.Key]*highlighted
	size      int // of both, in bytes
}

// highlighted is code that somebody highlights, or has.
type highlighted struct {
	once sync.Once
	html string
}

const (
	// heartSize is how many bytes a [Highlighter] knows by heart: about three hundred
	// blocks. Replays repeat their own code, and rarely that of others.
	heartSize = 1 << 20
	// entrySize is about what an entry takes besides its text.
	entrySize = 200
	// highlightEdition counts the changes of what highlight returns.
	highlightEdition = "highlight 1 "
	// patience is how long highlighting may take for its HTML to be kept for other
	// runs. Chroma passes over an expression that takes longer, be it because the
	// machine stood still.
	patience = 250 * time.Millisecond
)

// NewHighlighter returns a highlighter with a cache, which may be nil.
func NewHighlighter(store *cache.Store) *Highlighter {
	h := &Highlighter{store: store, tools: []byte(highlightEdition + chromaVersion())}
	h.forget()
	return h
}

// chromaVersion returns the versions of chroma, of the expressions that it uses and
// of Go's tables of characters: others may highlight otherwise. Tests do not know
// them.
func chromaVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	version := info.GoVersion
	for _, module := range info.Deps {
		switch module.Path {
		case "github.com/alecthomas/chroma/v2", "github.com/dlclark/regexp2/v2":
			if module.Replace != nil {
				module = module.Replace
			}
			version += " " + module.Version + " " + module.Sum
		}
	}
	return version
}

// highlight returns code as HTML, and what readers call its language.
func (h *Highlighter) highlight(language, code string) (html, name string) {
	l := h.language(language)
	if h == nil {
		return highlight(l.lexer, code), l.name
	}
	key := cache.KeyOf(h.tools, []byte(l.lexer.Config().Name), []byte(code))
	known := h.at(key)
	known.once.Do(func() {
		known.html = h.recall(key, l.lexer, code)
		h.mu.Lock()
		defer h.mu.Unlock()
		h.grow(len(known.html))
	})
	return known.html, l.name
}

// language finds a language.
func (h *Highlighter) language(written string) language {
	if h == nil {
		return languageOf(written)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	l, ok := h.languages[written]
	if !ok {
		l = languageOf(written)
		h.grow(len(written))
		h.languages[written] = l
	}
	return l
}

// at returns what is known by a key, perhaps nothing yet.
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

// grow makes room for a text. The caller holds the lock.
func (h *Highlighter) grow(text int) {
	if h.size+text+entrySize > heartSize {
		h.forget()
	}
	h.size += text + entrySize
}

func (h *Highlighter) forget() {
	h.languages, h.known, h.size = map[string]language{}, map[cache.Key]*highlighted{}, 0
}

// recall asks the cache before it highlights.
func (h *Highlighter) recall(key cache.Key, lexer chroma.Lexer, code string) string {
	if html, ok := h.store.Get(key, nil); ok {
		return string(html)
	}
	start := time.Now()
	html := highlight(lexer, code)
	if time.Since(start) < patience {
		h.store.Put(key, []byte(html))
	}
	return html
}

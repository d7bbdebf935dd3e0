package importer

import (
	"bytes"
	"regexp"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"

	"github.com/replaygen/replaygen/generator/diag"
)

// pageStart matches what begins a web page, or a part of one.
var pageStart = regexp.MustCompile(`(?is)\A\x{FEFF}?\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|div|h[1-6]|p|ul|blockquote)\b`)

// importPage returns the replay of a web page.
func importPage(src *diag.Source, list *diag.List) []byte {
	checkText(src, list)
	text, err := readPage(src.Text)
	if err != nil || !pageRound.Match(text) {
		list.Errorf(codeNotReplay, src.Span(0, 0), "save the page of one replay, or copy its text",
			`this is not the page of a replay: a heading such as "Round 1: Alert Fires" was expected`)
	}
	return endLine(text)
}

// readPage returns a web page as Markdown: of the whole page what stands from the
// replay's title on, without what a site puts around and into every text.
func readPage(page []byte) ([]byte, error) {
	for _, mend := range pageMends {
		page = mend.pattern.ReplaceAll(page, []byte(mend.by))
	}
	c := converter.NewConverter(converter.WithPlugins(base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), table.NewTablePlugin()))
	for _, tag := range []string{"nav", "aside", "footer", "form", "button", "dialog", "svg", "iframe", "noscript", "template"} {
		c.Register.TagType(tag, converter.TagTypeRemove, converter.PriorityEarly)
	}
	text, err := c.ConvertReader(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	for _, mend := range textMends {
		text = mend.pattern.ReplaceAll(text, []byte(mend.by))
	}
	text = runOnChoices.ReplaceAllFunc(text, func(line []byte) []byte { return lineChoice.ReplaceAll(line, []byte("\n- $1) ")) })
	if title := pageTitle.FindIndex(text); title != nil {
		text = text[title[0]:]
	}
	return text, nil
}

// A mend replaces what a pattern matches.
type mend struct {
	pattern *regexp.Regexp
	by      string
}

var (
	// pageMends put the language of a code block where the converter looks for it,
	// and leave out the numbers of its lines.
	pageMends = []mend{
		{regexp.MustCompile(`(?i)<div class="(?:highlight )?language-([a-z0-9+#-]+)[^"]*">\s*(?:<table[^>]*>.*?</td><td[^>]*>)?\s*(?:<div>\s*)?<pre[^>]*>(?:<span></span>)?<code[^>]*>`), `<div><pre><code class="language-$1">`},
		{regexp.MustCompile(`(?is)<td class="linenos">.*?</td>`), ``},
	}
	// textMends remove links to a heading from it, put what is seen below its label,
	// and remove the escapes of what the format writes in brackets.
	textMends = []mend{
		{regexp.MustCompile(`(?m)^(#{1,6} )\[[^\]\pL\pN]*\]\([^)]*\) *`), `$1`},
		{regexp.MustCompile(`(?m)^(#{1,6} .*?) *\[[^\]\pL\pN]*\]\([^)]*\)$`), `$1`},
		{regexp.MustCompile(`(?mi)^(\*\*what you see:\*\*) `), "$1\n"},
		{regexp.MustCompile(`(?mi)^(> [*_]?)\\\[((?:result|pressure cue):)`), `$1[$2`},
	}
	// runOnChoices are choices that Markdown took for a paragraph; each gets a line.
	runOnChoices = regexp.MustCompile(`(?mi)^\*\*choose your action:\*\* - A\) .*$`)
	lineChoice   = regexp.MustCompile(` - ([A-Z])\) `)
	pageRound    = regexp.MustCompile(`(?mi)^#{1,4} +(?:\*\*)?round +\S`)
	pageTitle    = regexp.MustCompile(`(?mi)^#{1,3} +incident replay\b`)
)

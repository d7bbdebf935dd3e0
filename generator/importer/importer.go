// Package importer turns the page of a rendered replay into the house format: a web
// page ([readPage]), or the text of one.
//
// Text that is copied from a page has lost its marks: bullets are "•", choices
// and actions run on in one line, code looks like prose, and the headings of the
// best outcomes are missing, so that their results stand unattributed. The
// importer finds the structure again and reports what it had to guess. It never
// changes a word: what Markdown would read as a mark is escaped.
//
// The stages are lines ([readLines]), blocks ([readBlocks]), sections and rounds
// ([readDocument]), what the text leaves open, above all the owners of results
// ([document.resolve]), and Markdown ([write]).
// All of them work on spans of the source, so every report has its place.
package importer

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/diag"
)

const (
	codeNotText          diag.Code = "import-not-text"
	codeNotReplay        diag.Code = "import-not-a-replay"
	codeAlreadyMarkdown  diag.Code = "import-already-markdown"
	codeNoTitle          diag.Code = "import-no-title"
	codeLeftOut          diag.Code = "import-left-out"
	codeNoChoices        diag.Code = "import-no-choices"
	codeNoActions        diag.Code = "import-no-actions"
	codeUnclearAction    diag.Code = "import-unclear-action"
	codeBestInferred     diag.Code = "import-best-inferred"
	codeBestGuessed      diag.Code = "import-best-guessed"
	codeBestUnknown      diag.Code = "import-best-unknown"
	codeEmptyResult      diag.Code = "import-empty-result"
	codeUnexpectedResult diag.Code = "import-unexpected-result"
)

// Import returns the replay in src in the house format, ending in a line break. What
// begins like a web page is read as one; its headings are there. Text that is in the
// house format already is returned as it is. Text that holds
// no replay is an error in list; the result then is what could be understood.
func Import(src *diag.Source, list *diag.List) []byte {
	if pageStart.Match(src.Text) {
		return importPage(src, list)
	}
	if at := markdownHeading.FindIndex(src.Text); at != nil {
		list.Notef(codeAlreadyMarkdown, src.Span(at[0], at[1]), "",
			"this is Markdown already and was left as it is")
		return endLine(src.Text)
	}
	checkText(src, list)
	doc := readDocument(readBlocks(dropChrome(readLines(src), list)))
	doc.resolve(src, list)
	return write(doc)
}

// markdownHeading matches what begins a text in the house format: front matter,
// or a heading that a replay has.
var markdownHeading = regexp.MustCompile(`\A\x{FEFF}?\s*(?:---[ \t]*\r?\n(?s:.*?)\n---[ \t]*(?:\r?\n|\z)|# +\S.*)|` +
	`(?m:^## +(?:Setup|Round\b).*$)`)

func endLine(text []byte) []byte {
	if bytes.HasSuffix(text, []byte("\n")) {
		return text
	}
	return append(bytes.Clone(text), '\n')
}

// checkText reports the first byte that no text has.
func checkText(src *diag.Source, list *diag.List) {
	for i := 0; i < len(src.Text); {
		r, size := utf8.DecodeRune(src.Text[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			list.Errorf(codeNotText, src.Span(i, i+size), "save the page's text as UTF-8",
				"this is not text: byte %#02x is not part of any UTF-8 character", src.Text[i])
			return
		}
		i += size
	}
}

package diag

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

// The folder docs holds one document per code, which is laid out like this:
//
//	# code: what is wrong, in a few words
//
//	Severity: error or warning
//
//	What it means, and why it matters.
//
//	## Example
//
//	A fenced block for each file of a source that is reported under the code;
//	behind the language it says file=content/mail.md.
//
//	## Fix
//
//	The same source, mended, in full.
//
// The tests of package generator build both, and want a document for each code.
//
//go:embed docs/*.md
var documents embed.FS

// Doc returns the document of a code, in Markdown; ok is false if there is no
// such code.
func Doc(code Code) (text string, ok bool) {
	body, err := fs.ReadFile(documents, "docs/"+string(code)+".md")
	return string(body), err == nil
}

// Codes returns every documented code in alphabetical order.
func Codes() []Code {
	entries, err := documents.ReadDir("docs")
	if err != nil {
		panic(err) // the folder is embedded
	}
	codes := make([]Code, 0, len(entries))
	for _, e := range entries {
		codes = append(codes, Code(strings.TrimSuffix(e.Name(), path.Ext(e.Name()))))
	}
	return codes
}

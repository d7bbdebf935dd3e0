package lock

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

const (
	codeName     diag.Code = "lock-name"
	codeMark     diag.Code = "lock-mark"
	codeConflict diag.Code = "lock-conflict"
	codeFile     diag.Code = "lock-file"
)

// conflictPattern matches what version control leaves in a file that it could
// not merge.
var conflictPattern = regexp.MustCompile(`^(<{7}|\|{7}|={7}|>{7})( |$)`)

// Parse reads a lock. What it does not understand goes to list, as errors: the
// lock is then not complete and must not be written back.
func Parse(src *diag.Source, list *diag.List) Lock {
	p := parser{src: src, list: list}
	text := string(bytes.TrimPrefix(src.Text, []byte("\ufeff")))
	p.at = len(src.Text) - len(text)
	p.lock.entries = make([]entry, 0, strings.Count(text, "\n")+1)
	for line := range strings.Lines(text) {
		p.line(line)
		p.at += len(line)
	}
	p.lock.normalize()
	p.lock.text = lineFeeds(src.Text)
	return p.lock
}

// lineFeeds returns a text whose lines end in line feeds: a checkout may have
// changed them.
func lineFeeds(text []byte) []byte {
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

type parser struct {
	src        *diag.Source
	list       *diag.List
	lock       Lock
	at         int  // where the line begins
	conflicted bool // whether a conflict has been reported
}

func (p *parser) line(line string) {
	content := strings.TrimSpace(line)
	name, mark := content, ""
	if space := strings.IndexAny(content, " \t"); space >= 0 {
		name, mark = content[:space], strings.TrimSpace(content[space:])
	}
	start := p.at + strings.Index(line, content)
	switch {
	case content == "" || content[0] == '#':
	case isName(name) && (mark == "" || mark == retiredMark):
		p.lock.entries = append(p.lock.entries, entry{name, mark == retiredMark})
	case isName(name):
		end := start + len(content)
		p.list.Errorf(codeMark, p.src.Span(end-len(mark), end), "write “"+name+" retired”, or the name alone",
			"unknown mark %q behind a name: expected “retired” or nothing", mark)
	case conflictPattern.MatchString(content):
		p.conflict(p.src.Span(start, start+len(content)))
	default:
		p.list.Errorf(codeName, p.src.Span(start, start+len(name)),
			"mend the line, or delete it if no link to that page needs to work; the file's history shows what it was",
			"this is no name of a page: expected lower-case letters, digits, dots and hyphens, such as outcome-2c.1-b")
	}
}

// maxName is what file systems leave for a name beside its extension: whatever
// was published is shorter.
const maxName = 255 - len(".html")

// isName reports whether a page can have the name, and a file can be called so.
func isName(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !letter && (i == 0 || c != '.' && c != '-') {
			return false
		}
	}
	return name != "" && len(name) <= maxName
}

// conflict reports the first marker of a conflict; the others of the file are
// part of the same merge.
func (p *parser) conflict(span diag.Span) {
	if p.conflicted {
		return
	}
	p.conflicted = true
	p.list.Errorf(codeConflict, span,
		"keep the lines of both sides and delete those that begin with <<<<<<<, |||||||, ======= or >>>>>>>; the next build sorts what is left",
		"this file holds a merge that is not finished")
}

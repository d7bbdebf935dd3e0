package importer

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// A writer writes the house format. Blocks are separated by empty lines.
type writer struct {
	bytes.Buffer
}

// write returns the document in the house format.
func write(doc *document) []byte {
	w := &writer{}
	title := "Incident Replay: Untitled"
	if !doc.title.IsZero() {
		title = escapeHeading(words(doc.title.Text()))
	}
	w.block("# %s", title)
	w.blocks(doc.intro)
	for _, s := range doc.sections {
		w.section(s)
	}
	return append(bytes.TrimRight(w.Bytes(), "\n"), '\n')
}

// block writes one block and the empty line behind it.
func (w *writer) block(format string, args ...any) {
	fmt.Fprintf(w, format+"\n\n", args...)
}

func (w *writer) section(s *section) {
	switch s.heading.kind {
	case setupHeading:
		w.block("## Setup")
		w.facts(s.blocks)
	case reportHeading:
		w.block("## Damage Report")
		w.facts(s.blocks)
	case referenceHeading:
		if len(s.blocks) > 0 {
			w.block("## Cross-References")
			w.references(s.blocks)
		}
	case roundHeading:
		w.round(s.round)
	}
}

// factLine has a fact's label and text.
var factLine = regexp.MustCompile(`^([^:\[\]]{1,60}):(?: (.*))?$`)

// facts writes a list of labelled texts.
func (w *writer) facts(blocks []block) {
	for _, b := range blocks {
		text := words(b.whole().Text())
		m := factLine.FindStringSubmatch(text)
		if m == nil {
			fmt.Fprintf(w, "- %s\n", prose(text, atLineStart))
			continue
		}
		fmt.Fprintf(w, "- **%s:**", escape(m[1], 0, 0))
		if m[2] != "" {
			fmt.Fprintf(w, " %s", prose(m[2], inLine))
		}
		w.WriteByte('\n')
	}
	w.WriteByte('\n')
}

func (w *writer) references(blocks []block) {
	for _, b := range blocks {
		fmt.Fprintf(w, "- %s\n", escapeLine(words(b.whole().Text()), 0))
	}
	w.WriteByte('\n')
}

func (w *writer) round(r *round) {
	heading := "## Round " + r.heading.label
	if title := words(r.heading.span.Text()); title != "" {
		heading += ": " + escapeHeading(title)
	}
	w.block("%s", heading)
	if !r.cue.IsZero() {
		w.block("> *[Pressure cue:%s]*", spaced(escape(words(r.cue.Text()), 0, 0)))
	}
	w.situation(r)
	if r.choosing {
		w.WriteString("**Choose your action:**\n")
		for _, c := range r.choices {
			fmt.Fprintf(w, "- %c)%s\n", c.letter, spaced(prose(words(c.span.Text()), inLine)))
		}
		w.WriteByte('\n')
	}
	w.blocks(r.aside)
	for _, o := range r.outcomes {
		w.outcome(o)
	}
	if !r.acting.IsZero() {
		w.WriteString("**Actions:**\n")
		for i, a := range r.actions {
			fmt.Fprintf(w, "%d.%s\n", i+1, spaced(prose(words(a.Text()), atLineStart)))
		}
		w.WriteByte('\n')
	}
}

func (w *writer) situation(r *round) {
	blocks := r.situation
	if r.seen {
		w.WriteString("**What you see:**\n")
		if len(blocks) == 0 || blocks[0].kind != paragraph || isSession(blocks[0].span) {
			w.WriteByte('\n')
		}
	}
	w.blocks(blocks)
}

func (w *writer) outcome(o *outcome) {
	remark := ""
	if o.best {
		remark = " (recommended)"
	} else if !o.remark.IsZero() {
		remark = " (" + escape(words(o.remark.Text()), 0, 0) + ")"
	}
	letters := string(o.letter)
	for i, letter := range o.also {
		if letters += ", "; i == len(o.also)-1 {
			letters = strings.TrimSuffix(letters, ", ") + " or "
		}
		letters += string(letter)
	}
	w.block("### If you chose %s%s:", letters, remark)
	if !o.result.IsZero() && o.result.Start < o.result.End {
		w.block("> *[Result: %s]*", prose(words(o.result.Text()), inLine))
	}
	w.blocks(o.more)
}

// blocks writes paragraphs and lists.
func (w *writer) blocks(blocks []block) {
	for i, b := range blocks {
		whole := b.whole()
		switch {
		case b.kind == bullet:
			fmt.Fprintf(w, "- %s\n", prose(words(whole.Text()), atLineStart))
			if i+1 == len(blocks) || blocks[i+1].kind != bullet {
				w.WriteByte('\n')
			}
		case isSession(whole):
			w.session(whole)
		default:
			w.block("%s", prose(words(whole.Text()), atLineStart))
		}
	}
}

// spaced returns text with a space before it, or nothing for no text.
func spaced(text string) string {
	if text == "" {
		return ""
	}
	return " " + text
}

// Where prose stands decides whether its first characters could begin a block.
const (
	inLine      = false
	atLineStart = true
)

// prose returns plain text as Markdown, with code marks around what is surely
// code.
func prose(text string, lineStart bool) string {
	var b strings.Builder
	from, before := 0, rune(0)
	for _, code := range findCode(text) {
		b.WriteString(plain(text[from:code.start], before, '`', lineStart && from == 0))
		b.WriteString("`" + text[code.start:code.end] + "`")
		from, before = code.end, '`'
	}
	b.WriteString(plain(text[from:], before, 0, lineStart && from == 0))
	return b.String()
}

func plain(text string, before, after rune, lineStart bool) string {
	if lineStart {
		return escapeLine(text, after)
	}
	return escape(text, before, after)
}

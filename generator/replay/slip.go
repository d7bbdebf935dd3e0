package replay

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/markdown"
)

// readable reports a text that is not UTF-8, and whether there is a point in
// reading it.
func (p *parser) readable() bool {
	text := p.src.Text
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		p.Errorf(codeNotUTF8, p.point(0), "save the file as UTF-8", "this file is UTF-16, which cannot be read")
		return false
	}
	if utf8.Valid(text) && bytes.IndexByte(text, 0) < 0 {
		return true
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			p.Errorf(codeNotUTF8, p.src.Span(at, at+1), "save the file as UTF-8; it may be in Windows-1252 or Latin-1",
				"the byte %#02x is no character of a text in UTF-8", text[at])
			break
		}
		at += size
	}
	return true
}

// slips reports what most likely was to mean something else than it does: an error
// where a part of the replay would be lost by it.
func (p *parser) slips(blocks []markdown.Block) {
	for _, s := range markdown.Slips(blocks) {
		switch s.Kind {
		case markdown.OpenFence:
			p.openFence(s)
		case markdown.OpenComment:
			p.Warnf(codeCommentOpen, s.Span, "end it with \"-->\"; a comment that goes over several paragraphs begins and ends on lines of its own",
				"this comment has no end that belongs to it, so it is shown as text")
		case markdown.TightHead:
			p.tightHead(s)
		case markdown.TightItem:
			p.Warnf(codeMarkerSpace, s.Span, fmt.Sprintf("write a plain space behind %q", s.Span.Text()),
				"no list item begins here: behind %q stands a no-break space", s.Span.Text())
		}
	}
}

func (p *parser) openFence(s markdown.Slip) {
	hint := fmt.Sprintf("close it with %q on a line of its own, below the code", s.Span.Text())
	for line := range strings.Lines(s.Text) {
		if head := strings.TrimSpace(line); namesPart(head) {
			p.Errorf(codeFenceOpen, s.Span, hint, "this fence is never closed: %q and all that follows becomes code", head)
			return
		}
	}
	p.Warnf(codeFenceOpen, s.Span, hint, "this fence is never closed")
}

func (p *parser) tightHead(s markdown.Slip) {
	mark := s.Span.Text()
	if namesPart(mark + " " + s.Text) {
		p.Errorf(codeMarkerSpace, s.Span, fmt.Sprintf("write \"%s %s\", with a plain space", mark, s.Text),
			"no heading begins here: behind %q there has to be a space", mark)
	}
}

// namesPart reports whether a line is the heading of a part of a replay.
func namesPart(line string) bool {
	text := strings.TrimLeft(line, "#")
	if text == line || !strings.HasPrefix(text, " ") {
		return false
	}
	text = strings.TrimSpace(text)
	return kindOf(text) != unknownSection || looksLikeOutcome(text) || withoutTitlePrefix(text) != text
}

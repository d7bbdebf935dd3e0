package importer

import (
	"bytes"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// isSession reports whether a paragraph is a shell session that lost its fence:
// it begins with a prompt and a known command.
func isSession(span diag.Span) bool {
	first, _, _ := strings.Cut(span.Text(), "\n")
	return strings.HasPrefix(first, "$ ") && markdown.IsCommand(first)
}

// session writes a shell session with its lines and columns as they are.
func (w *writer) session(span diag.Span) {
	text := strings.ToValidUTF8(span.Text(), "\uFFFD")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	w.WriteString(fence + "console\n")
	indent := indentation(span)
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		if i > 0 {
			line = line[min(indent, len(line)-len(strings.TrimLeft(line, " \t"))):]
		}
		w.WriteString(line + "\n")
	}
	w.block("%s", fence)
}

// indentation returns how many bytes stand before the span on its first line.
func indentation(span diag.Span) int {
	return span.Start - 1 - bytes.LastIndexByte(span.Source.Text[:span.Start], '\n')
}

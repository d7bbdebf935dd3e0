package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// WriteText prints diagnostics for people: place, message, the line with the
// span underlined, and the hint.
func WriteText(w io.Writer, diagnostics []Diagnostic) error {
	for _, d := range diagnostics {
		var b strings.Builder
		fmt.Fprintf(&b, "%s%s: %s [%s]\n", place(d.Span), d.Severity, d.Message, d.Code)
		b.WriteString(Excerpt(d.Span))
		if d.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", d.Hint)
		}
		for _, r := range d.Related {
			fmt.Fprintf(&b, "  %ssee: %s\n", place(r.Span), r.Message)
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// place is "path:line:column: ", or "" for the zero span.
func place(s Span) string {
	if s.IsZero() {
		return ""
	}
	p := s.Position()
	return fmt.Sprintf("%s:%d:%d: ", s.Path(), p.Line, p.Column)
}

// maxExcerpt is how many characters of a source line are shown: run-on
// documents have lines of thousands.
const maxExcerpt = 100

// Excerpt shows the span's first line and marks the span below it, or is "" where
// there is nothing to show.
func Excerpt(s Span) string {
	if s.IsZero() {
		return ""
	}
	p := s.Position()
	line := []rune(strings.Map(visible, s.Source.Line(p.Line)))
	if len(line) == 0 {
		return ""
	}
	from := min(p.Column-1, len(line))
	width := len([]rune(strings.SplitN(s.Text(), "\n", 2)[0]))
	to := max(from, min(from+width, len(line)))
	lead, trail := "", ""
	if cut := from - maxExcerpt/2; len(line) > maxExcerpt && cut > 0 {
		line, from, to, lead = line[cut:], from-cut, to-cut, "…"
	}
	if len(line) > maxExcerpt {
		line, to, trail = line[:maxExcerpt], min(to, maxExcerpt), "…"
	}
	number := fmt.Sprintf("%5d", p.Line)
	marker := strings.Repeat("^", max(1, uniseg.StringWidth(string(line[from:to]))))
	return fmt.Sprintf("%s | %s%s%s\n%s | %s%s\n",
		number, lead, string(line), trail,
		strings.Repeat(" ", len(number)), blank(lead+string(line[:from])), marker)
}

// visible replaces control characters, which terminals obey, by their pictures.
func visible(r rune) rune {
	switch {
	case r < ' ' && r != '\t':
		return '␀' + r
	case r == 0x7f:
		return '␡'
	case unicode.IsControl(r) && r != '\t':
		return unicode.ReplacementChar
	}
	return r
}

// blank replaces text by white space of the same width; tabs stay tabs, so that
// the marker below lines up however wide the terminal draws them.
func blank(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "\t") {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(strings.Repeat(" ", uniseg.StringWidth(part)))
	}
	return b.String()
}

// JSON is the stored form of a diagnostic; its field names are a contract.
type JSON struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

// ToJSON returns the stored form of diagnostics, never nil.
func ToJSON(diagnostics []Diagnostic) []JSON {
	out := make([]JSON, 0, len(diagnostics))
	for _, d := range diagnostics {
		p := d.Span.Position()
		out = append(out, JSON{
			Code: d.Code, Severity: d.Severity.String(), File: d.Span.Path(),
			Line: p.Line, Column: p.Column, Message: d.Message, Hint: d.Hint,
		})
	}
	return out
}

// WriteGitHub prints diagnostics as workflow commands, which GitHub Actions
// shows as annotations on the lines they name.
func WriteGitHub(w io.Writer, diagnostics []Diagnostic) error {
	level := map[Severity]string{Error: "error", Warning: "warning", Note: "notice"}
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range diagnostics {
		p := d.Span.Position()
		message := d.Message
		if d.Hint != "" {
			message += "\nhint: " + d.Hint
		}
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", level[d.Severity],
			property.Replace(d.Span.Path()), p.Line, p.Column, property.Replace(string(d.Code)), data.Replace(message))
		if err != nil {
			return err
		}
	}
	return nil
}

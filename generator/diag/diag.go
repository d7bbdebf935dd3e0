// Package diag holds what every stage says about an author's text: sources,
// spans into them, and diagnostics that are collected rather than returned.
//
// Mistakes of an author go to a [List]; failures of the machine (I/O) and bugs
// are ordinary errors. Nothing in this package prints on its own.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// A Code names one kind of diagnostic for good: it is printed, kept in JSON and
// documented. Codes are lower-case words joined by hyphens, declared as
// constants in the package that reports them.
type Code string

// Severity orders diagnostics: only an [Error] stops a build.
type Severity int

// The severities, gravest first.
const (
	// Error: the replay cannot be right as written; nothing is published.
	Error Severity = iota
	// Warning: the replay builds, but probably not as its author meant.
	Warning
	// Note: something was decided for the author and may be of interest.
	Note
)

// String returns the severity's name in lower case, as it is printed and stored.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "note"
	}
}

// A Diagnostic is one thing to tell the author.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Span     Span      // where; a zero Span means the diagnostic is about no text
	Message  string    // what is wrong and what was expected, without a final period
	Hint     string    // how to mend it; may be empty
	Related  []Related // other places that explain this one
}

// Related points from a diagnostic to another place.
type Related struct {
	Span    Span
	Message string
}

// A List collects diagnostics. The zero List is empty and ready to use. It is
// not safe for concurrent use: give every goroutine its own and [List.Append] them.
type List struct {
	all []Diagnostic
}

// Add appends one diagnostic.
func (l *List) Add(d Diagnostic) { l.all = append(l.all, d) }

// Errorf adds an error at span. The hint may be empty.
func (l *List) Errorf(code Code, span Span, hint, format string, args ...any) {
	l.Add(Diagnostic{Code: code, Severity: Error, Span: span, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// Warnf adds a warning at span. The hint may be empty.
func (l *List) Warnf(code Code, span Span, hint, format string, args ...any) {
	l.Add(Diagnostic{Code: code, Severity: Warning, Span: span, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// Notef adds a note at span. The hint may be empty.
func (l *List) Notef(code Code, span Span, hint, format string, args ...any) {
	l.Add(Diagnostic{Code: code, Severity: Note, Span: span, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// Append adds all diagnostics of other, in their order.
func (l *List) Append(other *List) { l.all = append(l.all, other.all...) }

// Len returns the number of diagnostics.
func (l *List) Len() int { return len(l.all) }

// Count returns the number of diagnostics of one severity.
func (l *List) Count(s Severity) int {
	n := 0
	for _, d := range l.all {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether any diagnostic is an [Error].
func (l *List) HasErrors() bool { return l.Count(Error) > 0 }

// Sorted returns the diagnostics by path, position, severity and code, so that
// the order never depends on which stage or goroutine found them first.
func (l *List) Sorted() []Diagnostic {
	sorted := slices.Clone(l.all)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Span.Path(), b.Span.Path()),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return sorted
}

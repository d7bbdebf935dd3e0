package replay_test

import (
	"regexp"
	"strings"
)

// rewrites are irregularities that a replay may be written with and that must
// not change what it says.
var rewrites = []struct {
	name    string
	rewrite func(string) string
}{
	{"as written", func(s string) string { return s }},
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	{"byte order mark", func(s string) string { return "\ufeff" + s }},
	{"no empty lines", func(s string) string { return regexp.MustCompile(`\n\n+`).ReplaceAllString(s, "\n") }},
	{"empty lines everywhere", func(s string) string {
		return regexp.MustCompile(`\n([-*>#\d])`).ReplaceAllString(s, "\n\n$1")
	}},
	{"rules between sections", func(s string) string { return strings.ReplaceAll(s, "\n## ", "\n\n---\n\n## ") }},
	{"choices in one paragraph", func(s string) string {
		return regexp.MustCompile(`\n- ([A-Z]\) )`).ReplaceAllString(s, " - $1")
	}},
	{"choices without bullets", func(s string) string {
		return regexp.MustCompile(`\n- ([A-Z]\) )`).ReplaceAllString(s, "\n$1")
	}},
	{"letters with full stops", func(s string) string {
		return regexp.MustCompile(`\n- ([A-Z])\) `).ReplaceAllString(s, "\n- $1. ")
	}},
	{"letters in parentheses", func(s string) string {
		return regexp.MustCompile(`\n- ([A-Z])\) `).ReplaceAllString(s, "\n- ($1) ")
	}},
	{"bold letters", func(s string) string {
		return regexp.MustCompile(`\n- ([A-Z])\) `).ReplaceAllString(s, "\n* **$1)** ")
	}},
	{"actions in one paragraph", func(s string) string {
		return regexp.MustCompile(`\n(\d\. )`).ReplaceAllString(s, " $1")
	}},
	{"actions with parentheses", func(s string) string {
		return regexp.MustCompile(`\n(\d)\. `).ReplaceAllString(s, "\n$1) ")
	}},
	{"no quotes", func(s string) string { return strings.ReplaceAll(s, "\n> ", "\n") }},
	{"no emphasis", func(s string) string {
		return regexp.MustCompile(`(?m)^> \*(.*)\*$`).ReplaceAllString(s, "> $1")
	}},
	{"no brackets", func(s string) string {
		return regexp.MustCompile(`(?m)^> \*\[(.*)\]\*$`).ReplaceAllString(s, "> *$1*")
	}},
	{"no emphasis and no brackets", func(s string) string {
		return regexp.MustCompile(`(?m)^> \*\[(.*)\]\*$`).ReplaceAllString(s, "> $1")
	}},
	{"no label of results", func(s string) string { return strings.ReplaceAll(s, "[Result: ", "[") }},
	{"curly quotation marks", func(s string) string {
		return regexp.MustCompile(`(?m)(Pressure cue: )"(.*)"\]\*$`).ReplaceAllString(s, "${1}“$2”]*")
	}},
	{"plain labels", func(s string) string {
		return regexp.MustCompile(`\*\*([^*\n]+:)\*\*`).ReplaceAllString(s, "$1")
	}},
	{"colons outside of bold", func(s string) string {
		return regexp.MustCompile(`\*\*([^*\n]+):\*\*`).ReplaceAllString(s, "**$1**:")
	}},
	{"labels as paragraphs", func(s string) string {
		return regexp.MustCompile(`(?m)^(\*\*[^*\n]+:\*\*)\n`).ReplaceAllString(s, "\n$1\n\n")
	}},
	{"text behind the label", func(s string) string { return strings.ReplaceAll(s, "see:**\n", "see:** ") }},
	{"headings with dashes", func(s string) string {
		return regexp.MustCompile(`(## (?:Round \S+|Ending)): `).ReplaceAllString(s, "$1 – ")
	}},
	{"headings without colons", func(s string) string {
		return regexp.MustCompile(`(?m)^(### .*):`).ReplaceAllString(s, "$1")
	}},
	{"levels moved up", func(s string) string {
		return regexp.MustCompile(`(?m)^##(#* )`).ReplaceAllString(s, "#$1")
	}},
	{"asterisks as bullets", func(s string) string { return strings.ReplaceAll(s, "\n- ", "\n* ") }},
	{"facts without bullets", func(s string) string { return strings.ReplaceAll(s, "\n- **", "\n**") }},
	{"choices indented", func(s string) string {
		return regexp.MustCompile(`\n- ([A-Z]\) )`).ReplaceAllString(s, "\n   - $1")
	}},
	{"best outcomes without headings", func(s string) string {
		return regexp.MustCompile(`(?m)^### .*\(recommended\).*\n`).ReplaceAllString(s, "")
	}},
	{"lines wrapped", wrap},
}

// wrap breaks long lines, with the marks of a quote or list item before the next.
func wrap(text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		prefix := "\n"
		switch {
		case strings.HasPrefix(line, "#"):
			out = append(out, line)
			continue
		case strings.HasPrefix(line, ">"):
			prefix = "\n> "
		case strings.HasPrefix(line, "- "):
			prefix = "\n  "
		case regexp.MustCompile(`^\d\. `).MatchString(line):
			prefix = "\n   "
		}
		width := 0
		words := strings.Split(line, " ")
		for i, w := range words {
			// A line must not begin with what would be a mark there.
			if width > 40 && i+1 < len(words) && regexp.MustCompile(`^[a-z]`).MatchString(w) {
				w, width = prefix+w, 0
			} else if i > 0 {
				w = " " + w
			}
			width += len(w)
			words[i] = w
		}
		out = append(out, strings.Join(words, ""))
	}
	return strings.Join(out, "\n")
}

// unlike reports whether two rewrites together change more than a reader could
// put right again.
func unlike(a, b string) bool {
	for _, pair := range [][2]string{
		{"byte order mark", "byte order mark"},
		{"best outcomes without headings", "no label of results"}, // nothing says that it is a result
		{"lines wrapped", "empty lines everywhere"},               // the second divides the quotes of the first
	} {
		if a == pair[0] && b == pair[1] || a == pair[1] && b == pair[0] {
			return true
		}
	}
	return false
}

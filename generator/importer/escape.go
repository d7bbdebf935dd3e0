package importer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words returns the text on one line, with single spaces.
func words(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
	return strings.Join(strings.FieldsFunc(text, isSpace), " ")
}

// escape returns text such that Markdown reads it as it stands. The characters
// around it decide what its first and last mean; 0 stands for a character that
// makes the worst of them.
//
// Marks are left alone where they cannot mean anything, so that authors need not
// read "\_" in every name (https://spec.commonmark.org/0.31.2/#delimiter-run).
func escape(text string, before, after rune) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		if r == '*' || r == '_' || r == '~' {
			end = i + runLength(text[i:])
		}
		next := after
		if end < len(text) {
			next, _ = utf8.DecodeRuneInString(text[end:])
		}
		if needsEscape(r, before, next, text[end:]) {
			for range text[i:end] {
				b.WriteByte('\\')
				b.WriteRune(r)
			}
		} else {
			b.WriteString(text[i:end])
		}
		before = r
		i = end
	}
	return b.String()
}

// runLength returns how often the first byte of text repeats.
func runLength(text string) int {
	return len(text) - len(strings.TrimLeft(text, text[:1]))
}

var (
	entity = regexp.MustCompile(`^(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)
	mail   = regexp.MustCompile(`^[^\s<>]*@`)
)

// needsEscape reports whether Markdown would read r, or a run of r, between two
// characters as a mark. The text behind it is rest.
func needsEscape(r, before, after rune, rest string) bool {
	switch r {
	case '`':
		return true
	case '\\': // goldmark lets a backslash before a space escape what follows the space
		return after == 0 || after == ' ' || after < utf8.RuneSelf && isPunctuation(after)
	case '*':
		return !unicode.IsSpace(before) || !unicode.IsSpace(after)
	case '_':
		inWord := isWord(before) && isWord(after)
		return !inWord && (!unicode.IsSpace(before) || !unicode.IsSpace(after))
	case '~': // harmless unless it can close
		inner := before != 0 && !isPunctuation(before)
		return !unicode.IsSpace(before) && (inner || after == 0 || unicode.IsSpace(after) || isPunctuation(after))
	case '<':
		return unicode.IsLetter(after) || after == '/' || after == '!' || after == '?' || mail.MatchString(rest)
	case '&':
		return entity.MatchString(rest)
	case ']':
		return after == '(' || after == '[' || after == ':'
	default:
		return false
	}
}

func isPunctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// blockMark matches what begins a block, or divides blocks, at the start of a
// line. The character behind the first group, or the first one, is the mark.
var blockMark = regexp.MustCompile(`^(?:(\d{1,9})[.)](?:\s|$)|#{1,6}(?:\s|$)|[-+](?:\s|$)|>|=+\s*$|[-:|][-:|\s]*$|~~~|` +
	`\[[ xX]\]\s)`)

// escapeLine escapes text at the start of a line.
func escapeLine(text string, after rune) string {
	m := blockMark.FindStringSubmatchIndex(text)
	if m == nil {
		return escape(text, 0, after)
	}
	at := max(0, m[3])
	mark := text[at]
	return text[:at] + `\` + text[at:at+1] + escape(text[at+1:], rune(mark), after)
}

// escapeHeading escapes the text of a heading: Markdown drops number signs at
// its end, and braces there hold attributes.
func escapeHeading(text string) string {
	body := strings.TrimRight(text, "#")
	if len(body) < len(text) && (body == "" || strings.HasSuffix(body, " ")) {
		return escape(body, 0, '\\') + `\` + text[len(body):]
	}
	if open := strings.LastIndexByte(text, '{'); open >= 0 && strings.HasSuffix(text, "}") {
		return escape(text[:open], 0, '\\') + `\` + escape(text[open:], '\\', 0)
	}
	return escape(text, 0, 0)
}

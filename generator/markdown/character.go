package markdown

import (
	"strings"
	"unicode/utf8"
)

// replacement stands for what HTML cannot hold.
const replacement = string(utf8.RuneError)

// publishable reports whether HTML may hold a character. Control characters
// other than white space, and the code points that Unicode reserves for
// internal use, are errors there (https://html.spec.whatwg.org/#preprocessing-the-input-stream).
func publishable(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r < 0x20 || 0x7F <= r && r <= 0x9F:
		return false
	case 0xFDD0 <= r && r <= 0xFDEF || r&0xFFFE == 0xFFFE:
		return false
	default:
		return true
	}
}

// clean replaces what HTML cannot hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if !publishable(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

package markdown

import (
	"bytes"
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

// publishablePrefix returns how many bytes at the beginning of a text HTML may hold.
func publishablePrefix(text []byte) int {
	n := 0
	for n < len(text) {
		if c := text[n]; c >= ' ' && c < utf8.RuneSelf-1 || c == '\n' { // most of any text
			n++
			continue
		}
		r, size := utf8.DecodeRune(text[n:])
		if r == utf8.RuneError && size == 1 || !publishable(r) {
			break
		}
		n += size
	}
	return n
}

// clean replaces what HTML cannot hold. Most texts come back as they are.
func clean(text []byte) []byte {
	if publishablePrefix(text) == len(text) {
		return text
	}
	return bytes.Map(func(r rune) rune {
		if !publishable(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

package markdown_test

import (
	"strings"
	"testing"
)

// index returns where text holds what is looked for.
func index(t *testing.T, text, find string) int {
	t.Helper()
	at := strings.Index(text, find)
	if at < 0 {
		t.Fatalf("%q is not in %q", find, text)
	}
	return at
}

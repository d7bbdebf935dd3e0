package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// style is where the theme of the library has a style of its own.
const style = "themes/own/styles/99-own.css"

// addTheme gives the library a theme that has a style to edit. All that it lacks
// comes from the default theme.
func (b *bench) addTheme() error {
	if err := os.MkdirAll(filepath.Join(b.source(), filepath.Dir(style)), 0o755); err != nil {
		return err
	}
	if err := b.editStyle(-1); err != nil {
		return err
	}
	settings, err := os.OpenFile(filepath.Join(b.source(), "content", "site.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = settings.WriteString("theme: own\n")
	return errors.Join(err, settings.Close())
}

// editStyle makes an edit that differs from all before it; n counts them.
func (b *bench) editStyle(n int) error {
	return os.WriteFile(filepath.Join(b.source(), style), fmt.Appendf(nil, ":root { --rg-measure: %dch; }\n", 60+n), 0o644)
}

// editReplay adds a paragraph to the first round of a replay, in each lap of another.
func (b *bench) editReplay(n int) error {
	replays, err := filepath.Glob(filepath.Join(b.source(), "content", "*.md"))
	if err != nil {
		return err
	}
	name := replays[n%len(replays)]
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	edited, err := addParagraph(text, fmt.Sprintf("Somebody has added this line as number %d.", n+1))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(name, edited, 0o644)
}

// addParagraph adds a paragraph below the heading of a replay's first round.
func addParagraph(text []byte, paragraph string) ([]byte, error) {
	before, after, found := bytes.Cut(text, []byte("\n## Round 1: "))
	title, rest, more := bytes.Cut(after, []byte("\n"))
	if !found || !more {
		return nil, errors.New("there is no first round")
	}
	return slices.Concat(before, []byte("\n## Round 1: "), title, fmt.Appendf(nil, "\n\n%s\n", paragraph), rest), nil
}

package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/styles"
)

// Stylesheet returns the CSS for highlighted code in two styles of chroma, each
// for readers who prefer that colour scheme. An unknown name is an error that
// lists the known ones.
func Stylesheet(light, dark string) ([]byte, error) {
	lightStyle, err := style(light)
	if err != nil {
		return nil, err
	}
	darkStyle, err := style(dark)
	if err != nil {
		return nil, err
	}
	var css bytes.Buffer
	formatter := html.New(html.WithClasses(true), html.WithCSSComments(false))
	for _, scheme := range []struct {
		media string
		style *chroma.Style
	}{
		// Each style sets what it has colours for, so neither may shine through the other.
		{"not all and (prefers-color-scheme: dark)", lightStyle},
		{"(prefers-color-scheme: dark)", darkStyle},
	} {
		fmt.Fprintf(&css, "@media %s {\n", scheme.media)
		if err := formatter.WriteCSS(&css, scheme.style); err != nil {
			return nil, fmt.Errorf("style %q: %w", scheme.style.Name, err)
		}
		css.WriteString("}\n")
	}
	return css.Bytes(), nil
}

// style finds a style of chroma by its name.
func style(name string) (*chroma.Style, error) {
	if s, ok := styles.Registry[strings.ToLower(name)]; ok {
		return s, nil
	}
	return nil, fmt.Errorf("there is no highlighting style %q; known are %s", name, strings.Join(styles.Names(), ", "))
}

package markdown

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
)

// Stylesheet returns the CSS for highlighted code in two styles of chroma, as
// pairs of light-dark(): which one is seen goes by the color-scheme of the place
// where the code stands. Code has the colours of text, not the background that
// the style is made for. A name that [Styles] does not have is an error.
func Stylesheet(light, dark string) ([]byte, error) {
	lightStyle, err := style(light)
	if err != nil {
		return nil, err
	}
	darkStyle, err := style(dark)
	if err != nil {
		return nil, err
	}
	selectors := map[string][]string{} // by what they are declared to be: many kinds of token look alike
	add := func(selector string, light, dark chroma.StyleEntry) {
		if css := declarations(light, dark); css != "" {
			selectors[css] = append(selectors[css], selector)
		}
	}
	lightText, darkText := lightStyle.Get(chroma.Background), darkStyle.Get(chroma.Background)
	add(".chroma", foreground(lightText), foreground(darkText))
	for _, token := range slices.Sorted(maps.Keys(chroma.StandardTypes)) {
		if class := chroma.StandardTypes[token]; token > 0 && class != "" {
			add(".chroma ."+class, lightStyle.Get(token).Sub(lightText), darkStyle.Get(token).Sub(darkText))
		}
	}
	var css strings.Builder
	for _, declared := range slices.SortedFunc(maps.Keys(selectors), func(a, b string) int { return cmp.Compare(selectors[a][0], selectors[b][0]) }) {
		fmt.Fprintf(&css, "%s{%s}\n", strings.Join(selectors[declared], ","), declared)
	}
	return []byte(css.String()), nil
}

// declarations returns how tokens look in two schemes. A colour that only one of
// them sets is the text's own in the other. There are no pairs of weights:
// letters are bold, slanted or underlined in both schemes or in neither.
func declarations(light, dark chroma.StyleEntry) string {
	var css []string
	add := func(property string, light, dark chroma.Colour, unset string) {
		if !light.IsSet() && !dark.IsSet() {
			return
		}
		css = append(css, fmt.Sprintf("%s:light-dark(%s,%s)", property, colourOr(light, unset), colourOr(dark, unset)))
	}
	add("color", light.Colour, dark.Colour, "currentcolor")
	add("background-color", light.Background, dark.Background, "transparent")
	for _, set := range []struct {
		light, dark chroma.Trilean
		css         string
	}{
		{light.Bold, dark.Bold, "font-weight:bold"},
		{light.Italic, dark.Italic, "font-style:italic"},
		{light.Underline, dark.Underline, "text-decoration:underline"},
	} {
		if set.light == chroma.Yes && set.dark == chroma.Yes {
			css = append(css, set.css)
		}
	}
	return strings.Join(css, ";")
}

func colourOr(c chroma.Colour, unset string) string {
	if c.IsSet() {
		return c.String()
	}
	return unset
}

// foreground is a style entry's colour alone.
func foreground(e chroma.StyleEntry) chroma.StyleEntry { return chroma.StyleEntry{Colour: e.Colour} }

// Styles lists the names of the styles for highlighted code, in lower case, in
// alphabetical order. Upper and lower case are the same.
func Styles() []string { return styles.Names() }

// style finds a style of chroma by its name.
func style(name string) (*chroma.Style, error) {
	if s, ok := styles.Registry[strings.ToLower(name)]; ok {
		return s, nil
	}
	return nil, fmt.Errorf("there is no highlighting style %q", name)
}

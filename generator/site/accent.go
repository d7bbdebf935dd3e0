package site

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/colour"
	"github.com/replaygen/replaygen/generator/diag"
)

const codeFaint diag.Code = "accent-faint"

// textContrast is what WCAG 2.2, 1.4.3 asks of text.
const textContrast = 4.5

// grounds are the colours that a theme puts text on, on light and on dark screens.
type grounds struct{ light, dark []colour.Colour }

// groundProperty finds them, and the colour of text, among a theme's styles.
var groundProperty = regexp.MustCompile(`--rg-(ink|paper|surface|tint):\s*([^;{}]*)[;}]`)

// shade is a see-through shade of the text.
var shade = regexp.MustCompile(`^color-mix\(in srgb,\s*var\(--rg-ink\)\s+([0-9.]+)%,\s*transparent\)$`)

// grounds reads the grounds as far as they are pairs of opaque colours or shades
// of the text. Of several values of a property the last one holds.
func (t *Theme) grounds() grounds {
	pairs, shades := map[string][2]colour.Colour{}, map[string]float64{}
	for _, found := range groundProperty.FindAllSubmatch(t.styles, -1) {
		name, value := string(found[1]), strings.TrimSpace(string(found[2]))
		if light, dark, ok := parsePair(value); ok {
			pairs[name] = [2]colour.Colour{light, dark}
			delete(shades, name)
		} else if mix := shade.FindStringSubmatch(value); mix != nil {
			shades[name], _ = strconv.ParseFloat(mix[1], 64) // 0 is the paper itself
			delete(pairs, name)
		}
	}
	ink, paper := pairs["ink"], pairs["paper"]
	delete(pairs, "ink")
	for name, percent := range shades {
		pairs[name] = [2]colour.Colour{ink[0].Over(paper[0], percent), ink[1].Over(paper[1], percent)}
	}
	g := grounds{light: []colour.Colour{colour.White}, dark: []colour.Colour{colour.Black}}
	for _, pair := range pairs {
		g.light, g.dark = append(g.light, pair[0]), append(g.dark, pair[1])
	}
	return g
}

// parsePair reads light-dark(one, other). Either colour may hold commas too.
func parsePair(text string) (light, dark colour.Colour, ok bool) {
	text, isPair := strings.CutPrefix(strings.TrimSuffix(text, ")"), "light-dark(")
	for i := range text {
		if text[i] != ',' || !isPair {
			continue
		}
		light, err1 := colour.Parse(text[:i])
		dark, err2 := colour.Parse(text[i+1:])
		if err1 == nil && err2 == nil {
			return light, dark, true
		}
	}
	return colour.Colour{}, colour.Colour{}, false
}

// accentStyle returns the styles that set the accent, and the accent itself; ok
// is false if the settings leave it to the theme. On dark ground it is made
// brighter where nothing else was asked for. Paper has no use for it, see the
// theme's styles for print.
func (s *Site) accentStyle(cfg Config, list *diag.List) (style string, accent colour.Colour, ok bool) {
	light, err := colour.Parse(cfg.Accent)
	if err != nil {
		return "", colour.Colour{}, false // none, or reported by [ParseConfig]
	}
	g := s.theme.grounds()
	dark := light.Readable(g.dark, textContrast, colour.White)
	if own, err := colour.Parse(cfg.AccentDark); err == nil {
		dark = own
		checkContrast("accent_dark", cfg, dark, g.dark, colour.White, list)
	}
	checkContrast("accent", cfg, light, g.light, colour.Black, list)
	style = fmt.Sprintf("@media not print{:root{--rg-accent:light-dark(%v,%v);--rg-on-accent:light-dark(%v,%v)}}\n",
		light, dark, textOn(light), textOn(dark))
	return style, light, true
}

// textOn returns the better of black and white to write in on a colour.
func textOn(c colour.Colour) colour.Colour {
	if c.Contrast(colour.White) >= c.Contrast(colour.Black) {
		return colour.White
	}
	return colour.Black
}

// checkContrast warns of an accent that is hard to read.
func checkContrast(key string, cfg Config, c colour.Colour, grounds []colour.Colour, end colour.Colour, list *diag.List) {
	least := c.Least(grounds)
	if least >= textContrast {
		return
	}
	list.Warnf(codeFaint, cfg.At(key), fmt.Sprintf("%v is the nearest that can be read", c.Readable(grounds, textContrast, end)),
		"%s %v has a contrast of %.1f:1 with the theme's grounds; text needs %.1f:1", key, c, least, textContrast)
}

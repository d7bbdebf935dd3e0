// Package colour reads the colours of CSS and measures how well one can be read
// on another. A colour is written back as #rrggbb alone, so whatever an author
// wrote, nothing else gets into a stylesheet.
package colour

import (
	"fmt"
	"image/color"
	"math"

	"github.com/lucasb-eyer/go-colorful"
)

// A Colour is an opaque sRGB colour.
type Colour struct{ R, G, B uint8 }

// White and Black are the outermost colours: every other one has less contrast
// with one of them.
var (
	White = Colour{0xff, 0xff, 0xff}
	Black = Colour{}
)

// String returns the colour as #rrggbb.
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// RGBA returns the colour as the standard library's drawings take it.
func (c Colour) RGBA() color.RGBA { return color.RGBA{c.R, c.G, c.B, 0xff} }

// Contrast returns the contrast of two colours, 1 to 21, as WCAG 2.2 defines it.
func (c Colour) Contrast(other Colour) float64 {
	light, dark := c.luminance(), other.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance is WCAG's relative luminance, 0 to 1.
func (c Colour) luminance() float64 {
	r, g, b := c.precise().LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// Least returns the least contrast with any of the grounds.
func (c Colour) Least(grounds []Colour) float64 {
	least := 21.0
	for _, g := range grounds {
		least = min(least, c.Contrast(g))
	}
	return least
}

// Over returns what is seen where c, so many percent opaque, lies on a ground.
func (c Colour) Over(ground Colour, percent float64) Colour {
	channel := func(above, below uint8) uint8 {
		return uint8(math.Round(float64(below) + (float64(above)-float64(below))*percent/100))
	}
	return Colour{channel(c.R, ground.R), channel(c.G, ground.G), channel(c.B, ground.B)}
}

// Readable returns the colour nearest to c, of the same hue and between c and
// end, whose contrast with all grounds is at least the one wanted. It returns end
// if there is none.
func (c Colour) Readable(grounds []Colour, contrast float64, end Colour) Colour {
	if c.Least(grounds) >= contrast {
		return c
	}
	l, chroma, hue := c.precise().OkLch()
	last, _, _ := end.precise().OkLch()
	const steps = 256 // finer than a channel
	for i := 1; i < steps; i++ {
		part := float64(i) / steps
		next := rounded(colorful.OkLch(l+(last-l)*part, chroma*(1-part*part), hue))
		if next.Least(grounds) >= contrast {
			return next
		}
	}
	return end
}

func (c Colour) precise() colorful.Color {
	return colorful.Color{R: float64(c.R) / 255, G: float64(c.G) / 255, B: float64(c.B) / 255}
}

// rounded brings a colour into sRGB.
func rounded(c colorful.Color) Colour {
	r, g, b := c.Clamped().RGB255()
	return Colour{r, g, b}
}

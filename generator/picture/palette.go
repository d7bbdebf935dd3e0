package picture

import "image/color"

// An ink is a run of the palette, from the faintest trace of a colour on its
// ground to the colour itself.
type ink struct{ first, last uint8 }

// The inks of a card, few so that its file is small: text of two strengths on one
// ground shares its shades.
var (
	// On paper.
	lineInk   = ink{1, 1}
	softInk   = ink{1, 5}
	textInk   = ink{1, 6}
	accentInk = ink{7, 10}

	// On the console.
	consoleInk = ink{11, 11}
	trackInk   = ink{12, 12}
	dimInk     = ink{12, 15}
	paleInk    = ink{12, 16}
	spentInk   = ink{17, 17}
	glowInk    = ink{18, 18}
)

// palette returns the colours that the inks count in, those of the default theme.
// The first is the paper, and so what an empty picture shows. There are more than
// 16 on purpose: packing two pixels into a byte takes the encoder as long as all
// the rest, and saves a quarter of the file.
func palette(accent color.RGBA) color.Palette {
	if accent == (color.RGBA{}) {
		accent = color.RGBA{0xb8, 0x35, 0x06, 0xff}
	}
	paper, text := color.RGBA{0xf3, 0xf4, 0xf0, 0xff}, color.RGBA{0x15, 0x1a, 0x20, 0xff}
	night, light := color.RGBA{0x0c, 0x0f, 0x14, 0xff}, color.RGBA{0xea, 0xe9, 0xe4, 0xff}
	glow := brighten(accent)
	return color.Palette{
		paper,
		mix(paper, text, 17), mix(paper, text, 33), mix(paper, text, 50), mix(paper, text, 64), mix(paper, text, 76), text,
		mix(paper, accent, 25), mix(paper, accent, 50), mix(paper, accent, 75), mix(paper, accent, 100),
		night,
		mix(night, light, 22), mix(night, light, 38), mix(night, light, 54), mix(night, light, 72), light,
		mix(night, glow, 40), glow,
	}
}

// mix returns a with so many percent of b in it.
func mix(a, b color.RGBA, percent int) color.RGBA {
	channel := func(a, b uint8) uint8 {
		return uint8((int(a)*(100-percent) + int(b)*percent + 50) / 100)
	}
	return color.RGBA{channel(a.R, b.R), channel(a.G, b.G), channel(a.B, b.B), 0xff}
}

// brighten returns the colour as it stands out on a dark ground: as strong as its
// hue allows, with some white.
func brighten(c color.RGBA) color.RGBA {
	white := color.RGBA{0xff, 0xff, 0xff, 0xff}
	top := int(max(c.R, c.G, c.B))
	if top == 0 {
		return white
	}
	channel := func(v uint8) uint8 { return uint8(int(v) * 0xff / top) }
	return mix(color.RGBA{channel(c.R), channel(c.G), channel(c.B), 0xff}, white, 30)
}

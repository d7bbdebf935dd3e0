package colour_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"golang.org/x/image/colornames"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/colour"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"#1f4fd1":               "#1f4fd1",
		"#1F4FD1":               "#1f4fd1",
		" #fff ":                "#ffffff",
		"RebeccaPurple":         "#663399",
		"rgb(31 79 209)":        "#1f4fd1",
		"rgb(31, 79, 209)":      "#1f4fd1",
		"rgba(31,79,209)":       "#1f4fd1",
		"rgb(100% 0% 50%)":      "#ff0080",
		"hsl(120 100% 25%)":     "#008000",
		"hsl(120deg, 100%,25%)": "#008000",
		"hsl(0.5turn 100% 50%)": "#00ffff",
		"hsl(-120 100% 50%)":    "#0000ff",
		// As the web platform's own tests have them.
		"oklch(51.975% 0.17686 142.495)": "#008000",
		"oklch(0.51975 44.215% 142.495)": "#008000",
		"oklch(50% 0.2 0)":               "#b4065f",
		"oklch(50% 0.2 270deg)":          "#3b51d3",
		"oklch(100% 0 0)":                "#ffffff",
	} {
		got, err := colour.Parse(text)
		if err != nil || got.String() != want {
			t.Errorf("Parse(%q) = %v, %v; want %s", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"":                                      colour.ErrSyntax,
		"red;}body{display:none":                colour.ErrSyntax,
		"red)":                                  colour.ErrSyntax,
		"rgb(1 2 3);":                           colour.ErrSyntax,
		"rgb(1 2)":                              colour.ErrSyntax,
		"rgb(1, 2 3)":                           colour.ErrSyntax,
		"rgb(1deg 2 3)":                         colour.ErrSyntax,
		"rgb(nan 2 3)":                          colour.ErrSyntax,
		"rgb(1e5 2 3)":                          colour.ErrSyntax,
		"oklch(1, 2, 3)":                        colour.ErrSyntax,
		"oklch(50% 0.1 20%)":                    colour.ErrSyntax,
		"url(x)":                                colour.ErrSyntax,
		"var(--rg-ink)":                         colour.ErrSyntax,
		"currentcolor":                          colour.ErrSyntax,
		"transparent":                           colour.ErrSyntax,
		"#12":                                   colour.ErrSyntax,
		"#12345":                                colour.ErrSyntax,
		"#1234567890abcdef":                     colour.ErrSyntax,
		"#ggg":                                  colour.ErrSyntax,
		"#1234":                                 colour.ErrAlpha,
		"#11223344":                             colour.ErrAlpha,
		"rgb(1 2 3 / 50%)":                      colour.ErrAlpha,
		"rgba(1, 2, 3, 0.5)":                    colour.ErrAlpha,
		"rgb(256 0 0)":                          colour.ErrRange,
		"rgb(-1 0 0)":                           colour.ErrRange,
		"hsl(0 101% 50%)":                       colour.ErrRange,
		"oklch(1.2 0.1 20)":                     colour.ErrRange,
		"hsl(1" + fmt.Sprint(1e300) + " 1% 1%)": colour.ErrSyntax,
	} {
		if got, err := colour.Parse(text); !errors.Is(err, want) || got != (colour.Colour{}) {
			t.Errorf("Parse(%q) = %v, %v; want the error %q", text, got, err, want)
		}
	}
}

// TestNames compares with the names of SVG 1.1, which are those of CSS but for one.
func TestNames(t *testing.T) {
	for name, want := range colornames.Map {
		if got, err := colour.Parse(name); err != nil || got.RGBA() != want {
			t.Errorf("Parse(%q) = %v, %v; want %v", name, got, err, want)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want float64
	}{
		{"#fff", "#000", 21},
		{"#000", "#fff", 21},
		{"#777", "#fff", 4.48}, // the greys on either side of 4.5:1
		{"#767676", "#fff", 4.54},
		{"#123456", "#123456", 1},
	} {
		if got := parse(t, test.a).Contrast(parse(t, test.b)); math.Abs(got-test.want) > 0.005 {
			t.Errorf("the contrast of %s and %s is %.3f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

func TestOver(t *testing.T) {
	ink, paper := parse(t, "#102030"), parse(t, "#fff0e0")
	for percent, want := range map[float64]string{0: "#fff0e0", 100: "#102030", 50: "#888888", 7: "#eee1d4"} {
		if got := ink.Over(paper, percent).String(); got != want {
			t.Errorf("%v %% of %v over %v is %s, want %s", percent, ink, paper, got, want)
		}
	}
}

func parse(t *testing.T, text string) colour.Colour {
	t.Helper()
	c, err := colour.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestReadable moves any colour as far as it needs to go, and no further.
func TestReadable(t *testing.T) {
	channel := rapid.Uint8()
	rapid.Check(t, func(t *rapid.T) {
		c := colour.Colour{R: channel.Draw(t, "r"), G: channel.Draw(t, "g"), B: channel.Draw(t, "b")}
		grounds := []colour.Colour{colour.White, {R: 0xe6, G: 0xe9, B: 0xe2}}
		got := c.Readable(grounds, 4.5, colour.Black)
		if least := got.Least(grounds); least < 4.5 {
			t.Errorf("%v becomes %v, of contrast %.2f", c, got, least)
		}
		if c.Least(grounds) >= 4.5 && got != c {
			t.Errorf("%v was readable and became %v", c, got)
		}
		if least := got.Least(grounds); got != c && least > 4.8 {
			t.Errorf("%v went too far, to %v of contrast %.2f", c, got, least)
		}
		again, err := colour.Parse(got.String())
		if err != nil || again != got {
			t.Errorf("%v is read back as %v, %v", got, again, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"#123", "rgb(1 2 3)", "hsl(0.5turn, 10%, 5%)", "oklch(40% 0.1 21)", "teal"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := colour.Parse(text)
		if again, failed := colour.Parse(c.String()); err == nil && (failed != nil || again != c) {
			t.Errorf("Parse(%q) = %v, which is read back as %v, %v", text, c, again, failed)
		}
	})
}

package colour

import (
	_ "embed" // for the names
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/lucasb-eyer/go-colorful"
)

// names are the named colours of CSS Color 4, a name and six hexadecimal digits a line.
//
//go:embed names.txt
var names string

// What is wrong with a text that should be a colour.
var (
	ErrSyntax = errors.New("it is none of #rgb, #rrggbb, rgb(r g b), hsl(h s l), oklch(l c h) and the names of CSS")
	ErrRange  = errors.New("one of its numbers is out of range")
	ErrAlpha  = errors.New("it is see-through, and how well it can be read would depend on what lies behind it")
)

var (
	hexadecimal = regexp.MustCompile(`^#[0-9a-f]+$`)
	function    = regexp.MustCompile(`^(rgba?|hsla?|oklch)\(([^()]*)\)$`)
	number      = regexp.MustCompile(`^([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))(%|deg|turn|rad)?$`)
)

// Parse reads an opaque colour as CSS writes it. One outside of sRGB is brought
// into it. The error is [ErrSyntax], [ErrRange] or [ErrAlpha].
func Parse(css string) (Colour, error) {
	css = strings.ToLower(strings.TrimSpace(css))
	if hexadecimal.MatchString(css) {
		return parseHex(css[1:])
	}
	if found := function.FindStringSubmatch(css); found != nil {
		return parseFunction(strings.TrimSuffix(found[1], "a"), found[2])
	}
	for line := range strings.Lines(names) {
		if name, hex, _ := strings.Cut(strings.TrimSpace(line), " "); name == css {
			return parseHex(hex)
		}
	}
	return Colour{}, ErrSyntax
}

func parseHex(digits string) (Colour, error) {
	switch len(digits) {
	case 4, 8:
		return Colour{}, ErrAlpha
	case 3:
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	case 6:
	default:
		return Colour{}, ErrSyntax
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		return Colour{}, ErrSyntax
	}
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

// parseFunction reads what stands in the brackets, with commas or with spaces.
func parseFunction(name, inside string) (Colour, error) {
	if strings.Contains(inside, "/") || strings.Count(inside, ",") == 3 {
		return Colour{}, ErrAlpha
	}
	parts := strings.Fields(inside)
	if strings.Contains(inside, ",") && name != "oklch" {
		parts = strings.Split(inside, ",")
	}
	if len(parts) != 3 {
		return Colour{}, ErrSyntax
	}
	var values [3]value
	for i, part := range parts {
		var ok bool
		if values[i], ok = parseValue(strings.TrimSpace(part)); !ok {
			return Colour{}, ErrSyntax
		}
	}
	switch name {
	case "rgb":
		return parseRGB(values)
	case "hsl":
		return parseHSL(values)
	default:
		return parseOKLCH(values)
	}
}

// A value is a number with its unit.
type value struct {
	number float64
	unit   string // "", "%", "deg", "turn" or "rad"
}

func parseValue(text string) (value, bool) {
	found := number.FindStringSubmatch(text)
	if found == nil {
		return value{}, false
	}
	n, err := strconv.ParseFloat(found[1], 64)
	return value{n, found[2]}, err == nil
}

// of returns the value as a part of one, where whole is what a number without a
// unit counts to.
func (v value) of(whole float64) (float64, error) {
	n := v.number / whole
	switch v.unit {
	case "":
	case "%":
		n = v.number / 100
	default:
		return 0, ErrSyntax
	}
	if n < 0 || n > 1 {
		return 0, ErrRange
	}
	return n, nil
}

// degrees returns the value as an angle, 0 up to 360.
func (v value) degrees() (float64, error) {
	n := v.number
	switch v.unit {
	case "", "deg":
	case "turn":
		n *= 360
	case "rad":
		n *= 180 / math.Pi
	default:
		return 0, ErrSyntax
	}
	if n = math.Mod(n, 360); n < 0 {
		n += 360
	}
	return n, nil
}

func parseRGB(values [3]value) (Colour, error) {
	r, err1 := values[0].of(255)
	g, err2 := values[1].of(255)
	b, err3 := values[2].of(255)
	return checked(colorful.Color{R: r, G: g, B: b}, err1, err2, err3)
}

func parseHSL(values [3]value) (Colour, error) {
	h, err1 := values[0].degrees()
	s, err2 := values[1].of(100)
	l, err3 := values[2].of(100)
	return checked(colorful.Hsl(h, s, l), err1, err2, err3)
}

// fullChroma is what 100 % of chroma means.
const fullChroma = 0.4

func parseOKLCH(values [3]value) (Colour, error) {
	l, err1 := values[0].of(1)
	c, err2 := values[1].of(fullChroma)
	h, err3 := values[2].degrees()
	return checked(colorful.OkLch(l, c*fullChroma, h), err1, err2, err3)
}

// checked returns the colour unless one of its values was wrong.
func checked(c colorful.Color, errs ...error) (Colour, error) {
	for _, err := range errs {
		if err != nil {
			return Colour{}, err
		}
	}
	return rounded(c), nil
}

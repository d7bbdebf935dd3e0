package picture

import (
	"errors"
	"image"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/replaygen/replaygen/generator/language"
)

// fonts are the typefaces of a card.
type fonts struct {
	bold, mono, monoBold *typeface
}

func newFonts() (*fonts, error) {
	bold, err1 := newTypeface(gobold.TTF, -20)
	mono, err2 := newTypeface(gomono.TTF, 0)
	monoBold, err3 := newTypeface(gomonobold.TTF, 0)
	return &fonts{bold, mono, monoBold}, errors.Join(err1, err2, err3)
}

// err returns what went wrong while the fonts were used.
func (f *fonts) err() error {
	return errors.Join(f.bold.err, f.mono.err, f.monoBold.err)
}

// A typeface reads the glyphs of one font. Its methods go on after a failure to
// read one; the last failure stays in err.
type typeface struct {
	font     *sfnt.Font
	tracking int // between letters, in thousandths of the size
	buf      sfnt.Buffer
	err      error
}

func newTypeface(ttf []byte, tracking int) (*typeface, error) {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	return &typeface{font: f, tracking: tracking}, nil
}

// glyph returns the index of a character's glyph, 0 where the font has none.
func (t *typeface) glyph(r rune) sfnt.GlyphIndex {
	g, err := t.font.GlyphIndex(&t.buf, r)
	if err != nil {
		t.err = err
	}
	return g
}

// longest is how many characters of a text are looked at; the largest space holds
// fewer.
const longest = 400

// known returns text on one line without the characters that the font lacks, or
// "" where it lacks most of the letters and digits: what is left would mislead.
// A letter with a mark that the font lacks loses the mark.
func (t *typeface) known(text string) string {
	var kept strings.Builder
	letters, lost, seen := 0, 0, 0
	for _, r := range language.Compose(clipRunes(text, 2*longest)) {
		if seen++; seen > longest {
			break
		}
		piece := t.plain(r)
		kept.WriteString(piece)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
			if piece == "" {
				lost++
			}
		}
	}
	if 2*lost > letters {
		return ""
	}
	return strings.Join(strings.Fields(kept.String()), " ")
}

// plain returns the characters that the font has for r: r itself, else those of
// what it is composed of.
func (t *typeface) plain(r rune) string {
	if unicode.IsSpace(r) {
		return " "
	}
	if t.has(r) {
		return string(r)
	}
	var parts strings.Builder
	for _, part := range language.Decompose(string(r)) {
		if t.has(part) {
			parts.WriteRune(part)
		}
	}
	return parts.String()
}

// has reports whether the font draws r as something that stands by itself.
func (t *typeface) has(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.Is(unicode.M, r) && r != unicode.ReplacementChar && t.glyph(r) != 0
}

// clipRunes returns at most the first n characters of text.
func clipRunes(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

// at returns the typeface at a size in pixels.
func (t *typeface) at(size int) face { return face{t, size} }

// A face is a typeface at a size. It measures and draws single lines.
type face struct {
	*typeface
	size int // pixels to the em
}

func (f face) advance(g sfnt.GlyphIndex) fixed.Int26_6 {
	width, err := f.font.GlyphAdvance(&f.buf, g, fixed.I(f.size), font.HintingNone)
	if err != nil {
		f.err = err
	}
	return width + fixed.I(f.size*f.tracking)/1000
}

// lean returns by how much a glyph's ink stands out of its advance on both sides.
func (f face) lean(g sfnt.GlyphIndex) (left, right fixed.Int26_6) {
	bounds, advance, err := f.font.GlyphBounds(&f.buf, g, fixed.I(f.size), font.HintingNone)
	if err != nil {
		f.err = err
	}
	return max(0, -bounds.Min.X), max(0, bounds.Max.X-advance)
}

// width returns the width of text and all its ink in pixels, rounded up.
func (f face) width(text string) int {
	var sum fixed.Int26_6
	for _, r := range text {
		sum += f.advance(f.glyph(r))
	}
	if text == "" {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	left, _ := f.lean(f.glyph(first))
	_, right := f.lean(f.glyph(last))
	return (left + sum + right).Ceil()
}

// text draws a line whose ink starts at x or after it, on the baseline y.
func (d *drawing) text(f face, x, y int, text string, k ink) {
	pen := fixed.I(x)
	for i, r := range text {
		g := f.glyph(r)
		if i == 0 {
			left, _ := f.lean(g)
			pen += left
		}
		outline, err := f.font.LoadGlyph(&f.buf, g, fixed.I(f.size), nil)
		if err != nil {
			f.err = err
		}
		d.glyph(outline, image.Pt(pen.Round(), y), k)
		pen += f.advance(g)
	}
}

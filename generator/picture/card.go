// Package picture draws what a site shows of itself elsewhere: the preview image
// that a shared link unfolds to, and the QR code on a printed sheet. It is the
// only importer of golang.org/x/image and of the QR encoder.
//
// The same card gives the same pixels on every machine. All arithmetic is in
// integers; a processor that fuses a floating-point multiplication and addition
// rounds otherwise than one that does not. The bytes of the file depend besides
// on the compressor, and so on the version of Go that built the program.
package picture

import (
	"bytes"
	"cmp"
	"errors"
	"image/color"
	"image/png"
	"slices"
)

// Size of a preview image in pixels, the one that chat programs ask for.
const (
	Width  = 1200
	Height = 630
)

// A Card is the preview image of a replay or, with a Verdict, of the debriefs in
// one band of its scores.
//
// The fonts hold Latin, Greek and Cyrillic letters. Of other texts the signs that
// are missing are left out, and a text of which little would be left is not drawn.
type Card struct {
	Site  string // the site's title
	Title string // the replay's title
	Slug  string // stands in for a title that the fonts cannot show; the site's title for both
	Line  string // a line of facts

	Verdict      string // "" on the replay's own card
	VerdictClass string // great, good, fair or poor; "" for a verdict without a score
	Clock        string // how long it took, such as "23 min" or "15–23 min"; "" where that is not known

	Timeline Timeline

	// Accent is the colour of what costs time. It stands on a light ground, and
	// brighter on a dark one. The default theme's is taken where it is zero.
	Accent color.RGBA
}

// A Timeline is the scale at the foot of a card, from 0 to Worst minutes. There
// is none where Worst is not positive.
type Timeline struct {
	Optimal, Worst         int
	OptimalText, WorstText string // labels, such as "best 15 min"

	// The scale is lit from From to To, and dimly before. A clock that is known
	// lights it from 0, a band of verdicts from its fastest to its slowest time.
	From, To int
}

// Where the parts of a card stand, in pixels.
const (
	margin     = 64 // no text comes nearer to the left and right edge
	column     = Width - 2*margin
	headerLine = 68  // baseline of the site's title
	headerRule = 104 // below it
	bodyTop    = 144
	factsLine  = 426 // baseline of the facts
	consoleTop = 466 // where the paper ends
)

// PNG draws the card. The only errors are those of the fonts and the encoder.
func (c Card) PNG() ([]byte, error) {
	f, err := newFonts()
	if err != nil {
		return nil, err
	}
	d := newDrawing(f, c.Accent)
	d.header(c.Site)
	if c.Verdict == "" {
		d.cover(c)
	} else {
		d.verdict(c)
	}
	d.timeline(c.Timeline)

	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := errors.Join(f.err(), encoder.Encode(&buf, d.image)); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// header draws the site's title above a rule, as every page has it.
func (d *drawing) header(site string) {
	const square = 16
	d.fill(rect(margin, headerLine-square, square, square), accentInk)
	face := d.fonts.monoBold.at(25)
	d.text(face, margin+32, headerLine, face.clip(d.fonts.monoBold.known(site), column-32), textInk)
	d.fill(rect(0, headerRule, Width, 2), lineInk)
}

// title returns the text that names the replay.
func (d *drawing) title(c Card) string {
	bold := d.fonts.bold
	return cmp.Or(bold.known(c.Title), bold.known(c.Slug), bold.known(c.Site))
}

// cover draws the body of a replay's own card: the title as large as it can be,
// the facts below it.
func (d *drawing) cover(c Card) {
	face, lines := d.fonts.bold.fit(d.title(c), column, 3, factsLine-bodyTop-48, 144, 128, 112, 98, 86, 76, 68)
	d.lines(face, margin, bodyTop+face.ascent(), lines)
	d.facts(margin, c.Line)
}

// facts draws the line of facts from x on.
func (d *drawing) facts(x int, text string) {
	face := d.fonts.mono.at(30)
	d.text(face, x, factsLine, face.clip(d.fonts.mono.known(text), Width-margin-x), softInk)
}

// verdict draws the body of a debrief's card: the title, and below a rule the
// verdict and the clock, whose last lines share a baseline.
func (d *drawing) verdict(c Card) {
	const (
		titleTop = 128
		rule     = 252
		baseline = 352
		gap      = 48 // between verdict and clock
	)
	bold := d.fonts.bold
	face, lines := bold.fit(d.title(c), column, 2, rule-titleTop-16, 60, 52, 47, 43)
	d.lines(face, margin, titleTop+face.ascent(), lines)
	d.fill(rect(margin, rule, column, 5), textInk)

	room := column
	face, lines = bold.fit(bold.known(c.Clock), column/2, 1, 84, 84, 76, 64, 52)
	for _, l := range lines {
		width := face.width(l)
		d.text(face, Width-margin-width, baseline, l, accentInk)
		room -= width + gap
	}
	face, lines = bold.fit(bold.known(c.Verdict), room, 2, 84, 64, 58, 52, 46, 38)
	d.lines(face, margin, baseline-(len(lines)-1)*face.leading(), lines)
	d.facts(d.rating(margin, c.VerdictClass), c.Line)
}

// rating draws how good a verdict is as one to four squares of four, and returns
// where the line goes on.
func (d *drawing) rating(x int, class string) int {
	const side, pitch = 22, 28
	classes := []string{"poor", "fair", "good", "great"}
	level := slices.Index(classes, class)
	if level < 0 {
		return x
	}
	for i := range classes {
		k := textInk
		if i > level {
			k = lineInk
		}
		d.fill(rect(x+i*pitch, factsLine-side+1, side, side), k)
	}
	return x + len(classes)*pitch + 16
}

package picture

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// A drawing is a card on its way.
type drawing struct {
	image  *image.Paletted
	fonts  *fonts
	raster vector.Rasterizer
	mask   image.Alpha // of one letter
}

// newDrawing returns the empty ground: paper, and a console at its foot.
func newDrawing(f *fonts, accent color.RGBA) *drawing {
	d := &drawing{fonts: f, image: image.NewPaletted(image.Rect(0, 0, Width, Height), palette(accent))}
	d.fill(rect(0, consoleTop, Width, Height-consoleTop), consoleInk)
	return d
}

func rect(x, y, width, height int) image.Rectangle {
	return image.Rect(x, y, x+width, y+height)
}

func (d *drawing) fill(r image.Rectangle, k ink) {
	r = r.Intersect(d.image.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := d.image.Pix[d.image.PixOffset(r.Min.X, y):][:r.Dx()]
		for i := range row {
			row[i] = k.last
		}
	}
}

// glyph draws an outline with its origin at dot. Glyphs stand on whole pixels, so
// that a letter is drawn the same wherever it stands, which compresses well.
func (d *drawing) glyph(outline sfnt.Segments, dot image.Point, k ink) {
	bounds := outline.Bounds()
	if bounds.Empty() {
		return // a space
	}
	corner := image.Pt(bounds.Min.X.Floor(), bounds.Min.Y.Floor())
	size := image.Pt(bounds.Max.X.Ceil(), bounds.Max.Y.Ceil()).Sub(corner)
	d.raster.Reset(size.X, size.Y)
	d.raster.DrawOp = draw.Src
	trace(&d.raster, outline, fixed.P(-corner.X, -corner.Y))

	d.mask.Rect, d.mask.Stride = image.Rectangle{Max: size}, size.X
	if n := size.X * size.Y; cap(d.mask.Pix) < n {
		d.mask.Pix = make([]uint8, n)
	} else {
		d.mask.Pix = d.mask.Pix[:n]
	}
	d.raster.Draw(&d.mask, d.mask.Rect, image.Opaque, image.Point{})
	d.stamp(dot.Add(corner), k)
}

// stamp inks the picture through the mask. Where two letters of one ink touch, the
// stronger trace stays.
func (d *drawing) stamp(corner image.Point, k ink) {
	steps := int(k.last-k.first) + 1
	visible := d.mask.Rect.Add(corner).Intersect(d.image.Rect)
	for y := visible.Min.Y; y < visible.Max.Y; y++ {
		for x := visible.Min.X; x < visible.Max.X; x++ {
			covered := int(d.mask.Pix[d.mask.PixOffset(x-corner.X, y-corner.Y)])
			step := (covered*steps + 127) / 255
			if step == 0 {
				continue
			}
			entry := k.first + uint8(step-1)
			pixel := &d.image.Pix[d.image.PixOffset(x, y)]
			if *pixel < k.first || *pixel > k.last || *pixel < entry {
				*pixel = entry
			}
		}
	}
}

// trace walks an outline that is moved by offset. Curves are cut into lines here,
// since the rasterizer would do so in floating point; whole 64ths, float32 holds
// exactly. On masks of up to 512 pixels the rasterizer itself counts in integers.
func trace(z *vector.Rasterizer, outline sfnt.Segments, offset fixed.Point26_6) {
	at := func(p fixed.Point26_6) (x, y float32) {
		return float32(p.X) / 64, float32(p.Y) / 64
	}
	var pen fixed.Point26_6
	for _, s := range outline {
		a, b := s.Args[0].Add(offset), s.Args[1].Add(offset)
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			z.MoveTo(at(a))
			pen = a
		case sfnt.SegmentOpLineTo:
			z.LineTo(at(a))
			pen = a
		case sfnt.SegmentOpQuadTo:
			curve(pen, a, b, func(p fixed.Point26_6) { z.LineTo(at(p)) })
			pen = b
		case sfnt.SegmentOpCubeTo: // TrueType fonts have none
		}
	}
}

// curve calls emit with points on a quadratic Bézier curve, the last one its end.
// None of the lines between them is further than a 16th of a pixel from the curve:
// n equal parts are off by at most |from − 2·control + to| / 4n².
func curve(from, control, to fixed.Point26_6, emit func(fixed.Point26_6)) {
	bend := func(a, b, c fixed.Int26_6) fixed.Int26_6 { return max(a-2*b+c, 2*b-a-c) }
	off := int(max(bend(from.X, control.X, to.X), bend(from.Y, control.Y, to.Y)))
	n := 1
	for 16*n*n < off {
		n++
	}
	for i := 1; i <= n; i++ {
		between := func(a, b, c fixed.Int26_6) fixed.Int26_6 {
			sum := (n-i)*(n-i)*int(a) + 2*i*(n-i)*int(b) + i*i*int(c)
			return fixed.Int26_6((sum + n*n/2) / (n * n)) // never negative: an outline lies inside its mask
		}
		emit(fixed.Point26_6{X: between(from.X, control.X, to.X), Y: between(from.Y, control.Y, to.Y)})
	}
}

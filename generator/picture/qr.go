package picture

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Sizes of a QR code: the light border that readers need to find it (ISO/IEC
// 18004), in modules, and what a module measures where no style says otherwise.
const (
	quietZone    = 4
	modulePixels = 4
)

// QR returns the QR code of text as an <svg> element to be inlined in HTML, with
// label as its name for those who do not see it. It is black on white in every
// colour scheme, since readers do not find a code whose colours are reversed.
// The error correction is medium (level M). A text too long for the largest code
// is an error; up to 2331 bytes always fit.
func QR(text, label string) (string, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("no QR code holds a text of %d bytes: %w", len(text), err)
	}
	modules := code.Bounds().Dx()
	size := modules + 2*quietZone

	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg viewBox="0 0 %d %[1]d" width="%d" height="%[2]d" role="img" aria-label="%s" shape-rendering="crispEdges">`,
		size, size*modulePixels, html.EscapeString(label))
	fmt.Fprintf(&svg, `<path fill="#fff" d="M0 0h%dv%[1]dh-%[1]dz"/><path fill="#000" d="M%d %[2]d`, size, quietZone)
	penX, penY := 0, 0
	for y := range modules {
		for x := 0; x < modules; x++ {
			start := x
			for x < modules && code.At(x, y) == color.Black {
				x++
			}
			if run := x - start; run > 0 {
				fmt.Fprintf(&svg, "m%d %dh%dv1h-%[3]dz", start-penX, y-penY, run)
				penX, penY = start, y
			}
		}
	}
	svg.WriteString(`"/></svg>`)
	return svg.String(), nil
}

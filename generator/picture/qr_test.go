package picture_test

import (
	"fmt"
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/picture"
)

const address = "https://docs.example.com/replays/node-ready/index.html"

// The squares of an SVG are compared with what the encoder says, drawn as text:
// one line a row, # for a black module.
func TestQRShowsEveryModule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, 300, 600).Draw(t, "text")
		svg, err := picture.QR(text, "code")
		if err != nil {
			t.Fatal(err)
		}
		code, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		const quiet = 4
		size := code.Bounds().Dx() + 2*quiet
		var want strings.Builder
		for y := range size {
			for x := range size {
				module := image.Pt(x-quiet, y-quiet)
				if module.In(code.Bounds()) && code.At(module.X, module.Y) == color.Black {
					want.WriteByte('#')
				} else {
					want.WriteByte('.')
				}
			}
			want.WriteByte('\n')
		}
		if diff := cmp.Diff(want.String(), modules(t, svg)); diff != "" {
			t.Errorf("modules (-want +got):\n%s", diff)
		}
	})
}

// modules draws the black path of a QR code's SVG as text, by the little of the
// language of paths that the code is written in.
func modules(t *rapid.T, svg string) string {
	parts := regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)".*<path fill="#000" d="M(\d+) (\d+)([^"]*)"/>`).FindStringSubmatch(svg)
	if parts == nil || parts[1] != parts[2] {
		t.Fatalf("no square with a black path in %s", svg)
	}
	number := func(digits string) int {
		n, err := strconv.Atoi(digits)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	size, x, y := number(parts[1]), number(parts[3]), number(parts[4])
	rows := make([][]byte, size)
	for i := range rows {
		rows[i] = []byte(strings.Repeat(".", size))
	}
	runs := regexp.MustCompile(`m(-?\d+) (-?\d+)h(\d+)v1h-(\d+)z`)
	for _, run := range runs.FindAllStringSubmatch(parts[5], -1) {
		x, y = x+number(run[1]), y+number(run[2])
		if run[3] != run[4] {
			t.Fatalf("%s is no rectangle", run[0])
		}
		for i := range number(run[3]) {
			rows[y][x+i] = '#'
		}
	}
	if rest := runs.ReplaceAllString(parts[5], ""); rest != "" {
		t.Fatalf("the path holds besides rectangles %q", rest)
	}
	var text strings.Builder
	for _, row := range rows {
		text.Write(append(row, '\n'))
	}
	return text.String()
}

func TestQRIsOneNamedElement(t *testing.T) {
	svg, err := picture.QR(address, `Briefing of "A < B" & more`)
	if err != nil {
		t.Fatal(err)
	}
	nodes, err := html.ParseFragment(strings.NewReader(svg), nil)
	if err != nil {
		t.Fatal(err)
	}
	body := nodes[0].LastChild
	element := body.FirstChild
	if element == nil || element.Data != "svg" || element.NextSibling != nil {
		t.Fatalf("not one svg element: %s", svg)
	}
	said := map[string]string{}
	for _, a := range element.Attr {
		said[a.Key] = a.Val
	}
	if said["role"] != "img" || said["aria-label"] != `Briefing of "A < B" & more` {
		t.Errorf("role and name: %q", said)
	}
	if regexp.MustCompile(`<script|style=|href|\bon\w+=`).MatchString(svg) {
		t.Errorf("the page's Content-Security-Policy forbids a part of %s", svg)
	}
	if len(svg) > 6000 {
		t.Errorf("the code of a usual address takes %d bytes", len(svg))
	}
}

func TestQRSaysWhatIsTooLong(t *testing.T) {
	for _, length := range []int{0, 1, 2331} {
		if _, err := picture.QR(strings.Repeat("a", length), ""); err != nil {
			t.Errorf("%d bytes: %v", length, err)
		}
	}
	for _, length := range []int{2332, 1 << 20} {
		_, err := picture.QR(strings.Repeat("a", length), "")
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(length)) {
			t.Errorf("%d bytes: error %v does not say how many", length, err)
		}
	}
}

package site

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// A look is what a page has to know of a picture.
type look struct {
	// Width and height are in pixels, so that a page can keep room for the picture;
	// 0 where the file does not say, or in a way that is not read here.
	width, height int
	err           error // why the file is no picture
}

// lookOf looks at the first bytes of a file; those of a drawing are all.
func lookOf(name string, body []byte) look {
	decode := map[string]func(io.Reader) (image.Config, error){
		".png": png.DecodeConfig, ".jpg": jpeg.DecodeConfig, ".jpeg": jpeg.DecodeConfig, ".gif": gif.DecodeConfig,
	}
	switch ext := strings.ToLower(path.Ext(name)); {
	case len(body) == 0:
		return look{err: errors.New("it is empty")}
	case ext == ".svg":
		width, height := svgSize(body)
		return look{width: width, height: height}
	case decode[ext] != nil:
		size, err := decode[ext](bytes.NewReader(body))
		if err != nil {
			return look{err: fmt.Errorf("it is not a picture of its kind (%w)", err)}
		}
		return look{width: size.Width, height: size.Height}
	case ext == ".webp" && !isWebP(body), ext == ".avif" && !isAVIF(body):
		return look{err: errors.New("it is not a picture of its kind")}
	case ext != ".webp" && ext != ".avif" && !strings.HasPrefix(http.DetectContentType(body), "image/"):
		return look{err: errors.New("it is none of .svg, .png, .jpg, .gif, .webp and .avif")}
	}
	return look{}
}

// isWebP looks for the signature of a WebP picture.
// https://developers.google.com/speed/webp/docs/riff_container
func isWebP(body []byte) bool {
	return len(body) >= 12 && string(body[:4]) == "RIFF" && string(body[8:12]) == "WEBP"
}

// isAVIF looks for the brand of an AVIF picture, or of a sequence of such, in the
// file type box. https://aomediacodec.github.io/av1-avif/#brands
func isAVIF(body []byte) bool {
	if len(body) < 12 || string(body[4:8]) != "ftyp" {
		return false
	}
	brands := body[8:]
	if size := binary.BigEndian.Uint32(body); size >= 8 && uint64(size) < uint64(len(body)) {
		brands = body[8:size]
	}
	return bytes.Contains(brands, []byte("avif")) || bytes.Contains(brands, []byte("avis"))
}

// Pictures that are larger than this take many readers long to load, or all of
// the memory that their browser has.
const (
	maxPictureBytes  = 5_000_000
	maxPicturePixels = 100_000_000
)

// tooLarge says in what a picture is larger than readers can be expected to
// load, or "".
func (a asset) tooLarge() string {
	switch {
	case a.size > maxPictureBytes:
		return fmt.Sprintf("%.1f MB", float64(a.size)/1e6)
	case a.look.width*a.look.height > maxPicturePixels:
		return fmt.Sprintf("%d × %d pixels", a.look.width, a.look.height)
	}
	return ""
}

// svgSize returns the size that a drawing asks for in its own words or, if it
// asks for none, that of what it shows.
func svgSize(body []byte) (width, height int) {
	var drawing struct {
		Width   string `xml:"width,attr"`
		Height  string `xml:"height,attr"`
		ViewBox string `xml:"viewBox,attr"`
	}
	if err := xml.Unmarshal(body, &drawing); err != nil {
		return 0, 0 // [checkSVG] has read it
	}
	width, height = pixels(drawing.Width), pixels(drawing.Height)
	if box := strings.Fields(strings.ReplaceAll(drawing.ViewBox, ",", " ")); len(box) == 4 && min(width, height) == 0 {
		width, height = pixels(box[2]), pixels(box[3])
	}
	if min(width, height) == 0 {
		return 0, 0
	}
	return width, height
}

// pixels reads a length in pixels; any other is 0.
func pixels(length string) int {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(length), "px"), 64)
	if err != nil || !(n >= 1 && n < 1<<16) {
		return 0
	}
	return int(math.Round(n))
}

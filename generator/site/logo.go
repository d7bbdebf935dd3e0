package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
)

// A LogoView is the site's logo as templates see it.
type LogoView struct {
	Src           string // relative to the page
	Width, Height int    // in pixels, as far as that is known from the file; else 0
}

// A LinkView is a link as templates see it.
type LinkView struct{ Text, Href string }

// Logo returns the site's logo as this page refers to it, or nil.
func (p *Page) Logo() *LogoView {
	if p.Site.logo.Src == "" {
		return nil
	}
	logo := p.Site.logo
	logo.Src = p.Root + logo.Src
	return &logo
}

// Footer returns the site's own links at the foot of the page, as this page
// refers to them.
func (p *Page) Footer() []LinkView {
	links := slices.Clone(p.Site.footer)
	for i, link := range links {
		if p.Site.within[i] {
			links[i].Href = p.Root + link.Href
		}
	}
	return links
}

// publishLook finds the files that the settings name for every page.
func (s *Site) publishLook(cfg Config, list *diag.List) {
	if cfg.Logo != "" {
		logo, err := s.content.logo(cfg.Logo)
		if err != nil {
			list.Errorf(codeSetting, cfg.At("logo"), "a logo is a picture in the content folder, by its path from there",
				"the logo %q cannot be shown: %v", cfg.Logo, err)
		}
		s.view.logo = logo
	}
	for i, link := range cfg.Footer {
		href, ok := s.content.link("content", link.Href)
		if !ok {
			list.Errorf(codeSetting, cfg.At(fmt.Sprintf("footer.%d.href", i)), "write the full URL, or the path of a file in the content folder",
				"the link %q leads to nothing on this site", link.Href)
		}
		within := strings.HasPrefix(href, "../") // as pages of replays see it
		s.view.footer = append(s.view.footer, LinkView{link.Text, strings.TrimPrefix(href, "../")})
		s.view.within = append(s.view.within, within)
	}
}

// logo publishes a picture of the content. Its path is from the site's root.
func (l *Content) logo(name string) (LogoView, error) {
	published, err := l.assets.publish(path.Join("content", name))
	if err != nil {
		return LogoView{}, err
	}
	f, _ := l.assets.at(published)
	body, err := f.Append(nil)
	if err != nil {
		return LogoView{}, err
	}
	logo := LogoView{Src: published}
	logo.Width, logo.Height, err = pictureSize(name, body)
	return logo, err
}

// pictureSize returns the size of a picture in pixels, so that a page can keep
// room for it; 0 where the file does not say, or in a way that is not read here.
func pictureSize(name string, body []byte) (width, height int, err error) {
	var decode func(r *bytes.Reader) (image.Config, error)
	switch strings.ToLower(path.Ext(name)) {
	case ".svg":
		width, height = svgSize(body)
		return width, height, nil
	case ".webp", ".avif":
		return 0, 0, nil
	case ".png":
		decode = func(r *bytes.Reader) (image.Config, error) { return png.DecodeConfig(r) }
	case ".jpg", ".jpeg":
		decode = func(r *bytes.Reader) (image.Config, error) { return jpeg.DecodeConfig(r) }
	case ".gif":
		decode = func(r *bytes.Reader) (image.Config, error) { return gif.DecodeConfig(r) }
	default:
		return 0, 0, errors.New("it is none of .svg, .png, .jpg, .gif, .webp and .avif")
	}
	size, err := decode(bytes.NewReader(body))
	if err != nil {
		return 0, 0, fmt.Errorf("it is not a picture of its kind (%w)", err)
	}
	return size.Width, size.Height, nil
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

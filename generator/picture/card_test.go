package picture_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/picture"
)

var update = flag.Bool("update", false, "rewrite the expected pictures in testdata")

func timeline() picture.Timeline {
	return picture.Timeline{Optimal: 15, Worst: 95, OptimalText: "best 15 min", WorstText: "worst 95 min"}
}

func cover() picture.Card {
	return picture.Card{
		Site: "Incident replays", Title: "The Node That Said It Was Ready", Slug: "node-ready",
		Line: "Incident replay · 5 rounds · best 15 min", Timeline: timeline(),
	}
}

func debrief() picture.Card {
	c := cover()
	c.Verdict, c.VerdictClass, c.Clock = "Solid response", "good", "23–39 min"
	c.Timeline.From, c.Timeline.To = 23, 39
	return c
}

type failer interface {
	Helper()
	Fatal(...any)
}

func encode(t failer, c picture.Card) []byte {
	t.Helper()
	data, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decode(t failer, data []byte) *image.Paletted {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted)
}

func draw(t failer, c picture.Card) *image.Paletted {
	t.Helper()
	return decode(t, encode(t, c))
}

var all = image.Rect(0, 0, picture.Width, picture.Height)

// difference returns the smallest rectangle around the pixels inside within in
// which two cards of one accent differ.
func difference(a, b *image.Paletted, within image.Rectangle) (box image.Rectangle) {
	for y := within.Min.Y; y < within.Max.Y; y++ {
		rowA, rowB := a.Pix[y*a.Stride:][within.Min.X:within.Max.X], b.Pix[y*b.Stride:][within.Min.X:within.Max.X]
		if bytes.Equal(rowA, rowB) {
			continue
		}
		for i := range rowA {
			if rowA[i] != rowB[i] {
				box = box.Union(image.Rect(0, 0, 1, 1).Add(image.Pt(within.Min.X+i, y)))
			}
		}
	}
	return box
}

// Pixels are compared, not files: those depend on the compressor of the Go that
// runs the test. The same pixels are expected on every architecture.
func TestGolden(t *testing.T) {
	known := debrief()
	known.Title = "Ein Zertifikat, das am Freitagabend abläuft, und alle, die es hätten merken sollen"
	known.Clock, known.Timeline.From, known.Timeline.To = "23 min", 0, 23
	known.Accent = color.RGBA{0x1d, 0x4e, 0xd8, 0xff}
	for name, c := range map[string]picture.Card{"cover": cover(), "band": debrief(), "clock": known} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", name+".png")
			got := encode(t, c)
			if len(got) > 25_000 {
				t.Errorf("the picture takes %d bytes", len(got))
			}
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, b := decode(t, want), decode(t, got)
			if a.Bounds() != b.Bounds() || fmt.Sprint(a.Palette) != fmt.Sprint(b.Palette) {
				t.Fatal("size or palette differ")
			}
			if box := difference(a, b, all); !box.Empty() {
				t.Errorf("the picture differs in %v; if that is meant, run the test with -update and look at it", box)
			}
		})
	}
}

func TestSameCardSameBytes(t *testing.T) {
	want := encode(t, debrief())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if got, err := debrief().PNG(); err != nil || !bytes.Equal(want, got) {
				t.Errorf("another picture of the same card (%v)", err)
			}
		})
	}
	wait.Wait()
}

// anyCard draws cards with texts of every script and length.
func anyCard(t *rapid.T) picture.Card {
	known := rapid.RuneFrom([]rune("mWjfQÅgЖщΩ .-—\u0301"))
	letters := rapid.OneOf(rapid.Rune(), known, known, known)
	text := rapid.OneOf(rapid.StringOf(letters), rapid.StringOfN(letters, 60, 600, -1))
	minutes := rapid.OneOf(rapid.IntRange(-1, 200), rapid.Int())
	return picture.Card{
		Site: text.Draw(t, "site"), Title: text.Draw(t, "title"), Slug: text.Draw(t, "slug"), Line: text.Draw(t, "line"),
		Verdict: text.Draw(t, "verdict"), Clock: text.Draw(t, "clock"),
		VerdictClass: rapid.SampledFrom([]string{"great", "good", "fair", "poor", "", "odd"}).Draw(t, "class"),
		Timeline: picture.Timeline{
			Optimal: minutes.Draw(t, "optimal"), Worst: minutes.Draw(t, "worst"),
			OptimalText: text.Draw(t, "optimal text"), WorstText: text.Draw(t, "worst text"),
			From: minutes.Draw(t, "from"), To: minutes.Draw(t, "to"),
		},
	}
}

// Between the parts of a card and around them run streets that no text enters,
// whatever it says.
func TestStreetsStayEmpty(t *testing.T) {
	const w, h, out = picture.Width, picture.Height, 60 // the margin of 64, but for the edges of letters
	around := []image.Rectangle{
		image.Rect(0, 0, out, h), image.Rect(w-out, 0, w, h), image.Rect(0, 0, w, 36),
		image.Rect(0, 84, w, 110), image.Rect(0, 436, w, 490), image.Rect(0, 556, w, 566), image.Rect(0, 606, w, h),
	}
	between := map[string][]image.Rectangle{
		"":      {image.Rect(0, 384, w, 392)},
		noWords: {image.Rect(0, 242, w, 258), image.Rect(0, 382, w, 392)},
	}
	empty := map[string]*image.Paletted{}
	for verdict := range between {
		empty[verdict] = draw(t, picture.Card{Verdict: verdict})
	}
	rapid.Check(t, func(t *rapid.T) {
		c := anyCard(t)
		verdict := ""
		if c.Verdict != "" {
			verdict = noWords
		}
		img := draw(t, c)
		for _, street := range slices.Concat(around, between[verdict]) {
			if box := difference(empty[verdict], img, street); !box.Empty() {
				t.Errorf("%v should be empty, %v is not", street, box)
			}
		}
	})
}

// A verdict of nothing but space takes its place and shows nothing.
const noWords = "\n"

func TestVerdictAndClockDoNotOverlap(t *testing.T) {
	empty := draw(t, picture.Card{Verdict: noWords})
	wide := strings.Repeat("W", 60)
	for _, clock := range []string{"7 min", "100–1000 Minuten", wide} {
		for _, verdict := range []string{"OK", "Got there the long way round, as it were", wide} {
			alone := draw(t, picture.Card{Verdict: noWords, Clock: clock})
			both := draw(t, picture.Card{Verdict: verdict, Clock: clock})
			digits, words := difference(empty, alone, all), difference(alone, both, all)
			if digits.Empty() || words.Empty() || digits.Min.X-words.Max.X < 40 {
				t.Errorf("%q is drawn in %v, %q in %v", verdict, words, clock, digits)
			}
		}
	}
}

func TestTitles(t *testing.T) {
	title := func(text string) []byte {
		return encode(t, picture.Card{Site: "Site", Slug: "slug", Title: text})
	}
	for _, test := range []struct{ name, title, same string }{
		{"signs that the font lacks are left out", "🔥 DNS 🔥 is\u200b down", "DNS is down"},
		{"marks that the font lacks are left out", "Tiếng Việt", "Tieng Viet"},
		{"marks are composed", "Cafe\u0301", "Café"},
		{"compositions are taken apart", "ＤＮＳ down", "DNS down"},
		{"space is folded", " \tDNS\n\u00a0 down ", "DNS down"},
		{"bytes that are no text", "DNS\xff down\ufffd", "DNS down"},
		{"no letters left", "修复解析故障", "slug"},
		{"few letters left", "修复 DNS 故障", "slug"},
		{"direction marks alone", "\u202e\u2066", "slug"},
		{"none", "", "slug"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if !bytes.Equal(title(test.title), title(test.same)) {
				t.Errorf("%q is not drawn like %q", test.title, test.same)
			}
		})
	}
	for _, alone := range []string{"Cafe", "Café", "Реплей", "Λύση", "Größe", "slug"} {
		if bytes.Equal(title(alone), title("")) != (alone == "slug") {
			t.Errorf("%q is drawn as if it were missing, or the slug is not", alone)
		}
	}
	if !bytes.Equal(encode(t, picture.Card{Site: "Site", Slug: "故障", Title: "故障"}), encode(t, picture.Card{Site: "Site", Title: "Site"})) {
		t.Error("without title and slug the site's title is not drawn")
	}
}

func TestShortTitlesAreLarge(t *testing.T) {
	ground := draw(t, picture.Card{})
	height := func(title string) int { return difference(ground, draw(t, picture.Card{Title: title}), all).Dy() }
	if one, long := height("DNS"), height("DNS and everything that hung on it, from the first page to the last"); one < 90 || long < 2*60 {
		t.Errorf("heights of titles: short %d, long %d", one, long)
	}
}

func TestVerdictClasses(t *testing.T) {
	black := color.RGBA{0x15, 0x1a, 0x20, 0xff}
	last := 0
	for _, class := range []string{"", "poor", "fair", "good", "great"} {
		c := debrief()
		c.VerdictClass, c.Line = class, ""
		img, count := draw(t, c), 0
		for _, entry := range img.Pix {
			if img.Palette[entry] == black {
				count++
			}
		}
		if count < last+200 && class != "" {
			t.Errorf("%s shows no more than the class below", class)
		}
		last = count
	}
}

// The lit part is what changes when a bar that is lit dimly lights up. Notches and
// the tick hide a few pixels of it.
func TestTimelineIsToScale(t *testing.T) {
	const left, width, hidden = 64, picture.Width - 2*64, 4
	for _, test := range []struct{ worst, from, to int }{
		{95, 0, 23}, {95, 15, 23}, {95, 63, 95}, {1, 0, 1}, {600, 0, 599}, {61, 60, 61}, {1_000_000, 0, 500_000}, {95, 40, 1000},
	} {
		dimly := picture.Timeline{Worst: test.worst, From: test.to, To: test.to}
		lit := picture.Timeline{Worst: test.worst, From: test.from, To: test.to}
		got := difference(draw(t, picture.Card{Timeline: dimly}), draw(t, picture.Card{Timeline: lit}), all)
		start, end := left+width*test.from/test.worst, left+width*min(test.to, test.worst)/test.worst
		if got.Min.X < start || got.Min.X > start+hidden || got.Max.X > end || got.Max.X < end-hidden {
			t.Errorf("%+v is lit from %d to %d, want %d to %d", test, got.Min.X, got.Max.X, start, end)
		}
	}
}

func TestTimelineWithoutScale(t *testing.T) {
	empty := encode(t, picture.Card{})
	for _, worst := range []int{0, -1} {
		c := picture.Card{Timeline: timeline()}
		c.Timeline.Worst = worst
		if !bytes.Equal(empty, encode(t, c)) {
			t.Errorf("a timeline is drawn up to %d minutes", worst)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	for _, bench := range []struct {
		name string
		card picture.Card
	}{{"cover", cover()}, {"debrief", debrief()}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				size = len(encode(b, bench.card))
			}
			b.ReportMetric(float64(size), "bytes/picture")
		})
	}
}

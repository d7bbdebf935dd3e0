package markdown_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/markdown"
)

func TestDestinations(t *testing.T) {
	text := "[`a` *b*](x.md) ![i](<p q.png> 't')\n\n> - [r][ref] <https://c.d>\n\n| [t](java&#115;cript:1) |\n|---|\n\n[ref]: target.md\n"
	var got []string
	for _, d := range markdown.Destinations(parse(text)) {
		p := d.Span.Position()
		got = append(got, fmt.Sprintf("%d:%d %q image=%v at %q refused=%v", p.Line, p.Column, d.Dest, d.Image, d.Span.Text(), markdown.Refused(d.Dest, d.Image)))
	}
	want := []string{
		`1:11 "x.md" image=false at "x.md" refused=false`,
		`1:23 "p q.png" image=true at "p q.png" refused=false`,
		`3:6 "target.md" image=false at "r" refused=false`,
		`3:15 "https://c.d" image=false at "https://c.d" refused=false`,
		`5:7 "javascript:1" image=false at "java&#115;cript:1" refused=true`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestLinks(t *testing.T) {
	in := first(t, "Primer: [Kubernetes *Ops*](../k8s.md) ![no](i.png) https://a.b")
	var got []string
	for _, l := range in.Links() {
		got = append(got, l.Text+" -> "+l.Href)
	}
	if d := cmp.Diff([]string{"Kubernetes Ops -> ../k8s.md", "https://a.b -> https://a.b"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if n := len(in.Destinations()); n != 3 {
		t.Errorf("%d destinations", n)
	}
}

func TestRefused(t *testing.T) {
	for dest, want := range map[string]bool{
		"https://a.b": false, "x.md": false, "": false, "mailto:a@b.c": false, "javascript.md": false, "#javascript:": false,
		"javascript:x": true, " \tJAVA\nSCRIPT:x": true, "vbscript:x": true, "data:text/html,x": true, "data:image/png;base64,x": true,
	} {
		if got := markdown.Refused(dest, false); got != want {
			t.Errorf("%q: got %v", dest, got)
		}
	}
	for dest, want := range map[string]bool{
		"data:image/png;base64,x": false, "data:image/webp,x": false, "data:image/svg+xml,x": true, "data:image/pngx;": true, "javascript:x": true,
	} {
		if got := markdown.Refused(dest, true); got != want {
			t.Errorf("image %q: got %v", dest, got)
		}
	}
}

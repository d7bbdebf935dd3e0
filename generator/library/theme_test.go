package library_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/library"
)

// common returns what is said of the site as a whole: "path:line:column message (hint)".
func common(e *library.Edition) (said []string) {
	for _, d := range e.Common().Sorted() {
		p := d.Span.Position()
		said = append(said, fmt.Sprintf("%s:%d:%d %s (%s)", d.Span.Path(), p.Line, p.Column, d.Message, d.Hint))
	}
	return said
}

func TestTheme(t *testing.T) {
	for settings, want := range map[string][]string{
		"theme: docs\n":    nil,
		"theme: default\n": nil,
		"theme: ours\n":    nil,
		"title: x\ntheme: doks\n": {`content/site.yaml:2:8 there is no theme themes/doks (did you mean "docs"? make that folder with ` +
			`"replaygen new theme doks"; these themes come with replaygen: default, docs)`},
		"theme: ../content\n": {`content/site.yaml:1:8 there is no theme themes/../content (make that folder with ` +
			`"replaygen new theme content"; these themes come with replaygen: default, docs)`},
	} {
		files := source()
		files["content/site.yaml"] = &fstest.MapFile{Data: []byte(settings)}
		files["themes/ours/theme.yaml"] = &fstest.MapFile{Data: []byte("extends: docs\n")}
		e := open(t, files, library.Options{})
		if diff := cmp.Diff(want, common(e)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", settings, diff)
		}
		if page(t, e, "one") == "" {
			t.Errorf("%s: there is no page", settings)
		}
	}
}

// TestAfterKeepsSaying: what is wrong with the settings is still said after an
// edit of something else, and no longer once it is mended.
func TestAfterKeepsSaying(t *testing.T) {
	files := source()
	files["content/site.yaml"] = &fstest.MapFile{Data: []byte("accent: '#ffcc00'\nlogo: logo.svg\nhighlight: {dark: none}\n")}
	e := open(t, files, library.Options{})
	want := common(e)
	if len(want) != 3 {
		t.Fatalf("said %q", want)
	}
	files["content/two.md"] = &fstest.MapFile{Data: append(files["content/two.md"].Data, '\n')}
	if diff := cmp.Diff(want, common(e.After([]string{"content/two.md"}))); diff != "" {
		t.Errorf("after an edit of a replay (-want +got):\n%s", diff)
	}
	files["content/logo.svg"] = &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}
	if got := common(e.After([]string{"content/logo.svg"})); len(got) != 2 {
		t.Errorf("with the logo: said %q", got)
	}
	files["content/site.yaml"] = &fstest.MapFile{Data: []byte("logo: logo.svg\n")}
	if got := common(e.After([]string{"content/logo.svg", "content/site.yaml"})); len(got) != 0 {
		t.Errorf("mended: said %q", got)
	}
}

// TestAfterMovesPositions: a remark on the settings stays at its line when lines
// are put before it.
func TestAfterMovesPositions(t *testing.T) {
	files := source()
	files["content/site.yaml"] = &fstest.MapFile{Data: []byte("theme: none\n")}
	e := open(t, files, library.Options{})
	files["content/site.yaml"] = &fstest.MapFile{Data: []byte("# one\n# two\ntheme: none\n")}
	after, fresh := e.After([]string{"content/site.yaml"}), open(t, files, library.Options{})
	if diff := cmp.Diff(common(fresh), common(after)); diff != "" {
		t.Errorf("(-fresh +after):\n%s", diff)
	}
}

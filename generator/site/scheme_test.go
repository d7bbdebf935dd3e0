package site_test

import (
	"testing"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
)

// TestSchemesMakeOtherPages: a theme's color_scheme stands in every page, so pages are
// to load again after it has changed.
func TestSchemesMakeOtherPages(t *testing.T) {
	load := func(scheme string) *site.Theme {
		var list diag.List
		theme, err := site.LoadTheme("ours", folderOf(map[string]string{"theme.yaml": "color_scheme: " + scheme + "\n"}), &list)
		if err != nil || list.Len() > 0 {
			t.Fatal(err, said(&list))
		}
		return theme
	}
	if !load("dark").SameTemplates(load("dark")) {
		t.Error("the same theme makes other pages")
	}
	if load("dark").SameTemplates(load("light")) {
		t.Error("a light theme makes the pages of a dark one")
	}
}

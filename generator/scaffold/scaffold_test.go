package scaffold_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/scaffold"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/themes"
)

// TestSiteGivesNoCauseForRemarks builds a new site, in which the notes of its
// replay are not to be seen.
func TestSiteGivesNoCauseForRemarks(t *testing.T) {
	output := build(t, nil)
	pages, err := filepath.Glob(filepath.Join(output, "works-by-hand", "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	for _, page := range pages {
		if text := read(t, page); strings.Contains(text, "<!--") || strings.Contains(text, "&lt;!--") || strings.Contains(text, "--&gt;") {
			t.Errorf("%s shows a note:\n%s", page, text)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSiteSettingsShowEveryKey takes the # away from all settings: what is left
// must be every key there is, with its default.
func TestSiteSettingsShowEveryKey(t *testing.T) {
	text := uncomment(textOf(t, scaffold.Site(), "content/site.yaml"))
	var list diag.List
	got := site.ParseConfig(diag.NewSource("site.yaml", []byte(text)), &list)
	if said := problems(&list); said != "" {
		t.Fatalf("%s\nin\n%s", said, text)
	}
	want := site.DefaultConfig()
	// These have no default that could be shown.
	want.BaseURL = "https://example.org/replays/"
	want.Editor = "vscode://file{path}:{line}:{column}"
	want.Accent, want.AccentDark, want.Logo = "#1f4fd1", "#8fb3ff", "img/logo.svg"
	want.Footer = []site.FooterLink{{Text: "On-call handbook", Href: "https://example.org/on-call"}}
	want.Suggest = "https://github.com/OWNER/REPO/issues/new?title={title}&body={file}:{line}%20{state}"
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(site.Config{})); diff != "" {
		t.Errorf("settings (-default +shown):\n%s", diff)
	}
	for _, key := range yamlKeys(reflect.TypeFor[site.Config]()) {
		if !regexp.MustCompile(`(?m)^ *` + key + `:`).MatchString(text) {
			t.Errorf("the settings of a new site do not show %q", key)
		}
	}
}

// yamlKeys lists the keys of a struct and of the structs in it.
func yamlKeys(typ reflect.Type) (keys []string) {
	for i := range typ.NumField() {
		field := typ.Field(i)
		if !field.IsExported() {
			continue
		}
		keys = append(keys, field.Tag.Get("yaml"))
		if field.Type.Kind() == reflect.Struct {
			keys = append(keys, yamlKeys(field.Type)...)
		}
	}
	return keys
}

// TestWorkflowUsesTheSameActions compares with the workflow that publishes
// replaygen's own replays, which runs.
func TestWorkflowUsesTheSameActions(t *testing.T) {
	own, err := os.ReadFile("../../.github/workflows/pages.yml")
	if err != nil {
		t.Fatal(err)
	}
	uses := regexp.MustCompile(`uses: \S+`)
	got := uses.FindAllString(textOf(t, scaffold.Site(), ".github/workflows/pages.yml"), -1)
	if diff := cmp.Diff(uses.FindAllString(string(own), -1), got); diff != "" {
		t.Errorf("actions (-own +new site's):\n%s", diff)
	}
}

func TestThemeLooksLikeTheDefault(t *testing.T) {
	files, err := scaffold.Theme("ours")
	if err != nil {
		t.Fatal(err)
	}
	own := build(t, files)
	style, err := filepath.Glob(filepath.Join(own, "assets", "style.*.css"))
	if err != nil || len(style) != 1 {
		t.Fatal(style, err)
	}
	// A style's name holds the hash of its text.
	if _, err := os.Stat(filepath.Join(build(t, nil), "assets", filepath.Base(style[0]))); err != nil {
		t.Errorf("the new theme has another style than the default: %v", err)
	}
	for _, f := range files {
		for _, placeholder := range []string{"NAME", "LAYOUTS", "SLOTS"} {
			if strings.Contains(string(f.Text), placeholder) {
				t.Errorf("%s holds %s", f.Path, placeholder)
			}
		}
	}
}

// TestThemeShowsDefaults compares what the new style shows with the default one.
func TestThemeShowsDefaults(t *testing.T) {
	files, err := scaffold.Theme("ours")
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := fs.ReadFile(themes.Default(), "styles/10-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	property := regexp.MustCompile(`/\* ((?:--rg-[a-z-]+|color-scheme): .*;) \*/`)
	shown := property.FindAllStringSubmatch(textOf(t, files, "ours/styles/95-ours.css"), -1)
	if len(shown) < 10 {
		t.Errorf("the theme shows only %d properties", len(shown))
	}
	for _, p := range shown {
		holds(t, string(tokens), p[1])
	}
}

// TestThemeReadmeIsTrue saves the partial that the README shows, and looks for
// every layout and slot of the default theme.
func TestThemeReadmeIsTrue(t *testing.T) {
	files, err := scaffold.Theme("ours")
	if err != nil {
		t.Fatal(err)
	}
	readme := textOf(t, files, "ours/README.md")
	_, partial, _ := strings.Cut(readme, "```html\n")
	partial, _, _ = strings.Cut(partial, "```")
	files = append(files, scaffold.File{Path: "ours/partials/bottom.html", Text: []byte(partial)})
	output := build(t, files)
	holds(t, read(t, filepath.Join(output, "works-by-hand", "round-1.html")), "Ask in #on-call.")

	for _, folder := range []string{"layouts", "slots"} {
		names, err := fs.Glob(themes.Default(), folder+"/*.html")
		if err != nil || len(names) == 0 {
			t.Fatal(folder, err)
		}
		for _, name := range names {
			holds(t, readme, fmt.Sprintf("`%s`", strings.TrimSuffix(path.Base(name), ".html")))
		}
	}
}

func TestThemeRefusesNames(t *testing.T) {
	for name, want := range map[string]string{
		"":                       "it may hold a to z",
		"..":                     "it may hold a to z",
		"Our Look":               "try our-look",
		"a/b":                    "try a-b",
		strings.Repeat("a", 101): "longer than 100",
	} {
		if _, err := scaffold.Theme(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Theme(%q) says %v, want %q", name, err, want)
		}
	}
}

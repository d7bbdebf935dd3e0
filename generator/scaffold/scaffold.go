// Package scaffold holds what authors begin with: the files of a new site, a
// new replay and a new theme, and a way to write them that never overwrites
// anything and never leaves half of it behind.
package scaffold

import (
	_ "embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/themes"
)

// A File is one file to write.
type File struct {
	Path string // relative, with slashes
	Text []byte
}

var (
	//go:embed site/site.yaml
	siteSettings string
	//go:embed site/works-by-hand.md
	siteReplay string
	//go:embed site/pages.yml
	siteWorkflow string
	//go:embed site/gitignore
	siteIgnore string
	//go:embed site/README.md
	siteReadme string
	//go:embed theme/README.md
	themeReadme string
	//go:embed theme/theme.yaml
	themeManifest string
	//go:embed theme/own.css
	themeStyle string
)

// Site returns the files of a new site, which builds as it is: settings, a short
// replay that explains the format, a workflow for GitHub Pages, and notes for
// the site's authors.
func Site() []File {
	return []File{
		{"README.md", []byte(siteReadme)},
		{".gitignore", []byte(siteIgnore)},
		{".github/workflows/pages.yml", []byte(siteWorkflow)},
		{"content/site.yaml", []byte(siteSettings)},
		{"content/works-by-hand.md", []byte(siteReplay)},
	}
}

// Theme returns the files of a new theme in a folder called name. It looks like
// the default theme until something in it is changed. The error says why name
// cannot be a theme's.
func Theme(name string) ([]File, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	replace := strings.NewReplacer("NAME", name, "LAYOUTS", templates("layouts"), "SLOTS", templates("slots"))
	named := func(text string) []byte { return []byte(replace.Replace(text)) }
	return []File{
		{name + "/README.md", named(themeReadme)},
		{name + "/theme.yaml", named(themeManifest)},
		{name + "/styles/95-" + name + ".css", named(themeStyle)},
	}, nil
}

// templates lists the default theme's templates in a folder.
func templates(folder string) string {
	files, _ := fs.Glob(themes.Default(), folder+"/*.html") // the pattern is valid
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = "`" + strings.TrimSuffix(path.Base(file), ".html") + "`"
	}
	return strings.Join(names, ", ")
}

// maxName is how many characters the name of a folder may have.
const maxName = 100

// checkName says why name cannot be that of a folder on every system.
func checkName(name string) error {
	clean := replay.Slugify(name)
	switch {
	case clean == "":
		return fmt.Errorf("%q cannot be a name: it may hold a to z, 0 to 9 and hyphens between them", name)
	case clean != name:
		return fmt.Errorf("%q cannot be a name: it may hold a to z, 0 to 9 and hyphens between them; try %s", name, clean)
	case len(name) > maxName:
		return fmt.Errorf("%q cannot be a name: it is longer than %d characters", name, maxName)
	}
	return nil
}

package library

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/themes"
)

const codeNoTheme diag.Code = "no-theme"

// readTheme loads the theme that the settings name: the source's own
// themes/<name>/ over one that comes with replaygen.
func (e *Edition) readTheme(before *Edition, c changes) (err error) {
	name := e.cfg.Theme
	dir := ThemesDir + "/" + name
	if before.theme != nil && before.sameSettings(e) && !c.below(dir) {
		e.theme, e.themed = before.theme, before.themed
		return nil
	}
	var own fs.FS
	if info, err := fs.Stat(e.files.Source, dir); err == nil && info.IsDir() {
		if own, err = fs.Sub(e.files.Source, dir); err != nil {
			return err
		}
	} else if _, ok := themes.Builtin(name); !ok {
		e.themed.Errorf(codeNoTheme, e.cfg.At("theme"), themeHint(name), "there is no theme %s", dir)
	}
	e.theme, err = site.LoadTheme(name, own, &e.themed)
	return err
}

// themeHint says how to get a theme.
func themeHint(name string) string {
	hint := fmt.Sprintf("make that folder with \"replaygen new theme %s\"; these themes come with replaygen: %s",
		path.Base(name), strings.Join(themes.Names(), ", "))
	if near := config.Nearest(name, themes.Names()); near != "" {
		return fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	return hint
}

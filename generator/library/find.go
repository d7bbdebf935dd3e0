package library

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/importer"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
)

// Where a source keeps its replays, its settings, the names of published pages,
// and its themes.
const (
	ContentDir = "content"
	ConfigFile = "content/site.yaml"
	NamesDir   = "content/names"
	ThemesDir  = "themes"
)

// readConfig reads the site's settings; a source without them has the defaults.
func readConfig(source fs.FS, list *diag.List) (site.Config, error) {
	text, err := fs.ReadFile(source, ConfigFile)
	if errors.Is(err, fs.ErrNotExist) {
		return site.DefaultConfig(), nil
	}
	if err != nil {
		return site.DefaultConfig(), err
	}
	return site.ParseConfig(diag.NewSource(ConfigFile, text), list), nil
}

// findReplays lists the replay files of a source, sorted: .md and .txt files
// below content/, but no README and nothing whose name begins with "." or "_".
func findReplays(source fs.FS) ([]string, error) {
	var paths []string
	err := fs.WalkDir(source, ContentDir, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name != ContentDir {
			return nil // removed while we look
		}
		if err != nil {
			return err
		}
		base := entry.Name()
		if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.IsDir() && isReplay(base) {
			paths = append(paths, name)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s folder here (use --source DIR to name the folder that holds it)", ContentDir)
	}
	return paths, err
}

func isReplay(base string) bool {
	ext := strings.ToLower(path.Ext(base))
	name := strings.ToLower(strings.TrimSuffix(base, path.Ext(base)))
	return (ext == ".md" || ext == ".txt") && name != "readme"
}

// Parse parses a replay in the house format or, if src is called .txt, as page
// text; positions are then those of the imported text.
func Parse(src *diag.Source, list *diag.List) *replay.Replay {
	if strings.EqualFold(path.Ext(src.Path), ".txt") {
		src = diag.NewSource(src.Path, importer.Import(src, list))
	}
	return replay.Parse(src, list)
}

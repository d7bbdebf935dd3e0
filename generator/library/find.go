package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/importer"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/watch"
)

// Where a source keeps its replays, its settings, the names of published pages,
// and its themes.
const (
	ContentDir = "content"
	ConfigFile = "content/site.yaml"
	NamesDir   = "content/names"
	ThemesDir  = "themes"
)

// readSettings reads the text of the site's settings; nil where there is none.
func readSettings(source fs.FS) ([]byte, error) {
	text, err := fs.ReadFile(source, ConfigFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// findReplays lists the replay files of a source in lexical order: .md and .txt
// files below content/, but no README, no pipe or device, nothing whose name
// begins with "_", and nothing that [watch.Ignored] takes for a tool's own. Links
// to files and folders are followed.
func findReplays(source fs.FS) ([]string, error) {
	info, err := fs.Stat(source, ContentDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s folder here (use --source DIR to name the folder that holds it)", ContentDir)
	}
	if err != nil {
		return nil, err
	}
	return findBelow(source, ContentDir, []fs.FileInfo{info})
}

// findBelow lists the replay files in a folder; within are the folders that it
// lies in, itself included. A link to one of those would have no end.
func findBelow(source fs.FS, dir string, within []fs.FileInfo) (paths []string, err error) {
	entries, err := fs.ReadDir(source, dir)
	if errors.Is(err, fs.ErrNotExist) && len(within) > 1 {
		return nil, nil // removed while we look
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		base, name := entry.Name(), path.Join(dir, entry.Name())
		if strings.HasPrefix(base, "_") || watch.Ignored(base) {
			continue
		}
		mode := entry.Type()
		if entry.IsDir() || mode&fs.ModeSymlink != 0 {
			info, err := fs.Stat(source, name)
			if err == nil && info.IsDir() {
				same := func(above fs.FileInfo) bool { return os.SameFile(above, info) }
				if slices.ContainsFunc(within, same) {
					continue
				}
				below, err := findBelow(source, name, append(slices.Clone(within), info))
				if err != nil {
					return nil, err
				}
				paths = append(paths, below...)
				continue
			}
			if err == nil {
				mode = info.Mode()
			}
		}
		if mode&endless != 0 {
			continue
		}
		if isReplay(base) {
			paths = append(paths, name)
		}
	}
	return paths, nil
}

func isReplay(base string) bool {
	ext := strings.ToLower(path.Ext(base))
	name := strings.ToLower(strings.TrimSuffix(base, path.Ext(base)))
	return (ext == ".md" || ext == ".txt") && name != "readme"
}

// Parse parses a replay in the house format or, if src is called .txt or .html, as
// a page; positions are then those of the imported text.
func Parse(src *diag.Source, list *diag.List) *replay.Replay {
	switch strings.ToLower(path.Ext(src.Path)) {
	case ".txt", ".html", ".htm":
		before := list.Count(diag.Error)
		src = diag.NewSource(src.Path, importer.Import(src, list))
		if list.Count(diag.Error) > before {
			list = &diag.List{} // what nobody could import lacks everything
		}
	}
	return replay.Parse(src, list)
}

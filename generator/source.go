package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/importer"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/site"
)

const (
	codeNoContent diag.Code = "no-content"
	codeSameSlug  diag.Code = "same-slug"
)

// Where a source keeps its replays, its settings and the names of published pages.
const (
	contentDir = "content"
	configFile = "content/site.yaml"
	namesDir   = "content/names"
)

// readConfig reads the site's settings; a source without them has the defaults.
func readConfig(source fs.FS, list *diag.List) (site.Config, error) {
	text, err := fs.ReadFile(source, configFile)
	if errors.Is(err, fs.ErrNotExist) {
		return site.DefaultConfig(), nil
	}
	if err != nil {
		return site.Config{}, err
	}
	return site.ParseConfig(diag.NewSource(configFile, text), list), nil
}

// findReplays lists the replay files of a source, sorted: .md and .txt files
// below content/, but no README and nothing whose name begins with "." or "_".
func findReplays(source fs.FS, list *diag.List) ([]string, error) {
	var paths []string
	err := fs.WalkDir(source, contentDir, func(name string, entry fs.DirEntry, err error) error {
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
		return nil, fmt.Errorf("there is no %s folder here (use --source DIR to name the folder that holds it)", contentDir)
	}
	if len(paths) == 0 && err == nil {
		list.Errorf(codeNoContent, diag.Span{}, "content/README.md of the replaygen project shows one in twenty lines",
			"there are no replays in %s", contentDir)
	}
	return paths, err
}

func isReplay(base string) bool {
	ext := strings.ToLower(path.Ext(base))
	name := strings.ToLower(strings.TrimSuffix(base, path.Ext(base)))
	return (ext == ".md" || ext == ".txt") && name != "readme"
}

// ReadReplay parses the replay file called name. Page text (.txt) is imported
// on the fly; positions are then those of the imported text.
func ReadReplay(source fs.FS, name string, list *diag.List) (*replay.Replay, error) {
	text, err := fs.ReadFile(source, name)
	if err != nil {
		return nil, err
	}
	return ParseReplay(diag.NewSource(name, text), list), nil
}

// ParseReplay parses a replay in the house format or, if src is called .txt, as page text.
func ParseReplay(src *diag.Source, list *diag.List) *replay.Replay {
	if strings.EqualFold(path.Ext(src.Path), ".txt") {
		src = diag.NewSource(src.Path, importer.Import(src, list))
	}
	return replay.Parse(src, list)
}

// checkSlugs reports replays that would share a folder.
func checkSlugs(replays []*replay.Replay, list *diag.List) {
	first := map[string]*replay.Replay{}
	for _, r := range replays {
		other, taken := first[r.Slug]
		if !taken {
			first[r.Slug] = r
			continue
		}
		list.Add(diag.Diagnostic{
			Code: codeSameSlug, Severity: diag.Error, Span: r.TitleSpan,
			Message: fmt.Sprintf("two replays have the slug %q", r.Slug),
			Hint:    "rename one of the files, or give one a `slug:` in its front matter",
			Related: []diag.Related{{Span: other.TitleSpan, Message: "the other replay"}},
		})
	}
}

// withoutDrafts drops drafts unless they are wanted.
func withoutDrafts(replays []*replay.Replay, wanted bool) []*replay.Replay {
	return slices.DeleteFunc(replays, func(r *replay.Replay) bool { return r.Draft && !wanted })
}

package publish_test

import (
	"context"
	"iter"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
)

// publishAll publishes files to a directory, folder by folder as they come.
func publishAll(ctx context.Context, files iter.Seq[site.File], opts publish.Options) (publish.Summary, error) {
	release, err := publish.Begin(ctx, opts)
	if err != nil {
		return publish.Summary{}, err
	}
	summary, err := addAll(release, files)
	if closing := release.Close(); err == nil {
		err = closing
	}
	return summary, err
}

// An output is what publishing to a directory and to an archive have in common.
type output interface {
	Add(publish.Folder) (publish.Sum, error)
	Commit() (publish.Summary, error)
	Close() error
}

func addAll(to output, files iter.Seq[site.File]) (publish.Summary, error) {
	for turn, folder := range folders(files) {
		folder.Turn = turn
		if _, err := to.Add(folder); err != nil {
			return publish.Summary{}, err
		}
	}
	return to.Commit()
}

// folders sorts files into folders, in the order in which the first of each comes.
func folders(files iter.Seq[site.File]) (all []publish.Folder) {
	inside, order := map[string][]site.File{}, []string{}
	for f := range files {
		dir, _ := path.Split(f.Path)
		dir = strings.TrimSuffix(dir, "/")
		if inside[dir] == nil {
			order = append(order, dir)
		}
		inside[dir] = append(inside[dir], f)
	}
	for _, dir := range order {
		files := inside[dir]
		all = append(all, publish.Folder{
			Path: dir, Len: len(files),
			AppendName: func(buf []byte, i int) []byte {
				if dir == "" {
					return append(buf, files[i].Path...)
				}
				return append(buf, strings.TrimPrefix(files[i].Path, dir+"/")...)
			},
			AppendFile: func(buf []byte, i int) ([]byte, error) { return files[i].Append(buf) },
		})
	}
	return all
}

package generator

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
)

// pageExt ends the names of pages.
const pageExt = ".html"

// pagesFolder is a replay's folder: the pages of its states and other files.
func pagesFolder(pages *site.Replay, others []site.File, turn int) publish.Folder {
	machine := pages.Machine()
	folder := filesFolder(machine.Replay.Slug, others, turn)
	name, file, n := folder.AppendName, folder.AppendFile, machine.Len()
	folder.Len += n
	folder.AppendName = func(buf []byte, i int) []byte {
		if i < n {
			return append(machine.AppendName(buf, i), pageExt...)
		}
		return name(buf, i-n)
	}
	folder.AppendFile = func(buf []byte, i int) ([]byte, error) {
		if i < n {
			return pages.AppendPage(buf, i)
		}
		return file(buf, i-n)
	}
	return folder
}

// filesFolder is a folder of files, which all lie in it.
func filesFolder(folder string, files []site.File, turn int) publish.Folder {
	return publish.Folder{
		Path: folder, Len: len(files), Turn: turn,
		AppendName: func(buf []byte, i int) []byte { return append(buf, path.Base(files[i].Path)...) },
		AppendFile: func(buf []byte, i int) ([]byte, error) { return files[i].Append(buf) },
	}
}

// folders sorts files into their folders, with turns from the given one on.
func folders(files []site.File, turn int) (all []publish.Folder) {
	in := func(f site.File) string { return strings.TrimSuffix(f.Path[:len(f.Path)-len(path.Base(f.Path))], "/") }
	slices.SortStableFunc(files, func(a, b site.File) int { return strings.Compare(in(a), in(b)) })
	for len(files) > 0 {
		folder := in(files[0])
		n := slices.IndexFunc(files, func(f site.File) bool { return in(f) != folder })
		if n < 0 {
			n = len(files)
		}
		all = append(all, filesFolder(folder, files[:n], turn))
		files, turn = files[n:], turn+1
	}
	return all
}

// Faults are the mistakes in templates that files met while they were made.
type faults struct {
	mu  sync.Mutex
	all []error
}

// of returns a folder that collects mistakes instead of failing with the first.
func (f *faults) of(folder publish.Folder) publish.Folder {
	appendFile := folder.AppendFile
	folder.AppendFile = func(buf []byte, i int) ([]byte, error) {
		extended, err := appendFile(buf, i)
		if unread := (*fs.PathError)(nil); err == nil || errors.As(err, &unread) {
			return extended, err
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		f.all = append(f.all, err)
		return buf, nil
	}
	return folder
}

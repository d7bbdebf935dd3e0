// Package publish writes a site to a directory so that a reader never sees
// half of it.
//
// Every file that is new or changed is first written to a workshop, a hidden
// directory beside the output ("public" has ".public.replaygen"). Only when the
// whole site is there and nothing stands in its way does the output change:
//
//   - An output that does not exist or is empty is replaced by the workshop's
//     copy in one rename.
//   - Otherwise files move in by one rename each, in an order that keeps every
//     link alive: what pages refer to, new pages, changed pages, and the entry
//     page last. Then what an earlier build published and this one does not is
//     removed, and directories that this leaves empty.
//   - Where a folder keeps its names but most of its files change, as they do when a
//     stylesheet gets another name, they move in all at once: the folder and the one
//     in the output change places. This takes a system and a file system that can.
//
// So the output is the old site, the new site, or, if the process dies between
// two moves, a mixture in which no page is missing. The next build completes
// it. (There is one exception to the order: where the new site has a directory
// in the place of an old file, or a file in that of an old directory, the old
// one goes first.)
//
// # Whose file is it
//
// The output may hold other people's files. What is ours is listed with size
// and hash in the manifest, [ManifestName] in the output. It is written before
// the first change, with the files of both the old and the new site, and after
// the last.
//
//   - A file at a path of the new site that no manifest lists belongs to
//     someone else. Unless it holds the very bytes to be published, nothing is
//     published and a [*ConflictError] names it.
//   - A file at a path of the new site that the manifest lists is overwritten,
//     even if someone edited it: the site owns its paths.
//   - A listed file that is no longer part of the site is removed only if it
//     still holds what was published. If someone has put their own content
//     there, it is theirs now and stays.
//   - What someone adds to a folder while it is exchanged comes to lie in the new one.
//
// The manifest can be deleted: files of the site that are unchanged are taken
// up again, and no file is removed. A manifest that cannot be understood counts
// as deleted. No path in it leads out of the output, and links in the output
// are never followed.
//
// # What it costs
//
// A site is published folder by folder, and no list of its files is kept: a
// folder that is done is a line of the manifest to come. A folder of which the
// caller knows that it would come out as it did last time is not made again, only
// looked at: [Release.Keep]. Sizes and times of files tell whether somebody has
// changed them; they are kept in a cache, since they differ from machine to
// machine, and without it files are read.
//
// A file that takes the place of another costs several times what a new one costs. So
// a build that changes every page exchanges folders: it costs what a first build does,
// and the removal of what was there.
package publish

import (
	"context"
	"fmt"
	"path"
	"runtime"

	"github.com/replaygen/replaygen/generator/cache"
)

// Options says where and how to publish.
type Options struct {
	// Dir is the output directory. It is created if need be; if it is a link
	// to a directory, that directory is the output.
	Dir string
	// Sources are directories that the site is made from. The output must not
	// be one of them or inside one.
	Sources []string
	// Workers is how many goroutines write a big folder; 0 means GOMAXPROCS.
	Workers int
	// Progress, if set, is told how many further files are ready. It is called
	// from several goroutines at once.
	Progress func(files int)
	// Cache keeps when files were written, so that they need not be read to
	// see that they are as they were; nil is without.
	Cache *cache.Store
	// Verify reads files even so.
	Verify bool

	// step, if set, is called before every change in the output, or in what was
	// taken out of it, and after every staged file, so that tests can die there.
	step func(what string)
	// exchange is [directory.exchange], which tests can make fail.
	exchange func(d *directory, name string, with *directory, other string) error
}

// Summary says what was published.
type Summary struct {
	Files     int   // in the site
	Bytes     int64 // in the site
	Written   int   // files that are new or changed
	Unchanged int   // files that already held their bytes
	Removed   int   // files of an earlier build that are no longer in the site
}

// A Folder is what a site has in one folder, without the folders below it.
// AppendName and AppendFile are called from several goroutines at once.
type Folder struct {
	// Path is relative to the site's root, with slashes; "" is the root.
	Path string
	Len  int // how many files
	// AppendName appends the name of file i, which has no slash, to buf.
	AppendName func(buf []byte, i int) []byte
	// AppendFile appends the content of file i to buf.
	AppendFile func(buf []byte, i int) ([]byte, error)
	// Turn is the folder's place among all that are added, from 0: an archive
	// holds them in this order, a directory does not care.
	Turn int
}

// Begin begins to publish a site to the directory opts.Dir. [Release.Commit] ends
// it; whatever happens, [Release.Close] has to be called.
//
// It fails with [ErrBusy] while another process publishes to the same directory.
func Begin(ctx context.Context, opts Options) (*Release, error) {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	if opts.Progress == nil {
		opts.Progress = func(int) {}
	}
	if opts.exchange == nil {
		opts.exchange = (*directory).exchange
	}
	r, err := begin(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("publishing to %s: %w", opts.Dir, err)
	}
	return r, nil
}

// at calls the hook of the tests, if there is one.
func (o Options) at(verb, folder, name string) {
	if o.step != nil {
		o.step(verb + " " + path.Join(folder, name))
	}
}

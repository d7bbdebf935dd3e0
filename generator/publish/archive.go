package publish

import (
	"archive/tar"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// An Archive is a site on its way into a tar file. Its folders stand in the order
// of their turns and its files in the order of their folder, with one time for all:
// the same site is the same archive. Its methods may be called from several
// goroutines at once, but for Commit and Close, which come after all others.
type Archive struct {
	ended    func() bool // forgets the context
	progress func(files int)
	name     string // of the file; "" if it is not ours
	file     *os.File
	out      io.Writer

	mu      sync.Mutex
	turned  *sync.Cond // tells of changes of turn and failed
	turn    int        // of the folder that is being written
	failed  error      // why nothing more can be written
	summary Summary
	begun   map[string]string // paths of folders, by themselves in lower case
	idle    []*packer         // that pack nothing now; a [sync.Pool] would let go of them
}

// ErrGivenUp is returned for folders that wait for their turn in an archive that
// was closed.
var ErrGivenUp = errors.New("the archive was given up")

// NewArchive begins an archive that is written to out as it comes. If it fails, out
// holds a part of an archive, without the mark at its end.
func NewArchive(ctx context.Context, out io.Writer, progress func(files int)) *Archive {
	a := &Archive{progress: progress, out: out, begun: map[string]string{}}
	a.turned = sync.NewCond(&a.mu)
	a.ended = context.AfterFunc(ctx, func() { a.give(context.Cause(ctx)) })
	if a.progress == nil {
		a.progress = func(int) {}
	}
	return a
}

// CreateArchive begins an archive that is a file. [Archive.Commit] puts it into
// place: until then, a file that is there stays as it is. It must be an archive, and
// not lie in one of the directories that the site is made from.
func CreateArchive(ctx context.Context, name string, sources []string, progress func(files int)) (*Archive, error) {
	file, final, err := openArchive(name, sources)
	if err != nil {
		return nil, fmt.Errorf("publishing to %s: %w", name, err)
	}
	a := NewArchive(ctx, file, progress)
	a.file, a.name = file, final
	return a, nil
}

// openArchive opens the file to write an archive to. Unless final is "", it gets that
// name in the end.
func openArchive(name string, sources []string) (file *os.File, final string, err error) {
	parent, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err == nil {
		parent, err = filepath.Abs(parent)
	}
	if err == nil {
		err = refuseSources(parent, sources)
	}
	if err != nil {
		return nil, "", err
	}
	switch info, err := os.Stat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, "", err
	case info.IsDir():
		return nil, "", errors.New("it is a directory, not a file")
	case !info.Mode().IsRegular(): // a device or a pipe
		file, err := os.OpenFile(name, os.O_WRONLY, 0)
		return file, "", err
	case info.Size() > 0 && !beginsArchive(name):
		return nil, "", errors.New("the file that is there is no archive; remove it, or choose another name")
	}
	file, err = os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	return file, name, err
}

// beginsArchive reports whether a file has an archive's first entry, or its end.
func beginsArchive(name string) bool {
	file, err := os.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	_, err = tar.NewReader(file).Next()
	return err == nil || err == io.EOF
}

// bufferSize is how many bytes a folder may have ready before its turn. The
// folders before it are being written meanwhile.
const bufferSize = 512 << 10

// Add adds a folder's files. It waits for the turns before its own. An archive
// cannot be looked at later, so the sum it returns is 0.
func (a *Archive) Add(f Folder) (Sum, error) {
	if err := a.add(f); err != nil {
		a.give(err)
		return 0, err
	}
	return 0, nil
}

// Keep reports false: nothing is there to be kept.
func (a *Archive) Keep(string, Sum) (bool, error) { return false, nil }

// headerTime is the time that all files have. Some programs frown at 1970.
var headerTime = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

func (a *Archive) add(f Folder) error {
	p, err := a.enter(f.Path)
	if err != nil {
		return err
	}
	defer a.leave(p)
	var size int64
	for i := range f.Len {
		n, err := p.pack(f, i)
		if err != nil {
			return fmt.Errorf("%s: %w", path.Join(f.Path, string(p.name)), err)
		}
		if size += n; p.entries.Len() >= bufferSize {
			if err := a.write(f.Turn, p); err != nil {
				return err
			}
		}
	}
	if err := clashIn(f.Path, p.files); err != nil {
		return err
	}
	a.progress(f.Len)
	return a.finish(f, p, size)
}

// enter notes that a folder is being made, and returns what packs it.
func (a *Archive) enter(folder string) (*packer, error) {
	if folder != "" {
		if err := validPath(folder); err != nil {
			return nil, err
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	key := strings.ToLower(folder)
	if other, taken := a.begun[key]; taken {
		return nil, clashError(other, folder)
	}
	a.begun[key] = folder
	if len(a.idle) == 0 {
		return newPacker(), nil
	}
	p := a.idle[len(a.idle)-1]
	a.idle = a.idle[:len(a.idle)-1]
	p.reset()
	return p, nil
}

func (a *Archive) leave(p *packer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.idle = append(a.idle, p)
}

// A packer makes the entries of one folder after the other.
type packer struct {
	entries bytes.Buffer // not written yet
	tar     *tar.Writer
	files   []file
	name    []byte
	content []byte
}

func newPacker() *packer {
	p := &packer{}
	p.entries.Grow(bufferSize + bufferSize/4) // most pages are far smaller than the quarter
	p.reset()
	return p
}

func (p *packer) reset() {
	p.entries.Reset()
	p.files = p.files[:0]
	p.tar = tar.NewWriter(&p.entries)
}

// pack appends a file's entry and returns the file's size.
func (p *packer) pack(f Folder, i int) (size int64, err error) {
	p.name = f.AppendName(p.name[:0], i)
	name := string(p.name)
	if err := validName(name); err != nil {
		return 0, err
	}
	p.files = append(p.files, file{name: name})
	if p.content, err = f.AppendFile(p.content[:0], i); err != nil {
		return 0, err
	}
	size = int64(len(p.content))
	header := tar.Header{Typeflag: tar.TypeReg, Name: path.Join(f.Path, name), Size: size, Mode: 0o644, ModTime: headerTime}
	if err := p.tar.WriteHeader(&header); err != nil {
		return 0, err
	}
	if _, err := p.tar.Write(p.content); err != nil {
		return 0, err
	}
	return size, p.tar.Flush()
}

// write writes what is packed when it is a folder's turn.
func (a *Archive) write(turn int, p *packer) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.turn != turn && a.failed == nil {
		a.turned.Wait()
	}
	if a.failed != nil {
		return a.failed
	}
	_, err := p.entries.WriteTo(a.out) // whose turn it is may hold the lock: the others wait for it anyway
	return err
}

// finish writes the rest of a folder and gives the turn to the next.
func (a *Archive) finish(f Folder, p *packer, size int64) error {
	if err := a.write(f.Turn, p); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.summary.Files += f.Len
	a.summary.Written += f.Len
	a.summary.Bytes += size
	a.turn++
	a.turned.Broadcast()
	return nil
}

// give makes all calls fail that wait or are to come.
func (a *Archive) give(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed == nil {
		a.failed = err
	}
	a.turned.Broadcast()
}

// Commit writes the end of the archive and puts its file into place.
func (a *Archive) Commit() (Summary, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed != nil {
		return Summary{}, a.failed
	}
	err := tar.NewWriter(a.out).Close()
	if a.file != nil {
		err = errors.Join(err, a.file.Close())
	}
	if err == nil && a.name != "" {
		err = errors.Join(os.Chmod(a.file.Name(), 0o644), os.Rename(a.file.Name(), a.name))
	}
	if err != nil {
		return Summary{}, fmt.Errorf("publishing to %s: %w", cmp.Or(a.name, "the archive"), err)
	}
	a.file = nil
	return a.summary, nil
}

// Close gives up what was not committed.
func (a *Archive) Close() error {
	a.ended()
	a.give(ErrGivenUp)
	if a.file == nil {
		return nil
	}
	a.file.Close() // a second time after a failed Commit, or of a file that goes
	if a.name == "" {
		return nil
	}
	return os.Remove(a.file.Name())
}

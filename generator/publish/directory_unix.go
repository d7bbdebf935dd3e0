//go:build linux || darwin || freebsd

package publish

import (
	"io"
	"io/fs"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// A directory is one that is held open, so that its files need not be looked for
// from the root each time: three system calls write a file, where the standard
// library makes eight. No link in it is followed.
type directory struct{ file *os.File }

// An info is what a directory says of a file.
type info struct {
	regular, dir bool
	size         int64
	time         int64 // of the last change of its bytes, in nanoseconds since 1970
}

func openDirectory(base *os.Root, name string) (*directory, error) {
	file, err := base.Open(name)
	if err != nil {
		return nil, err
	}
	return &directory{file}, nil
}

func (d *directory) close() error {
	if d == nil {
		return nil
	}
	return d.file.Close()
}

// create writes a file that is not there yet and returns its time.
func (d *directory) create(name string, content []byte) (time int64, err error) {
	fd, err := d.open(name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL)
	if err != nil {
		return 0, err
	}
	var stat unix.Stat_t
	for len(content) > 0 && err == nil {
		var n int
		err = persist(func() (err error) { n, err = unix.Write(fd, content); return err })
		content = content[max(0, n):]
	}
	if err == nil {
		err = unix.Fstat(fd, &stat)
	}
	if closing := unix.Close(fd); err == nil {
		err = closing
	}
	return stat.Mtim.Nano(), pathError("write", name, err)
}

// look returns what stands at a name.
func (d *directory) look(name string) (info, error) {
	var stat unix.Stat_t
	err := persist(func() error { return unix.Fstatat(int(d.file.Fd()), name, &stat, unix.AT_SYMLINK_NOFOLLOW) })
	runtime.KeepAlive(d.file)
	kind := stat.Mode & unix.S_IFMT
	return info{kind == unix.S_IFREG, kind == unix.S_IFDIR, stat.Size, stat.Mtim.Nano()}, pathError("stat", name, err)
}

// names returns the names of all that is in the directory, in any order.
func (d *directory) names() ([]string, error) {
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return d.file.Readdirnames(-1)
}

// remove removes a file.
func (d *directory) remove(name string) error {
	err := persist(func() error { return unix.Unlinkat(int(d.file.Fd()), name, 0) })
	runtime.KeepAlive(d.file)
	return pathError("remove", name, err)
}

// resemble gives the directory the mode of another. It reports false if it cannot
// stand for that one all the same, since they belong to different users or groups, or
// we could not write to it then.
func (d *directory) resemble(other *directory) bool {
	var ours, theirs unix.Stat_t
	if unix.Fstat(int(d.file.Fd()), &ours) != nil || unix.Fstat(int(other.file.Fd()), &theirs) != nil {
		return false
	}
	const permissions, writable = 0o7777, 0o700
	mode := uint32(theirs.Mode) & permissions // of 16 bits on some systems
	return ours.Uid == theirs.Uid && ours.Gid == theirs.Gid && mode&writable == writable &&
		unix.Fchmod(int(d.file.Fd()), mode) == nil
}

// read appends the first bytes of a file to buf: as many as size, or all.
func (d *directory) read(name string, buf []byte, size int64) ([]byte, error) {
	fd, err := d.open(name, unix.O_RDONLY)
	if err != nil {
		return buf, err
	}
	from := len(buf)
	buf = append(buf, make([]byte, size)...)
	for free := buf[from:]; len(free) > 0; {
		var n int
		if err = persist(func() (err error) { n, err = unix.Read(fd, free); return err }); err != nil || n == 0 {
			buf = buf[:len(buf)-len(free)]
			break
		}
		free = free[n:]
	}
	if closing := unix.Close(fd); err == nil {
		err = closing
	}
	return buf, pathError("read", name, err)
}

func (d *directory) open(name string, flags int) (fd int, err error) {
	err = persist(func() (err error) {
		fd, err = unix.Openat(int(d.file.Fd()), name, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o644)
		return err
	})
	runtime.KeepAlive(d.file)
	return fd, pathError("open", name, err)
}

// persist makes a system call again that a signal interrupted.
func persist(call func() error) error {
	for {
		if err := call(); err != unix.EINTR { //nolint:errorlint // system calls return errno itself
			return err
		}
	}
}

func pathError(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

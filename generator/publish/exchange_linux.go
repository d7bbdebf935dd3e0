package publish

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// exchange lets what has a name in the directory change places with what has another
// name in another one, in one step. Not every file system can.
func (d *directory) exchange(name string, with *directory, other string) error {
	err := persist(func() error {
		return unix.Renameat2(int(d.file.Fd()), name, int(with.file.Fd()), other, unix.RENAME_EXCHANGE)
	})
	runtime.KeepAlive(d.file)
	runtime.KeepAlive(with.file)
	return pathError("exchange", name, err)
}

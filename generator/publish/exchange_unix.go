//go:build linux || darwin

package publish

import "runtime"

// exchange lets what has a name in the directory change places with what has another
// name in another one, in one step. Not every file system can.
func (d *directory) exchange(name string, with *directory, other string) error {
	err := persist(func() error { return swap(int(d.file.Fd()), name, int(with.file.Fd()), other) })
	runtime.KeepAlive(d.file)
	runtime.KeepAlive(with.file)
	return pathError("exchange", name, err)
}

package publish

import "golang.org/x/sys/unix"

func swap(dir int, name string, otherDir int, other string) error {
	return unix.Renameat2(dir, name, otherDir, other, unix.RENAME_EXCHANGE)
}

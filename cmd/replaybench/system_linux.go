package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strconv"
	"syscall"
	"time"
)

// mostMemory returns the most memory that this process had resident, in bytes, or 0 if
// that is not known. What getrusage(2) says would be at least what the process that
// started this one had.
func mostMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, most, _ := bytes.Cut(status, []byte("VmHWM:"))
	kilobytes, _, _ := bytes.Cut(most, []byte("kB"))
	n, _ := strconv.ParseInt(string(bytes.TrimSpace(kilobytes)), 10, 64) // 0 if there is no such line
	return n << 10
}

// processorTime returns what this process has taken of the processors so far, or
// zeros if that is not known.
func processorTime() (user, system time.Duration) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, 0
	}
	return time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano())
}

// settle lets the system write to disks what it has put off, so that the next one to
// be measured does not wait for it.
func settle() { syscall.Sync() }

// diskOf returns the file system that a file is on.
func diskOf(name string) (disk, error) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(name, &stat); err != nil {
		return disk{}, &os.PathError{Op: "statfs", Path: name, Err: err}
	}
	d := disk{free: room{int64(stat.Bavail) * stat.Bsize, int64(stat.Ffree)}}
	if stat.Files == 0 {
		d.free.files = math.MaxInt64 // there is no such limit
	}
	switch stat.Type { // see statfs(2)
	case 0xef53:
		d.name = "ext4" // or one of those before it
	case 0x01021994:
		d.name, d.memory = "tmpfs", true
	case 0x58465342:
		d.name = "xfs"
	case 0x9123683e:
		d.name = "btrfs"
	case 0x794c7630:
		d.name = "overlayfs"
	default:
		d.name = fmt.Sprintf("a file system of type %#x", stat.Type)
	}
	return d, nil
}

// write writes the files into dir, each with the first bytes of body. It makes three
// system calls a file: open below a folder's handle, write, close.
func (f folder) write(dir string, body []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	handle, err := syscall.Open(dir, syscall.O_DIRECTORY|syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(handle)
	for _, file := range f.files {
		opened, err := syscall.Openat(handle, file.path, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_TRUNC|syscall.O_CLOEXEC, 0o644)
		if err != nil {
			return err
		}
		if _, err := syscall.Write(opened, body[:file.size]); err != nil {
			return err
		}
		if err := syscall.Close(opened); err != nil {
			return err
		}
	}
	return nil
}

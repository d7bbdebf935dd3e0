package main

import (
	"os"
	"path/filepath"
	"syscall"
)

// mostMemory returns the most memory that a process had resident, in bytes.
func mostMemory(state *os.ProcessState) int64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}

// writeFolder makes three system calls a file: open below a folder's handle,
// write, close.
func (all files) writeFolder(dir string, indices []int, body []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	folder, err := syscall.Open(dir, syscall.O_DIRECTORY|syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(folder)
	for _, i := range indices {
		file, err := syscall.Openat(folder, filepath.Base(all[i].path), syscall.O_WRONLY|syscall.O_CREAT|syscall.O_TRUNC|syscall.O_CLOEXEC, 0o644)
		if err != nil {
			return err
		}
		if _, err := syscall.Write(file, body[:all[i].size]); err != nil {
			return err
		}
		if err := syscall.Close(file); err != nil {
			return err
		}
	}
	return nil
}

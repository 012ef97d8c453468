package main

import (
	"os"
	"path/filepath"
	"syscall"
)

const directoryPrefix = "servers-"

// place is a directory that belongs to this process for as long as it lives.
type place struct {
	directory string
	lock      *os.File
}

// newPlace makes one in a folder, and removes those of processes that were killed: a lock ends with its process.
func newPlace(in string) (*place, error) {
	if err := os.MkdirAll(in, 0o700); err != nil {
		return nil, err
	}
	// Nobody may take a directory for abandoned between its making and its locking.
	door, err := locked(in, syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer door.Close()
	removeAbandoned(in)
	directory, err := os.MkdirTemp(in, directoryPrefix)
	if err != nil {
		return nil, err
	}
	lock, err := locked(directory, syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		_ = os.RemoveAll(directory)
		return nil, err
	}
	return &place{directory, lock}, nil
}

func removeAbandoned(in string) {
	found, _ := filepath.Glob(filepath.Join(in, directoryPrefix+"*"))
	for _, directory := range found {
		if lock, err := locked(directory, syscall.LOCK_EX|syscall.LOCK_NB); err == nil {
			_ = os.RemoveAll(directory)
			lock.Close()
		}
	}
}

func locked(directory string, how int) (*os.File, error) {
	opened, err := os.Open(directory)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(opened.Fd()), how); err != nil {
		opened.Close()
		return nil, err
	}
	return opened, nil
}

func (p *place) path(name string) string {
	return filepath.Join(p.directory, name)
}

func (p *place) write(name string, content []byte) (string, error) {
	return p.path(name), os.WriteFile(p.path(name), content, 0o600)
}

func (p *place) remove() error {
	defer p.lock.Close()
	return os.RemoveAll(p.directory)
}

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// canMount tries it: root in a container may not.
func canMount() bool {
	dir, err := os.MkdirTemp("", "pincite-mount-")
	if err != nil {
		return false
	}
	defer os.Remove(dir) //nolint:errcheck // it is temporary
	release, err := mountSmall(dir, "64k")
	if err != nil {
		return false
	}
	release()
	return true
}

// mountSmall mounts an empty file system of a size on a folder.
func mountSmall(dir, size string) (release func(), err error) {
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		return nil, err
	}
	return unmount(dir), nil
}

// mountReadOnly lays a folder over itself, read-only.
func mountReadOnly(dir string) (release func(), err error) {
	if err := unix.Mount(dir, dir, "", unix.MS_BIND, ""); err != nil {
		return nil, err
	}
	if err := unix.Mount(dir, dir, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, ""); err != nil {
		unmount(dir)()
		return nil, err
	}
	return unmount(dir), nil
}

func unmount(dir string) func() {
	return func() { unix.Unmount(dir, unix.MNT_DETACH) } //nolint:errcheck // nothing else can be done
}

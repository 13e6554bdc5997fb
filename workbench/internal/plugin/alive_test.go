package plugin_test

import (
	"errors"
	"os"
	"syscall"
)

// alive tells whether a process with that id exists.
func alive(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	return !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

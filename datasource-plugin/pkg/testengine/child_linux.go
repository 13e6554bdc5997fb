package testengine

import (
	"os/exec"
	"syscall"
)

// tie lets the store end with the tests even when a panic keeps them from cleaning up.
func tie(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
}

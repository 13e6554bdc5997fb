package plugin

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// Pdeathsig makes the kernel end a child with its parent even when the parent is killed outright, but it is bound to
// the OS thread that started the child: so all children start on one thread that lives as long as the host.
var (
	spawner     = make(chan func())
	spawnerOnce sync.Once
)

func spawn(start func()) {
	spawnerOnce.Do(func() {
		go func() {
			runtime.LockOSThread()
			for work := range spawner {
				work()
			}
		}()
	})
	done := make(chan struct{})
	spawner <- func() { defer close(done); start() }
	<-done
}

func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

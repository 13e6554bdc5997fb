package plugin

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
)

// Backend keeps one plugin's process alive: it starts it again when it died, and when its binary was built anew.
type Backend struct {
	binary         string
	grafanaVersion string
	logger         hclog.Logger

	mu      sync.Mutex
	current *run
	stamp   string // of the binary that current runs
	failed  error  // why there is no current, to say so without a new try until retryAt
	retryAt time.Time
	closed  bool
}

// ErrNoService says that a backend lacks the service it was asked for.
var ErrNoService = errors.New("the plugin's backend does not offer this service")

// NewBackend starts nothing; the first call or Watch does.
func NewBackend(manifest Manifest, grafanaVersion string, logger hclog.Logger) *Backend {
	return &Backend{binary: manifest.Binary(), grafanaVersion: grafanaVersion, logger: logger.Named(manifest.ID)}
}

// acquire returns the live run and a func that gives it back.
func (b *Backend) acquire() (*run, func(), error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.ensure(); err != nil {
		return nil, nil, err
	}
	r := b.current
	r.inFlight.Add(1)
	return r, r.inFlight.Done, nil
}

// ensure starts a process where there is none; with b.mu held. A failing start is tried again after a second.
func (b *Backend) ensure() error {
	if b.closed {
		return errors.New("the workbench is stopping")
	}
	if b.current != nil && !b.current.client.Exited() {
		return nil
	}
	if b.current != nil {
		b.logger.Warn("the backend died; starting it again", "binary", b.binary)
		b.current.client.Kill()
		b.current = nil
	}
	if b.failed != nil && time.Now().Before(b.retryAt) {
		return b.failed
	}
	stamp := stampOf(b.binary)
	r, err := start(b.binary, b.grafanaVersion, b.logger)
	if err != nil {
		b.failed, b.retryAt = err, time.Now().Add(time.Second)
		return err
	}
	b.current, b.stamp, b.failed = r, stamp, nil
	return nil
}

// Watch keeps the process running until ctx ends, looking every interval; then it kills it and returns.
func (b *Backend) Watch(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	changed, said := "", ""
	for {
		b.mu.Lock()
		if err := b.ensure(); err != nil && err.Error() != said {
			said = err.Error()
			b.logger.Error("no backend", "error", err)
		} else if err == nil {
			said = ""
		}
		stamp, running := stampOf(b.binary), b.stamp
		b.mu.Unlock()
		// A changed binary must look the same twice: a linker may still be writing it.
		if stamp != "" && stamp != running && stamp == changed {
			b.replace(stamp)
		}
		changed = stamp
		select {
		case <-ctx.Done():
			b.close()
			return
		case <-ticker.C:
		}
	}
}

// replace swaps in a process of the new binary; the old one goes on when that does not start.
func (b *Backend) replace(stamp string) {
	next, err := start(b.binary, b.grafanaVersion, b.logger)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stamp = stamp
	if err != nil {
		b.logger.Error("the new backend does not start; the old one goes on", "error", err)
		return
	}
	if b.closed {
		next.client.Kill()
		return
	}
	b.logger.Info("the backend was built anew; using it")
	old := b.current
	b.current, b.failed = next, nil
	if old != nil {
		go old.retire()
	}
}

func (b *Backend) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.current != nil {
		b.current.client.Kill()
	}
}

// stampOf changes with the file; ” when there is none.
func stampOf(binary string) string {
	info, err := os.Stat(binary)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
}

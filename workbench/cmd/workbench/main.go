// Command workbench serves the project's plugins where there is no Grafana. See ../../README.md for what it is not.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/fireplot/fireplot/workbench/internal/plugin"
	"github.com/fireplot/fireplot/workbench/internal/provision"
	"github.com/fireplot/fireplot/workbench/internal/server"
)

// Exit codes: 1 is a failure while running, 2 something the caller must mend first.
const (
	exitFailed = 1
	exitUsage  = 2
)

// Answers of several MiB pass through a small heap: at Go's own pace the collector would run several times each.
const collectorPace = 400

func main() {
	debug.SetGCPercent(collectorPace)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run wires everything in order, serves until ctx ends, and stops in reverse.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return usage(stderr, err)
	}
	logger := hclog.New(&hclog.LoggerOptions{Name: "workbench", Output: stderr, Level: opts.level})
	config, backends, err := load(opts, logger)
	if err != nil {
		return usage(stderr, err)
	}
	listener, err := listen(opts.addr)
	if err != nil {
		return usage(stderr, err)
	}
	live, endLive := context.WithCancel(ctx)
	defer endLive()
	handler := server.New(live, config)

	var watchers sync.WaitGroup
	watch, endWatch := context.WithCancel(context.WithoutCancel(ctx))
	for _, backend := range backends {
		watchers.Go(func() { backend.Watch(watch, time.Second) })
	}
	defer watchers.Wait()
	defer endWatch()

	httpServer := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ErrorLog: logger.StandardLogger(nil)}
	served := make(chan error, 1)
	go func() { served <- httpServer.Serve(listener) }()
	ready, _ := json.Marshal(map[string]any{"ready": true, "url": "http://" + listener.Addr().String()})
	fmt.Fprintln(stdout, string(ready))

	select {
	case err := <-served:
		fmt.Fprintf(stderr, "workbench: serving failed: %v\n", err)
		return exitFailed
	case <-ctx.Done():
	}
	endLive()
	grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if httpServer.Shutdown(grace) != nil {
		_ = httpServer.Close()
	}
	return 0
}

func usage(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "workbench: %v\n", err)
	return exitUsage
}

// load reads the plugins and the provisioning; what Grafana would refuse at its start is an error here too.
func load(opts options, logger hclog.Logger) (server.Config, []*plugin.Backend, error) {
	config := server.Config{PageDir: opts.page, Logger: logger, Now: time.Now}
	var backends []*plugin.Backend
	for _, dir := range opts.plugins {
		manifest, err := plugin.ReadManifest(dir)
		if err != nil {
			return config, nil, err
		}
		hosted := server.Plugin{Manifest: manifest}
		if manifest.Backend {
			backend := plugin.NewBackend(manifest, server.GrafanaVersion, logger)
			hosted.Backend = backend
			backends = append(backends, backend)
		}
		config.Plugins = append(config.Plugins, hosted)
	}
	var err error
	if config.DataSources, err = provision.DataSources(filepath.Join(opts.provisioning, "datasources"), os.Getenv); err != nil {
		return config, nil, err
	}
	providers, err := provision.Providers(filepath.Join(opts.provisioning, "dashboards"), os.Getenv)
	if err != nil {
		return config, nil, err
	}
	config.Dashboards = provision.NewDashboards(providers)
	_, problems := config.Dashboards.All()
	for _, problem := range problems {
		logger.Warn("a dashboard is left out", "reason", problem)
	}
	if config.AlertRules, err = provision.AlertRules(filepath.Join(opts.provisioning, "alerting"), os.Getenv); err != nil {
		return config, nil, err
	}
	if _, err := os.Stat(filepath.Join(opts.page, "index.html")); err != nil {
		return config, nil, fmt.Errorf("%s holds no built page; run: npm run build -w workbench", opts.page)
	}
	return config, backends, nil
}

// listen refuses everything but loopback: whoever reaches this server may read and change all of it.
func listen(addr string) (net.Listener, error) {
	resolved, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("-addr %s is no address: %w", addr, err)
	}
	if resolved.IP == nil || !resolved.IP.IsLoopback() {
		return nil, fmt.Errorf("-addr %s is not on loopback; the workbench has no log-in, so use 127.0.0.1", addr)
	}
	listener, err := net.Listen("tcp", resolved.String())
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("port %d is in use; stop what listens there or choose another with -addr", resolved.Port)
	} else if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", addr, err)
	}
	return listener, nil
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fireplot/fireplot/workbench/internal/plugintest"
)

// folders are a provisioning folder, a page and a plugin that start.
func folders(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, content string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("page/index.html", "<!doctype html>")
	put("provisioning/datasources/a.yaml", "apiVersion: 1\ndatasources: [{name: T, uid: t, type: "+plugintest.ID+"}]")
	return []string{
		"-provisioning", filepath.Join(dir, "provisioning"), "-page", filepath.Join(dir, "page"),
		"-plugin", plugintest.Dir(t, "1").Dir,
	}
}

func TestServesUntilItIsStoppedAndSaysWhere(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	read, write := io.Pipe()
	var logs bytes.Buffer
	code := make(chan int, 1)
	go func() { code <- run(ctx, append(folders(t), "-addr", "127.0.0.1:0"), write, &logs) }()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var ready struct {
		Ready bool
		URL   string
	}
	if err := json.Unmarshal([]byte(line), &ready); err != nil || !ready.Ready {
		t.Fatalf("the first line on stdout is %q, %v", line, err)
	}
	answer, err := http.Get(ready.URL + "/api/datasources/uid/t/health")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("health: %v, %v", answer, err)
	}
	answer.Body.Close()
	cancel()
	select {
	case got := <-code:
		if got != 0 {
			t.Errorf("exit code %d: %s", got, logs.String())
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not stop")
	}
}

func TestRefusesInOneSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	good := folders(t)
	with := func(more ...string) []string { return slices.Concat(good, more) }
	none := filepath.Join(t.TempDir(), "none")
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"a port in use", with("-addr", taken.Addr().String()), "in use"},
		{"an address that others reach", with("-addr", "0.0.0.0:0"), "loopback"},
		{"no address", with("-addr", "127.0.0.1:http-nope"), "address"},
		{"a page that is not built", with("-page", none), "npm run build -w workbench"},
		{"a plugin that is not built", with("-plugin", none), "build it first"},
		{"no plugin", []string{"-page", none}, "-plugin"},
		{"an unknown option", []string{"-nope"}, "nope"},
		{"an argument too many", with("more"), "more"},
		{"an unknown level", with("-log-level", "loud"), "loud"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(context.Background(), c.args, &stdout, &stderr); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			text := stderr.String()
			if !strings.Contains(text, c.want) || strings.Count(strings.TrimSpace(text), "\n") != 0 || stdout.Len() != 0 {
				t.Errorf("stderr %q, stdout %q; want one sentence with %q", text, stdout.String(), c.want)
			}
		})
	}
}

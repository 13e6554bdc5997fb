// Package testengine starts a real store for tests: `fireplot serve` on an empty folder, so the embedded engine behind
// ClickHouse's HTTP interface with the migrations applied. Tests put rows in by SQL and ask as the data source does.
package testengine

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Engine is a running store.
type Engine struct {
	// URL of its HTTP interface.
	URL *url.URL
	// Token is Writer's password; it stands in the store's folder, for the owner.
	Token string
}

// Writer may write, and see databases that readers may not.
const Writer = "fireplot-writer"

// How long the command may take to end before it is made to.
const patience = 20 * time.Second

// Start runs the store until the test, and those under it, are done. Without a built ingest the test fails and says so.
func Start(t testing.TB) *Engine {
	t.Helper()
	root := repository()
	if _, err := os.Stat(filepath.Join(root, "ingest", "dist", "main.js")); err != nil {
		t.Fatal("the store that this test asks is not built: run `npm run build -w ingest` in the repository first")
	}
	folder := t.TempDir()
	command := exec.Command("node", filepath.Join(root, "ingest", "bin", "fireplot.js"), "serve",
		"--store", folder, "--syslog", "off", "--health", "off", "--http", "0", "--own", "192.0.2.99/32")
	command.Dir = folder
	tie(command)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatalf("the store does not start: %v", err)
	}
	t.Cleanup(func() { stop(command) })
	// The line that it prints says that it is ready; serve.json says where, and how to write.
	if _, err := bufio.NewReader(stdout).ReadString('\n'); err != nil {
		t.Fatalf("the store did not become ready: %v\n%s", err, complaints.String())
	}
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
	text, err := os.ReadFile(filepath.Join(folder, "serve.json"))
	if err != nil {
		t.Fatal(err)
	}
	var serving struct{ URL, Token string }
	if err := json.Unmarshal(text, &serving); err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(serving.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	return &Engine{URL: address, Token: serving.Token}
}

// stop asks the command to end, and makes it when it does not.
func stop(command *exec.Cmd) {
	_ = command.Process.Signal(syscall.SIGTERM)
	killer := time.AfterFunc(patience, func() { _ = command.Process.Kill() })
	defer killer.Stop()
	_ = command.Wait()
}

// Exec writes: DDL or INSERT.
func (e *Engine) Exec(t testing.TB, statement string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, e.URL.String(), strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-ClickHouse-User", Writer)
	request.Header.Set("X-ClickHouse-Key", e.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if body, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", statement, body)
	}
}

func repository() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..")
}

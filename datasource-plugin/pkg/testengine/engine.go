// Package testengine starts a real store for tests: the embedded engine behind ClickHouse's HTTP interface, the
// migrations applied. Tests put rows in by SQL and ask as the data source does.
package testengine

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Engine is a running store.
type Engine struct {
	// URL of its HTTP interface.
	URL string
}

// Start runs the engine until the test, and those under it, are done.
func Start(t testing.TB) *Engine {
	t.Helper()
	command := exec.Command("node", filepath.Join(folder(), "serve.mjs"))
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatalf("the engine does not start: %v", err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		_ = command.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the engine did not print its address: %v", err)
	}
	return &Engine{URL: strings.TrimSpace(line)}
}

// Exec writes: DDL or INSERT.
func (e *Engine) Exec(t testing.TB, statement string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, e.URL+"/", strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("x-fireplot-write", "1")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", statement, body)
	}
}

func folder() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(file)
}

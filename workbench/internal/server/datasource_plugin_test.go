package server_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fireplot/fireplot/workbench/internal/plugin"
	"github.com/fireplot/fireplot/workbench/internal/provision"
)

const sourceDir = "../../../datasource-plugin"

// dataSourcePlugin is the project's data source: its built folder, or else its manifest and a backend built for this test.
func dataSourcePlugin(t *testing.T) plugin.Manifest {
	t.Helper()
	if manifest, err := plugin.ReadManifest(filepath.Join(sourceDir, "dist")); err == nil {
		if _, err := os.Stat(manifest.Binary()); err == nil {
			return manifest
		}
	}
	dir := t.TempDir()
	text, err := os.ReadFile(filepath.Join(sourceDir, "src", "plugin.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the data source's sources are not beside the workbench")
	}
	put(t, filepath.Join(dir, "plugin.json"), string(text))
	manifest, err := plugin.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", manifest.Binary(), "./pkg")
	build.Dir = sourceDir
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the data source: %v\n%s", err, text)
	}
	return manifest
}

// freePort is a port on which nothing listens.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func TestTheProjectsDataSourceRunsInTheHost(t *testing.T) {
	h := serve(t, dataSourcePlugin(t), []provision.DataSource{{
		UID: "fireplot", Name: "Fireplot", Type: "fireplot-firewall-datasource", URL: "http://" + freePort(t),
		JSONData: json.RawMessage(`{"database":"fireplot"}`),
	}})
	// There is no store at that port: the real backend says so, and the host passes it on as Grafana would.
	got := read[queryAnswer](h, http.StatusBadRequest, h.call("POST", "/api/ds/query",
		`{"from":"now-1h","to":"now","queries":[{"refId":"A","queryType":"top","datasource":{"uid":"fireplot"}}]}`))
	if got.Results["A"].Error == "" {
		t.Errorf("the backend's reason is missing: %+v", got.Results)
	}
	health := read[struct{ Status, Message string }](h, http.StatusBadRequest, h.call("GET", "/api/datasources/uid/fireplot/health", ""))
	if health.Status != "ERROR" || health.Message == "" {
		t.Errorf("%+v", health)
	}
}

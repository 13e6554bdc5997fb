// Package plugintest builds real plugins for the host's tests.
package plugintest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/fireplot/fireplot/workbench/internal/plugin"
)

// ID is the test plugin's id.
const ID = "fireplot-test-datasource"

var (
	mu    sync.Mutex
	built = map[string][]byte{}
)

// Dir makes a plugin folder with the test plugin's backend of that version.
func Dir(t *testing.T, version string) plugin.Manifest {
	t.Helper()
	dir := t.TempDir()
	text, err := json.Marshal(map[string]any{
		"id": ID, "type": "datasource", "name": "Test", "backend": true, "executable": "gpx_test", "streaming": true,
		"info": map[string]any{"version": "0.0.1", "logos": map[string]string{"small": "img/logo.svg"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "plugin.json"), text, 0o644)
	write(t, filepath.Join(dir, "module.js"), []byte("define([], () => ({}))"), 0o644)
	manifest, err := plugin.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	Replace(t, manifest, version)
	return manifest
}

// Replace puts the test plugin's backend of another version in place, as a new build would.
func Replace(t *testing.T, manifest plugin.Manifest, version string) {
	t.Helper()
	fresh := manifest.Binary() + ".new"
	write(t, fresh, binary(t, version), 0o755)
	if err := os.Rename(fresh, manifest.Binary()); err != nil {
		t.Fatal(err)
	}
}

func binary(t *testing.T, version string) []byte {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if built[version] == nil {
		out := filepath.Join(t.TempDir(), "plugin")
		build := exec.Command("go", "build", "-o", out, "-ldflags", "-s -w -X main.version="+version,
			"github.com/fireplot/fireplot/workbench/internal/testplugin")
		if text, err := build.CombinedOutput(); err != nil {
			t.Fatal(fmt.Errorf("building the test plugin: %w\n%s", err, text))
		}
		content, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		built[version] = content
	}
	return built[version]
}

func write(t *testing.T, file string, content []byte, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(file, content, mode); err != nil {
		t.Fatal(err)
	}
}

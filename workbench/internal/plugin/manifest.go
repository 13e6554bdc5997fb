// Package plugin runs a plugin's backend as Grafana does: its own process, gRPC by go-plugin, a filtered environment.
package plugin

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
)

// Manifest is a built plugin: its folder and its plugin.json.
type Manifest struct {
	Dir        string
	ID         string
	Type       string // panel, datasource
	Name       string
	Version    string
	Backend    bool
	Executable string
	// JSON is the whole plugin.json; the page needs nearly all of it.
	JSON map[string]any
}

var validID = regexp.MustCompile(`^[a-z0-9-]{1,100}$`)

// ReadManifest reads dir/plugin.json.
func ReadManifest(dir string) (Manifest, error) {
	file := filepath.Join(dir, "plugin.json")
	text, err := os.ReadFile(file)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s holds no built plugin (%w); build it first", dir, err)
	}
	var head struct {
		ID, Type, Name, Executable string
		Backend                    bool
		Info                       struct{ Version string }
	}
	manifest := Manifest{Dir: dir}
	if err := json.Unmarshal(text, &head); err != nil {
		return Manifest{}, fmt.Errorf("%s: %w", file, err)
	}
	if err := json.Unmarshal(text, &manifest.JSON); err != nil {
		return Manifest{}, fmt.Errorf("%s: %w", file, err)
	}
	if !validID.MatchString(head.ID) {
		return Manifest{}, fmt.Errorf("%s: %q is not a plugin id", file, head.ID)
	}
	if head.Type != "panel" && head.Type != "datasource" {
		return Manifest{}, fmt.Errorf("%s: type %q; the workbench hosts panels and data sources", file, head.Type)
	}
	if head.Backend && head.Executable == "" {
		return Manifest{}, fmt.Errorf("%s: a backend needs an executable", file)
	}
	manifest.ID, manifest.Type, manifest.Name, manifest.Version = head.ID, head.Type, head.Name, head.Info.Version
	manifest.Backend, manifest.Executable = head.Backend, head.Executable
	return manifest, nil
}

// Binary is where Grafana looks for the backend on this machine.
func (m Manifest) Binary() string {
	name := fmt.Sprintf("%s_%s_%s", m.Executable, runtime.GOOS, runtime.GOARCH)
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(m.Dir, name)
}

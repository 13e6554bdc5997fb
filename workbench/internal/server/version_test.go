package server_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/fireplot/fireplot/workbench/internal/server"
)

func TestGrafanaVersionIsThatOfThePagesPackages(t *testing.T) {
	text, err := os.ReadFile("../../package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ DevDependencies map[string]string }
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"@grafana/data", "@grafana/ui", "@grafana/runtime", "@grafana/schema"} {
		if got := manifest.DevDependencies[name]; got != server.GrafanaVersion {
			t.Errorf("%s is %q, GrafanaVersion is %q", name, got, server.GrafanaVersion)
		}
	}
}

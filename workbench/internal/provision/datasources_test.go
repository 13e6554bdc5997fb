package provision

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder writes files (path below it: content) and returns it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDataSourcesExpandAndType(t *testing.T) {
	dir := folder(t, map[string]string{"a.yaml": `
apiVersion: 1
datasources:
  - name: One
    uid: one
    type: x-y-datasource
    url: ${URL}
    isDefault: true
    basicAuth: ${AUTH}
    basicAuthUser: ${USER_UNSET}
    editable: true
    jsonData:
      port: ${PORT}
      quoted: "${PORT}"
      literal: "8123"
      timeout: 30
      rate: ${RATE}
      flag: ${AUTH}
      hex: ${HEX}
      text: a${PORT}
      nested: { list: ["${PORT}", "$$x"] }
    secureJsonData:
      basicAuthPassword: ${SECRET}
`, "notes.txt": "not yaml: ["})
	got, err := DataSources(dir, env(map[string]string{
		"URL": "http://h:1", "AUTH": "true", "PORT": "8123", "RATE": "1.5e3", "HEX": "0x10", "SECRET": "007",
	}))
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d data sources, %v", len(got), err)
	}
	ds := got[0]
	if ds.URL != "http://h:1" || !ds.BasicAuth || ds.BasicAuthUser != "" || !ds.IsDefault || !ds.Editable || ds.Access != "proxy" {
		t.Errorf("fields: %+v", ds)
	}
	if ds.SecureJSONData["basicAuthPassword"] != "007" {
		t.Errorf("a secret stays text, got %q", ds.SecureJSONData["basicAuthPassword"])
	}
	var settings map[string]any
	if err := json.Unmarshal(ds.JSONData, &settings); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"port": 8123.0, "quoted": 8123.0, "literal": "8123", "timeout": 30.0, "rate": 1500.0, "flag": "true", "hex": "0x10", "text": "a8123",
	} {
		if settings[key] != want {
			t.Errorf("jsonData.%s = %#v, want %#v", key, settings[key], want)
		}
	}
	if text, _ := json.Marshal(settings["nested"]); string(text) != `{"list":[8123,"$x"]}` {
		t.Errorf("nested: %s", text)
	}
}

func TestDataSourcesOfTheProject(t *testing.T) {
	got, err := DataSources("../../../provisioning/datasources", env(map[string]string{"FIREPLOT_CLICKHOUSE_URL": "http://127.0.0.1:8123"}))
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	if ds := got[0]; ds.UID != "fireplot" || ds.URL != "http://127.0.0.1:8123" || ds.BasicAuthUser != "" || !ds.IsDefault {
		t.Errorf("%+v", ds)
	}
}

func TestDataSourcesWithoutUIDGetGrafanas(t *testing.T) {
	dir := folder(t, map[string]string{"a.yml": "apiVersion: 1\ndatasources: [{name: Loki, type: loki}]"})
	got, err := DataSources(dir, env(nil))
	// What Grafana itself names a provisioned "Loki" without a uid.
	if err != nil || len(got) != 1 || got[0].UID != "P8E80F9AEF21F6940" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDataSourcesRefuse(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"broken YAML", "datasources: [", "not valid YAML"},
		{"another version", "apiVersion: 2\ndatasources: [{name: a, type: b}]", "apiVersion"},
		{"no type", "apiVersion: 1\ndatasources: [{name: a}]", "type"},
		{"one uid twice", "apiVersion: 1\ndatasources: [{name: a, type: t, uid: u}, {name: b, type: t, uid: u}]", "twice"},
		{"two defaults", "apiVersion: 1\ndatasources: [{name: a, type: t, isDefault: true}, {name: b, type: t, isDefault: true}]", "isDefault"},
		{"a word where a boolean belongs", "apiVersion: 1\ndatasources: [{name: a, type: t, basicAuth: perhaps}]", "a.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := DataSources(folder(t, map[string]string{"a.yaml": c.content}), env(nil))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

func TestMissingFolderHasNothing(t *testing.T) {
	if got, err := DataSources(filepath.Join(t.TempDir(), "none"), env(nil)); err != nil || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

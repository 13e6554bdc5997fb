package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/fireplot/fireplot/workbench/internal/plugin"
	"github.com/fireplot/fireplot/workbench/internal/plugintest"
	"github.com/fireplot/fireplot/workbench/internal/provision"
	"github.com/fireplot/fireplot/workbench/internal/server"
)

// host is a workbench on a real test plugin, with the data sources `test` (editable), `fixed` (not) and `ill`.
type host struct {
	t   *testing.T
	url string
}

func newHost(t *testing.T) host {
	t.Helper()
	manifest := plugintest.Dir(t, "1")
	source := func(uid string, editable bool, settings string) provision.DataSource {
		return provision.DataSource{
			UID: uid, Name: "Test " + uid, Type: plugintest.ID, Access: "proxy", URL: "http://store", Editable: editable,
			IsDefault: uid == "test", JSONData: json.RawMessage(settings), SecureJSONData: map[string]string{"secret": "s3cret"},
		}
	}
	sources := []provision.DataSource{
		source("test", true, `{"a":1}`), source("fixed", false, `{}`), source("ill", true, `{"ill":true}`),
		{UID: "other", Name: "Other", Type: "not-here-datasource", JSONData: json.RawMessage(`{}`)},
	}
	return serve(t, manifest, sources)
}

func serve(t *testing.T, manifest plugin.Manifest, sources []provision.DataSource) host {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	backend := plugin.NewBackend(manifest, server.GrafanaVersion, hclog.NewNullLogger())
	done := make(chan struct{})
	go func() { backend.Watch(ctx, 100*time.Millisecond); close(done) }()

	page := t.TempDir()
	put(t, filepath.Join(page, "index.html"), "<!doctype html><title>page</title>")
	put(t, filepath.Join(page, "build", "boot-ABCDEFGH.js"), "1")
	put(t, filepath.Join(page, "build", "img", "icons", "missing.svg"), "<svg/>")
	put(t, filepath.Join(filepath.Dir(page), "outside.txt"), "outside")
	boards := t.TempDir()
	put(t, filepath.Join(boards, "a.json"), `{"uid":"a","title":"Fire & plot","tags":["x","y"],"panels":[]}`)
	put(t, filepath.Join(boards, "b.json"), `{"uid":"b","title":"Other","tags":["x"],"panels":[]}`)

	handler := server.New(ctx, server.Config{
		Plugins:     []server.Plugin{{Manifest: manifest, Backend: backend}},
		DataSources: sources,
		Dashboards:  provision.NewDashboards([]provision.Provider{{Name: "p", Folder: "F", Path: boards}}),
		AlertRules:  []provision.AlertRule{{UID: "r", Title: "Rule"}},
		PageDir:     page, Logger: hclog.NewNullLogger(), Now: time.Now,
	})
	listener := httptest.NewServer(handler)
	t.Cleanup(func() { cancel(); listener.CloseClientConnections(); listener.Close(); <-done })
	return host{t, listener.URL}
}

func put(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// call sends a request; change may alter it before it goes out.
func (h host) call(method, path, body string, change ...func(*http.Request)) answer {
	h.t.Helper()
	request, err := http.NewRequest(method, h.url+path, bytes.NewBufferString(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, each := range change {
		each(request)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, text}
}

// read decodes an answer that must have that status.
func read[T any](h host, status int, got answer) T {
	h.t.Helper()
	var out T
	if got.status != status {
		h.t.Fatalf("status %d, want %d: %s", got.status, status, got.body)
	}
	if err := json.Unmarshal(got.body, &out); err != nil {
		h.t.Fatalf("%v in %s", err, got.body)
	}
	return out
}

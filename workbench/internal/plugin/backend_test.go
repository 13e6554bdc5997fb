package plugin_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/hashicorp/go-hclog"

	"github.com/fireplot/fireplot/workbench/internal/plugin"
	"github.com/fireplot/fireplot/workbench/internal/plugintest"
)

type echo struct {
	Version string
	PID     int
	Env     []string
}

func ask(b *plugin.Backend, queryType string) (echo, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	answer, err := b.QueryData(ctx, &backend.QueryDataRequest{
		PluginContext: backend.PluginContext{
			OrgID: 1, PluginID: plugintest.ID, User: &backend.User{Login: "me"},
			DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{UID: "u", JSONData: []byte(`{}`), Updated: time.Unix(1, 0)},
		},
		Queries: []backend.DataQuery{{RefID: "A", QueryType: queryType, JSON: []byte(`{}`)}},
	})
	if err != nil {
		return echo{}, err
	}
	var out echo
	text, _ := answer.Responses["A"].Frames[0].At(0, 0).(string)
	return out, json.Unmarshal([]byte(text), &out)
}

// eventually asks again until the answer suits; restarting is the watcher's work and takes its time.
func eventually(t *testing.T, what string, try func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if try() {
			return
		}
	}
	t.Fatal("never happened: " + what)
}

// running starts a backend and its watcher, which has ended with its process when the test is over.
func running(t *testing.T, manifest plugin.Manifest) *plugin.Backend {
	t.Helper()
	b := plugin.NewBackend(manifest, "13.2.2", hclog.NewNullLogger())
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { b.Watch(ctx, 100*time.Millisecond); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	return b
}

func TestBackendAnswersAndSeesOnlyTheFilteredEnvironment(t *testing.T) {
	t.Setenv("FIREPLOT_CLICKHOUSE_URL", "http://secret")
	t.Setenv("NO_PROXY", "localhost")
	got, err := ask(running(t, plugintest.Dir(t, "1")), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"FIREPLOT_CLICKHOUSE_URL", "PATH", "HOME"} {
		if slices.Contains(got.Env, name) {
			t.Errorf("%s is passed on; Grafana does not", name)
		}
	}
	for _, name := range []string{"GF_VERSION", "NO_PROXY"} {
		if !slices.Contains(got.Env, name) {
			t.Errorf("%s is not passed on; Grafana does", name)
		}
	}
}

func TestBackendIsStartedAgainWhenItDies(t *testing.T) {
	b := running(t, plugintest.Dir(t, "1"))
	first, err := ask(b, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ask(b, "crash"); err == nil {
		t.Fatal("the query that kills the backend must fail")
	}
	eventually(t, "another process answers", func() bool {
		next, err := ask(b, "")
		return err == nil && next.PID != first.PID
	})
}

func TestBackendIsReplacedWhenItsBinaryIsBuiltAnew(t *testing.T) {
	manifest := plugintest.Dir(t, "1")
	b := running(t, manifest)
	if got, err := ask(b, ""); err != nil || got.Version != "1" {
		t.Fatalf("got %+v, %v", got, err)
	}
	plugintest.Replace(t, manifest, "2")
	eventually(t, "the new build answers", func() bool {
		got, err := ask(b, "")
		if err != nil {
			t.Fatalf("a query failed while the backend was replaced: %v", err)
		}
		return got.Version == "2"
	})
}

func TestOldBackendGoesOnWhenTheNewOneDoesNotStart(t *testing.T) {
	manifest := plugintest.Dir(t, "1")
	b := running(t, manifest)
	first, err := ask(b, "")
	if err != nil {
		t.Fatal(err)
	}
	broken := manifest.Binary() + ".new"
	if err := os.WriteFile(broken, []byte("#!/bin/false\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(broken, manifest.Binary()); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		time.Sleep(50 * time.Millisecond)
		if got, err := ask(b, ""); err != nil || got.PID != first.PID {
			t.Fatalf("got %+v, %v; want the process %d", got, err, first.PID)
		}
	}
}

func TestNoProcessIsLeftWhenTheHostStops(t *testing.T) {
	manifest := plugintest.Dir(t, "1")
	b := plugin.NewBackend(manifest, "13.2.2", hclog.NewNullLogger())
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { b.Watch(ctx, 100*time.Millisecond); close(done) }()
	got, err := ask(b, "")
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-done
	eventually(t, "the process is gone", func() bool { return !alive(got.PID) })
	if _, err := ask(b, ""); err == nil || !strings.Contains(err.Error(), "stopping") {
		t.Errorf("a stopped backend must not start again: %v", err)
	}
}

func TestBackendThatIsNotBuiltSaysSo(t *testing.T) {
	manifest := plugintest.Dir(t, "1")
	if err := os.Remove(manifest.Binary()); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(running(t, manifest), ""); err == nil || !strings.Contains(err.Error(), "not built") {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(manifest.Binary(), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the missing executable bit is named", func() bool {
		_, err := ask(running(t, manifest), "")
		return err != nil && strings.Contains(err.Error(), "not executable")
	})
}

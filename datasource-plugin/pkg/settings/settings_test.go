package settings

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func load(t *testing.T, url, json string) (*Settings, error) {
	t.Helper()
	return Load(context.Background(), backend.DataSourceInstanceSettings{URL: url, JSONData: []byte(json)})
}

func TestLoad_Success(t *testing.T) {
	f := func(json, database string, timeout time.Duration, rows int) {
		t.Helper()
		s, err := load(t, "http://127.0.0.1:8123", json)
		if err != nil {
			t.Fatalf("%s: %v", json, err)
		}
		if s.Database != database || s.QueryTimeout != timeout || s.MaxRows != rows {
			t.Errorf("%s: got %s, %s, %d", json, s.Database, s.QueryTimeout, s.MaxRows)
		}
		if s.HTTP.Timeouts.Timeout <= s.QueryTimeout {
			t.Errorf("%s: the HTTP client gives up at %s, before the query does", json, s.HTTP.Timeouts.Timeout)
		}
	}
	f(`{}`, "fireplot", 30*time.Second, 10_000)
	f(`{"database":"","queryTimeout":"","maxRows":null}`, "fireplot", 30*time.Second, 10_000)
	f(`{"database":" fw ","queryTimeout":5,"maxRows":20}`, "fw", 5*time.Second, 20)
	f(`{"queryTimeout":"5","maxRows":" 20 "}`, "fireplot", 5*time.Second, 20)
	f(`{"queryTimeout":1e1}`, "fireplot", 10*time.Second, 10_000)
}

func TestLoad_Failure(t *testing.T) {
	f := func(url, json, want string) {
		t.Helper()
		_, err := load(t, url, json)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s %s: got %v, want a sentence with %q", url, json, err, want)
		}
	}
	f("", `{}`, "no URL is set")
	f("127.0.0.1:8123", `{}`, "http://host:8123")
	f("localhost:8123", `{}`, "http://host:8123")
	f("ftp://host", `{}`, "http://host:8123")
	f("http://", `{}`, "http://host:8123")
	f("http://a b/", `{}`, "cannot be read")
	f("http://me:secret@host:8123", `{}`, "carries a user")
	f("http://h:1", `{"queryTimeout":"soon"}`, `query timeout (seconds) is "soon"`)
	f("http://h:1", `{"queryTimeout":0}`, "1 to 3600")
	f("http://h:1", `{"maxRows":-1}`, "1 to 1000000")
	f("http://h:1", `{"maxRows":1.5}`, "whole number")
	f("http://h:1", `{"maxRows":`, "cannot be read")
}

func TestLoad_neverPrintsAPassword(t *testing.T) {
	for _, url := range []string{"http://me:hunter2@host:8123", "http://me:hunter2@ho st", "http://me:hunter2@[::1"} {
		_, err := load(t, url, `{}`)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestLoad_emptyUserMeansNoAuthentication(t *testing.T) {
	f := func(user string, want bool) {
		t.Helper()
		s, err := Load(context.Background(), backend.DataSourceInstanceSettings{
			URL: "http://h:1", BasicAuthEnabled: true, BasicAuthUser: user,
			DecryptedSecureJSONData: map[string]string{"basicAuthPassword": "p"},
		})
		if err != nil {
			t.Fatal(err)
		}
		if (s.HTTP.BasicAuth != nil) != want {
			t.Errorf("user %q: authentication %v", user, s.HTTP.BasicAuth)
		}
	}
	f("", false)
	f("grafana", true)
}

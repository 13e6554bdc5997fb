package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/testengine"
)

var (
	engine *testengine.Engine
	day    = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
)

func TestMain(m *testing.M) {
	os.Exit(testengine.Main(m, func(t testing.TB, e *testengine.Engine) {
		engine = e
		e.Exec(t, `INSERT INTO fireplot.events (time, seq, sensor, action, proto, src_ip, dst_ip, dst_port, tcp_flags)
			SELECT toDateTime64('2026-11-22 00:00:00', 3, 'UTC') + toIntervalMinute(number % 1440), number, 'gw', 'drop', 6,
			toIPv6('::ffff:198.51.100.' || toString(number % 50)), toIPv6('::ffff:203.0.113.1'), number % 500 + 1, 2 FROM numbers(5000)`)
		e.Exec(t, "CREATE DATABASE empty")
		e.Exec(t, "CREATE DATABASE older")
		e.Exec(t, "CREATE TABLE older.migrations (version UInt32) ENGINE = MergeTree ORDER BY version")
		e.Exec(t, "INSERT INTO older.migrations VALUES (1), (2)")
	}))
}

func source(address, database string) backend.DataSourceInstanceSettings {
	return backend.DataSourceInstanceSettings{UID: "fireplot", URL: address, JSONData: fmt.Appendf(nil, `{"database":%q,"queryTimeout":"20"}`, database)}
}

// owner signs in as the one who may see every database.
func owner(database, token string) backend.DataSourceInstanceSettings {
	s := source(engine.URL.String(), database)
	s.BasicAuthEnabled, s.BasicAuthUser = true, testengine.Writer
	s.DecryptedSecureJSONData = map[string]string{"basicAuthPassword": token}
	return s
}

func instance(t testing.TB, s backend.DataSourceInstanceSettings) *Instance {
	t.Helper()
	made, err := New(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	i := made.(*Instance)
	t.Cleanup(i.Dispose)
	return i
}

func working(t testing.TB) *Instance { return instance(t, source(engine.URL.String(), "fireplot")) }

func request(queries ...string) *backend.QueryDataRequest {
	r := &backend.QueryDataRequest{Headers: map[string]string{}}
	for n, text := range queries {
		r.Queries = append(r.Queries, backend.DataQuery{
			RefID: string(rune('A' + n)), JSON: []byte(text), MaxDataPoints: 1500, Interval: time.Minute,
			TimeRange: backend.TimeRange{From: day, To: day.AddDate(0, 0, 1)},
		})
	}
	return r
}

func answers(t testing.TB, i *Instance, r *backend.QueryDataRequest) backend.Responses {
	t.Helper()
	response, err := i.QueryData(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return response.Responses
}

func TestHealth(t *testing.T) {
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	defer elsewhere.Close()
	f := func(name string, s backend.DataSourceInstanceSettings, status backend.HealthStatus, parts ...string) {
		t.Helper()
		result, err := instance(t, s).CheckHealth(context.Background(), &backend.CheckHealthRequest{})
		if err != nil {
			t.Fatal(err)
		}
		if result.Status != status {
			t.Errorf("%s: %v: %s", name, result.Status, result.Message)
		}
		for _, part := range parts {
			if !strings.Contains(result.Message, part) {
				t.Errorf("%s: %q lacks %q", name, result.Message, part)
			}
		}
		if !json.Valid(result.JSONDetails) {
			t.Errorf("%s: details %s", name, result.JSONDetails)
		}
	}
	address := engine.URL.String()
	f("all well", source(address, "fireplot"), backend.HealthStatusOk, "Fireplot store reached: ClickHouse 26.", "schema ", "5,000 events", "newest 2026-11-22 23:59:00 UTC")
	f("no URL", source("", "fireplot"), backend.HealthStatusError, "No URL is set")
	f("nobody there", source("http://127.0.0.1:1", "fireplot"), backend.HealthStatusError, "Nothing listens at 127.0.0.1:1", "fireplot serve")
	f("someone else", source(elsewhere.URL, "fireplot"), backend.HealthStatusError, "not as ClickHouse's HTTP interface")
	f("all well for the owner", owner("fireplot", engine.Token), backend.HealthStatusOk, "schema ", "5,000 events")
	f("wrong password", owner("fireplot", "guessed"), backend.HealthStatusError, "Check user and password")
	f("no such database", source(address, "nowhere"), backend.HealthStatusError, "nowhere", "fireplot migrate")
	f("no database that a reader may see", source(address, "older"), backend.HealthStatusError, `no database "older" that this user may see`, "grant")
	f("no schema", owner("empty", engine.Token), backend.HealthStatusError, `"empty" holds no fireplot schema`, "fireplot migrate")
	f("old schema", owner("older", engine.Token), backend.HealthStatusError, "schema is at version 2", "needs 67", "fireplot migrate")
}

func TestQueryData_answersEachQueryByItself(t *testing.T) {
	queries := []string{`{"queryType":"fireplot"}`, `{"queryType":"nope"}`, `{"queryType":"top"}`, `{"queryType":"sql","rawSql":"SELEC"}`, `not json`,
		`{"queryType":"events"}`, `{"queryType":"sql","rawSql":"SELECT 1"}`, `{"queryType":"variable","column":"sensor"}`, `{"queryType":"fireplot","maxCells":100}`}
	responses := answers(t, working(t), request(queries...))
	if len(responses) != len(queries) {
		t.Fatalf("%d answers", len(responses))
	}
	for n, text := range queries {
		response := responses[string(rune('A'+n))]
		if bad := n == 1 || n == 3 || n == 4; bad != (response.Error != nil) {
			t.Errorf("%s: %v", text, response.Error)
		} else if bad && (response.ErrorSource != backend.ErrorSourceDownstream || response.Status != backend.StatusBadRequest) {
			t.Errorf("%s: blames %s with status %d", text, response.ErrorSource, response.Status)
		}
		if response.Error == nil {
			if _, err := json.Marshal(response); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
}

func TestQueryData_tellsWhatIsWrongWithTheStore(t *testing.T) {
	f := func(s backend.DataSourceInstanceSettings, status backend.Status, part string) {
		t.Helper()
		response := answers(t, instance(t, s), request(`{"queryType":"fireplot"}`))["A"]
		if response.Error == nil || response.Status != status || response.ErrorSource != backend.ErrorSourceDownstream || !strings.Contains(response.Error.Error(), part) {
			t.Errorf("status %d, %s: %v; want %d, %q", response.Status, response.ErrorSource, response.Error, status, part)
		}
	}
	address := engine.URL.String()
	f(source("", "fireplot"), backend.StatusBadRequest, "no URL is set")
	f(source("http://127.0.0.1:1", "fireplot"), backend.StatusBadGateway, "nothing listens")
	f(source(address, "nowhere"), backend.StatusNotFound, "nowhere")
	f(owner("fireplot", "guessed"), backend.StatusUnauthorized, "Check user and password")
	f(owner("empty", engine.Token), backend.StatusNotFound, "no fireplot schema")
	f(owner("older", engine.Token), backend.StatusNotFound, "needs 67")
}

func TestQueryData_knowsRulesByTheirHeader(t *testing.T) {
	r := request(`{"queryType":"fireplot"}`, `{"queryType":"top"}`)
	r.Headers[backend.FromAlertHeaderName] = "true"
	responses := answers(t, working(t), r)
	if err := responses["A"].Error; err == nil || !strings.Contains(err.Error(), "a rule cannot evaluate") {
		t.Errorf("fireplot in a rule: %v", err)
	}
	if frames := responses["B"].Frames; len(frames) != 10 || frames[0].Meta.Type != "numeric-multi" {
		t.Errorf("top in a rule: %d frames, %v", len(frames), responses["B"].Error)
	}
}

func TestQueryData_takesGrafanasOwnQueryType(t *testing.T) {
	r := request(`{"by":"sensor"}`)
	r.Queries[0].QueryType = "top"
	if response := answers(t, working(t), r)["A"]; response.Error != nil || response.Frames[0].Fields[0].Name != "sensor" {
		t.Errorf("got %v", response.Error)
	}
}

func TestComment_saysWhoAsks(t *testing.T) {
	r := request()
	r.PluginContext.User = &backend.User{Login: "eve"}
	r.SetHTTPHeader("X-Dashboard-Uid", "day")
	r.SetHTTPHeader("X-Panel-Id", "7")
	r.SetHTTPHeader("X-Rule-Uid", "r")
	comment := commentOf(r, "A")
	if comment.User != "eve" || comment.Dashboard != "day" || comment.Panel != "7" || comment.Rule != "r" || comment.Query != "A" {
		t.Errorf("got %+v", comment)
	}
}

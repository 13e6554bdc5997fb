package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

type queryAnswer struct {
	Results map[string]struct {
		Status int
		Error  string
		Frames []struct {
			Schema struct{ Name, RefID string }
			Data   struct{ Values [][]any }
		}
	}
}

type asked struct {
	RefID, QueryType, Login, URL, Secret, From, To string
	Headers                                        map[string]string
	JSON                                           map[string]any
	Settings                                       map[string]any
	MaxDataPoints, IntervalMs, Instance            int64
}

func echoed(t *testing.T, got queryAnswer, refID string) asked {
	t.Helper()
	frames := got.Results[refID].Frames
	if len(frames) != 1 {
		t.Fatalf("%s has %d frames: %+v", refID, len(frames), got.Results[refID])
	}
	var out asked
	text, _ := frames[0].Data.Values[0][0].(string)
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestQueryRoundTrip(t *testing.T) {
	h := newHost(t)
	got := read[queryAnswer](h, http.StatusOK, h.call("POST", "/api/ds/query?ds_type=x&requestId=Q1", `{
		"from": "1795219200000", "to": "1795305600000",
		"queries": [
			{"refId": "A", "datasource": {"uid": "test", "type": "t"}, "queryType": "echo", "intervalMs": 60000.5, "maxDataPoints": 1500, "own": [1]},
			{"refId": "B", "datasource": {"uid": "fixed"}, "timeRange": {"from": "1795219200000", "to": "1795219260000"}}
		]}`, func(r *http.Request) {
		r.Header.Set("X-Dashboard-Uid", "fireplot-day")
		r.Header.Set("X-Panel-Id", "7")
		r.Header.Set("X-Datasource-Uid", "test")
		r.Header.Set("Cookie", "session=1")
	}))
	a, b := echoed(t, got, "A"), echoed(t, got, "B")
	if a.From != "2026-11-21T00:00:00Z" || a.To != "2026-11-22T00:00:00Z" {
		t.Errorf("time range: %s to %s", a.From, a.To)
	}
	if a.MaxDataPoints != 1500 || a.IntervalMs != 60000 || a.QueryType != "echo" || a.Login != "workbench" {
		t.Errorf("query: %+v", a)
	}
	if a.JSON["own"] == nil || a.JSON["refId"] != "A" {
		t.Errorf("the whole query must reach the backend: %v", a.JSON)
	}
	if a.URL != "http://store" || a.Secret != "s3cret" || a.Settings["a"] != 1.0 {
		t.Errorf("settings: %+v", a)
	}
	if a.Headers["http_X-Dashboard-Uid"] != "fireplot-day" || a.Headers["http_X-Panel-Id"] != "7" || a.Headers["http_X-Datasource-Uid"] != "test" {
		t.Errorf("headers: %v", a.Headers)
	}
	for name := range a.Headers {
		if strings.Contains(strings.ToLower(name), "cookie") {
			t.Errorf("cookies must not reach the backend: %v", a.Headers)
		}
	}
	if b.To != "2026-11-21T00:01:00Z" {
		t.Errorf("a query's own range wins: %s", b.To)
	}
	if b.MaxDataPoints != 100 || b.IntervalMs != 1000 {
		t.Errorf("Grafana's defaults: %+v", b)
	}
	if a.Instance == b.Instance {
		t.Error("two data sources must be two instances")
	}
}

func TestQueryIs400WhenAResponseIsAnError(t *testing.T) {
	h := newHost(t)
	got := read[queryAnswer](h, http.StatusBadRequest, h.call("POST", "/api/ds/query", `{"from":"now-1h","to":"now","queries":[
		{"refId":"A","queryType":"fail","datasource":{"uid":"test"}}, {"refId":"B","datasource":{"uid":"test"}}]}`))
	if got.Results["A"].Error != "the query is wrong" || got.Results["A"].Status != 400 {
		t.Errorf("A: %+v", got.Results["A"])
	}
	if echoed(t, got, "B").RefID != "B" {
		t.Error("the good answer must be there beside the bad one")
	}
}

func TestQueryRefuses(t *testing.T) {
	h := newHost(t)
	for _, c := range []struct {
		name, body, want string
		status           int
	}{
		{"no JSON", `{`, "bad request data", 400},
		{"no queries", `{"from":"now-1h","to":"now","queries":[]}`, "no queries", 400},
		{"an unknown data source", `{"from":"now-1h","to":"now","queries":[{"refId":"A","datasource":{"uid":"nope"}}]}`, "not found", 404},
		{"a time that is none", `{"from":"yesterday","to":"now","queries":[{"refId":"A","datasource":{"uid":"test"}}]}`, "yesterday", 400},
		{"a backend that dies over it", `{"from":"now-1h","to":"now","queries":[{"refId":"A","queryType":"crash","datasource":{"uid":"test"}}]}`, "backend failed", 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := read[struct{ Message string }](h, c.status, h.call("POST", "/api/ds/query", c.body))
			if !strings.Contains(got.Message, c.want) {
				t.Errorf("message %q, want %q in it", got.Message, c.want)
			}
		})
	}
}

func TestQueryFindsDataSourcesByNameAndDefault(t *testing.T) {
	h := newHost(t)
	for _, ref := range []string{`"Test test"`, `"test"`, `null`} {
		got := read[queryAnswer](h, http.StatusOK, h.call("POST", "/api/ds/query",
			`{"from":"now-1h","to":"now","queries":[{"refId":"A","datasource":`+ref+`}]}`))
		if echoed(t, got, "A").Settings["a"] != 1.0 {
			t.Errorf("%s must be the data source test", ref)
		}
	}
}

package plugin

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func call(t testing.TB, i *Instance, method, url, body string, into any) int {
	t.Helper()
	var answer *backend.CallResourceResponse
	path, _, _ := strings.Cut(url, "?")
	request := &backend.CallResourceRequest{Method: method, Path: path, URL: url, Body: []byte(body)}
	err := i.CallResource(context.Background(), request, backend.CallResourceResponseSenderFunc(func(r *backend.CallResourceResponse) error {
		answer = r
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		t.Fatalf("%s %s: %s: %v", method, url, answer.Body, err)
	}
	return answer.Status
}

func TestColumns(t *testing.T) {
	var list []struct {
		Name, Type, About, Kind string
		Words                   []string
	}
	if status := call(t, working(t), "GET", "columns", "", &list); status != 200 || len(list) != 44 {
		t.Fatalf("status %d, %d columns", status, len(list))
	}
	for _, column := range list {
		if column.Name == "" || column.Type == "" || column.About == "" || column.Kind == "" {
			t.Errorf("column %+v", column)
		}
		if column.Name == "action" && strings.Join(column.Words, " ") != "unknown allow drop reject alert" {
			t.Errorf("words %v", column.Words)
		}
	}
}

func TestValues(t *testing.T) {
	f := func(method, url, body, want string) {
		t.Helper()
		var list []struct{ Value string }
		status := call(t, working(t), method, url, body, &list)
		var got []string
		for _, value := range list {
			got = append(got, value.Value)
		}
		if status != 200 || strings.Join(got, " ") != want {
			t.Errorf("%s %s %s: %d %v, want %s", method, url, body, status, got, want)
		}
	}
	f("GET", "values?column=sensor", "", "gw")
	f("GET", "values?column=dst_port&limit=3&search=49", "", "49 149 249")
	f("GET", "values?column=src_ip&from=1795305600000&to=1795305660000", "", "198.51.100.0 198.51.100.20 198.51.100.30 198.51.100.40")
	f("GET", `values?column=dst_port&filters=[{"key":"dst_port","operator":"<","value":"3"}]`, "", "1 2")
	f("GET", "values?column=sensor&from=1&to=2", "", "")
	f("POST", "values", `{"column":"dst_port","limit":"1","filters":[{"key":"dst_port","operator":"=","value":"22"}]}`, "22")
	f("POST", "values", `{"column":"dst_port","limit":2,"from":1795305600000,"to":1795392000000}`, "1 2")
}

func TestSchema(t *testing.T) {
	var answer struct {
		Database string
		Tables   []struct {
			Name    string
			Columns []struct{ Name, Type string }
		}
		Functions []string
		Macros    []struct{ Name, Signature, About string }
	}
	if status := call(t, working(t), "GET", "schema", "", &answer); status != 200 {
		t.Fatalf("status %d", status)
	}
	tables := map[string]int{}
	for _, table := range answer.Tables {
		tables[table.Name] = len(table.Columns)
	}
	if answer.Database != "fireplot" || tables["events"] != 41 || tables["cells_1m"] != 6 || len(answer.Functions) < 500 || len(answer.Macros) < 20 {
		t.Errorf("%s, %v, %d functions, %d macros", answer.Database, tables, len(answer.Functions), len(answer.Macros))
	}
}

func TestNewest(t *testing.T) {
	var answer extent
	status := call(t, working(t), "GET", "newest", "", &answer)
	if status != 200 || answer.Events != 5000 || *answer.OldestMs != day.UnixMilli() || *answer.NewestMs != day.UnixMilli()+1439*60_000 {
		t.Errorf("%d: %+v", status, answer)
	}
}

func TestResources_Failure(t *testing.T) {
	f := func(i *Instance, method, url, body string, status int, part string) {
		t.Helper()
		var answer struct{ Message string }
		if got := call(t, i, method, url, body, &answer); got != status || !strings.Contains(answer.Message, part) {
			t.Errorf("%s %s: %d %q, want %d %q", method, url, got, answer.Message, status, part)
		}
	}
	i := working(t)
	f(i, "GET", "nothing", "", 404, "there is no resource GET /nothing")
	f(i, "GET", "values?column=port", "", 400, `cannot list "port"`)
	f(i, "GET", "values?column=sensor&from=soon", "", 400, "cannot be read")
	f(i, "GET", "values?column=sensor&from=2&to=1", "", 400, "empty")
	f(i, "GET", "values?column=sensor&filters=x", "", 400, "cannot be read")
	f(i, "GET", "values?column=sensor&limit=x", "", 400, "limit")
	f(i, "POST", "values", `{`, 400, "cannot be read")
	f(i, "GET", `values?column=sensor&filters=[{"key":"nope","operator":"=","value":""}]`, "", 400, "no such column")
	f(instance(t, source("", "fireplot")), "GET", "newest", "", 400, "no URL is set")
	f(instance(t, source("http://127.0.0.1:1", "fireplot")), "GET", "schema", "", 502, "nothing listens")
}

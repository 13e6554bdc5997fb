package plugin

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// Answers travel to Grafana as Arrow and to the page as JSON: neither may change or refuse what is in them.
func TestQueryData_survivesTheWire(t *testing.T) {
	queries := []string{
		`{"queryType":"fireplot"}`,
		`{"queryType":"fireplot","filters":[{"key":"dst_ip","operator":"=","value":"10.0.0.1"}]}`,
		`{"queryType":"cell","cell":{"from":1795305600000,"to":1795392000000,"portFrom":0.5,"portTo":65536}}`,
		`{"queryType":"events"}`, `{"queryType":"events","format":"table","limit":3}`, `{"queryType":"events","format":"volume"}`,
		`{"queryType":"top"}`, `{"queryType":"top","format":"numeric"}`, `{"queryType":"top","format":"timeseries"}`,
		`{"queryType":"sql","rawSql":"SELECT 0/0 AS nan, 1/0 AS inf, NULL AS n, now() AS t, [1] AS a, map('k', 1) AS m, 18446744073709551615 AS u"}`,
		`{"queryType":"sql","format":"timeseries","rawSql":"SELECT now() AS t, 0/0 AS n"}`,
		`{"queryType":"sql","format":"numeric","rawSql":"SELECT 1 AS n WHERE 0"}`,
		`{"queryType":"variable","column":"sensor"}`,
	}
	response, err := working(t).QueryData(t.Context(), request(queries...))
	if err != nil {
		t.Fatal(err)
	}
	wire, err := backend.ToProto().QueryDataResponse(backend.DataFrameFormat_ARROW, response)
	if err != nil {
		t.Fatal(err)
	}
	arrived, err := backend.FromProto().QueryDataResponse(wire)
	if err != nil {
		t.Fatal(err)
	}
	for n, text := range queries {
		ref := string(rune('A' + n))
		if response.Responses[ref].Error != nil {
			t.Errorf("%s: %v", text, response.Responses[ref].Error)
			continue
		}
		want, got := plain(t, response.Responses[ref].Frames), plain(t, arrived.Responses[ref].Frames)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n sent %.600v\n came %.600v", text, want, got)
		}
	}
}

// plain is what the page reads.
func plain(t testing.TB, frames data.Frames) (value any) {
	t.Helper()
	text, err := json.Marshal(frames)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

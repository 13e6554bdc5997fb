package query

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// alert is a query as Grafana's rule engine sends it: no editor filled anything in.
func alert(t testing.TB, query map[string]any, points int64) Request {
	t.Helper()
	r := request(t, query)
	r.Alert, r.Points, r.Interval = true, points, time.Second
	return r
}

func TestAlert_refusesWhatNoRuleCanEvaluate(t *testing.T) {
	for _, query := range []map[string]any{{"queryType": "fireplot"}, {"queryType": "cell"}, {"queryType": "events"}, {"queryType": "events", "format": "table"}} {
		_, err := runner.Run(context.Background(), alert(t, query, 0))
		if !errors.As(err, new(*Invalid)) || !strings.Contains(err.Error(), "a rule cannot evaluate") {
			t.Errorf("%v: %v", query, err)
		}
	}
}

// Grafana's expressions take a frame for what its type says if the version is set too: one number field, labels on it,
// no text field; and for a time series a time that ascends.
func TestAlert_framesAreWhatRulesEvaluate(t *testing.T) {
	f := func(query map[string]any, kind data.FrameType) {
		t.Helper()
		for _, points := range []int64{0, 43_200} {
			list := run(t, alert(t, query, points))
			if len(list) == 0 {
				t.Fatalf("%v: no frame", query)
			}
			labels := map[string]bool{}
			for _, frame := range list {
				checkDimension(t, query, frame, kind)
				key := frame.Fields[len(frame.Fields)-1].Labels.String()
				if labels[key] {
					t.Errorf("%v: the labels {%s} come twice", query, key)
				}
				labels[key] = true
				if frame.Rows() > maxPoints {
					t.Errorf("%v: %d rows for %d points", query, frame.Rows(), points)
				}
			}
		}
	}
	f(map[string]any{"queryType": "top"}, data.FrameTypeNumericMulti)
	f(map[string]any{"queryType": "top", "format": "table"}, data.FrameTypeNumericMulti)
	f(sqlQuery("SELECT sensor, count() AS n FROM events GROUP BY sensor", "table"), data.FrameTypeNumericMulti)
	f(map[string]any{"queryType": "top", "format": "timeseries"}, data.FrameTypeTimeSeriesMulti)
	f(map[string]any{"queryType": "events", "format": "volume"}, data.FrameTypeTimeSeriesMulti)
	f(map[string]any{"queryType": "sql", "rawSql": "SELECT toString(dst_port) AS port, count() AS n FROM events WHERE $__timeFilter(time) GROUP BY port LIMIT 5"}, data.FrameTypeNumericMulti)
	f(map[string]any{"queryType": "sql", "rawSql": "SELECT $__timeInterval(time) AS t, sensor, count() AS n FROM events GROUP BY t, sensor"}, data.FrameTypeTimeSeriesMulti)
}

func checkDimension(t *testing.T, query map[string]any, frame *data.Frame, kind data.FrameType) {
	t.Helper()
	if frame.Meta.Type != kind || frame.Meta.TypeVersion == (data.FrameTypeVersion{}) {
		t.Fatalf("%v: %+v", query, frame.Meta)
	}
	want := []data.FieldType{data.FieldTypeNullableFloat64}
	if kind == data.FrameTypeTimeSeriesMulti {
		want = append([]data.FieldType{data.FieldTypeTime}, want...)
	}
	if len(frame.Fields) != len(want) {
		t.Fatalf("%v: %d fields", query, len(frame.Fields))
	}
	for i, field := range frame.Fields {
		if field.Type() != want[i] {
			t.Errorf("%v: field %s is %s", query, field.Name, field.Type())
		}
	}
	if kind == data.FrameTypeTimeSeriesMulti && frame.TimeSeriesSchema().Type == data.TimeSeriesTypeNot {
		t.Errorf("%v: the SDK sees no time series", query)
	}
}

func TestAlert_variablesHaveNoValue(t *testing.T) {
	_, err := runner.Run(context.Background(), alert(t, sqlQuery("SELECT count() FROM events WHERE sensor = $sensor", "numeric"), 0))
	if err == nil || !strings.Contains(err.Error(), "the variable $sensor, which has no value here") {
		t.Errorf("got %v", err)
	}
	list := run(t, alert(t, sqlQuery("SELECT count() AS n FROM events WHERE $__timeFilter(time) AND $__conditionalAll(sensor IN ($sensor), $sensor)", "numeric"), 0))
	if *list[0].At(0, 0).(*float64) != 31_004 {
		t.Errorf("got %v", list[0].At(0, 0))
	}
}

func TestRun_anyTimeRangeIsAnswered(t *testing.T) {
	for _, query := range []map[string]any{{"queryType": "fireplot"}, {"queryType": "events", "limit": 1}, {"queryType": "top"}, {"queryType": "top", "format": "timeseries"}, {"queryType": "events", "format": "volume"}, sqlQuery("SELECT count() FROM events WHERE $__timeFilter(time)", "table")} {
		r := request(t, query)
		r.From, r.To = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
		list := run(t, r)
		if len(list) == 0 || list[0].Rows() == 0 {
			t.Errorf("%v: nothing", query)
		}
		for _, frame := range list {
			if frame.Rows() > maxPoints && query["queryType"] != "fireplot" {
				t.Errorf("%v: %d rows", query, frame.Rows())
			}
		}
	}
}

func TestRun_Failure(t *testing.T) {
	f := func(change func(*Request), want string) {
		t.Helper()
		r := request(t, map[string]any{"queryType": "top"})
		change(&r)
		_, err := runner.Run(context.Background(), r)
		if !errors.As(err, new(*Invalid)) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", r.JSON, err, want)
		}
	}
	json := func(text string) func(*Request) { return func(r *Request) { r.JSON = []byte(text) } }
	f(json(`{"queryType":"scan"}`), `"scan" is not known`)
	f(json(`{}`), `"" is not known`)
	f(json(`[]`), "cannot be read")
	f(json(`{"queryType":"top","filters":"x"}`), "cannot be read")
	f(json(`{"queryType":"fireplot","portFrom":"ssh"}`), `portFrom is "ssh"`)
	f(json(`{"queryType":"fireplot","portFrom":80,"portTo":"22"}`), "runs backwards")
	f(json(`{"queryType":"fireplot","portTo":70000}`), "0 to 65535")
	f(json(`{"queryType":"fireplot","maxCells":5}`), "maxCells")
	f(json(`{"queryType":"fireplot","rowsPerDecade":"x"}`), "rowsPerDecade")
	f(json(`{"queryType":"events","format":"pie"}`), "pie")
	f(func(r *Request) { r.To = r.From }, "the time range is empty")
	f(func(r *Request) { r.From, r.To = time.Unix(-2, 0), time.Unix(-1, 0) }, "outside of what is stored")
}

package frames

import (
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func pointer[T any](value T) *T { return &value }

func TestTimeSeries_oneFrameALabelSetAndNumber(t *testing.T) {
	table := data.NewFrame("",
		data.NewField("t", nil, []*time.Time{pointer(noon.Add(time.Minute)), pointer(noon), nil, pointer(noon)}),
		data.NewField("action", nil, []*string{pointer("drop"), pointer("drop"), pointer("drop"), nil}),
		data.NewField("n", nil, []uint32{2, 1, 9, 5}),
		data.NewField("share", nil, []*float64{pointer(0.5), nil, nil, nil}))
	list, err := TimeSeries(table)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d frames, %v", len(list), err)
	}
	first := list[0]
	if first.Rows() != 2 || !first.At(0, 0).(time.Time).Equal(noon) || *first.At(1, 0).(*float64) != 1 || *first.At(1, 1).(*float64) != 2 {
		t.Errorf("the first series is %v", first.Fields)
	}
	if first.Fields[1].Labels["action"] != "drop" || first.Meta.Type != data.FrameTypeTimeSeriesMulti {
		t.Errorf("labels %v, meta %+v", first.Fields[1].Labels, first.Meta)
	}
	if share := list[1]; share.Fields[1].Name != "share" || share.At(1, 0).(*float64) != nil {
		t.Errorf("the second series is %v", share.Fields)
	}
	if unnamed := list[2]; len(unnamed.Fields[1].Labels) != 0 || *unnamed.At(1, 0).(*float64) != 5 {
		t.Errorf("the third series is %v", unnamed.Fields)
	}
}

func TestNumeric_oneFrameARow(t *testing.T) {
	table := data.NewFrame("",
		data.NewField("port", nil, []string{"22", "23"}),
		data.NewField("known", nil, []bool{true, false}),
		data.NewField("n", nil, []int64{1, 2}))
	list, err := Numeric(table)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d frames, %v", len(list), err)
	}
	if field := list[1].Fields[0]; field.Labels.String() != "known=false, port=23" || *field.At(0).(*float64) != 2 {
		t.Errorf("%v, %v", field.Labels, field.At(0))
	}
}

func TestMulti_Failure(t *testing.T) {
	f := func(err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	text := data.NewFrame("", data.NewField("s", nil, []string{"x"}), data.NewField("t", nil, []time.Time{noon}))
	_, err := TimeSeries(text)
	f(err, "the answer has s (string), t (time.Time)")
	_, err = Numeric(text)
	f(err, "needs a number column")
	twice := data.NewFrame("", data.NewField("s", nil, []string{"x", "x"}), data.NewField("n", nil, []int8{1, 2}))
	_, err = Numeric(twice)
	f(err, "same labels {s=x}")
}

func TestTableLogs_readsColumnsByName(t *testing.T) {
	table := data.NewFrame("",
		data.NewField("sensor", nil, []string{"gw"}),
		data.NewField("received", nil, []time.Time{noon}),
		data.NewField("time", nil, []time.Time{noon.Add(time.Second)}),
		data.NewField("message", nil, []string{"<b>line</b>"}),
		data.NewField("level", nil, []string{"critical"}),
		data.NewField("id", nil, []string{"7-1"}),
		data.NewField("port", nil, []uint16{22}))
	logs, err := TableLogs(table)
	if err != nil {
		t.Fatal(err)
	}
	if at := logs.At(0, 0).(time.Time); !at.Equal(noon.Add(time.Second)) || logs.At(1, 0) != "<b>line</b>" || logs.At(2, 0) != "critical" || logs.At(3, 0) != "7-1" {
		t.Errorf("got %v %v %v %v", at, logs.At(1, 0), logs.At(2, 0), logs.At(3, 0))
	}
	if labels := Text(logs.Fields[4], 0); labels != `{"port":"22","received":"2026-11-22T12:00:00Z","sensor":"gw"}` {
		t.Errorf("labels %s", labels)
	}
}

func TestSeverity(t *testing.T) {
	for action, want := range map[string]string{"drop": "warning", "reject": "warning", "alert": "error", "allow": "info", "unknown": "unknown", "": "unknown"} {
		if got := Severity(action); got != want {
			t.Errorf("%s is %s, want %s", action, got, want)
		}
	}
}

package query

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// grouped counts by hand.
func grouped(by, measure string, from, to int64, keep func(row) bool) (groups map[string]float64, everyone float64) {
	key := map[string]func(row) string{
		"dst_port": func(r row) string { return strconv.Itoa(r.port) },
		"src_ip":   func(r row) string { return r.source },
		"class":    func(r row) string { return schema.ClassName(r.class) },
		"action":   func(r row) string { return r.action },
		"sensor":   func(r row) string { return r.sensor },
		"proto":    func(r row) string { return schema.ProtoName(uint8(r.proto)) },
	}[by]
	groups = map[string]float64{}
	distinct, all := map[string]map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		if r.ms < from || r.ms >= to || !keep(r) {
			continue
		}
		item := r.source
		switch measure {
		case "events":
			groups[key(r)] += float64(r.count)
			everyone += float64(r.count)
			continue
		case "targets":
			item = r.target
		}
		if distinct[key(r)] == nil {
			distinct[key(r)] = map[string]bool{}
		}
		distinct[key(r)][item], all[item] = true, true
	}
	for group, items := range distinct {
		groups[group] = float64(len(items))
	}
	if measure != "events" {
		everyone = float64(len(all))
	}
	return groups, everyone
}

func TestTop_table(t *testing.T) {
	type span struct{ from, to time.Duration }
	var (
		whole   = span{0, 24 * time.Hour}
		crooked = span{time.Hour + 59*time.Minute + 59*time.Second + 999*time.Millisecond, 18*time.Hour + 1003*time.Millisecond}
		inside  = span{18 * time.Hour, 18*time.Hour + 2*time.Second}
		all     = func(row) bool { return true }
	)
	f := func(by, measure string, s span, adhoc []map[string]any, keep func(row) bool) {
		t.Helper()
		r := request(t, map[string]any{"queryType": "top", "by": by, "measure": measure, "adhoc": adhoc})
		r.From, r.To = day.Add(s.from), day.Add(s.to)
		groups, everyone := grouped(by, measure, r.From.UnixMilli(), r.To.UnixMilli(), keep)
		checkRanking(t, fmt.Sprintf("%s by %s in %v, %v", measure, by, s, adhoc), run(t, r), by, measure, groups, everyone)
	}
	for i, by := range []string{"dst_port", "src_ip", "class", "action", "sensor", "proto"} {
		for _, measure := range []string{"events", "sources", "targets"} {
			f(by, measure, []span{whole, crooked, inside}[i%3], nil, all)
		}
		f(by, "events", crooked, nil, all)
	}
	f("action", "events", crooked, filtered("sensor", "=", "gw-a"), func(r row) bool { return r.sensor == "gw-a" })
	f("class", "events", whole, filtered("proto", "=", "udp"), func(r row) bool { return r.proto == 17 })
	f("dst_port", "sources", crooked, filtered("proto", "=", "udp"), func(r row) bool { return r.proto == 17 })
	f("dst_port", "events", whole, filtered("action", "=", "drop"), func(r row) bool { return r.action == "drop" })
	f("src_ip", "events", crooked, filtered("dst_port", ">", "1023"), func(r row) bool { return r.port > 1023 })
	f("class", "targets", crooked, filtered("dst_ip", "=", "203.0.113.5"), func(r row) bool { return r.target == "203.0.113.5" })
	f("sensor", "events", whole, filtered("dst_ip", "=", "10.0.0.1"), func(row) bool { return false })
}

func checkRanking(t *testing.T, name string, list data.Frames, by, measure string, groups map[string]float64, everyone float64) {
	t.Helper()
	frame := list[0]
	if len(groups) == 0 {
		if frame.Rows() != 0 {
			t.Errorf("%s: %d rows, want none", name, frame.Rows())
		}
		return
	}
	if len(frame.Fields) != 3 || frame.Fields[0].Name != by || frame.Fields[1].Name != measure || frame.Fields[2].Name != "share" {
		t.Errorf("%s: fields %v", name, frame.Fields)
		return
	}
	var counts []float64
	for _, n := range groups {
		counts = append(counts, n)
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(counts)))
	if frame.Rows() != min(10, len(groups)) {
		t.Errorf("%s: %d rows of %d groups", name, frame.Rows(), len(groups))
		return
	}
	for i := range frame.Rows() {
		group, n, share := frames.Text(frame.Fields[0], i), frame.At(1, i).(float64), frame.At(2, i).(float64)
		if n != counts[i] || groups[group] != n || share != n/everyone {
			t.Errorf("%s: place %d is %s with %v (%v), want %v of %v", name, i, group, n, share, counts[i], everyone)
			return
		}
	}
	said := notices(list)
	if cut := len(groups) > 10; cut != strings.Contains(said, fmt.Sprintf("10 of %s values of %s", Thousands(uint64(len(groups))), by)) {
		t.Errorf("%s: notice %q for %d groups", name, said, len(groups))
	}
}

// The group with the most sources is not among those with the most rows: it must be found all the same.
func TestTop_distinctCountsAreExactWhateverTheRows(t *testing.T) {
	r := request(t, map[string]any{"queryType": "top", "measure": "sources", "limit": 1})
	r.From, r.To = day.AddDate(0, 0, -3), day.AddDate(0, 0, -2)
	list := run(t, r)
	if port, sources := list[0].At(0, 0).(uint16), list[0].At(1, 0).(float64); port != 99 || sources != 60 {
		t.Errorf("port %d with %v sources", port, sources)
	}
	if share := list[0].At(2, 0).(float64); share != 60.0/61 || notices(list) != "1 of 41 values of dst_port." {
		t.Errorf("share %v, notice %q", share, notices(list))
	}
}

func TestTop_seriesAddUpToTheTable(t *testing.T) {
	for _, by := range []string{"dst_port", "action", "src_ip", "tcp_flags", "icmp_type"} {
		for _, span := range [][2]time.Duration{{0, 24 * time.Hour}, {time.Hour + 1001*time.Millisecond, 20*time.Hour + 1}, {18 * time.Hour, 18*time.Hour + time.Minute}} {
			r := request(t, map[string]any{"queryType": "top", "by": by, "limit": 5, "format": "table"})
			r.From, r.To = day.Add(span[0]), day.Add(span[1])
			table := run(t, r)[0]
			series := request(t, map[string]any{"queryType": "top", "by": by, "limit": 5, "format": "timeseries"})
			series.From, series.To = r.From, r.To
			list := run(t, series)
			if len(list) != table.Rows() {
				t.Errorf("by %s: %d series for %d groups", by, len(list), table.Rows())
				continue
			}
			for i, frame := range list {
				sum := 0.0
				for j := range frame.Rows() {
					sum += *frame.At(1, j).(*float64)
					if j > 0 && !frame.At(0, j).(time.Time).After(frame.At(0, j-1).(time.Time)) {
						t.Fatalf("by %s: time does not ascend", by)
					}
				}
				if want := table.At(1, i).(float64); sum != want {
					t.Errorf("by %s, %v: %s adds up to %v, want %v", by, span, frame.Fields[1].Labels, sum, want)
				}
			}
		}
	}
}

func TestTop_numeric(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "top", "format": "numeric", "limit": 3, "measure": "sources"})
	if len(list) != 3 {
		t.Fatalf("%d frames", len(list))
	}
	for _, frame := range list {
		if frame.Meta.Type != data.FrameTypeNumericMulti || frame.Meta.TypeVersion != (data.FrameTypeVersion{0, 1}) || len(frame.Fields) != 1 || frame.Rows() != 1 {
			t.Errorf("frame %+v with %d fields", frame.Meta, len(frame.Fields))
		}
		if field := frame.Fields[0]; field.Type() != data.FieldTypeNullableFloat64 || field.Labels["port"] == "" || len(field.Labels) != 1 || field.Name != "sources" {
			t.Errorf("field %s, %s, %v", field.Name, field.Type(), field.Labels)
		}
	}
}

func TestTop_Failure(t *testing.T) {
	f := func(query map[string]any, want string) {
		t.Helper()
		query["queryType"] = "top"
		_, err := runner.Run(context.Background(), request(t, query))
		var asked *Invalid
		if !errors.As(err, &asked) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", query, err, want)
		}
	}
	f(map[string]any{"by": "port"}, `cannot group by "port"`)
	f(map[string]any{"by": "attrs"}, "cannot group by")
	f(map[string]any{"by": "time"}, "cannot group by")
	f(map[string]any{"measure": "bytes"}, `not "bytes"`)
	f(map[string]any{"limit": 0}, "limit")
	f(map[string]any{"limit": "many"}, `limit is "many"`)
	f(map[string]any{"format": "logs"}, `not as "logs"`)
	f(map[string]any{"filters": filtered("dst_port", "~", "1")}, "operator")
}

package query

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

func TestEvents_logs(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "events", "adhoc": filtered("batch", "=", "18446744073709551615")})
	frame := list[0]
	var names []string
	for _, field := range frame.Fields {
		names = append(names, field.Name)
	}
	if got := strings.Join(names, " "); got != "timestamp body severity id labels" {
		t.Errorf("fields %s", got)
	}
	if frame.Meta.Type != data.FrameTypeLogLines || frame.Meta.PreferredVisualization != data.VisTypeLogs {
		t.Errorf("meta %+v", frame.Meta)
	}
	var got []string
	for i := range frame.Rows() {
		got = append(got, fmt.Sprint(frame.At(0, i).(time.Time).Format("05.000"), " ", frame.At(1, i), " ", frame.At(2, i), " ", frame.At(3, i)))
	}
	want := []string{
		"03.500 repeated warning 18446744073709551615-4",
		"02.500 ping error 18446744073709551615-3",
		"01.500 allow tcp from 192.0.2.2 to 203.0.113.1 port 50000 info 18446744073709551615-2",
		"00.500 lone <b>probe</b> '; DROP warning 18446744073709551615-1",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	f := func(row int, want string) {
		t.Helper()
		if got := string(frame.At(4, row).(json.RawMessage)); got != want {
			t.Errorf("labels of row %d\n got %s\nwant %s", row, got, want)
		}
	}
	f(0, `{"action":"drop","class":"TCP/IPv6","count":"5","dst_ip":"2001:db8::2","dst_port":"22","proto":"tcp","sensor":"gw-a","src_ip":"2001:db8::1","tcp_flags":"none"}`)
	f(1, `{"action":"alert","class":"no port/IPv4","dst_ip":"203.0.113.1","icmp_type":"8","proto":"icmp","sensor":"gw-a","src_ip":"192.0.2.3"}`)
	f(2, `{"action":"allow","class":"TCP/IPv4 tail","dst_ip":"203.0.113.1","dst_port":"50000","feeds":"beta","proto":"tcp","score":"40","sensor":"gw-a","src_ip":"192.0.2.2","tcp_flags":"RST"}`)
}

func TestEvents_idsAreUniqueAndTimesDescend(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "events", "limit": 5000})[0]
	seen := map[string]bool{}
	for i := range frame.Rows() {
		if id := frame.At(3, i).(string); seen[id] {
			t.Fatalf("the id %s comes twice", id)
		} else {
			seen[id] = true
		}
		if i > 0 && frame.At(0, i).(time.Time).After(frame.At(0, i-1).(time.Time)) {
			t.Fatalf("row %d is newer than the one before", i)
		}
	}
}

func TestEvents_limitIsSaid(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "events"})
	if list[0].Rows() != 1000 || notices(list) != "The newest 1,000 rows; 31,008 events in all." {
		t.Errorf("%d rows, notice %q", list[0].Rows(), notices(list))
	}
	var newest []int64
	for _, r := range rows {
		newest = append(newest, r.ms)
	}
	sort.Slice(newest, func(i, j int) bool { return newest[i] > newest[j] })
	for i := range 1000 {
		if got := list[0].At(0, i).(time.Time).UnixMilli(); got != newest[i] {
			t.Fatalf("row %d is from %d, want %d", i, got, newest[i])
		}
	}
	few := ask(t, map[string]any{"queryType": "events", "limit": "4", "filters": filtered("sensor", "=", "gw-a"), "adhoc": filtered("batch", "=", "18446744073709551615")})
	if few[0].Rows() != 4 || notices(few) != "" {
		t.Errorf("%d rows, notice %q", few[0].Rows(), notices(few))
	}
	most := ask(t, map[string]any{"queryType": "events", "limit": 1_000_000})
	if most[0].Rows() != runner.MaxRows {
		t.Errorf("%d rows, want %d", most[0].Rows(), runner.MaxRows)
	}
}

func TestEvents_table(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "events", "format": "table", "adhoc": filtered("attrs.mac", "=", "00:11:22:33:44:55")})
	frame := list[0]
	if frame.Rows() != 1 || len(frame.Fields) != len(schema.Columns)+1 || frame.Meta.PreferredVisualization != data.VisTypeTable {
		t.Fatalf("%d rows, %d fields", frame.Rows(), len(frame.Fields))
	}
	f := func(name, want string) {
		t.Helper()
		field, i := frame.FieldByName(name)
		if i != indexOf(name) {
			t.Errorf("%s is field %d", name, i)
		}
		value, _ := field.ConcreteAt(0)
		if raw, ok := value.(json.RawMessage); ok {
			value = string(raw)
		}
		if got := fmt.Sprint(value); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	f("batch", "18446744073709551615")
	f("action", "drop")
	f("class", "TCP/IPv4")
	f("proto", "tcp")
	f("src_ip", "192.0.2.1")
	f("tcp_flags", "SYN")
	f("dst_port", "31337")
	f("attrs", `{"mac":"00:11:22:33:44:55"}`)
	f("message", "lone <b>probe</b> '; DROP")
	if ttl, _ := frame.FieldByName("ttl"); ttl.At(0).(*uint8) != nil {
		t.Error("a ttl that was not logged is not null")
	}
}

func indexOf(name string) int {
	for i, column := range schema.Columns {
		if column.Name == name {
			return i
		}
	}
	return -1
}

func TestEvents_volumeAddsUp(t *testing.T) {
	f := func(name string, adhoc []map[string]any, from, to time.Duration, keep func(row) bool) {
		t.Run(name, func(t *testing.T) {
			r := request(t, map[string]any{"queryType": "events", "format": "volume", "adhoc": adhoc})
			r.From, r.To = day.Add(from), day.Add(to)
			want := map[string]uint64{}
			levels := map[string]string{"drop": "warning", "reject": "warning", "alert": "error", "allow": "info"}
			for _, r := range rows {
				if r.ms >= day.Add(from).UnixMilli() && r.ms < day.Add(to).UnixMilli() && keep(r) {
					want[levels[r.action]] += r.count
				}
			}
			got := map[string]uint64{}
			for _, frame := range run(t, r) {
				if frame.Meta.Type != data.FrameTypeTimeSeriesMulti || frame.Fields[1].Name != "count" {
					t.Errorf("meta %+v, field %s", frame.Meta, frame.Fields[1].Name)
				}
				for i := range frame.Rows() {
					got[frame.Fields[1].Labels["level"]] += uint64(*frame.At(1, i).(*float64))
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(want) || len(want) == 0 {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
	f("a day", nil, 0, 24*time.Hour, func(row) bool { return true })
	f("crooked bounds", nil, 61*time.Minute+1234*time.Millisecond, 19*time.Hour+59*time.Second, func(row) bool { return true })
	f("by what the pyramid lacks", filtered("dst_port", "=", "22"), 0, 24*time.Hour, func(r row) bool { return r.port == 22 })
}

package query

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Every way to compare, on the engine, as parameters and as literals of additional_table_filters.
func TestFilters_meanTheSameEverywhere(t *testing.T) {
	f := func(key, operator, value string, keep func(row) bool) {
		t.Helper()
		want := 0
		for _, r := range rows {
			if keep(r) {
				want++
			}
		}
		ad := []map[string]any{{"key": key, "operator": operator, "value": value, "values": strings.Split(value, "|")}}
		count := func(name, sql string) {
			t.Helper()
			list := ask(t, map[string]any{"queryType": "sql", "adhoc": ad, "rawSql": sql})
			if got := fmt.Sprint(list[0].At(0, 0)); got != fmt.Sprint(want) {
				t.Errorf("%s %s %s as %s: %s rows, want %d", key, operator, value, name, got, want)
			}
		}
		count("a parameter", "SELECT count() FROM events WHERE $__adHoc")
		count("a setting", "SELECT count() FROM events")
		count("a clause", "SELECT count() FROM events SETTINGS $__adHocFilters('events')")
	}
	f("dst_port", "=", "22", func(r row) bool { return r.port == 22 })
	f("dst_port", "!=", "22", func(r row) bool { return r.port != 22 })
	f("dst_port", "=|", "22|8000-8100|53", func(r row) bool { return r.port == 22 || r.port == 53 || r.port >= 8000 && r.port <= 8100 })
	f("dst_port", "!=|", "22|8000-8100", func(r row) bool { return r.port != 22 && (r.port < 8000 || r.port > 8100) })
	f("dst_port", ">=", "8000", func(r row) bool { return r.port >= 8000 })
	f("dst_port", "=~", "^80..$", func(r row) bool { return r.port/100 == 80 })
	f("proto", "=", "udp", func(r row) bool { return r.proto == 17 })
	f("proto", "!=|", "tcp|udp", func(r row) bool { return r.proto == 1 })
	f("proto", "=~", "^t", func(r row) bool { return r.proto == 6 })
	f("action", "=", "reject", func(r row) bool { return r.action == "reject" })
	f("action", "!~", "drop|reject", func(r row) bool { return r.action == "alert" || r.action == "allow" })
	f("class", "=~", "tail", func(r row) bool { return r.class >= 8 })
	f("tcp_flags", "=", "none", func(r row) bool { return r.class == 4 })
	f("tcp_flags", "!=", "SYN", func(r row) bool { return r.class == 1 || r.class == 8 || r.class == 3 || r.class == 4 })
	f("tcp_flags", "=", "", func(r row) bool { return r.class == 1 || r.class == 3 })
	f("tcp_flags", "!=", "", func(r row) bool { return r.class != 1 && r.class != 3 })
	f("icmp_type", "=", "8", func(r row) bool { return r.class == 3 })
	f("icmp_type", "!=", "8", func(r row) bool { return r.class != 3 })
	f("icmp_type", "=|", "8|", func(row) bool { return true })
	f("src_ip", "=", "198.51.100.7", func(r row) bool { return r.source == "198.51.100.7" })
	f("src_ip", "=", "192.0.2.0/24", func(r row) bool { return strings.HasPrefix(r.source, "192.0.2.") })
	f("src_ip", "!=", "0.0.0.0/0", func(r row) bool { return r.source == "2001:db8::1" })
	f("src_ip", "=|", "2001:db8::/32|192.0.2.1", func(r row) bool { return r.source == "2001:db8::1" || r.source == "192.0.2.1" })
	f("src_ip", "=~", `^192\.0\.2\.\d$`, func(r row) bool { return strings.HasPrefix(r.source, "192.0.2.") && len(r.source) == 9 })
	f("sensor", "=", "gw-a", func(r row) bool { return r.sensor == "gw-a" })
	f("sensor", "=|", "gw-a|gw'\\b", func(r row) bool { return r.sensor == "gw-a" })
	f("sensor", "<", "gw-b", func(r row) bool { return r.sensor == "gw-a" })
	f("attrs.mac", "!=", "", func(r row) bool { return r.port == 31337 && r.source == "192.0.2.1" })
	f("message", "=", `lone <b>probe</b> '; DROP`, func(r row) bool { return r.source == "192.0.2.1" })
	f("time", "<", "2026-11-22T12:00:00Z", func(r row) bool { return r.ms < day.UnixMilli()+12*3_600_000 })
	f("time", "=", "2026-11-22T12:00:00.500Z", func(r row) bool { return r.source == "192.0.2.1" })
}

// What a value holds must arrive as it is: parameters travel escaped, literals quoted, both read by the engine.
func TestFilters_valuesArriveAsTheyAre(t *testing.T) {
	for _, value := range []string{"", "plain", `back\slash`, `\`, `\\n`, "quo'te", `dou"ble`, "tab\tline\nreturn\r", "nul\x00l", "bell\x07\b\f", "é ☃ 💥", "{p0:String}", "'; DROP TABLE x; --", "%27&a=b", "[1,'x']"} {
		params := filter.Params{}
		expressions := []string{
			params.Text(value), params.Texts([]string{value, "x"}) + "[1]",
			filter.Literals{}.Text(value), filter.Literals{}.Texts([]string{value}) + "[1]",
		}
		for i, expression := range expressions {
			var got string
			j := &job{Runner: runner, Request: request(t, map[string]any{})}
			err := j.ask(t.Context(), "SELECT "+expression, params, scanText(&got))
			if err != nil || got != value {
				t.Errorf("%q as %s: %q, %v", value, []string{"parameter", "parameter in a list", "literal", "literal in a list"}[i], got, err)
			}
		}
	}
}

func TestFilters_reachRollups(t *testing.T) {
	for _, table := range []schema.Table{schema.Cells1m, schema.Cells10m, schema.Cells1h, schema.Sources} {
		key, value, keep := "action", "drop", func(r row) bool { return r.action == "drop" }
		if table == schema.Sources {
			key, value, keep = "src_ip", "192.0.2.66", func(r row) bool { return r.source == "192.0.2.66" }
		}
		var want uint64
		for _, r := range rows {
			if keep(r) {
				want += r.count
			}
		}
		list := ask(t, map[string]any{"queryType": "sql", "adhoc": filtered(key, "=", value), "rawSql": "SELECT sum(n) FROM " + table.Name})
		if got := fmt.Sprint(list[0].At(0, 0)); got != fmt.Sprint(want) || notices(list) != "" {
			t.Errorf("%s: %s, want %d; notice %q", table.Name, got, want, notices(list))
		}
	}
	list := ask(t, map[string]any{"queryType": "sql", "adhoc": filtered("rule", "=", "x"), "rawSql": "SELECT sum(n) FROM fireplot.cells_1m"})
	if text := notices(list); !strings.Contains(text, "filters on rule do not reach the table cells_1m") {
		t.Errorf("notice %q", text)
	}
}

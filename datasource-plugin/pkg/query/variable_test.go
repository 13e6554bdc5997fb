package query

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
)

func pairs(t testing.TB, frame *data.Frame) string {
	t.Helper()
	if len(frame.Fields) != 2 || frame.Fields[0].Name != "text" || frame.Fields[1].Name != "value" {
		t.Fatalf("fields %v", frame.Fields)
	}
	var list []string
	for i := range frame.Rows() {
		list = append(list, fmt.Sprint(frame.At(0, i), "=", frame.At(1, i)))
	}
	return strings.Join(list, " ")
}

func TestVariable_columns(t *testing.T) {
	f := func(query map[string]any, want string) {
		t.Helper()
		query["queryType"] = "variable"
		if got := pairs(t, ask(t, query)[0]); got != want {
			t.Errorf("%v: %s, want %s", query, got, want)
		}
	}
	f(map[string]any{"column": "action"}, "drop=drop reject=reject allow=allow alert=alert")
	f(map[string]any{"column": "sensor"}, "gw-b=gw-b gw-a=gw-a")
	f(map[string]any{"column": "proto"}, "tcp=tcp udp=udp icmp=icmp")
	f(map[string]any{"column": "class", "filters": filtered("sensor", "=", "gw-a"), "limit": 2}, "TCP/IPv4=TCP/IPv4 UDP/IPv4=UDP/IPv4")
	f(map[string]any{"column": "src_ip", "filters": filtered("src_ip", "=", "2001:db8::/32")}, "2001:db8::1=2001:db8::1")
	f(map[string]any{"column": "tcp_flags", "filters": filtered("class", "=", "8")}, "RST=RST")
	f(map[string]any{"column": "dialect", "filters": filtered("batch", "=", "7")}, "netfilter=netfilter")
	f(map[string]any{"column": "qname", "filters": filtered("action", "=", "allow")}, "=")
	f(map[string]any{"column": "rule", "filters": filtered("sensor", "=", "nobody")}, "")
}

func TestVariable_sql(t *testing.T) {
	f := func(sql, want string) {
		t.Helper()
		if got := pairs(t, ask(t, map[string]any{"queryType": "variable", "rawSql": sql})[0]); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
	f("SELECT DISTINCT sensor FROM events WHERE $__timeFilter(time) ORDER BY sensor", "gw-a=gw-a gw-b=gw-b")
	f("SELECT toUInt16(22), 'ssh'", "ssh=22")
	f("SELECT 'ssh' AS text, 22 AS value", "ssh=22")
	f("SELECT 22 AS __value, 'ssh' AS __text", "ssh=22")
	f("SELECT 1 WHERE 0", "")
}

func TestVariable_Failure(t *testing.T) {
	for _, query := range []map[string]any{{}, {"column": "port"}, {"column": "attrs"}, {"column": "time"}, {"rawSql": "SELECT 1, 2, 3"}} {
		query["queryType"] = "variable"
		if _, err := runner.Run(context.Background(), request(t, query)); !errors.As(err, new(*Invalid)) {
			t.Errorf("%v: %v", query, err)
		}
	}
}

func TestValues_search(t *testing.T) {
	f := func(column, search, want string) {
		t.Helper()
		list, err := runner.Values(context.Background(), request(t, map[string]any{}), Suggest{Column: column, Search: search, Limit: "3", Filters: []filter.Filter{{Key: "class", Operator: "!=", Value: "1"}}})
		if got := strings.Join(list, " "); err != nil || got != want {
			t.Errorf("%s %q: %q, %v; want %q", column, search, got, err, want)
		}
	}
	f("proto", "CM", "icmp")
	f("dst_port", "3133", "31336 31337 53133")
	f("sensor", "W-B", "gw-b")
	f("src_ip", "2.0.2.1", "192.0.2.1")
	f("sensor", ".*", "")
	f("action", "", "drop reject allow")
}

package query

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
)

func scanText(into *string) func(*clickhouse.Block) error {
	return func(b *clickhouse.Block) error {
		if b.Rows() == 0 {
			return nil
		}
		return clickhouse.Scan(b, 0, into)
	}
}

func sqlQuery(text, format string) map[string]any {
	return map[string]any{"queryType": "sql", "rawSql": text, "format": format}
}

// Every type of the store, and those that viewers' SQL makes of them.
func TestSQL_types(t *testing.T) {
	f := func(expression, kind, want string) {
		t.Helper()
		list := ask(t, sqlQuery("SELECT "+expression+" AS x", "table"))
		field := list[0].Fields[0]
		if got := field.Type().ItemTypeString(); got != kind {
			t.Errorf("%s is of type %s, want %s", expression, got, kind)
		}
		text := "NULL"
		if value, ok := field.ConcreteAt(0); ok {
			switch v := value.(type) {
			case json.RawMessage:
				text = string(v)
			case time.Time:
				text = v.Format("2006-01-02T15:04:05.999Z07:00")
			default:
				text = fmt.Sprint(v)
			}
		}
		if text != want {
			t.Errorf("%s is %s, want %s", expression, text, want)
		}
	}
	f("toUInt8(200)", "uint8", "200")
	f("toInt16(-5)", "int16", "-5")
	f("toUInt32(4294967295)", "uint32", "4294967295")
	f("toUInt64(9007199254740992)", "uint64", "9007199254740992")
	f("toUInt64(9007199254740993)", "string", "9007199254740993")
	f("toInt64(-9007199254740993)", "string", "-9007199254740993")
	f("arrayJoin([toUInt64(18446744073709551615), 1])", "string", "18446744073709551615")
	f("toNullable(toUInt64(18446744073709551615))", "string", "18446744073709551615")
	f("toUInt128('340282366920938463463374607431768211455')", "string", "340282366920938463463374607431768211455")
	f("toInt256(-1)", "string", "-1")
	f("toDecimal64(1.25, 4)", "float64", "1.25")
	f("toFloat32(0.5)", "float32", "0.5")
	f("1 / 3", "float64", "0.3333333333333333")
	f("0 / 0", "float64", "NaN")
	f("1 / 0", "float64", "+Inf")
	f("true", "bool", "true")
	f("NULL", "*string", "NULL")
	f("CAST(NULL, 'Nullable(UInt8)')", "*uint8", "NULL")
	f("CAST(NULL, 'Nullable(DateTime64(3))')", "*time.Time", "NULL")
	f("toNullable(toUInt8(5))", "uint8", "5")
	f("toLowCardinality('x')", "string", "x")
	f("toLowCardinality(toNullable('x'))", "string", "x")
	f("CAST(NULL, 'LowCardinality(Nullable(String))')", "*string", "NULL")
	f("toFixedString('ab', 2)", "string", "ab")
	f("CAST('drop', 'Enum8(\\'drop\\' = 2)')", "string", "drop")
	f("CAST('a', 'Enum16(\\'a\\' = 1000)')", "string", "a")
	f("toIPv6('::ffff:192.0.2.1')", "string", "192.0.2.1")
	f("toIPv6('2001:db8::1')", "string", "2001:db8::1")
	f("toIPv4('192.0.2.1')", "string", "192.0.2.1")
	f("toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')", "string", "61f0c404-5cb3-11e7-907b-a6006ad3dba0")
	f("toDate('2026-11-22')", "time.Time", "2026-11-22T00:00:00Z")
	f("toDate32('1960-01-02')", "time.Time", "1960-01-02T00:00:00Z")
	f("toDateTime('2026-11-22 01:02:03', 'UTC')", "time.Time", "2026-11-22T01:02:03Z")
	f("toDateTime64('2026-11-22 01:02:03.456', 3, 'Asia/Tokyo')", "time.Time", "2026-11-22T01:02:03.456+09:00")
	f("[1, NULL, 3]", "json.RawMessage", "[1,null,3]")
	f("[toIPv6('::ffff:192.0.2.1')]", "json.RawMessage", `["192.0.2.1"]`)
	f("[18446744073709551615, 1]", "json.RawMessage", `["18446744073709551615",1]`)
	f("[nan, inf, 0.5]", "json.RawMessage", `["NaN","+Inf",0.5]`)
	f("[[1], []]", "json.RawMessage", "[[1],[]]")
	f("map('b', 1, 'a', 2)", "json.RawMessage", `{"a":2,"b":1}`)
	f("CAST(map('k', 'v'), 'Map(LowCardinality(String), String)')", "json.RawMessage", `{"k":"v"}`)
	f("(1, 'x', toDateTime('2026-11-22 01:02:03', 'UTC'))", "json.RawMessage", `[1,"x","2026-11-22T01:02:03Z"]`)
	f("CAST((1, 'x'), 'Tuple(n UInt8, s String)')", "json.RawMessage", `{"n":1,"s":"x"}`)
}

func TestSQL_simpleAggregateFunction(t *testing.T) {
	list := ask(t, sqlQuery("SELECT n, first, t FROM (SELECT n, first, h AS t FROM sources ORDER BY h, dst_port, proto, src_ip LIMIT 1)", "table"))
	var kinds []string
	for _, field := range list[0].Fields {
		kinds = append(kinds, field.Type().ItemTypeString())
	}
	if got := strings.Join(kinds, " "); got != "uint64 time.Time time.Time" {
		t.Errorf("types %s", got)
	}
}

func TestSQL_timeSeries(t *testing.T) {
	list := ask(t, sqlQuery("SELECT $__timeInterval(time) AS t, toString(action) AS action, sum(count) AS n, uniqExact(src_ip) AS sources FROM events WHERE $__timeFilter(time) GROUP BY t, action ORDER BY n", "timeseries"))
	if len(list) != 8 {
		t.Fatalf("%d series, want two for each of four actions", len(list))
	}
	total := 0.0
	for _, frame := range list {
		if frame.Meta.Type != data.FrameTypeTimeSeriesMulti || frame.Meta.TypeVersion != (data.FrameTypeVersion{0, 1}) || len(frame.Fields) != 2 || len(frame.Fields[1].Labels) != 1 {
			t.Fatalf("frame %+v, %v", frame.Meta, frame.Fields[1].Labels)
		}
		for i := range frame.Rows() {
			if i > 0 && !frame.At(0, i).(time.Time).After(frame.At(0, i-1).(time.Time)) {
				t.Fatal("time does not ascend")
			}
			if frame.Fields[1].Name == "n" {
				total += *frame.At(1, i).(*float64)
			}
		}
	}
	if total != 31_008 {
		t.Errorf("the series add up to %v", total)
	}
}

func TestSQL_numeric(t *testing.T) {
	list := ask(t, sqlQuery("SELECT toString(dst_port) AS port, count() AS n FROM events GROUP BY port ORDER BY n DESC LIMIT 2", "numeric"))
	if len(list) != 2 || list[0].Fields[0].Labels["port"] == "" || list[0].Meta.Type != data.FrameTypeNumericMulti || list[0].Fields[0].Type() != data.FieldTypeNullableFloat64 {
		t.Errorf("got %v", list)
	}
	alone := ask(t, sqlQuery("SELECT count() AS n FROM events WHERE $__timeFilter(time)", "numeric"))
	if len(alone) != 1 || *alone[0].At(0, 0).(*float64) != 31_004 || len(alone[0].Fields[0].Labels) != 0 {
		t.Errorf("got %v", alone)
	}
}

func TestSQL_emptyIsTypedAndWithoutFields(t *testing.T) {
	for format, kind := range map[string]data.FrameType{"timeseries": data.FrameTypeTimeSeriesMulti, "numeric": data.FrameTypeNumericMulti} {
		list := ask(t, sqlQuery("SELECT now() AS t, 'x' AS label, 1 AS n WHERE 0", format))
		if len(list) != 1 || len(list[0].Fields) != 0 || list[0].Meta.Type != kind || list[0].Meta.TypeVersion != (data.FrameTypeVersion{0, 1}) {
			t.Errorf("%s: %+v with %d fields", format, list[0].Meta, len(list[0].Fields))
		}
	}
	if list := ask(t, sqlQuery("SELECT now() AS t WHERE 0", "table")); list[0].Rows() != 0 {
		t.Errorf("a table has %d rows", list[0].Rows())
	}
	if list := ask(t, sqlQuery("SELECT now() AS t, 'x' AS body WHERE 0", "logs")); list[0].Rows() != 0 || len(list[0].Fields) != 5 {
		t.Errorf("logs have %d rows, %d fields", list[0].Rows(), len(list[0].Fields))
	}
}

func TestSQL_logs(t *testing.T) {
	list := ask(t, sqlQuery("SELECT time, message, action, concat(toString(batch), '-', toString(seq)) AS id, sensor FROM events WHERE batch > 11 ORDER BY time", "logs"))
	frame := list[0]
	if frame.Rows() != 4 || frame.At(1, 1).(string) != "" || frame.At(2, 2).(string) != "error" || frame.At(3, 0).(string) != "18446744073709551615-1" {
		t.Errorf("got %v", frame)
	}
	if got := string(frame.At(4, 0).(json.RawMessage)); got != `{"action":"drop","sensor":"gw-a"}` {
		t.Errorf("labels %s", got)
	}
}

func TestSQL_rowsAreBounded(t *testing.T) {
	list := ask(t, sqlQuery("SELECT number FROM system.numbers", "table"))
	if list[0].Rows() != runner.MaxRows || !strings.Contains(notices(list), "Only the first 10,000 rows") {
		t.Errorf("%d rows, notice %q", list[0].Rows(), notices(list))
	}
	exact := ask(t, sqlQuery("SELECT number FROM numbers(10000)", "table"))
	if exact[0].Rows() != 10_000 || notices(exact) != "" {
		t.Errorf("%d rows, notice %q", exact[0].Rows(), notices(exact))
	}
	inner := ask(t, sqlQuery("SELECT count() AS n FROM (SELECT number FROM numbers(50000)) WHERE number IN (SELECT number FROM numbers(30000))", "table"))
	if n := inner[0].At(0, 0).(uint64); n != 30_000 {
		t.Errorf("the bound reaches into subqueries: %d", n)
	}
	joined := ask(t, sqlQuery("WITH a AS (SELECT number FROM numbers(20000)) SELECT count() AS n FROM a JOIN a AS b ON a.number = b.number", "table"))
	if n := joined[0].At(0, 0).(uint64); n != 20_000 {
		t.Errorf("the bound reaches into joins: %d", n)
	}
	union := ask(t, sqlQuery("SELECT number FROM numbers(9000) UNION ALL SELECT number FROM numbers(9000)", "table"))
	if union[0].Rows() != runner.MaxRows {
		t.Errorf("a union gives %d rows", union[0].Rows())
	}
	limited := ask(t, sqlQuery("SELECT number FROM numbers(100) LIMIT 7;\n", "table"))
	if limited[0].Rows() != 7 {
		t.Errorf("%d rows", limited[0].Rows())
	}
}

func TestSQL_statementsThatAreNotSELECT(t *testing.T) {
	for _, statement := range []string{"SHOW TABLES", "DESCRIBE TABLE events", "EXPLAIN SELECT 1", "WITH 1 AS x SELECT x", "(SELECT 1) UNION ALL (SELECT 2)"} {
		if list := ask(t, sqlQuery(statement, "table")); list[0].Rows() == 0 {
			t.Errorf("%s gave nothing", statement)
		}
	}
}

func TestSQL_Failure(t *testing.T) {
	f := func(sql, format, want string) {
		t.Helper()
		_, err := runner.Run(context.Background(), request(t, sqlQuery(sql, format)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", sql, err, want)
		}
		if !errors.As(err, new(*Invalid)) && !errors.As(err, new(*clickhouse.Error)) {
			t.Errorf("%s: the plugin is blamed: %v", sql, err)
		}
	}
	f(" ;\n", "table", "the SQL is empty")
	f("SELEC 1", "table", "Syntax error")
	f("SELECT nope FROM events", "table", "nope")
	f("SELECT * FROM nowhere", "table", "nowhere")
	f("SELECT 1; SELECT 2", "table", "")
	f("SELECT 1 FORMAT JSON", "table", "FORMAT")
	f("INSERT INTO events (seq) VALUES (1)", "table", "refused")
	f("DROP TABLE events", "table", "refused")
	f("SELECT 1 SETTINGS max_execution_time = 1000", "table", "may not change settings")
	f("SELECT * FROM file('/etc/passwd')", "table", "refused")
	f("SELECT throwIf(1, 'on purpose')", "table", "on purpose")
	f("SELECT 1", "timeseries", "needs a time column and a number column; the answer has 1 (uint8)")
	f("SELECT 'x' AS s", "numeric", "needs a number column; the answer has s (string)")
	f("SELECT 1 AS n", "logs", "needs a time column and a text column")
	f("SELECT arrayJoin([1, 2]) AS n, 'x' AS l", "numeric", "two rows carry the same labels {l=x}")
	f("SELECT toString(number) AS l, number FROM numbers(1001)", "numeric", "more than 1000")
	f("SELECT now() AS t, toString(number) AS l, number FROM numbers(1001)", "timeseries", "more than 1000")
	f("SELECT 1", "pie", `not as "pie"`)
}

func TestSQL_timeoutIsTheStores(t *testing.T) {
	store := runner.Store
	err := store.Run(context.Background(), clickhouse.Query{SQL: "SELECT count() FROM system.numbers WHERE cityHash64(number) = 0", Timeout: time.Second}, func(*clickhouse.Block) error { return nil })
	var timeout *clickhouse.Error
	if !errors.As(err, &timeout) || timeout.Kind != clickhouse.Timeout || timeout.Code != 159 {
		t.Errorf("got %v", err)
	}
}

// What a viewer leaves must not go on in the store.
func TestSQL_cancelEndsTheQueryInTheStore(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	mark := "cancelled by a test"
	done := make(chan error)
	go func() {
		r := request(t, sqlQuery("SELECT count() FROM system.numbers WHERE cityHash64(number, '"+mark+"') = 0", "table"))
		_, err := runner.Run(ctx, r)
		done <- err
	}()
	running := func() bool {
		list := ask(t, sqlQuery("SELECT count() AS n FROM system.processes WHERE query LIKE '%system.numbers%"+mark+"%' AND query NOT LIKE '%system.processes%'", "table"))
		return list[0].At(0, 0).(uint64) > 0
	}
	await := func(want bool) {
		t.Helper()
		for deadline := time.Now().Add(15 * time.Second); running() != want; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("running: %v, want %v", !want, want)
			}
		}
	}
	await(true)
	cancel()
	if err := <-done; err == nil {
		t.Error("a cancelled query was answered")
	}
	await(false)
}

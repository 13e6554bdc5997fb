package query

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/testengine"
)

// The stored day is 22 November 2026; its rows are made by the statements below, and tests only read them.
var (
	day    = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	runner *Runner
	// events holds the stored rows as they are, for counting by hand.
	rows []row
)

type row struct {
	ms           int64
	port         int
	class, proto int
	action       string
	sensor       string
	source       string
	target       string
	count        uint64
}

func TestMain(m *testing.M) {
	os.Exit(testengine.Main(m, func(t testing.TB, engine *testengine.Engine) {
		for _, statement := range slices.Concat(stored, storedFindings, plantedIntel, storedDShield, plantedHealth()) {
			engine.Exec(t, statement)
		}
		store, err := clickhouse.New(engine.URL, "fireplot", 30*time.Second, httpclient.Options{})
		if err != nil {
			t.Fatal(err)
		}
		runner = &Runner{Store: store, MaxRows: 100_000, Now: func() time.Time { return day.AddDate(0, 1, 0) }}
		rows = readRows(t)
		runner.MaxRows = 10_000
	}))
}

// stored: 30,000 background probes on many ports, with the class that ingest would compute; then a lone probe, a tail,
// an ICMP message, a scan of a few seconds on neighbouring ports, an IPv6 line that stands for five, and attributes.
var stored = []string{
	`INSERT INTO fireplot.events (time, received, seq, batch, sensor, dialect, action, class, proto, src_ip, dst_ip, src_port, dst_port, tcp_flags, count, message)
	SELECT toDateTime64('2026-11-22 00:00:00', 3, 'UTC') + toIntervalMillisecond((number * 4317) % 86400000) AS time, time, number, 7,
		if(number % 3 = 0, 'gw-a', 'gw-b'), 'netfilter', if(number % 10 = 0, 'reject', 'drop'),
		if(number % 4 = 0, 1, 0) AS class, if(class = 1, 17, 6),
		toIPv6('::ffff:198.51.100.' || toString(number % 50)), toIPv6('::ffff:203.0.113.' || toString(number % 7)), 40000,
		if(number % 2 = 0, arrayElement([22, 23, 80, 443, 445, 3389, 8080, 5060, 53, 123], number % 10 + 1), cityHash64(number) % 65535 + 1),
		if(class = 1, NULL, 2), 1, 'line ' || toString(number)
	FROM numbers(30000)`,
	`INSERT INTO fireplot.events (time, seq, batch, sensor, action, class, proto, src_ip, dst_ip, dst_port, tcp_flags, icmp_type, count, attrs, message) VALUES
	('2026-11-22 12:00:00.500', 1, 18446744073709551615, 'gw-a', 'drop', 0, 6, '::ffff:192.0.2.1', '::ffff:203.0.113.1', 31337, 2, NULL, 1, {'mac':'00:11:22:33:44:55'}, 'lone <b>probe</b> \'; DROP'),
	('2026-11-22 12:00:01.500', 2, 18446744073709551615, 'gw-a', 'allow', 8, 6, '::ffff:192.0.2.2', '::ffff:203.0.113.1', 50000, 4, NULL, 1, {}, ''),
	('2026-11-22 12:00:02.500', 3, 18446744073709551615, 'gw-a', 'alert', 3, 1, '::ffff:192.0.2.3', '::ffff:203.0.113.1', 0, NULL, 8, 1, {}, 'ping'),
	('2026-11-22 12:00:03.500', 4, 18446744073709551615, 'gw-a', 'drop', 4, 6, '2001:db8::1', '2001:db8::2', 22, 0, NULL, 5, {}, 'repeated')`,
	`INSERT INTO fireplot.events (time, seq, batch, sensor, action, class, proto, src_ip, dst_ip, dst_port, tcp_flags, count, message)
	SELECT toDateTime64('2026-11-22 18:00:00', 3, 'UTC') + toIntervalMillisecond(number * 7), number, 9, 'gw-b', 'drop', 0, 6,
		toIPv6('::ffff:192.0.2.66'), toIPv6('::ffff:203.0.113.5'), 8000 + number, 2, 1, 'scan'
	FROM numbers(1000)`,
	// Three days before: forty ports that one source each knocks on a hundred times, and one that sixty sources try once.
	`INSERT INTO fireplot.events (time, seq, batch, sensor, action, proto, src_ip, dst_ip, dst_port, tcp_flags, count, message)
	SELECT toDateTime64('2026-11-19 06:00:00', 3, 'UTC') + toIntervalSecond(number), number, 11, 'gw-a', 'drop', 6,
		toIPv6('::ffff:198.18.' || if(number < 4000, '0.1', '1.' || toString(number % 60))), toIPv6('::ffff:203.0.113.9'),
		if(number < 4000, 100 + number % 40, 99), 2, 1, 'earlier'
	FROM numbers(4060)`,
}

func readRows(t testing.TB) []row {
	list := ask(t, map[string]any{"queryType": "sql", "rawSql": `SELECT toUnixTimestamp64Milli(time), toUInt32(dst_port), class, proto, toString(action), sensor,
		replaceOne(toString(src_ip), '::ffff:', ''), replaceOne(toString(dst_ip), '::ffff:', ''), count FROM events`})
	frame := list[0]
	read := make([]row, frame.Rows())
	for i := range read {
		value := func(n int) any { return frame.Fields[n].At(i) }
		read[i] = row{value(0).(int64), int(value(1).(uint32)), int(value(2).(uint8)), int(value(3).(uint8)), value(4).(string),
			value(5).(string), value(6).(string), value(7).(string), uint64(value(8).(uint32))}
	}
	if len(read) != 35_064 {
		t.Fatalf("%d rows are stored", len(read))
	}
	return read
}

// request fills in the day and a screen.
func request(t testing.TB, query map[string]any) Request {
	t.Helper()
	text, err := json.Marshal(query)
	if err != nil {
		t.Fatal(err)
	}
	return Request{JSON: text, From: day, To: day.AddDate(0, 0, 1), Points: 1500, Interval: time.Minute}
}

func ask(t testing.TB, query map[string]any) data.Frames {
	t.Helper()
	return run(t, request(t, query))
}

func run(t testing.TB, r Request) data.Frames {
	t.Helper()
	list, err := runner.Run(context.Background(), r)
	if err != nil {
		t.Fatalf("%s: %v", r.JSON, err)
	}
	return list
}

// filtered is one ad-hoc filter.
func filtered(key, operator, value string) []map[string]any {
	return []map[string]any{{"key": key, "operator": operator, "value": value}}
}

// notices of the first frame, joined.
func notices(list data.Frames) string {
	text := ""
	if list[0].Meta != nil {
		for _, notice := range list[0].Meta.Notices {
			text += notice.Text
		}
	}
	return text
}

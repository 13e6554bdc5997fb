package query

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/testengine"
)

// The stored day: 22 November 2026, its rows made by the statements below.
var (
	day    = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	engine *testengine.Engine
	runner *Runner
)

// TestMain starts one engine for the package's tests, which only read it.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		t := &mainT{}
		defer t.done()
		engine = testengine.Start(t)
		address, _ := url.Parse(engine.URL + "/")
		client, err := clickhouse.New(address, "fireplot", 30*time.Second, httpclient.Options{})
		if err != nil {
			panic(err)
		}
		runner = &Runner{Store: client, MaxRows: 10_000, Now: func() time.Time { return day.Add(30 * 24 * time.Hour) }}
		for _, statement := range stored {
			engine.Exec(t, statement)
		}
		return m.Run()
	}())
}

// mainT lets TestMain use helpers made for tests.
type mainT struct {
	testing.TB
	cleanups []func()
}

func (t *mainT) Helper()                      {}
func (t *mainT) Cleanup(f func())             { t.cleanups = append(t.cleanups, f) }
func (t *mainT) Fatal(args ...any)            { panic(fmt.Sprint(args...)) }
func (t *mainT) Fatalf(f string, args ...any) { panic(fmt.Sprintf(f, args...)) }
func (t *mainT) done() {
	for _, f := range t.cleanups {
		f()
	}
}

// stored: 20,000 background probes with the class that ingest would compute, some rare ones, and a few with all fields.
var stored = []string{
	`INSERT INTO fireplot.events (time, received, seq, batch, sensor, dialect, action, class, proto, src_ip, dst_ip, src_port, dst_port, tcp_flags, count, message)
	SELECT toDateTime64('2026-11-22 00:00:00', 3, 'UTC') + toIntervalMillisecond((number * 4317) % 86400000) AS time, time, number, 7,
		if(number % 3 = 0, 'gw-a', 'gw-b'), 'netfilter', if(number % 10 = 0, 'reject', 'drop'),
		if(number % 4 = 0, 1, 0) AS class, if(class = 1, 17, 6),
		toIPv6('::ffff:198.51.100.' || toString(number % 50)), toIPv6('::ffff:203.0.113.' || toString(number % 7)),
		40000, arrayElement([22, 23, 80, 443, 445, 3389, 8080, 5060, 53, 123], number % 10 + 1), if(class = 1, NULL, 2), 1,
		'line ' || toString(number)
	FROM numbers(20000)`,
	// One lone probe, a tail, an ICMP, an IPv6 and a repeated line.
	`INSERT INTO fireplot.events (time, seq, batch, sensor, action, class, proto, src_ip, dst_ip, dst_port, tcp_flags, count, attrs, message) VALUES
	('2026-11-22 12:00:00.500', 1, 18446744073709551615, 'gw-a', 'drop', 0, 6, '::ffff:192.0.2.1', '::ffff:203.0.113.1', 31337, 2, 1, {'mac':'00:11:22:33:44:55'}, 'lone <b>probe</b> \'; DROP'),
	('2026-11-22 12:00:01.500', 2, 18446744073709551615, 'gw-a', 'allow', 8, 6, '::ffff:192.0.2.2', '::ffff:203.0.113.1', 50000, 4, 1, {}, ''),
	('2026-11-22 12:00:02.500', 3, 18446744073709551615, 'gw-a', 'alert', 3, 1, '::ffff:192.0.2.3', '::ffff:203.0.113.1', 0, NULL, 1, {}, 'ping'),
	('2026-11-22 12:00:03.500', 4, 18446744073709551615, 'gw-a', 'drop', 4, 6, '2001:db8::1', '2001:db8::2', 22, 0, 5, {}, 'repeated')`,
}

// request fills in a day and a screen.
func request(t testing.TB, query map[string]any) Request {
	t.Helper()
	text, err := json.Marshal(query)
	if err != nil {
		t.Fatal(err)
	}
	return Request{JSON: text, From: day, To: day.Add(24 * time.Hour), Points: 1500, Interval: time.Minute}
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

func refuse(t testing.TB, query map[string]any) error {
	t.Helper()
	_, err := runner.Run(context.Background(), request(t, query))
	if err == nil {
		t.Fatalf("%v was answered", query)
	}
	return err
}

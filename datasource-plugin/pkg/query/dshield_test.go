package query

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// storedDShield: eight days of two ports, the last of them the stored day; one port that we have no probe on.
var storedDShield = []string{
	`INSERT INTO fireplot.dshield_ports (port, day, records, targets, sources, tcp_share, at)
	SELECT arrayJoin([22, 60]), toDate('2026-11-14') + number, 1000, if(number = 8, 1000, 400), if(number = 8, 300, 100), 0.5, 1 FROM numbers(9)`,
	`INSERT INTO fireplot.dshield_ports (port, day, records, targets, sources, at) VALUES (23, '2026-11-22', 9, 8, 7, 1), (23, '2026-11-22', 99, 88, 77, 2),
	(80, '2026-11-12', 9, 8, 7, 1)`,
}

func compare(t *testing.T, query map[string]any) *data.Frame {
	t.Helper()
	query["queryType"] = "dshield"
	return ask(t, query)[0]
}

// portRow is the row of a port, by name of the column; nil for null.
func portRow(t *testing.T, frame *data.Frame, port float64) map[string]any {
	t.Helper()
	for row := range frame.Rows() {
		values := map[string]any{}
		for _, field := range frame.Fields {
			if v, ok := field.ConcreteAt(row); ok {
				values[field.Name] = v
			}
		}
		if asNumber(values["port"]) == port {
			return values
		}
	}
	t.Fatalf("no row of port %v", port)
	return nil
}

func asNumber(v any) float64 {
	switch n := v.(type) {
	case float64:
		return n
	case float32:
		return float64(n)
	case uint16:
		return float64(n)
	case uint64:
		return float64(n)
	case int64:
		return float64(n)
	}
	return math.NaN()
}

func TestDShield_setsOurPortsBesideTheirs(t *testing.T) {
	frame := compare(t, map[string]any{})
	ssh := portRow(t, frame, 22)
	sources, targets, reports := map[string]bool{}, map[string]bool{}, uint64(0)
	for _, r := range rows {
		if r.port == 22 && r.class&8 == 0 && r.ms >= day.UnixMilli() {
			sources[r.source], targets[r.target], reports = true, true, reports+r.count
		}
	}
	if asNumber(ssh["our_sources"]) != float64(len(sources)) || asNumber(ssh["our_targets"]) != float64(len(targets)) || asNumber(ssh["our_reports"]) != float64(reports) {
		t.Errorf("ours are %v, want %d sources, %d targets, %d reports", ssh, len(sources), len(targets), reports)
	}
	want := math.Sqrt(200*200/100. + 600*600/400.)
	if got := asNumber(ssh["their_trend"]); math.Abs(got-want) > 1e-6 || asNumber(ssh["their_sources"]) != 300 || asNumber(ssh["their_usual_sources"]) != 100 {
		t.Errorf("theirs are %v, want trend %v", ssh, want)
	}
	if ssh["our_trend"] != nil {
		t.Errorf("one day of ours is no history, yet our trend is %v", ssh["our_trend"])
	}
}

func TestDShield_newestLoadCounts_oldDaysDoNot(t *testing.T) {
	frame := compare(t, map[string]any{})
	if telnet := portRow(t, frame, 23); asNumber(telnet["their_sources"]) != 77 || telnet["their_trend"] != nil {
		t.Errorf("port 23 is %v, want the newest load and no trend of one day", telnet)
	}
	if http := portRow(t, frame, 80); http["their_day"] != nil {
		t.Errorf("port 80 is %v: what DShield said ten days before is not of today", http)
	}
}

func TestDShield_portsThatOnlyTheySee(t *testing.T) {
	frame := compare(t, map[string]any{"portFrom": "60", "portTo": "60"})
	if frame.Rows() != 1 || asNumber(portRow(t, frame, 60)["their_sources"]) != 300 {
		t.Errorf("port 60 has %d rows", frame.Rows())
	}
}

func TestDShield_saysWhatItLeavesOutAndHowToLoad(t *testing.T) {
	long := request(t, map[string]any{"queryType": "dshield", "limit": 1, "filters": filtered("sensor", "=", "gw-a")})
	long.From = long.To.Add(-48 * time.Hour)
	for _, want := range []string{"Filters do not reach", "last 24 hours", "Only the 1 ports"} {
		if !strings.Contains(notices(run(t, long)), want) {
			t.Errorf("no notice says %q", want)
		}
	}
	early := request(t, map[string]any{"queryType": "dshield"})
	early.From, early.To = early.From.AddDate(0, -2, 0), early.To.AddDate(0, -2, 0)
	if !strings.Contains(notices(run(t, early)), "fireplot dshield load") {
		t.Error("nothing says how figures are loaded")
	}
}

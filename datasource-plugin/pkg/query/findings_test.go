package query

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// storedFindings are what a run of detection leaves: two scans that stand, one that became part of a group, one that is
// known and wanted, one that only informs, an older version of a row, one of last month; and three spikes.
var storedFindings = []string{
	`INSERT INTO fireplot.scans (day, id, version, kind, proto, flags, ` + "`order`" + `, pace, sources, source_count, targets, target_count, ports,
		min_port, max_port, port_list, events, start, ` + "`end`" + `, rate, tool, tool_sure, score, severity, magnitude, ongoing, superseded_by, known, sensors, curve, evidence) VALUES
	('2026-11-22', 'v000000000001', 1, 'vertical', 'tcp', 'syn', 'ascending', 'slow', ['::ffff:192.0.2.66'], 1, ['::ffff:203.0.113.5'], 1, 10, 8000, 8009, [8000], 10,
		'2026-11-22 18:00:00', '2026-11-22 18:10:00', 1.5, '', '', 0.4, 'low', 10, true, '', '', ['gw-b'], [], '{}'),
	('2026-11-22', 'v000000000001', 2, 'vertical', 'tcp', 'syn', 'ascending', 'slow', ['::ffff:192.0.2.66'], 1, ['::ffff:203.0.113.5'], 1, 1000, 8000, 8999, [], 1000,
		'2026-11-22 18:00:00', '2026-11-22 20:00:00', 0.14, 'nmap', 'weak', 0.8, 'medium', 1000, false, '', '', ['gw-b'], [('2026-11-22 18:00:00', 8000), ('2026-11-22 20:00:00', 8999)], '{"rho":1}'),
	('2026-11-22', 's000000000002', 1, 'synchronised', 'tcp', 'other:FIN+SYN+PSH+URG', 'random', 'fast', ['::ffff:198.51.100.21', '2001:db8::7'], 2, ['::ffff:203.0.113.1', '::ffff:203.0.113.2'], 2, 2, 22, 443, [22, 443], 40,
		'2026-11-22 03:00:00', '2026-11-22 03:00:05', 8, '', '', 0.95, 'high', 10, false, '', '', ['gw-a', 'gw-b'], [], '{}'),
	('2026-11-22', 'v000000000003', 1, 'vertical', 'tcp', 'syn', 'random', 'fast', ['::ffff:198.51.100.21'], 1, [], 0, 20, 1, 99, [], 20, '2026-11-22 03:00:00', '2026-11-22 03:00:05', 4, '', '', 0.9, 'high', 10, false, 's000000000002', '', [], [], '{}'),
	('2026-11-22', 'h000000000004', 1, 'horizontal', 'tcp', 'syn', '', 'fast', ['::ffff:198.51.100.9'], 1, [], 30, 1, 23, 23, [23], 30, '2026-11-22 04:00:00', '2026-11-22 04:00:05', 6, '', '', 0.7, 'low', 10, false, '', 'our own scanner', [], [], '{}'),
	('2026-11-22', 'p000000000005', 1, 'periodic', 'udp', '', '', 'slow', ['::ffff:198.51.100.8'], 1, [], 1, 1, 7, 7, [7], 48, '2026-11-21 00:00:00', '2026-11-22 23:30:00', 0.001, '', '', 0.3, 'info', 10, true, '', '', [], [], '{}'),
	('2026-10-22', 'v000000000006', 1, 'vertical', 'tcp', 'syn', 'random', 'fast', ['::ffff:198.51.100.3'], 1, [], 1, 20, 1, 99, [], 20, '2026-10-22 03:00:00', '2026-10-22 03:00:05', 4, '', '', 0.9, 'high', 10, false, '', '', [], [], '{}')`,
	`INSERT INTO fireplot.spikes (day, id, version, port, proto, window_hours, sources, events, targets, baseline, q, z, onset, dshield_trend, history_days, countries, networks, source_list, start, ` + "`end`" + `, score, severity, magnitude, ongoing, known, evidence) VALUES
	('2026-11-22', 'k000000000001', 1, 7547, 'tcp', 12, 1294, 2072, 32, 12.5, 1e-22, 87, '2026-11-22 14:55:00', 617, 14, [('BR', 552), ('GB', 186)], [(64500, 90)], ['::ffff:198.51.100.77'], '2026-11-22 12:00:00', '2026-11-22 23:59:00', 0.9, 'medium', 1000, true, '', '{}'),
	('2026-11-22', 'k000000000002', 1, 37777, 'tcp', 24, 200, 400, 8, NULL, NULL, NULL, NULL, NULL, 0, [], [], [], '2026-11-22 00:00:00', '2026-11-22 23:59:00', 0.5, 'info', 100, true, '', '{}'),
	('2026-11-22', 'k000000000003', 1, 53, 'udp', 1, 30, 40, 8, 3, 0.001, 9, NULL, 4, 20, [], [], [], '2026-11-22 10:00:00', '2026-11-22 11:00:00', 0.4, 'low', 10, false, 'a measurement of ours', '{}')`,
}

func strs(t *testing.T, frame *data.Frame, name string) []string {
	t.Helper()
	field, _ := frame.FieldByName(name)
	if field == nil {
		t.Fatalf("no field %s", name)
	}
	values := make([]string, field.Len())
	for i := range values {
		values[i] = field.At(i).(string)
	}
	return values
}

func TestScans_areTheNewestVersionOfWhatStandsInTheRange(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "scans"})
	frame := list[0]
	if got := strs(t, frame, "id"); !slices.Equal(got, []string{"s000000000002", "v000000000001", "p000000000005"}) {
		t.Fatalf("got %v, want the weightiest first; none superseded, known, or of another month", got)
	}
	if frame.Meta.Custom.(map[string]any)["fireplot"] != "scans" {
		t.Errorf("the panel's mark is missing: %+v", frame.Meta)
	}
	for name, want := range map[string]string{
		"sources": `["198.51.100.21","2001:db8::7"]`, "targets": `["203.0.113.1","203.0.113.2"]`, "port_list": "22, 443", "sensors": "gw-a, gw-b", "curve": "[]",
		"title": "Synchronised scan of TCP 22–443 (FIN+SYN+PSH+URG) on 2 targets by 2 sources",
	} {
		if got := strs(t, frame, name)[0]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got, want := strs(t, frame, "curve")[1], "[[1795370400000,8000],[1795377600000,8999]]"; got != want {
		t.Errorf("the curve is %s, want %s", got, want)
	}
	if got, want := strs(t, frame, "title")[1], "Slow ascending vertical scan of TCP 8000–8999 (SYN) on 203.0.113.5 by 192.0.2.66"; got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
}

func TestScans_filters(t *testing.T) {
	f := func(query map[string]any, want ...string) {
		t.Helper()
		query["queryType"] = "scans"
		if got := strs(t, ask(t, query)[0], "id"); !slices.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", query, got, want)
		}
	}
	by := func(key, operator, value string) map[string]any {
		return map[string]any{"filters": []map[string]any{{"key": key, "operator": operator, "value": value}}}
	}
	f(by("src_ip", "=", "2001:db8::/32"), "s000000000002")
	f(by("src_ip", "!=", "192.0.2.66"), "s000000000002", "p000000000005")
	f(map[string]any{"adhoc": []map[string]any{{"key": "src_ip", "operator": "=|", "values": []string{"192.0.2.66", "198.51.100.8"}}}}, "v000000000001", "p000000000005")
	f(by("dst_ip", "=", "203.0.113.5"), "v000000000001")
	f(by("dst_port", "=", "8500"), "v000000000001")
	f(by("dst_port", "=", "100"))
	f(by("dst_port", "<", "23"), "s000000000002", "p000000000005")
	f(by("proto", "=", "udp"), "p000000000005")
	f(by("proto", "!=", "udp"), "s000000000002", "v000000000001")
	f(by("sensor", "=~", "^gw-a"), "s000000000002")
	f(by("scan", "=", "v000000000001"), "v000000000001")
	f(map[string]any{"kinds": []string{"vertical", "horizontal"}}, "v000000000001")
	f(map[string]any{"kinds": []string{"horizontal"}, "showKnown": true}, "h000000000004")
	f(map[string]any{"pace": "slow", "minSeverity": "low"}, "v000000000001")
	f(map[string]any{"oddFlags": true}, "s000000000002")
	f(map[string]any{"portFrom": "500", "portTo": "8000"}, "v000000000001")
	f(map[string]any{"limit": 1}, "s000000000002")
}

func TestScans_sayWhatFiltersDoNotReachAndThatThereAreMore(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "scans", "limit": 1, "filters": []map[string]any{{"key": "ttl", "operator": "=", "value": "64"}}})
	var texts []string
	for _, notice := range list[0].Meta.Notices {
		texts = append(texts, notice.Text)
	}
	said := strings.Join(texts, "\n")
	if !strings.Contains(said, "The filters on ttl do not reach findings") || !strings.Contains(said, "Only the 1 weightiest are shown") {
		t.Errorf("said %q", said)
	}
}

func TestScans_refuseWordsTheyDoNotKnow(t *testing.T) {
	for _, query := range []map[string]any{
		{"kinds": []string{"vertical", "x') OR 1=1 --"}}, {"pace": "quick"}, {"minSeverity": "worst"}, {"format": "logs"}, {"limit": "many"},
		{"filters": []map[string]any{{"key": "nosuch", "operator": "=", "value": "1"}}},
	} {
		query["queryType"] = "scans"
		if _, err := runner.Run(context.Background(), request(t, query)); !errors.As(err, new(*Invalid)) {
			t.Errorf("%v: %v", query, err)
		}
	}
}

func TestSpikes_areTablesWithWhatIsKnown(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "spikes"})[0]
	if got := strs(t, frame, "id"); !slices.Equal(got, []string{"k000000000001", "k000000000002"}) {
		t.Fatalf("got %v", got)
	}
	if got, want := strs(t, frame, "title"), []string{"1294 sources on TCP 7547, usually 12", "200 sources on TCP 37777"}; !slices.Equal(got, want) {
		t.Errorf("titles %q, want %q", got, want)
	}
	if got := strs(t, frame, "countries")[0]; got != "BR 552, GB 186" {
		t.Errorf("countries %q", got)
	}
	baseline, _ := frame.FieldByName("baseline")
	if *baseline.At(0).(*float64) != 12.5 || baseline.At(1).(*float64) != nil {
		t.Errorf("baselines %v, %v", baseline.At(0), baseline.At(1))
	}
	if start, _ := frame.FieldByName("start"); !start.At(0).(time.Time).Equal(time.Date(2026, 11, 22, 14, 55, 0, 0, time.UTC)) {
		t.Errorf("the region starts %v, not at the onset", start.At(0))
	}
	only := ask(t, map[string]any{"queryType": "spikes", "filters": []map[string]any{{"key": "src_ip", "operator": "=", "value": "198.51.100.77"}}, "portFrom": 7000, "portTo": 8000})[0]
	if got := strs(t, only, "id"); !slices.Equal(got, []string{"k000000000001"}) {
		t.Errorf("filtered: %v", got)
	}
}

func TestFindings_asAnnotationsAreRegions(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "scans", "format": "annotations"})[0]
	var names []string
	for _, field := range frame.Fields {
		names = append(names, field.Name)
	}
	if strings.Join(names, " ") != "time timeEnd title text tags id" {
		t.Errorf("fields %v", names)
	}
	var tags []string
	if err := json.Unmarshal(frame.Fields[4].At(0).(json.RawMessage), &tags); err != nil || !slices.Equal(tags, []string{"synchronised", "tcp", "other:FIN+SYN+PSH+URG", "high"}) {
		t.Errorf("tags %v, %v", tags, err)
	}
}

// Labels name what a rule fires on; nothing else that changes may be one, or each step would be another alert.
func TestFindings_inRules(t *testing.T) {
	f := func(query map[string]any, want ...string) {
		t.Helper()
		list := run(t, alert(t, query, 43_200))
		var got []string
		for _, frame := range list {
			if frame.Meta.Type != data.FrameTypeNumericMulti || frame.Meta.TypeVersion == (data.FrameTypeVersion{}) {
				t.Fatalf("%v: %+v", query, frame.Meta)
			}
			for _, field := range frame.Fields {
				got = append(got, field.Labels.String())
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: got %v, want %v", query, got, want)
		}
	}
	f(map[string]any{"queryType": "scans"},
		"id=s000000000002, kind=synchronised, magnitude=10, proto=tcp", "id=v000000000001, kind=vertical, magnitude=1000, proto=tcp")
	f(map[string]any{"queryType": "scans", "kinds": []string{"vertical"}, "pace": "slow", "format": "table"}, "id=v000000000001, kind=vertical, magnitude=1000, proto=tcp")
	f(map[string]any{"queryType": "scans", "kinds": []string{"painted"}})
	f(map[string]any{"queryType": "spikes"}, "id=k000000000001, kind=spike, magnitude=1000, port=7547, proto=tcp")
}

func TestFilter_scanMeansTheEventsOfItsSources(t *testing.T) {
	f := func(query map[string]any, want float64) {
		t.Helper()
		frame := ask(t, query)[0]
		field := frame.Fields[len(frame.Fields)-1]
		got := 0.0
		for row := range field.Len() {
			if value, err := field.FloatAt(row); err == nil {
				got += value
			}
		}
		if got != want {
			t.Errorf("%v: got %v, want %v", query, got, want)
		}
	}
	scan := func(operator, value string) []map[string]any {
		return []map[string]any{{"key": "scan", "operator": operator, "value": value}}
	}
	count := map[string]any{"queryType": "sql", "format": "table", "rawSql": "SELECT toFloat64(sum(count)) AS n FROM events WHERE $__timeFilter(time) AND $__adHoc"}
	with := func(operator, value string) map[string]any {
		query := map[string]any{"adhoc": scan(operator, value)}
		for key, each := range count {
			query[key] = each
		}
		return query
	}
	f(with("=", "v000000000001"), 1000)
	f(with("=", "nosuchscan"), 0)
	f(with("!=", "v000000000001"), 31_008-1000)
	// Where the statement does not say $__adHoc, the store applies the filter to the table itself.
	query := with("=", "v000000000001")
	query["rawSql"] = "SELECT toFloat64(sum(count)) AS n FROM events WHERE $__timeFilter(time)"
	f(query, 1000)
}

package query

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// plantedIntel: two feeds that share the scanner 192.0.2.66; beta also has the source that was let in, and one whose
// entry has expired; gamma is in force and lists nobody who came. In the background every source of 50 sends 600 lines.
var plantedIntel = []string{
	`INSERT INTO fireplot.feeds (name, format, state, version, indicators, last_good, last_try, removed, at) VALUES
	('alpha', 'netset', 'ok', 1, 2, now64(3) - 7200, now64(3), false, 1), ('beta', 'plain', 'refused', 1, 3, now64(3) - 86400, now64(3), false, 1),
	('gamma', 'plain', 'ok', 1, 1, now64(3), now64(3), false, 1), ('gone', 'plain', 'ok', 1, 1, now64(3), now64(3), true, 2)`,
	`INSERT INTO fireplot.indicators (feed, version, kind, network, score, expires) VALUES
	('alpha', 1, 'cidr', '::ffff:192.0.2.64/124', 60, NULL), ('alpha', 1, 'ip', '::ffff:198.51.100.7/128', 60, NULL),
	('beta', 1, 'ip', '::ffff:192.0.2.66/128', 90, NULL), ('beta', 1, 'ip', '::ffff:192.0.2.2/128', 40, NULL),
	('beta', 1, 'ip', '::ffff:198.51.100.9/128', 40, now64(3) - 60)`,
	`INSERT INTO fireplot.intel_networks (version, network, score, feeds, tags, allowed, first_seen, last_seen, expires) VALUES
	(1, '::ffff:192.0.2.64/124', 60, ['alpha'], ['scanner'], false, 0, 0, '2106-01-01 00:00:00'),
	(1, '::ffff:192.0.2.66/128', 90, ['alpha','beta'], ['scanner','mirai'], false, 0, 0, '2106-01-01 00:00:00'),
	(1, '::ffff:192.0.2.2/128', 40, ['beta'], [], false, 0, 0, '2106-01-01 00:00:00'),
	(1, '::ffff:198.51.100.7/128', 60, ['alpha'], [], false, 0, 0, '2106-01-01 00:00:00'),
	(1, '::ffff:198.51.100.8/128', 0, [], [], true, 0, 0, '2106-01-01 00:00:00'),
	(1, '::ffff:198.51.100.9/128', 40, ['beta'], [], false, 0, 0, now() - 60)`,
	`INSERT INTO fireplot.intel_sets VALUES (1, 6)`,
	`SYSTEM RELOAD DICTIONARY fireplot.intel`,
}

// columnText reads a field as text.
func columnText(t testing.TB, frame *data.Frame, name string) []string {
	t.Helper()
	field, _ := frame.FieldByName(name)
	if field == nil {
		t.Fatalf("no field %s in %v", name, frame.Fields)
	}
	values := make([]string, field.Len())
	for i := range values {
		value, ok := field.ConcreteAt(i)
		if ok {
			values[i] = fmt.Sprint(value)
		}
	}
	return values
}

func TestIntel_whoOnTheListsKnocked(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "intel"})[0]
	for name, want := range map[string][]string{
		"source": {"192.0.2.2", "192.0.2.66", "198.51.100.7"}, "score": {"40", "90", "60"}, "feeds": {"beta", "alpha, beta", "alpha"},
		"network": {"192.0.2.2/32", "192.0.2.66/32", "198.51.100.7/32"}, "hits": {"1", "1000", "600"}, "allowed": {"1", "0", "0"},
		"tags": {"", "scanner, mirai", ""}, "ports": {"1", "1000", "301"},
	} {
		if got := columnText(t, frame, name); name != "ports" && !slices.Equal(got, want) || name == "ports" && got[1] != want[1] {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	// A range that cuts hours is exact at its ends, and filters reach what the rollup does not know.
	r := request(t, map[string]any{"queryType": "intel", "filters": filtered("sensor", "=", "gw-b")})
	r.From = day.Add(18*60*60*1e9 + 3500*1e6)
	if got := columnText(t, run(t, r)[0], "hits"); got[0] != "500" {
		t.Errorf("half of the scan is %v", got)
	}
}

func TestIntel_whatAListIsWorth(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "intel", "by": "feed"})[0]
	for name, want := range map[string][]string{
		"feed": {"alpha", "beta", "gamma"}, "hits": {"1600", "1001", "0"}, "sources": {"2", "2", "0"}, "only_here": {"1", "1", "0"},
		"only_hits": {"600", "1", "0"}, "hit_rate": {"1", "0.6666666666666666", "0"}, "shared_with": {"beta 1", "alpha 1", ""}, "expired": {"0", "1", "0"}, "state": {"ok", "refused", "ok"},
	} {
		if got := columnText(t, frame, name); !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestIntel_overTimeAndAsNumbers(t *testing.T) {
	sum := func(frame *data.Frame) float64 {
		total := 0.0
		field := frame.Fields[len(frame.Fields)-1]
		for i := range field.Len() {
			total += *field.At(i).(*float64)
		}
		return total
	}
	f := func(query map[string]any, want map[string]float64) {
		t.Helper()
		query["queryType"] = "intel"
		got := map[string]float64{}
		for _, frame := range ask(t, query) {
			got[frame.Fields[len(frame.Fields)-1].Labels.String()] = sum(frame)
		}
		for label, n := range want {
			if got[label] != n {
				t.Errorf("%v: got %v, want %v", query, got, want)
				break
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v: got %v, want %v", query, got, want)
		}
	}
	f(map[string]any{"format": "timeseries"}, map[string]float64{"feed=alpha": 1600, "feed=beta": 1001})
	f(map[string]any{"format": "timeseries", "by": "source"}, map[string]float64{"src_ip=192.0.2.66": 1000, "src_ip=198.51.100.7": 600, "src_ip=192.0.2.2": 1})
	f(map[string]any{"format": "numeric"}, map[string]float64{"source=192.0.2.66": 1000, "source=198.51.100.7": 600, "source=192.0.2.2": 1})
	f(map[string]any{"format": "numeric", "onlyAllowed": true}, map[string]float64{"source=192.0.2.2": 1})
	f(map[string]any{"format": "numeric", "by": "feed"}, map[string]float64{"feed=alpha": 1600, "feed=beta": 1001})
}

// A rule tells of those that were let in, whatever its format says, and of nothing where there are none.
func TestIntel_inRules(t *testing.T) {
	list := run(t, alert(t, map[string]any{"queryType": "intel"}, 43_200))
	checkDimension(t, map[string]any{"queryType": "intel"}, list[0], data.FrameTypeNumericMulti)
	if len(list) != 1 || list[0].Fields[0].Labels.String() != "source=192.0.2.2" || *list[0].At(0, 0).(*float64) != 1 {
		t.Errorf("got %v", list)
	}
	none := run(t, alert(t, map[string]any{"queryType": "intel", "filters": filtered("feed", "=", "alpha")}, 0))
	if none[0].Rows() != 0 || none[0].Meta.Type != data.FrameTypeNumericMulti {
		t.Errorf("got %v", none[0])
	}
}

func TestIntel_annotations(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "intel", "format": "annotations"})[0]
	if got := columnText(t, frame, "id"); !slices.Equal(got, []string{"knock-192.0.2.2", "allow-192.0.2.2", "knock-192.0.2.66", "knock-198.51.100.7"}) {
		t.Errorf("ids %v", got)
	}
	var tags []string
	if err := json.Unmarshal(frame.Fields[3].At(1).(json.RawMessage), &tags); err != nil || !slices.Equal(tags, []string{"intel", "allow"}) {
		t.Errorf("tags %v, %v", tags, err)
	}
	if got := ask(t, map[string]any{"queryType": "intel", "format": "annotations", "onlyAllowed": true})[0].Rows(); got != 1 {
		t.Errorf("%d of what was let in", got)
	}
}

// Every question reaches the same events through a filter, on whichever table it is answered.
func TestFilter_onWhatTheListsSay(t *testing.T) {
	f := func(key, operator, value string, want float64) {
		t.Helper()
		for _, query := range []map[string]any{
			{"queryType": "top", "by": "src_ip", "limit": 1000, "filters": filtered(key, operator, value)},
			{"queryType": "top", "by": "sensor", "filters": filtered(key, operator, value)},
			{"queryType": "fireplot", "showTail": true, "filters": filtered(key, operator, value)},
			sqlQueryWith("SELECT toFloat64(sum(count)) AS m FROM events WHERE $__timeFilter(time)", key, operator, value),
		} {
			frame := ask(t, query)[0]
			got := 0.0
			for _, name := range []string{"events", "count", "m"} {
				if field, _ := frame.FieldByName(name); field != nil {
					for i := range field.Len() {
						n, _ := field.FloatAt(i)
						got += n
					}
				}
			}
			if got != want {
				t.Errorf("%v: %v, want %v", query, got, want)
			}
		}
	}
	f("intel", "=", "listed", 1601)
	f("intel", "!=", "not listed", 1601)
	f("intel", "=", "Not listed", 31_008-1601)
	f("score", ">=", "60", 1600)
	f("score", "<", "90", 31_008-1000)
	f("score", "=", "40", 1)
	f("feed", "=", "alpha", 1600)
	f("feed", "!=", "alpha", 31_008-1600)
	f("feed", "=~", "^be", 1001)
	f("feed", "=", "x') OR 1=1 --", 0)
	f("tag", "=", "mirai", 1000)
}

func sqlQueryWith(text, key, operator, value string) map[string]any {
	query := sqlQuery(text, "table")
	query["adhoc"] = filtered(key, operator, value)
	return query
}

func TestFilter_onListsReachesFindingsByTheirSources(t *testing.T) {
	for value, want := range map[string][]string{"listed": {"v000000000001"}, "not listed": {"s000000000002", "p000000000005"}} {
		got := strs(t, ask(t, map[string]any{"queryType": "scans", "filters": filtered("intel", "=", value)})[0], "id")
		for _, id := range want {
			if !slices.Contains(got, id) {
				t.Errorf("%s: got %v, want %v", value, got, want)
			}
		}
	}
}

func TestTop_byWhatTheListsSay(t *testing.T) {
	for _, query := range []map[string]any{
		{"by": "feed"}, {"by": "feed", "filters": filtered("action", "!=", "alert")}, {"by": "feed", "measure": "sources"}, {"by": "feed", "measure": "targets"},
		{"by": "intel"}, {"by": "score"}, {"by": "tag"},
	} {
		query["queryType"] = "top"
		frame := ask(t, query)[0]
		got := map[string]string{}
		for i, name := range columnText(t, frame, query["by"].(string)) {
			got[name] = fmt.Sprint(frame.Fields[1].At(i))
		}
		want := map[string]string{"feed": "alpha:1600", "intel": "listed:1601", "score": "90:1000", "tag": "mirai:1000"}[query["by"].(string)]
		switch query["measure"] {
		case "sources":
			want = "alpha:2"
		case "targets":
			want = "alpha:7"
		}
		if name, n, _ := strings.Cut(want, ":"); got[name] != n {
			t.Errorf("%v: %v, want %s", query, got, want)
		}
	}
}

func TestEvents_sayWhatTheListsSayOfTheSource(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "events", "format": "table", "limit": 1, "filters": filtered("src_ip", "=", "192.0.2.66")})[0]
	if score, feeds := columnText(t, frame, "score")[0], columnText(t, frame, "feeds")[0]; score != "90" || feeds != "alpha, beta" {
		t.Errorf("score %s, feeds %s", score, feeds)
	}
	logs := ask(t, map[string]any{"queryType": "events", "limit": 1, "filters": filtered("src_ip", "=", "192.0.2.66")})[0]
	if labels := columnText(t, logs, "labels")[0]; !strings.Contains(fmt.Sprintf("%s", logs.Fields[4].At(0)), "alpha, beta") {
		t.Errorf("labels %s", labels)
	}
}

func TestVariable_feeds(t *testing.T) {
	if got := columnText(t, ask(t, map[string]any{"queryType": "variable", "column": "feed"})[0], "text"); !slices.Equal(got, []string{"alpha", "beta", "gamma"}) {
		t.Errorf("feeds %v", got)
	}
}

// Marks against a count by hand: each probe of a listed source lies in a mark, and each mark holds one.
func TestFireplot_marks(t *testing.T) {
	listed := map[string]bool{"192.0.2.66": true, "198.51.100.7": true}
	f := func(query map[string]any, from, to int64, keep func(row) bool) {
		t.Helper()
		query["queryType"], query["marks"] = "fireplot", "intel"
		r := request(t, query)
		r.From, r.To = at(from), at(to)
		list := run(t, r)
		if len(list) != 2 || list[1].Name != "marks" {
			t.Fatalf("%v: %d frames", query, len(list))
		}
		frame := list[1]
		value := func(name string, i int) float64 {
			field, _ := frame.FieldByName(name)
			if when, err := field.FloatAt(i); err == nil {
				return when
			}
			return math.NaN()
		}
		used := make([]bool, frame.Rows())
		probes := 0
		for _, each := range rows {
			if !listed[each.source] || each.ms < from || each.ms >= to || each.class >= 8 || !keep(each) {
				continue
			}
			probes++
			found := false
			for i := range frame.Rows() {
				ms := float64(each.ms)
				if value("from", i) <= ms && ms < value("to", i) && value("yMin", i) <= float64(each.port) && float64(each.port) < value("yMax", i) {
					used[i], found = true, true
				}
			}
			if !found {
				t.Fatalf("%v: no mark at %v, port %d", query, at(each.ms), each.port)
			}
		}
		if probes == 0 || slices.Contains(used, false) {
			t.Errorf("%v: %d marks for %d probes, or some without one", query, frame.Rows(), probes)
		}
	}
	all := func(row) bool { return true }
	midnight := day.UnixMilli()
	const hour = 3_600_000
	f(map[string]any{}, midnight, midnight+24*hour, all)
	f(map[string]any{"portFrom": "8000", "portTo": "9000"}, midnight+17*hour, midnight+20*hour, func(r row) bool { return r.port >= 8000 && r.port <= 9000 })
	f(map[string]any{"filters": filtered("sensor", "=", "gw-b")}, midnight, midnight+24*hour, func(r row) bool { return r.sensor == "gw-b" })
	f(map[string]any{}, midnight+18*hour, midnight+18*hour+5000, all)
	f(map[string]any{"filters": filtered("src_ip", "=", "198.51.100.7")}, midnight, midnight+24*hour, func(r row) bool { return r.source == "198.51.100.7" })
}

func TestFireplot_marksAreRefusedOrNoneWhenNobodyIsListed(t *testing.T) {
	refused(t, map[string]any{"queryType": "fireplot", "marks": "all"}, "marks is")
	list := ask(t, map[string]any{"queryType": "fireplot", "marks": "intel", "filters": filtered("src_ip", "=", "198.51.100.1")})
	if len(list) != 2 || list[1].Rows() != 0 {
		t.Errorf("got %d frames", len(list))
	}
}

func refused(t *testing.T, query map[string]any, want string) {
	t.Helper()
	if _, err := runner.Run(t.Context(), request(t, query)); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v: %v", query, err)
	}
}

// The rule as the file has it: it fires for the source that was let in, and for nobody where nothing was.
func TestProvisionedRule_knownBadSourceGotAnAllow(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(provisioning, "alerting", "intel.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(text), "model:\n")
	body, rest, ok := strings.Cut(body, "- refId: B")
	if !ok || !strings.Contains(rest, "evaluator: { type: gt, params: [0] }") {
		t.Fatal("the rule is not a query and a threshold over 0")
	}
	model := map[string]any{}
	for _, line := range strings.Split(body, "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case value == "true":
			model[key] = true
		case key == "queryType" || key == "by" || key == "format":
			model[key] = value
		}
	}
	if model["queryType"] != "intel" || model["onlyAllowed"] != true {
		t.Fatalf("read %v", model)
	}
	f := func(hour int, want string) {
		t.Helper()
		r := alert(t, model, 43_200)
		r.From, r.To = at(day.UnixMilli()+int64(hour)*3_600_000), at(day.UnixMilli()+int64(hour+1)*3_600_000)
		got := ""
		for _, frame := range run(t, r) {
			if len(frame.Fields) > 0 && frame.Rows() > 0 && *frame.At(0, 0).(*float64) > 0 {
				got += frame.Fields[0].Labels.String()
			}
		}
		if got != want {
			t.Errorf("hour %d: fires for %q, want %q", hour, got, want)
		}
	}
	f(12, "source=192.0.2.2")
	f(18, "")
}

// Every panel of the dashboard is answered, also in a range that holds nothing, and its annotation.
func TestProvisionedIntelDashboard_everyPanelIsAnswered(t *testing.T) {
	for _, panel := range dashboardPanels(t, "fireplot-intel.json") {
		for _, target := range panel.Targets {
			// Variables on All are no condition: the front end leaves them out.
			target["filters"] = slices.DeleteFunc(target["filters"].([]any), func(f any) bool {
				return strings.HasPrefix(fmt.Sprint(f.(map[string]any)["value"]), "$")
			})
			if list := ask(t, target); list[0].Rows() == 0 {
				t.Errorf("%s shows nothing", panel.Title)
			}
			r := request(t, target)
			r.From, r.To = day.AddDate(-1, 0, 0), day.AddDate(-1, 0, 1)
			run(t, r)
		}
	}
}

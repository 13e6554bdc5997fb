package query

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// The dashboard and the rules of ingest itself ask tables that age by the clock, so their rows lie around now.

const provisioning = "../../../provisioning"

// plantedHealth: each instance is one case of the rules; the engine's own service writes beside them, as this machine.
func plantedHealth() []string {
	statements := []string{}
	sample := func(instance, gauge, labels string, ago time.Duration, value float64) {
		statements = append(statements, fmt.Sprintf(
			"INSERT INTO fireplot.health (time, instance, gauge, labels, value) VALUES (now() - %d, '%s', '%s', %s, %g)",
			int(ago.Seconds()), instance, gauge, labels, value))
	}
	for _, each := range []struct {
		instance                         string
		ago                              time.Duration
		oldest, bytes, lines, odd, other float64
	}{
		{"fine", 10 * time.Second, 2, 1_000, 1_000, 10, 900},
		{"slow", 10 * time.Second, 400, 1_000, 1_000, 0, 0},
		{"full", 10 * time.Second, 0, 600_000, 1_000, 0, 0},
		{"strange", 10 * time.Second, 0, 0, 1_000, 500, 0},
		{"hardly", 10 * time.Second, 0, 0, 50, 50, 0},
		{"gone", time.Hour, 400, 600_000, 1_000, 500, 0},
	} {
		sample(each.instance, "sample_seconds", "{}", each.ago, 15)
		sample(each.instance, "spool_oldest_seconds", "{}", each.ago+15*time.Second, 9_999)
		sample(each.instance, "spool_oldest_seconds", "{}", each.ago, each.oldest)
		sample(each.instance, "spool_bytes", "{}", each.ago, each.bytes)
		sample(each.instance, "spool_limit_bytes", "{}", each.ago, 1_000_000)
		sample(each.instance, "lines_received", "{'input':'udp'}", each.ago, each.lines)
		sample(each.instance, "lines_refused", "{'dialect':'','reason':'unclaimed'}", each.ago, each.odd)
		sample(each.instance, "lines_refused", "{'dialect':'mikrotik','reason':'not-traffic'}", each.ago, each.other)
		sample(each.instance, "lines_dropped", "{'cause':'rate'}", each.ago, 3)
		sample(each.instance, "batch_seconds_sum", "{}", each.ago, 0.5)
		sample(each.instance, "batch_seconds_count", "{}", each.ago, 5)
	}
	// Lines in every minute of two days, until so many minutes ago.
	for sensor, until := range map[string]int{"heard": 0, "silent": 30} {
		statements = append(statements, fmt.Sprintf(`INSERT INTO fireplot.arrivals (h, sensor, minutes, n, last, newest)
			SELECT toStartOfHour(at), '%s', groupBitOr(bitShiftLeft(toUInt64(1), toMinute(at))), count(), max(at), max(at)
			FROM (SELECT now('UTC') - 60 * (number + %d) AS at FROM numbers(2880)) GROUP BY toStartOfHour(at)`, sensor, until))
	}
	return append(statements, `INSERT INTO fireplot.arrivals (h, sensor, minutes, n, last, newest)
		SELECT toStartOfHour(now() - 7200), 'new', 1, 1, now() - 7200, now() - 7200`)
}

// rule is what a test needs of a rule in a file.
type rule struct {
	sql       string
	back      time.Duration
	threshold float64
}

// rulesOf reads rules that ask by SQL: of YAML no more than these files use.
func rulesOf(t *testing.T, name string) map[string]rule {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(provisioning, "alerting", name))
	if err != nil {
		t.Fatal(err)
	}
	number := func(pattern, part string) float64 {
		found := regexp.MustCompile(pattern).FindStringSubmatch(part)
		if found == nil {
			t.Fatalf("no %s in %s", pattern, part)
		}
		value, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	rules := map[string]rule{}
	for _, part := range strings.Split(string(text), "- uid: ")[1:] {
		uid, body, _ := strings.Cut(part, "\n")
		_, body, ok := strings.Cut(body, "rawSql: |\n")
		if !ok {
			t.Fatalf("%s asks by no SQL", uid)
		}
		sql, _, _ := strings.Cut(body, "intervalMs:")
		rules[uid] = rule{sql, time.Duration(number(`from: (\d+)`, part)) * time.Second, number(`params: \[([\d.]+)\]`, part)}
	}
	return rules
}

// evaluate asks as the rule engine does, and gives the values that it sees by the label.
func (r rule) evaluate(t *testing.T, label string) map[string]float64 {
	t.Helper()
	query := alert(t, sqlQuery(r.sql, "numeric"), 300)
	query.To = time.Now()
	query.From = query.To.Add(-r.back)
	values := map[string]float64{}
	for _, frame := range run(t, query) {
		checkDimension(t, map[string]any{"rawSql": r.sql}, frame, data.FrameTypeNumericMulti)
		values[frame.Fields[0].Labels[label]] = *frame.At(0, 0).(*float64)
	}
	return values
}

func TestProvisionedRules_fireForWhatTheyAreFor(t *testing.T) {
	rules := rulesOf(t, "ingest.yaml")
	f := func(uid, label string, want map[string]bool) {
		t.Helper()
		rule, ok := rules[uid]
		if !ok {
			t.Fatalf("no rule %s", uid)
		}
		values := rule.evaluate(t, label)
		for name, fires := range want {
			value, ok := values[name]
			if !ok || (value > rule.threshold) != fires {
				t.Errorf("%s of %q: %v (there: %v) over %v, want it to fire: %v", uid, name, value, ok, rule.threshold, fires)
			}
		}
	}
	f("fireplot-sensor-silent", "sensor", map[string]bool{"heard": false, "silent": true, "": false})
	f("fireplot-spool-growing", "instance", map[string]bool{"fine": false, "slow": true, "full": true})
	f("fireplot-lines-refused", "instance", map[string]bool{"fine": false, "strange": true, "hardly": false})
	f("fireplot-ingest-silent", "instance", map[string]bool{"fine": false, "slow": false, "gone": true})

	if values := rules["fireplot-sensor-silent"].evaluate(t, "sensor"); values["silent"] < 29 || values["silent"] > 32 || len(values) != 3 {
		t.Errorf("minutes of silence: %v; a sensor that is new has no say", values)
	}
}

// What was written before the rules' windows is no news, and a store without rows fires nothing.
func TestProvisionedRules_areQuietWhereNothingIsStored(t *testing.T) {
	for uid, rule := range rulesOf(t, "ingest.yaml") {
		query := alert(t, sqlQuery(rule.sql, "numeric"), 300)
		query.To = time.Now().AddDate(-1, 0, 0)
		query.From = query.To.Add(-rule.back)
		for _, frame := range run(t, query) {
			if len(frame.Fields) > 0 && *frame.At(0, 0).(*float64) > rule.threshold {
				t.Errorf("%s fires: %v", uid, frame.Fields[0].Labels)
			}
		}
	}
}

type panel struct {
	Title   string           `json:"title"`
	Targets []map[string]any `json:"targets"`
}

// dashboardPanels reads the panels of a provisioned dashboard.
func dashboardPanels(t *testing.T, file string) []panel {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(provisioning, "dashboards", file))
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []panel `json:"panels"`
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	return board.Panels
}

func TestProvisionedHealthDashboard_everyPanelIsAnswered(t *testing.T) {
	panels := dashboardPanels(t, "ingest-health.json")
	now := time.Now()
	filled := 0
	for _, panel := range panels {
		for _, target := range panel.Targets {
			r := request(t, target)
			r.From, r.To, r.Interval = now.Add(-6*time.Hour), now, time.Minute
			for _, frame := range run(t, r) {
				if frame.Rows() > 0 {
					filled++
					break
				}
			}
			r.From, r.To = now.AddDate(-1, 0, -1), now.AddDate(-1, 0, 0)
			run(t, r)
		}
	}
	// Events read, stored and refused lines kept, connections, memory and processor are the service's own to write.
	if want := 13; len(panels) < 15 || filled < want {
		t.Errorf("%d of %d panels have rows, want %d at least", filled, len(panels), want)
	}
}

package plugin

import (
	"strings"
	"testing"
)

// No list was ever loaded: the dictionary is there and empty.
func TestQueryData_withoutAnyListNobodyIsListed(t *testing.T) {
	responses := answers(t, working(t), request(`{"queryType":"intel"}`, `{"queryType":"intel","by":"feed"}`, `{"queryType":"intel","format":"timeseries"}`,
		`{"queryType":"intel","format":"annotations"}`, `{"queryType":"fireplot","marks":"intel"}`,
		`{"queryType":"top","by":"src_ip","filters":[{"key":"intel","operator":"=","value":"not listed"}]}`))
	for id, rows := range map[string]int{"A": 0, "B": 0, "C": 0, "D": 0, "F": 10} {
		response := responses[id]
		if response.Error != nil || len(response.Frames) == 0 || response.Frames[0].Rows() != rows {
			t.Errorf("%s: %v, %v", id, response.Error, response.Frames)
		}
	}
	if e := responses["E"]; e.Error != nil || len(e.Frames) != 2 || e.Frames[0].Rows() == 0 || e.Frames[1].Rows() != 0 {
		t.Errorf("fireplot: %v, %v", e.Error, e.Frames)
	}
}

// A store whose lists cannot be asked still has its events; what is about the lists says what to do.
func TestQueryData_withoutTheDictionaryEventsAreTold(t *testing.T) {
	for _, statement := range []string{
		"CREATE DATABASE IF NOT EXISTS bare", "CREATE TABLE IF NOT EXISTS bare.events AS fireplot.events", "CREATE TABLE IF NOT EXISTS bare.sources AS fireplot.sources",
		"CREATE TABLE IF NOT EXISTS bare.source_days AS fireplot.source_days", "CREATE TABLE IF NOT EXISTS bare.cells_1m AS fireplot.cells_1m",
		"CREATE TABLE IF NOT EXISTS bare.migrations (version UInt32) ENGINE = MergeTree ORDER BY version", "INSERT INTO bare.migrations VALUES (54)",
		"INSERT INTO bare.events SELECT * FROM fireplot.events LIMIT 7",
		"INSERT INTO bare.cells_1m (t, sensor, action, class, y, n) VALUES ('2026-11-22 10:00:00', 'gw', 2, 0, 64, 5)",
	} {
		engine.Exec(t, statement)
	}
	responses := answers(t, instance(t, owner("bare", engine.Token)), request(`{"queryType":"events","format":"table"}`, `{"queryType":"fireplot","marks":"intel"}`,
		`{"queryType":"intel"}`, `{"queryType":"events","filters":[{"key":"feed","operator":"=","value":"x"}]}`))
	for _, id := range []string{"A", "B"} {
		response := responses[id]
		if response.Error != nil || response.Frames[0].Rows() == 0 || len(response.Frames[0].Meta.Notices) == 0 || !strings.Contains(response.Frames[0].Meta.Notices[0].Text, "Without ") {
			t.Errorf("%s: %v, %v", id, response.Error, response.Frames)
		}
	}
	for _, id := range []string{"C", "D"} {
		if err := responses[id].Error; err == nil || !strings.Contains(err.Error(), "fireplot migrate") {
			t.Errorf("%s: %v", id, err)
		}
	}
}

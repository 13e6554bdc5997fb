package query

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// painted reads a fireplot frame back: counts by cell and class.
type corner struct {
	xMax       int64
	yMin, yMax float64
}

func customOf(t testing.TB, frame *data.Frame) Custom {
	t.Helper()
	text, err := json.Marshal(frame.Meta.Custom)
	if err != nil {
		t.Fatal(err)
	}
	var custom Custom
	if err := json.Unmarshal(text, &custom); err != nil {
		t.Fatal(err)
	}
	return custom
}

// painted reads a frame back, and holds it to the contract on its way.
func painted(t testing.TB, frame *data.Frame) map[corner]map[int]uint64 {
	t.Helper()
	names := []string{"xMax", "yMin", "yMax", "count"}
	for i, name := range names {
		if frame.Fields[i].Name != name {
			t.Fatalf("field %d is %s, want %s", i, frame.Fields[i].Name, name)
		}
	}
	if frame.Meta.Type != "heatmap-cells" {
		t.Fatalf("the frame is of type %q", frame.Meta.Type)
	}
	cells := map[corner]map[int]uint64{}
	classBefore := -1
	for _, field := range frame.Fields[4:] {
		var class int
		if _, err := fmt.Sscan(field.Labels["class"], &class); err != nil || class <= classBefore || field.Name != schema.ClassName(class) {
			t.Fatalf("field %s with label %v follows class %d", field.Name, field.Labels, classBefore)
		}
		classBefore = class
		occurs := false
		for i := range frame.Rows() {
			if n := uint64(field.At(i).(uint32)); n > 0 {
				occurs = true
				c := cornerAt(frame, i)
				if cells[c] == nil {
					cells[c] = map[int]uint64{}
				}
				cells[c][class] += n
			}
		}
		if !occurs {
			t.Errorf("class %d has a field and no count", class)
		}
	}
	seen := map[corner]bool{}
	for i := range frame.Rows() {
		total := uint64(0)
		for _, field := range frame.Fields[4:] {
			total += uint64(field.At(i).(uint32))
		}
		if count := uint64(frame.Fields[3].At(i).(uint32)); count != total || (count == 0) != (i < 2) {
			t.Fatalf("row %d counts %d, its classes %d", i, count, total)
		}
		c := cornerAt(frame, i)
		if i >= 2 && seen[c] {
			t.Fatalf("row %d comes twice: %v", i, c)
		}
		seen[c] = i >= 2
		if i > 0 && c.xMax < cornerAt(frame, i-1).xMax {
			t.Fatalf("row %d is earlier than the one before", i)
		}
		if c.yMin <= 0 || c.yMax <= c.yMin {
			t.Fatalf("row %d spans ports %v to %v", i, c.yMin, c.yMax)
		}
	}
	return cells
}

func cornerAt(frame *data.Frame, i int) corner {
	return corner{frame.Fields[0].At(i).(time.Time).UnixMilli(), float64(frame.Fields[1].At(i).(float32)), float64(frame.Fields[2].At(i).(float32))}
}

// byHand files the stored rows into the cells that the frame says it has.
func byHand(custom Custom, portFrom, portTo int, keep func(row) bool) map[corner]map[int]uint64 {
	cells := map[corner]map[int]uint64{}
	edges := grid.EdgesOf(custom.RowsPerOctave)
	step := custom.StepMs
	from, to := custom.FromMs/step*step, (custom.ToMs+step-1)/step*step
	low, high := 0.0, edges[grid.Bin(custom.RowsPerOctave, portTo)].Max
	if portFrom > 1 {
		low = edges[grid.Bin(custom.RowsPerOctave, portFrom)].Min
	}
	for _, r := range rows {
		if r.ms < from || r.ms >= to || float64(r.port) < low || float64(r.port) >= high || !keep(r) {
			continue
		}
		e := edges[grid.Bin(custom.RowsPerOctave, r.port)]
		c := corner{r.ms/step*step + step, e.Min, e.Max}
		if cells[c] == nil {
			cells[c] = map[int]uint64{}
		}
		cells[c][r.class] += r.count
	}
	return cells
}

func TestFireplot_countsEveryEventOnce(t *testing.T) {
	noTail := func(r row) bool { return r.class < schema.ClassTail }
	type span struct{ from, to time.Duration }
	whole := span{0, 24 * time.Hour}
	f := func(name string, s span, points int64, options map[string]any, portFrom, portTo int, source string, keep func(row) bool) {
		t.Run(name, func(t *testing.T) {
			query := map[string]any{"queryType": "fireplot"}
			for key, value := range options {
				query[key] = value
			}
			r := request(t, query)
			r.From, r.To, r.Points = day.Add(s.from), day.Add(s.to), points
			list := run(t, r)
			if len(list) != 1 {
				t.Fatalf("%d frames", len(list))
			}
			custom := customOf(t, list[0])
			if custom.Source != source {
				t.Errorf("read from %s, want %s", custom.Source, source)
			}
			got, want := painted(t, list[0]), byHand(custom, portFrom, portTo, keep)
			if len(want) < 3 {
				t.Fatalf("the case has only %d cells", len(want))
			}
			if len(got) != len(want) {
				t.Errorf("%d cells, want %d", len(got), len(want))
			}
			for c, classes := range want {
				if fmt.Sprint(got[c]) != fmt.Sprint(classes) {
					t.Fatalf("cell %v: %v, want %v", c, got[c], classes)
				}
			}
		})
	}
	all := func(row) bool { return true }
	and := func(keep func(row) bool) func(row) bool { return func(r row) bool { return noTail(r) && keep(r) } }
	full := 65535
	f("a day", whole, 1500, nil, 1, full, "cells_1m", noTail)
	f("a day with tails", whole, 1500, map[string]any{"showTail": true}, 1, full, "cells_1m", all)
	f("a day on a phone", whole, 200, nil, 1, full, "cells_10m", noTail)
	f("a day as a stamp", whole, 12, nil, 1, full, "cells_1h", noTail)
	f("a range that starts and ends in the middle of cells", span{90*time.Minute + 17*time.Second, 23*time.Hour + 1}, 1500, nil, 1, full, "cells_1m", noTail)
	f("minutes", span{18 * time.Hour, 18*time.Hour + 10*time.Minute}, 1500, nil, 1, full, "events", noTail)
	f("milliseconds", span{18 * time.Hour, 18*time.Hour + 300*time.Millisecond}, 1500, nil, 1, full, "events", noTail)
	f("some octaves", whole, 1500, map[string]any{"portFrom": "300", "portTo": "40000"}, 300, 40000, "cells_1m", noTail)
	f("some octaves of the coarse levels", whole, 200, map[string]any{"portFrom": 100, "portTo": 60000}, 100, 60000, "cells_10m", noTail)
	f("a few ports", whole, 1500, map[string]any{"portFrom": "8000", "portTo": "8099.6"}, 8000, 8099, "events", noTail)
	f("low ports", whole, 1500, map[string]any{"portFrom": "0", "portTo": "90"}, 1, 90, "cells_1m", noTail)
	f("few rows", whole, 1500, map[string]any{"rowsPerDecade": "20"}, 1, full, "cells_1m", noTail)
	f("many rows", whole, 1500, map[string]any{"rowsPerDecade": 500}, 1, full, "events", noTail)
	f("few cells", whole, 1500, map[string]any{"maxCells": 500}, 1, full, "cells_1m", noTail)
	f("few cells of events", whole, 1500, map[string]any{"maxCells": 500, "filters": filtered("dst_port", "<", "9000")}, 1, full, "events", and(func(r row) bool { return r.port < 9000 }))
	f("by protocol", whole, 1500, map[string]any{"filters": filtered("proto", "!=", "tcp")}, 1, full, "cells_1m", and(func(r row) bool { return r.proto != 6 }))
	f("by action", whole, 1500, map[string]any{"adhoc": filtered("action", "=", "reject")}, 1, full, "cells_1m", and(func(r row) bool { return r.action == "reject" }))
	f("by class", whole, 1500, map[string]any{"filters": filtered("class", "=", "UDP/IPv4")}, 1, full, "cells_1m", and(func(r row) bool { return r.class == 1 }))
	f("by sensor and source", whole, 1500, map[string]any{"filters": filtered("sensor", "=~", "^gw-a$"), "adhoc": filtered("src_ip", "=", "198.51.100.0/29")}, 1, full, "events",
		and(func(r row) bool {
			return r.sensor == "gw-a" && strings.HasPrefix(r.source, "198.51.100.") && len(r.source) == 12 && r.source[11] < '8'
		}))
}

func TestFireplot_readsTheFinestLevelOnlyWhereItReaches(t *testing.T) {
	now := runner.Now
	defer func() { runner.Now = now }()
	r := request(t, map[string]any{"queryType": "fireplot"})
	r.To = day.Add(4 * time.Hour)
	runner.Now = func() time.Time { return day.Add(24 * time.Hour) }
	if source := customOf(t, run(t, r)[0]).Source; source != "cells_10s" {
		t.Errorf("a day later it reads %s", source)
	}
	runner.Now = func() time.Time { return day.Add(49 * time.Hour) }
	if source := customOf(t, run(t, r)[0]).Source; source != "events" {
		t.Errorf("two days later it reads %s", source)
	}
}

func TestFireplot_pinsTheWidthOfACell(t *testing.T) {
	frame := ask(t, map[string]any{"queryType": "fireplot"})[0]
	first, second := cornerAt(frame, 0), cornerAt(frame, 1)
	if custom := customOf(t, frame); first.xMax != day.UnixMilli() || second.xMax-first.xMax != custom.StepMs {
		t.Errorf("the first rows end at %d and %d", first.xMax-day.UnixMilli(), second.xMax-day.UnixMilli())
	}
}

func TestFireplot_saysWhenItIsCoarser(t *testing.T) {
	list := ask(t, map[string]any{"queryType": "fireplot", "maxCells": 500})
	if cells := list[0].Rows() - 2; cells > 500 || cells < 100 {
		t.Errorf("%d cells", cells)
	}
	custom := customOf(t, list[0])
	for _, part := range []string{stepText(custom.StepMs), fmt.Sprintf("1/%d octave", custom.RowsPerOctave), "at 1 min × 1/64 octave", "more than 500"} {
		if !strings.Contains(notices(list), part) {
			t.Errorf("%q lacks %q", notices(list), part)
		}
	}
	if text := notices(ask(t, map[string]any{"queryType": "fireplot"})); text != "" {
		t.Errorf("a grid as wanted carries the notice %q", text)
	}
}

func TestFireplot_emptySaysWhereTheNewestEventIs(t *testing.T) {
	r := request(t, map[string]any{"queryType": "fireplot"})
	r.From, r.To = day.AddDate(0, 0, 7), day.AddDate(0, 0, 8)
	frame := run(t, r)[0]
	custom, ok := frame.Meta.Custom.(EmptyCustom)
	if !ok || frame.Rows() != 0 || len(frame.Fields) != 4 {
		t.Fatalf("%d fields, %d rows, %#v", len(frame.Fields), frame.Rows(), frame.Meta.Custom)
	}
	newest := int64(math.MinInt64)
	for _, r := range rows {
		newest = max(newest, r.ms)
	}
	if custom.NewestMs == nil || *custom.NewestMs != newest {
		t.Errorf("newest is %v, want %d", custom.NewestMs, newest)
	}
}

func TestFireplot_unreplacedVariablesAreUnset(t *testing.T) {
	plain := ask(t, map[string]any{"queryType": "fireplot"})[0]
	variables := ask(t, map[string]any{"queryType": "fireplot", "portFrom": "${port_from}", "portTo": "$port_to", "maxCells": ""})[0]
	if plain.Rows() != variables.Rows() {
		t.Errorf("%d rows, want %d", variables.Rows(), plain.Rows())
	}
}

// The row of a port is computed in three places: here, in SQL over events, and by the views that feed the pyramid.
func TestFireplot_rowsOfEngineAndBackendAgree(t *testing.T) {
	j := &job{Runner: runner, Request: request(t, map[string]any{}), model: Model{}}
	p := &picture{job: j}
	runner.MaxRows = 70_000
	defer func() { runner.MaxRows = 10_000 }()
	for octave := 1; octave <= grid.MaxOctave; octave *= 4 {
		expression := p.row(grid.Grid{Table: schema.Events, Octave: octave})
		list := ask(t, map[string]any{"queryType": "sql", "rawSql": "SELECT toUInt32(" + expression + ") FROM (SELECT toUInt16(number) AS dst_port FROM numbers(65536)) ORDER BY dst_port"})
		for port := range 65_536 {
			if got, want := list[0].Fields[0].At(port).(uint32), grid.Bin(octave, port); got != want {
				t.Fatalf("port %d at 1/%d octave: the engine says row %d, want %d", port, octave, got, want)
			}
		}
	}
}

package query

import (
	"context"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/finding"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// A scan's row is found under the day of its first event, and lasts a week at most.
const scanSpan = 7

// scanFilters: a scan meets a filter when any of its sources, targets, ports or sensors does.
var scanFilters = map[string]filter.Finding{
	"src_ip":   {List: "sources"},
	"dst_ip":   {List: "targets"},
	"dst_port": {List: "if(empty(port_list), range(toUInt32(min_port), toUInt32(max_port) + 1), arrayMap(p -> toUInt32(p), port_list))"},
	"proto":    {One: "proto"},
	"sensor":   {List: "sensors"},
	"scan":     {One: "id"},
}

// What a frame lists of sources, targets and sensors: enough to filter by, and no megabytes for a botnet.
const listed = "100"

// scanColumns in the order in which readScan reads them. Lists travel as text, since any ClickHouse writes those alike.
var scanColumns = strings.Join([]string{
	"id", "kind", "proto", "flags", "`order`", "pace", "severity", "start", "`end`",
	addresses("sources"), "toUInt64(source_count)", addresses("targets"), "toUInt64(target_count)",
	"toUInt64(ports)", "min_port", "max_port", "arrayStringConcat(arrayMap(p -> toString(p), port_list), ', ')",
	"events", "rate", "tool", "tool_sure", "score", "magnitude", "toUInt8(ongoing)", "known",
	"arrayStringConcat(arraySlice(sensors, 1, " + listed + "), ', ')",
	"concat('[', arrayStringConcat(arrayMap(k -> concat('[', toString(toUnixTimestamp64Milli(k.1)), ',', toString(k.2), ']'), curve), ','), ']')",
	"evidence", "arrayStringConcat(not_evaluable, ', ')",
}, ", ")

func addresses(column string) string {
	return "concat('[', arrayStringConcat(arrayMap(a -> concat('\"', replaceOne(toString(a), '::ffff:', ''), '\"'), arraySlice(" +
		column + ", 1, " + listed + ")), ','), ']')"
}

// scans answers what detection has found in the range. Only ingest computes and keeps findings; this reads them.
func scans(ctx context.Context, j *job) (data.Frames, error) {
	h, err := newHunt(j, schema.Scans, scanSpan, scanFilters)
	if err != nil {
		return nil, err
	}
	condition, err := j.scanConditions()
	if err != nil {
		return nil, err
	}
	var list []finding.Finding
	more, err := h.find(ctx, scanColumns, condition, func(b *clickhouse.Block, row int) error {
		var s finding.Scan
		var ongoing uint8
		err := clickhouse.Scan(b, row, &s.ID, &s.Kind, &s.Proto, &s.Flags, &s.Order, &s.Pace, &s.Severity, &s.Start, &s.End,
			&s.Sources, &s.SourceCount, &s.Targets, &s.TargetCount, &s.Ports, &s.MinPort, &s.MaxPort, &s.PortList,
			&s.Events, &s.Rate, &s.Tool, &s.ToolSure, &s.Score, &s.Magnitude, &ongoing, &s.Known, &s.Sensors, &s.Curve,
			&s.Evidence, &s.NotEvaluable)
		s.Ongoing = ongoing != 0
		list = append(list, &s)
		return err
	})
	if err != nil {
		return nil, err
	}
	return h.shape(list, more, finding.ScanTable)
}

// scanConditions are those that only scans have.
func (j *job) scanConditions() (string, error) {
	kinds, err := oneOf("kind", "kinds", j.model.Kinds, finding.Kinds)
	if err != nil {
		return "", err
	}
	pace, err := oneOf("pace", "pace", single(j.model.Pace), finding.Paces)
	if err != nil {
		return "", err
	}
	from, to, err := j.model.ports()
	if err != nil {
		return "", err
	}
	conditions := []string{"superseded_by = ''", kinds, pace}
	if j.model.OddFlags {
		conditions = append(conditions, "flags NOT IN ('', 'syn', 'mixed')")
	}
	if !j.model.PortFrom.unset() || !j.model.PortTo.unset() {
		conditions = append(conditions, portOverlap(from, to))
	}
	return strings.TrimPrefix(where(conditions...), "WHERE "), nil
}

func single(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/finding"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// A spike's row is found under the day of its last event; its window is a day at most.
const spikeSpan = 2

var spikeFilters = map[string]filter.Finding{
	"src_ip":   {List: "source_list"},
	"dst_port": {One: "port"},
	"proto":    {One: "proto"},
}

var spikeColumns = strings.Join([]string{
	"id", "port", "proto", "window_hours", "toUInt64(sources)", "events", "toUInt64(targets)", "baseline", "q", "z", "onset",
	"dshield_trend", "toUInt64(history_days)",
	"arrayStringConcat(arrayMap(c -> concat(c.1, ' ', toString(c.2)), countries), ', ')",
	"arrayStringConcat(arrayMap(n -> concat('AS', toString(n.1), ' ', toString(n.2)), networks), ', ')",
	addresses("source_list"), "start", "`end`", "score", "severity", "magnitude", "toUInt8(ongoing)", "known", "evidence",
}, ", ")

// spikes answers which ports more sources than usual touched.
func spikes(ctx context.Context, j *job) (data.Frames, error) {
	h, err := newHunt(j, schema.Spikes, spikeSpan, spikeFilters)
	if err != nil {
		return nil, err
	}
	condition, err := j.spikeConditions()
	if err != nil {
		return nil, err
	}
	var list []finding.Finding
	more, err := h.find(ctx, spikeColumns, condition, func(b *clickhouse.Block, row int) error {
		var s finding.Spike
		var ongoing uint8
		err := clickhouse.Scan(b, row, &s.ID, &s.Port, &s.Proto, &s.WindowHours, &s.SourceCount, &s.Events, &s.TargetCount,
			&s.Baseline, &s.Q, &s.Z, &s.Onset, &s.DShieldTrend, &s.HistoryDays, &s.Countries, &s.Networks, &s.Sources,
			&s.Start, &s.End, &s.Score, &s.Severity, &s.Magnitude, &ongoing, &s.Known, &s.Evidence)
		s.Ongoing = ongoing != 0
		list = append(list, &s)
		return err
	})
	if err != nil {
		return nil, err
	}
	return h.shape(list, more, finding.SpikeTable)
}

func (j *job) spikeConditions() (string, error) {
	from, to, err := j.model.ports()
	if err != nil || j.model.PortFrom.unset() && j.model.PortTo.unset() {
		return "", err
	}
	return fmt.Sprintf("port BETWEEN %d AND %d", from, to), nil
}

// portOverlap is the condition that a scan touched a range of ports, whole as seen from its ends.
func portOverlap(from, to int) string {
	return fmt.Sprintf("min_port <= %d AND max_port >= %d", to, from)
}

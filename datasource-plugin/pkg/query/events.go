package query

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	defaultEvents = 1000
	// Counting what was left out is a courtesy; it may not hold up the rows.
	countTimeout = 5 * time.Second
)

// Columns of a log row that become labels when they say something.
var labelColumns = []string{
	"sensor", "action", "proto", "src_ip", "src_port", "dst_ip", "dst_port", "tcp_flags", "icmp_type", "icmp_code",
	"class", "direction", "iface_in", "iface_out", "rule", "signature", "src_country", "qname", "ttl", "length", "count", "dialect",
}

func events(ctx context.Context, j *job) (data.Frames, error) {
	switch j.model.Format {
	case "", "logs":
		return j.eventRows(ctx, append([]string{"time", "batch", "seq", "message"}, labelColumns...), eventLogs)
	case "table":
		names := make([]string, len(schema.Columns))
		for i, column := range schema.Columns {
			names[i] = column.Name
		}
		return j.eventRows(ctx, names, eventTable)
	case "volume":
		return volume(ctx, j)
	}
	return nil, invalid("events are shown as logs, table or volume, not as %q", j.model.Format)
}

// eventRows reads the newest rows that fit the conditions, and says how many there are when that is not all.
func (j *job) eventRows(ctx context.Context, columns []string, shape func(*frames.Table) (*data.Frame, error)) (data.Frames, error) {
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	limit, err := j.model.Limit.integer("limit", min(defaultEvents, j.MaxRows), 1, j.MaxRows)
	if err != nil {
		return nil, err
	}
	table, unlisted, err := j.listedRows(ctx, columns, set, limit)
	if err != nil {
		return nil, err
	}
	frame, err := shape(table)
	if err != nil {
		return nil, err
	}
	list := data.Frames{frame}
	frames.Notice(list, data.NoticeSeverityWarning, unlisted)
	if table.More {
		frames.Notice(list, data.NoticeSeverityInfo, fmt.Sprintf("The newest %s rows; %s.", Thousands(uint64(limit)), j.countEvents(ctx, set)))
	}
	return list, nil
}

// listedRows reads the rows with what the lists say of their sources. Where the lists cannot be asked, the rows come
// without, and `unlisted` says why.
func (j *job) listedRows(ctx context.Context, columns []string, set filter.Set, limit int) (table *frames.Table, unlisted string, err error) {
	table, err = j.newestRows(ctx, withLists(columns), set, limit)
	var trouble *clickhouse.Error
	if !errors.As(err, &trouble) || !trouble.IsIntel() {
		return table, "", err
	}
	table, err = j.newestRows(ctx, columns, set, limit)
	return table, "Without score and feeds of the sources. " + trouble.Error(), err
}

// withLists adds score and feeds of the source; the score takes the place of the column `intel`, which ingest does not fill.
func withLists(columns []string) []string {
	score := filter.ScoreOf("src_ip") + " AS score"
	feeds := "arrayStringConcat(" + filter.ListOf("feeds", "src_ip") + ", ', ') AS feeds"
	listed := slices.Clone(columns)
	if i := slices.Index(listed, "intel"); i >= 0 {
		listed[i] = score
		return append(listed, feeds)
	}
	return append(listed, score, feeds)
}

// Parts of the range, from its end, that are searched for enough rows before the whole of it is.
var newestParts = []time.Duration{64, 8, 1}

// A range that is shorter than this is searched at once.
const shortRange = 2 * time.Hour

// newestRows looks for rows at the end of the range first: a store of months has enough of them in its last day.
func (j *job) newestRows(ctx context.Context, columns []string, set filter.Set, limit int) (*frames.Table, error) {
	for _, part := range newestParts {
		length := j.To.Sub(j.From) / part
		if part > 1 && length < shortRange/8 {
			continue
		}
		params := filter.Params{}
		// The hour in front of the order is the first column of the sort key: the store then reads the newest hours and
		// stops, where it would else sort the whole range.
		statement := fmt.Sprintf("SELECT %s FROM %s %s ORDER BY toStartOfHour(time) DESC, time DESC, seq DESC LIMIT %d",
			strings.Join(columns, ", "), j.table(schema.Events),
			where(within(schema.Events, j.To.Add(-length).UnixMilli(), j.To.UnixMilli()), set.SQL(params, schema.Events)), limit+1)
		table := &frames.Table{Words: true, Limit: limit}
		if err := j.ask(ctx, statement, params, table.Add); err != nil {
			return nil, err
		}
		if table.More || part == 1 {
			return table, nil
		}
	}
	return nil, fmt.Errorf("no part of the range was searched")
}

// countEvents tells how many events fit, in words: the store may not manage to count them in time.
func (j *job) countEvents(ctx context.Context, set filter.Set) string {
	action, _ := schema.Find("action")
	r := &ranking{job: j, by: action, measure: "events", set: set}
	params := filter.Params{}
	rows := r.union(params, nil, func(table schema.Table) (columns, groups []string) {
		return []string{table.Count() + " AS n"}, nil
	}, r.segments(0))
	ctx, cancel := context.WithTimeout(ctx, countTimeout)
	defer cancel()
	counts, err := j.numbers(ctx, fmt.Sprintf("SELECT sum(n) FROM (%s)", rows), params, 1)
	if err != nil {
		return "there are more"
	}
	return Thousands(counts[0]) + " events in all"
}

func eventTable(t *frames.Table) (*data.Frame, error) {
	frame := t.Frame("events")
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable, PreferredVisualization: data.VisTypeTable}
	return frame, nil
}

// eventLogs makes log rows out of a table whose first columns are time, batch, seq and message.
func eventLogs(t *frames.Table) (*data.Frame, error) {
	frame := t.Frame("events")
	if len(frame.Fields) == 0 {
		return frames.Logs(nil)
	}
	rows := make([]frames.LogRow, frame.Rows())
	for i := range rows {
		labels := map[string]string{}
		for _, field := range frame.Fields[4:] {
			if text := frames.Text(field, i); text != "" && !absent(field.Name, text) {
				labels[field.Name] = text
			}
		}
		rows[i] = frames.LogRow{
			Time:     frame.Fields[0].At(i).(time.Time),
			ID:       frames.Text(frame.Fields[1], i) + "-" + frames.Text(frame.Fields[2], i),
			Body:     frames.Text(frame.Fields[3], i),
			Severity: frames.Severity(labels["action"]),
			Labels:   labels,
		}
		if rows[i].Body == "" {
			rows[i].Body = sentence(labels)
		}
	}
	return frames.Logs(rows)
}

// absent tells values that mean "not logged" and would only clutter the labels.
func absent(column, text string) bool {
	switch column {
	case "src_port", "dst_port":
		return text == "0"
	case "count":
		return text == "1"
	case "score":
		return text == "0"
	case "src_ip", "dst_ip":
		return text == "::"
	case "direction":
		return text == "unknown"
	}
	return false
}

// sentence stands in for a message that was not kept.
func sentence(labels map[string]string) string {
	address := func(side string) string {
		if port := labels[side+"_port"]; port != "" {
			return labels[side+"_ip"] + " port " + port
		}
		return labels[side+"_ip"]
	}
	return fmt.Sprintf("%s %s from %s to %s", labels["action"], labels["proto"], address("src"), address("dst"))
}

// Thousands writes a number with separators.
func Thousands(n uint64) string {
	digits := fmt.Sprint(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

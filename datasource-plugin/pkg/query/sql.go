package query

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/macro"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// sql runs a statement of the viewer's own: macros expanded, read-only, rows and bytes bounded.
func sql(ctx context.Context, j *job) (data.Frames, error) {
	table, notices, err := j.statement(ctx, j.MaxRows)
	if err != nil {
		return nil, err
	}
	list, err := j.shape(table)
	if err != nil {
		return nil, &Invalid{err.Error()}
	}
	for _, text := range notices {
		frames.Notice(list, data.NoticeSeverityWarning, text)
	}
	return list, nil
}

// statement expands and runs rawSql, and keeps at most `limit` rows.
func (j *job) statement(ctx context.Context, limit int) (*frames.Table, []string, error) {
	text := strings.TrimRight(strings.TrimSpace(j.model.RawSQL), "; \t\r\n")
	if text == "" {
		return nil, nil, invalid("the SQL is empty")
	}
	set, err := j.conditions()
	if err != nil {
		return nil, nil, err
	}
	mode, err := j.Store.Mode(ctx)
	if err != nil {
		return nil, nil, err
	}
	params := filter.Params{}
	expanded, err := macro.Expand(text, macro.Context{
		From: j.From, To: j.To, Interval: j.interval(), AdHoc: set, Binder: params,
		Database: j.Store.Database(), Settings: mode != clickhouse.Bare,
	})
	if err != nil {
		return nil, nil, &Invalid{err.Error()}
	}
	query := clickhouse.Query{SQL: expanded.SQL, Params: params, Comment: j.Comment, Streamed: mode == clickhouse.Bare}
	query.Settings = map[string]string{
		// One more than is shown, to know that there are more.
		"limit":                strconv.Itoa(limit + 1),
		"max_result_bytes":     strconv.Itoa(2 * clickhouse.DefaultMaxBytes),
		"result_overflow_mode": "throw",
	}
	if expanded.TableFilters != "" {
		query.Settings["additional_table_filters"] = expanded.TableFilters
	}
	var notices []string
	if len(set) > 0 && !expanded.AdHocPlaced {
		if mode == clickhouse.Bare {
			notices = append(notices, "The filters are not applied: the store's user profile (readonly=1) takes no settings. Put AND $__adHoc into the WHERE clause.")
		} else {
			query.Settings["additional_table_filters"] = macro.TableFilters(set, j.Store.Database(), schema.Filterable...)
			notices = append(notices, unfiltered(expanded.SQL, set)...)
		}
	}
	table := &frames.Table{Words: false, Limit: limit}
	if err := j.Store.Run(ctx, query, table.Add); err != nil {
		return nil, nil, err
	}
	if table.More {
		notices = append(notices, fmt.Sprintf("Only the first %s rows are shown. Add a LIMIT or group more coarsely.", Thousands(uint64(limit))))
	}
	return table, notices, nil
}

// unfiltered names the rollups that the statement seems to read and the filters cannot reach.
func unfiltered(text string, set filter.Set) []string {
	var notices []string
	for _, table := range schema.Filterable {
		if !set.Fits(table) && mentions(text, table.Name) {
			notices = append(notices, fmt.Sprintf("The filters on %s do not reach the table %s, which has no such column.", strings.Join(set.Columns(), ", "), table.Name))
		}
	}
	return notices
}

func mentions(text, name string) bool {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		if word == name {
			return true
		}
	}
	return false
}

// shape turns the rows into what the panel, Explore or the rule asked for.
func (j *job) shape(t *frames.Table) (data.Frames, error) {
	frame := t.Frame("")
	format := j.model.Format
	if j.Alert && (format == "" || format == "table") {
		format = guess(frame)
	}
	switch format {
	case "", "table":
		frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable, PreferredVisualization: data.VisTypeTable}
		return data.Frames{frame}, nil
	case "logs":
		logs, err := frames.TableLogs(frame)
		return data.Frames{logs}, err
	case "timeseries":
		return frames.TimeSeries(frame)
	case "numeric":
		return frames.Numeric(frame)
	}
	return nil, fmt.Errorf("SQL is shown as table, logs, timeseries or numeric, not as %q", format)
}

// guess is for rules, which can do nothing with a table: with a time column it means a time series, else numbers.
func guess(frame *data.Frame) string {
	for _, field := range frame.Fields {
		if field.Type().Time() {
			return "timeseries"
		}
	}
	return "numeric"
}

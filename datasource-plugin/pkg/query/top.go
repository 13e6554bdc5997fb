package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	defaultTop = 10
	mostTop    = 1000
	// Lines that a graph can still tell apart.
	mostLines = 100
)

// ranking is a `top` query with its parts checked.
type ranking struct {
	*job
	by      schema.Column
	measure string
	limit   int
	set     filter.Set
}

func top(ctx context.Context, j *job) (data.Frames, error) {
	r, err := newRanking(j)
	if err != nil {
		return nil, err
	}
	format := j.model.Format
	if j.Alert && (format == "" || format == "table") {
		// A rule can do nothing with a table.
		format = "numeric"
	}
	switch format {
	case "", "table":
		return r.asTable(ctx)
	case "numeric":
		return r.asNumbers(ctx)
	case "timeseries":
		return r.asSeries(ctx)
	}
	return nil, invalid("top lists are shown as table, numeric or timeseries, not as %q", format)
}

func newRanking(j *job) (*ranking, error) {
	name := j.model.By
	if name == "" {
		name = "dst_port"
	}
	by, ok := columnOf(name)
	if !ok || by.Kind == schema.Attributes || by.Kind == schema.Time {
		return nil, invalid("a top list cannot group by %q: choose a column of events such as dst_port, src_ip, class, action, sensor or src_country", name)
	}
	measure := j.model.Measure
	switch measure {
	case "":
		measure = "events"
	case "events", "sources", "targets":
	default:
		return nil, invalid("a top list counts events, sources or targets, not %q", measure)
	}
	limit, err := j.model.Limit.integer("limit", defaultTop, 1, mostTop)
	if err != nil {
		return nil, err
	}
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	return &ranking{job: j, by: by, measure: measure, limit: limit, set: set}, nil
}

// segments covers the job's range with the tables that know the grouping, the measure and the filters.
func (r *ranking) segments(bucket int64) []segment {
	from, to := r.From.UnixMilli(), r.To.UnixMilli()
	var tables []schema.Table
	switch {
	case r.measure == "events" && schema.Cells1m.Has(r.by.Name) && r.set.Fits(schema.Cells1m):
		tables = cellTables(bucket)
	case r.measure != "targets" && (schema.Sources.Has(r.by.Name) || schema.IsIntel(r.by)) && r.set.Fits(schema.Sources):
		tables = sourceTables(bucket)
	}
	return cover(from, to, tables)
}

// item is the column whose distinct values are counted, "" when events are.
func (r *ranking) item() string {
	return map[string]string{"sources": "src_ip", "targets": "dst_ip"}[r.measure]
}

// parts is SQL for the counted rows of every segment: the group `grp`, and either `n` or the `item` that is to be told
// apart. `bucket` adds the start of the time bucket in ms; `only` narrows to some groups.
func (r *ranking) parts(params filter.Params, bucket int64, only filter.Set) string {
	return r.union(params, only, func(table schema.Table) (columns, groups []string) {
		columns, groups = []string{r.group(table) + " AS grp"}, []string{"grp"}
		if bucket > 0 {
			columns, groups = append(columns, bucketOf(table, bucket)+" AS bucket"), append(groups, "bucket")
		}
		if item := r.item(); item != "" {
			// Told apart once, by what is around the parts; to do so here as well would be the same work twice.
			return append(columns, item+" AS item"), nil
		}
		return append(columns, table.Count()+" AS n"), groups
	}, r.segments(bucket))
}

// union asks every segment for the same columns, grouped where there are groups, and lays the answers behind one another.
func (r *ranking) union(params filter.Params, only filter.Set, shape func(schema.Table) (columns, groups []string), segments []segment) string {
	list := make([]string, len(segments))
	for i, s := range segments {
		columns, groups := shape(s.table)
		list[i] = fmt.Sprintf("SELECT %s FROM %s %s", strings.Join(columns, ", "), r.table(s.table),
			where(within(s.table, s.from, s.to), r.set.SQL(params, s.table), only.SQL(params, s.table)))
		if len(groups) > 0 {
			list[i] += " GROUP BY " + strings.Join(groups, ", ")
		}
	}
	rows := strings.Join(list, "\nUNION ALL ")
	if schema.IsIntel(r.by) {
		return listsOf(r.by, rows, r.item() != "")
	}
	return rows
}

// listsOf is SQL for rows whose group `grp` is a source, with what the lists say of it in its place; a source on several
// lists counts on each. Rows that are not counted yet are told apart first, so that each source is looked up once.
func listsOf(by schema.Column, rows string, distinct bool) string {
	said := filter.IntelOf(by, "grp")
	switch by.Kind {
	case schema.Text:
		said = "arrayJoin(" + said + ")"
	case schema.Enum:
		said = fmt.Sprintf("if(%s > 0, '%s', '%s')", said, schema.Listed[1], schema.Listed[0])
	}
	if distinct {
		rows = "SELECT DISTINCT * FROM (" + rows + ")"
	}
	return fmt.Sprintf("SELECT * REPLACE (%s AS grp) FROM (%s)", said, rows)
}

// columnOf finds what can be grouped by or listed: a column of events, or what the lists say of the source.
func columnOf(name string) (schema.Column, bool) {
	if column, ok := schema.FindIntel(name); ok {
		return column, true
	}
	return schema.Find(name)
}

// group is the grouping column, of the same type in every table.
func (r *ranking) group(table schema.Table) string {
	if schema.IsIntel(r.by) {
		return "src_ip"
	}
	if r.by.Kind == schema.Enum && table.Numeric() {
		return fmt.Sprintf("CAST(%s, %s)", r.by.Name, clickhouse.Quote(r.by.Type))
	}
	return r.by.Name
}

func bucketOf(table schema.Table, bucket int64) string {
	if table.Step > 0 {
		return fmt.Sprintf("toInt64(intDiv(toUInt32(%s), %d)) * %d", table.Time(), bucket/1000, bucket)
	}
	return fmt.Sprintf("intDiv(toUnixTimestamp64Milli(time), %d) * %d", bucket, bucket)
}

func (r *ranking) asTable(ctx context.Context) (data.Frames, error) {
	frame, groups, err := r.rank(ctx)
	if err != nil {
		return nil, err
	}
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable}
	list := data.Frames{frame}
	r.remark(list, frame.Rows(), groups)
	return list, nil
}

func (r *ranking) asNumbers(ctx context.Context) (data.Frames, error) {
	frame, groups, err := r.rank(ctx)
	if err != nil {
		return nil, err
	}
	if frame.Rows() == 0 {
		return frames.Empty(data.FrameTypeNumericMulti), nil
	}
	var list data.Frames
	for row := range frame.Rows() {
		n := frames.Float(frame.Fields[1], row)
		list = append(list, frames.Number(r.measure, r.label(frame, row), &n))
	}
	r.remark(list, frame.Rows(), groups)
	return list, nil
}

// label names a group; ports and protocols by the short words that alert rules go by.
func (r *ranking) label(frame *data.Frame, row int) data.Labels {
	name := r.by.Name
	if name == "dst_port" {
		name = "port"
	}
	return data.Labels{name: frames.Text(frame.Fields[0], row)}
}

func (r *ranking) remark(list data.Frames, shown int, groups uint64) {
	if uint64(shown) < groups {
		frames.Notice(list, data.NoticeSeverityInfo, fmt.Sprintf("%d of %s values of %s.", shown, Thousands(groups), r.by.Name))
	}
}

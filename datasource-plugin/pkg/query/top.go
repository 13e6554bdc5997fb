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
	if format == "" && j.Alert {
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
	by, ok := schema.Find(name)
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
	set, err := j.model.conditions()
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
	case r.measure != "targets" && schema.Sources.Has(r.by.Name) && r.set.Fits(schema.Sources):
		tables = sourceTables(bucket)
	}
	return cover(from, to, tables)
}

// parts is SQL for the counted rows of every segment: the group, and either `n` or what is to be told apart.
// `bucket` adds the start of the time bucket in ms; `only` narrows to some groups.
func (r *ranking) parts(params filter.Params, bucket int64, only filter.Set) string {
	var list []string
	for _, s := range r.segments(bucket) {
		columns := []string{r.group(s.table) + " AS grp"}
		groups := []string{"grp"}
		if bucket > 0 {
			columns = append(columns, bucketOf(s.table, bucket)+" AS bucket")
			groups = append(groups, "bucket")
		}
		switch r.measure {
		case "sources":
			columns = append(columns, "src_ip AS item")
			groups = append(groups, "item")
		case "targets":
			columns = append(columns, "dst_ip AS item")
			groups = append(groups, "item")
		default:
			columns = append(columns, s.table.Count()+" AS n")
		}
		list = append(list, fmt.Sprintf("SELECT %s FROM %s %s GROUP BY %s", strings.Join(columns, ", "), r.table(s.table),
			where(within(s.table, s.from, s.to), r.set.SQL(params, s.table), only.SQL(params, s.table)), strings.Join(groups, ", ")))
	}
	return strings.Join(list, "\nUNION ALL ")
}

// group is the grouping column, of the same type in every table.
func (r *ranking) group(table schema.Table) string {
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

// total is SQL for the measure over the parts.
func (r *ranking) total() string {
	if r.measure == "events" {
		return "sum(n)"
	}
	return "uniqExactIf(item, item != toIPv6('::'))"
}

// rank reads the largest groups as a table of group, measure and share, and how many groups there are.
func (r *ranking) rank(ctx context.Context) (*data.Frame, uint64, error) {
	params := filter.Params{}
	statement := fmt.Sprintf(`SELECT grouping(grp) AS everyone, grp AS %s, %s AS m, count() OVER () AS groups
FROM (%s)
GROUP BY GROUPING SETS ((grp), ()) ORDER BY everyone DESC, m DESC, grp LIMIT %d`,
		clickhouse.Identifier(r.by.Name), r.total(), r.parts(params, 0, nil), r.limit+1)
	table := &frames.Table{Words: true, Limit: r.limit + 1}
	if err := r.ask(ctx, statement, params, table.Add); err != nil {
		return nil, 0, err
	}
	answer := table.Frame("top")
	frame := data.NewFrame("top")
	if answer.Rows() == 0 {
		return frame, 0, nil
	}
	everyone, groups := frames.Float(answer.Fields[2], 0), frames.Float(answer.Fields[3], 0)
	group := data.NewFieldFromFieldType(answer.Fields[1].Type(), 0)
	var counts, shares []float64
	for row := 1; row < answer.Rows(); row++ {
		group.Append(answer.Fields[1].At(row))
		n := frames.Float(answer.Fields[2], row)
		counts = append(counts, n)
		share := 0.0
		if everyone > 0 {
			share = n / everyone
		}
		shares = append(shares, share)
	}
	group.Name = r.by.Name
	share := data.NewField("share", nil, shares)
	share.Config = &data.FieldConfig{Unit: "percentunit"}
	frame.Fields = append(frame.Fields, group, data.NewField(r.measure, nil, counts), share)
	return frame, uint64(groups) - 1, nil
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

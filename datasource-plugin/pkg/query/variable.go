package query

import (
	"context"
	"fmt"
	"regexp"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	defaultValues = 1000
	mostValues    = 5000
	// A probe for suggestions reads no more rows than this, whatever the store holds.
	probeRows = 2_000_000
)

// variable gives the values of a dashboard variable: a column's, or those of the viewer's own SQL.
func variable(ctx context.Context, j *job) (data.Frames, error) {
	if j.model.RawSQL != "" {
		return j.variableSQL(ctx)
	}
	values, err := j.values(ctx)
	if err != nil {
		return nil, err
	}
	frame := data.NewFrame("variable", data.NewField("text", nil, values), data.NewField("value", nil, values))
	return data.Frames{frame}, nil
}

// variableSQL takes one column as text and value, or two: value and text, in either order when they are named so.
func (j *job) variableSQL(ctx context.Context) (data.Frames, error) {
	limit := min(mostValues, j.MaxRows)
	table, notices, err := j.statement(ctx, limit)
	if err != nil {
		return nil, err
	}
	answer := table.Frame("")
	if len(answer.Fields) > 2 {
		return nil, invalid("the SQL of a variable gives one column, or value and text; this gives %d", len(answer.Fields))
	}
	var texts, values []string
	for row := range answer.Rows() {
		value := frames.Text(answer.Fields[0], row)
		text := value
		if len(answer.Fields) == 2 {
			text = frames.Text(answer.Fields[1], row)
			if name := answer.Fields[0].Name; name == "text" || name == "__text" {
				text, value = value, text
			}
		}
		texts, values = append(texts, text), append(values, value)
	}
	frame := data.NewFrame("variable", data.NewField("text", nil, texts), data.NewField("value", nil, values))
	list := data.Frames{frame}
	for _, notice := range notices {
		frames.Notice(list, data.NoticeSeverityWarning, notice)
	}
	return list, nil
}

// values lists what a column holds in the time range, the most frequent first, words as words.
func (j *job) values(ctx context.Context) ([]string, error) {
	column, ok := columnOf(j.model.Column)
	if !ok || column.Kind == schema.Attributes || column.Kind == schema.Time {
		return nil, invalid("a variable cannot list %q: choose a column of events such as sensor, action, dst_port or src_country", j.model.Column)
	}
	limit, err := j.model.Limit.integer("limit", defaultValues, 1, mostValues)
	if err != nil {
		return nil, err
	}
	switch column {
	case schema.Intel[0]:
		return []string{schema.Listed[1], schema.Listed[0]}, nil
	case schema.Intel[2]:
		return j.feeds(ctx, limit)
	}
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	params := filter.Params{}
	r := &ranking{job: j, by: column, measure: "events", set: set}
	rows := r.parts(params, 0, nil)
	if segments := r.segments(0); len(segments) == 1 && segments[0].table.Step == 0 && !schema.IsIntel(column) {
		// No rollup knows the column: a part of the events must do.
		rows = fmt.Sprintf("SELECT grp, count() AS n FROM (SELECT %s AS grp FROM %s %s LIMIT %d) GROUP BY grp",
			column.Name, j.table(schema.Events), j.timed(schema.Events, params, set), probeRows)
	}
	statement := fmt.Sprintf("SELECT grp AS %s FROM (%s) GROUP BY grp ORDER BY sum(n) DESC, grp LIMIT %d",
		clickhouse.Identifier(column.Name), rows, limit)
	table := &frames.Table{Words: true, Limit: limit}
	if err := j.ask(ctx, statement, params, table.Add); err != nil {
		return nil, err
	}
	answer := table.Frame("")
	values := []string{}
	for row := range answer.Rows() {
		values = append(values, frames.Text(answer.Fields[0], row))
	}
	return values, nil
}

// feeds lists all feeds by name, hits or none. Of the filters only those on the name itself (what is searched) count.
func (j *job) feeds(ctx context.Context, limit int) ([]string, error) {
	params := filter.Params{}
	condition := "NOT removed"
	for _, f := range j.model.Filters {
		if f.Key == schema.Intel[2].Name && f.Operator == "=~" {
			condition += fmt.Sprintf(" AND match(name, %s)", params.Text(f.Value))
		}
	}
	table := &frames.Table{Limit: limit}
	statement := fmt.Sprintf("SELECT name FROM %s.feeds FINAL WHERE %s ORDER BY name LIMIT %d", clickhouse.Identifier(j.Store.Database()), condition, limit)
	if err := j.ask(ctx, statement, params, table.Add); err != nil {
		return nil, err
	}
	names := []string{}
	answer := table.Frame("")
	for row := range answer.Rows() {
		names = append(names, frames.Text(answer.Fields[0], row))
	}
	return names, nil
}

// Suggest is a question for the values of a column.
type Suggest struct {
	Column string
	// Search is a part of the value as the store keeps it, matched without case.
	Search  string
	Limit   string
	Filters []filter.Filter
}

// Values is the same list for the editor's suggestions.
func (r *Runner) Values(ctx context.Context, request Request, asked Suggest) ([]string, error) {
	model := Model{Column: asked.Column, Limit: text(asked.Limit), Filters: asked.Filters}
	if column, ok := columnOf(asked.Column); ok && asked.Search != "" {
		model.Filters = append(model.Filters, searched(column, asked.Search))
	}
	return (&job{Runner: r, Request: request, model: model}).values(ctx)
}

// searched is the filter that a value contains the text.
func searched(column schema.Column, search string) filter.Filter {
	return filter.Filter{Key: column.Name, Operator: "=~", Value: "(?i)" + regexp.QuoteMeta(search)}
}

package query

import (
	"context"
	"encoding/json"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Widths in points. Alert rules send 0 or 43,200, which is nobody's screen.
const (
	defaultPoints = 1500
	maxPoints     = 4000
	alertPoints   = 300
)

// Runner answers the queries of one data source.
type Runner struct {
	Store *clickhouse.Client
	// MaxRows of a table, log or SQL answer.
	MaxRows int
	// Now is the clock; the 10 s level of the pyramid depends on it.
	Now func() time.Time
}

// Request is one query with what surrounds it.
type Request struct {
	JSON     json.RawMessage
	From, To time.Time
	// Points is the panel's width, Interval what Grafana suggests for one of them.
	Points   int64
	Interval time.Duration
	// Alert tells that a rule asks: no variables, no ad-hoc filters, no editor that filled in defaults.
	Alert   bool
	Comment clickhouse.Comment
}

// job is a request with its checked parts, for the query types to work on.
type job struct {
	*Runner
	Request
	model Model
}

type handler func(context.Context, *job) (data.Frames, error)

var handlers = map[string]handler{
	"fireplot": fireplot,
	"cell":     cell,
	"events":   events,
	"top":      top,
	"scans":    scans,
	"spikes":   spikes,
	"intel":    intel,
	"dshield":  dshield,
	"sql":      sql,
	"variable": variable,
}

// Run answers one query. Errors are *Invalid, *clickhouse.Error, or the plugin's own fault.
func (r *Runner) Run(ctx context.Context, request Request) (data.Frames, error) {
	model, err := parse(request.JSON)
	if err != nil {
		return nil, err
	}
	run, ok := handlers[model.QueryType]
	if !ok {
		return nil, invalid("the query type %q is not known: fireplot, cell, events, top, scans, spikes, intel, dshield, sql and variable are", model.QueryType)
	}
	if request.Alert && (model.QueryType == "fireplot" || model.QueryType == "cell" || model.QueryType == "events" && model.Format != "volume") {
		return nil, invalid("a rule cannot evaluate a query of type %s: use type top with format numeric or time series, scans, spikes, intel, or sql", model.QueryType)
	}
	if !request.To.After(request.From) {
		return nil, invalid("the time range is empty: it ends at %s, where it starts or before", request.To.UTC().Format(time.RFC3339))
	}
	request.From, request.To = storable(request.From), storable(request.To)
	if !request.To.After(request.From) {
		return nil, invalid("the time range lies outside of what is stored: 1970 to 2105")
	}
	return run(ctx, &job{Runner: r, Request: request, model: model})
}

// The store's times start in 1970 and end with 2105; beyond, they would wrap around.
var newestStorable = time.Date(2106, 1, 1, 0, 0, 0, 0, time.UTC)

func storable(t time.Time) time.Time {
	switch {
	case t.Unix() < 0:
		return time.Unix(0, 0)
	case t.After(newestStorable):
		return newestStorable
	}
	return t
}

// points is the width that the answer is cut to.
func (j *job) points() int {
	switch {
	case j.Alert:
		return alertPoints
	case j.Points <= 0:
		return defaultPoints
	}
	return int(min(j.Points, maxPoints))
}

// interval of one point of a time series: round, at least a second, no finer than the width shows.
func (j *job) interval() time.Duration {
	least := j.To.Sub(j.From) / time.Duration(j.points())
	if !j.Alert {
		least = max(least, j.Interval)
	}
	return time.Duration(grid.StepAtLeast(max(least, time.Second).Milliseconds())) * time.Millisecond
}

// ask runs SQL with the parameters that were bound while it was built.
func (j *job) ask(ctx context.Context, sql string, params filter.Params, each func(*clickhouse.Block) error) error {
	return j.Store.Run(ctx, clickhouse.Query{SQL: sql, Params: params, Comment: j.Comment}, each)
}

// table qualifies and quotes a table's name.
func (j *job) table(t schema.Table) string {
	return clickhouse.Identifier(j.Store.Database()) + "." + t.Name
}

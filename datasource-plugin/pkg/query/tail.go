package query

import (
	"context"
	"encoding/json"
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
	// TailRows is how many rows a push of a tail has at most.
	TailRows = 2000
	// Lines of yesterday that arrive now are a backfill and no news.
	tailAge = 24 * time.Hour
)

// Tail reads the events of batches as they are stored: an events query without a range of time.
type Tail struct {
	job
	set filter.Set
}

// Batch is a piece of the log that is stored whole.
type Batch struct {
	ID      uint64
	MinTime time.Time
	MaxTime time.Time
	// Stamp of its ledger row.
	Stamp time.Time
}

// recent leaves out batches that are a backfill as a whole, and tells where the events of the others lie.
func recent(now time.Time, batches []Batch) (kept []Batch, from, to time.Time) {
	since := now.Add(-tailAge)
	kept = slices.DeleteFunc(slices.Clone(batches), func(b Batch) bool { return b.MaxTime.Before(since) })
	for i, batch := range kept {
		if i == 0 || batch.MinTime.Before(from) {
			from = batch.MinTime
		}
		if i == 0 || batch.MaxTime.After(to) {
			to = batch.MaxTime
		}
	}
	if from.Before(since) {
		from = since
	}
	return kept, from, to
}

// Tail checks a query that is to be streamed. The error is *Invalid.
func (r *Runner) Tail(raw json.RawMessage) (*Tail, error) {
	model, err := parse(raw)
	if err != nil {
		return nil, err
	}
	if model.QueryType != "events" || model.Format != "" && model.Format != "logs" {
		return nil, invalid("only events as logs can be streamed, not a query of type %q", model.QueryType)
	}
	set, err := model.conditions()
	if err != nil {
		return nil, err
	}
	return &Tail{job: job{Runner: r, Request: Request{Comment: clickhouse.Comment{Query: "tail"}}, model: model}, set: set}, nil
}

// Rows of the batches as log lines, oldest first. Of more than TailRows the newest come, and the others are counted.
func (t *Tail) Rows(ctx context.Context, batches []Batch) (frame *data.Frame, skipped uint64, err error) {
	batches, from, to := recent(t.Now(), batches)
	if len(batches) == 0 {
		frame, err = frames.Logs(nil)
		return frame, 0, err
	}
	ids := make([]uint64, len(batches))
	for i, batch := range batches {
		ids[i] = batch.ID
	}
	params := filter.Params{}
	rest := fmt.Sprintf("FROM %s %s", t.table(schema.Events), where(within(schema.Events, from.UnixMilli(), to.UnixMilli()+1),
		"batch IN ("+joinIDs(ids)+")", t.set.SQL(params, schema.Events)))
	columns := append([]string{"time", "batch", "seq", "message"}, labelColumns...)
	// The newest are asked for, and turned around: a tail grows at its end.
	statement := fmt.Sprintf("SELECT * FROM (SELECT %s %s ORDER BY time DESC, seq DESC, batch LIMIT %d) ORDER BY time, seq, batch DESC",
		strings.Join(columns, ", "), rest, TailRows)
	table := &frames.Table{Words: true, Limit: TailRows}
	if err := t.ask(ctx, statement, params, table.Add); err != nil {
		return nil, 0, err
	}
	if table.Rows() == TailRows {
		counts, err := t.numbers(ctx, "SELECT count() "+rest, params, 1)
		if err != nil {
			return nil, 0, err
		}
		skipped = counts[0] - min(counts[0], TailRows)
	}
	frame, err = eventLogs(table)
	return frame, skipped, err
}

package query

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
)

// asSeries draws the largest groups over time: first which they are, then their counts a bucket.
func (r *ranking) asSeries(ctx context.Context) (data.Frames, error) {
	r.limit = min(r.limit, mostLines)
	ranked, groups, err := r.rank(ctx)
	if err != nil {
		return nil, err
	}
	if ranked.Rows() == 0 {
		return frames.Empty(data.FrameTypeTimeSeriesMulti), nil
	}
	params := filter.Params{}
	step := r.interval().Milliseconds()
	only, err := r.among(ranked)
	if err != nil {
		return nil, err
	}
	statement := fmt.Sprintf("SELECT grp AS %s, bucket, %s AS m FROM (%s) GROUP BY grp, bucket",
		clickhouse.Identifier(r.by.Name), r.total(), r.parts(params, step, only))
	answer, err := r.frame(ctx, statement, params, maxPoints*mostLines)
	if err != nil {
		return nil, err
	}
	chart := newChart(r.From, r.To, step)
	lines := map[string][]*float64{}
	for row := range ranked.Rows() {
		lines[frames.Text(ranked.Fields[0], row)] = chart.zeros()
	}
	for row := range answer.Rows() {
		if line, ok := lines[frames.Text(answer.Fields[0], row)]; ok {
			chart.add(line, int64(frames.Float(answer.Fields[1], row)), frames.Float(answer.Fields[2], row))
		}
	}
	var list data.Frames
	for row := range ranked.Rows() {
		list = append(list, frames.Series(r.measure, r.label(ranked, row), chart.times, lines[frames.Text(ranked.Fields[0], row)]))
	}
	r.remark(list, ranked.Rows(), groups)
	return list, nil
}

// among is the condition that a row belongs to one of the ranked groups, as a filter: those know every kind of column.
func (r *ranking) among(ranked *data.Frame) (filter.Set, error) {
	values := make([]string, ranked.Rows())
	for row := range values {
		values[row] = frames.Text(ranked.Fields[0], row)
	}
	return filter.Parse([]filter.Filter{{Key: r.by.Name, Operator: "=|", Values: values}})
}

// chart is the time axis of counts: every bucket from the first to the last, 0 where nothing was counted.
type chart struct {
	times []time.Time
	first int64
	step  int64
}

func newChart(from, to time.Time, step int64) *chart {
	c := &chart{first: from.UnixMilli() / step * step, step: step}
	for ms := c.first; ms < to.UnixMilli(); ms += step {
		c.times = append(c.times, at(ms))
	}
	return c
}

func (c *chart) zeros() []*float64 {
	values := make([]float64, len(c.times))
	line := make([]*float64, len(c.times))
	for i := range values {
		line[i] = &values[i]
	}
	return line
}

func (c *chart) add(line []*float64, bucket int64, n float64) {
	if i := (bucket - c.first) / c.step; i >= 0 && i < int64(len(line)) {
		*line[i] += n
	}
}

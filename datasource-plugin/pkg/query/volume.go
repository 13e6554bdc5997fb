package query

import (
	"context"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Levels in the order in which a volume stacks them.
var levels = []string{"error", "warning", "info", "unknown"}

// volume counts events by log level over time: one series a level that occurs. It is a ranking of actions, of which
// there are few, so that the pyramid answers it where the filters allow.
func volume(ctx context.Context, j *job) (data.Frames, error) {
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	action, _ := schema.Find("action")
	r := &ranking{job: j, by: action, measure: "events", set: set}
	params := filter.Params{}
	step := j.interval().Milliseconds()
	statement := fmt.Sprintf("SELECT toUInt8(grp) AS action, bucket, sum(n) AS n FROM (%s) GROUP BY grp, bucket", r.parts(params, step, nil))
	chart := newChart(j.From, j.To, step)
	lines := map[string][]*float64{}
	err = j.ask(ctx, statement, params, func(b *clickhouse.Block) error {
		var number uint8
		var bucket int64
		var n uint64
		for row := range b.Rows() {
			if err := clickhouse.Scan(b, row, &number, &bucket, &n); err != nil {
				return err
			}
			word, _ := schema.Word(action, int(number))
			level := frames.Severity(word)
			if lines[level] == nil {
				lines[level] = chart.zeros()
			}
			chart.add(lines[level], bucket, float64(n))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var list data.Frames
	for _, level := range levels {
		if lines[level] != nil {
			list = append(list, frames.Series("count", data.Labels{"level": level}, chart.times, lines[level]))
		}
	}
	if len(list) == 0 {
		return frames.Empty(data.FrameTypeTimeSeriesMulti), nil
	}
	return list, nil
}

package query

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
)

// defaultCompared is how many ports are set beside DShield's.
const defaultCompared = 100

// dshield answers our ports beside DShield's: of the 24 hours that end with the range, since DShield counts by the day.
func dshield(ctx context.Context, j *job) (data.Frames, error) {
	if j.Alert {
		return nil, invalid("a rule cannot evaluate a query of type dshield: use type spikes, or sql")
	}
	limit, err := j.model.Limit.integer("limit", defaultCompared, 1, mostFindings)
	if err != nil {
		return nil, err
	}
	from, to, err := j.model.ports()
	if err != nil {
		return nil, err
	}
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	database := j.Store.Database()
	statement := fmt.Sprintf(`SELECT * FROM %s.us_and_dshield(to = '%s', most = %d) WHERE port BETWEEN %d AND %d
ORDER BY their_day IS NULL, our_sources DESC, their_sources DESC, port LIMIT %d`,
		database, j.To.UTC().Format("2006-01-02 15:04:05.000"), limit, from, to, limit+1)
	table := &frames.Table{Limit: limit}
	if err := j.ask(ctx, statement, filter.Params{}, table.Add); err != nil {
		return nil, err
	}
	frame := table.Frame("dshield")
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable, PreferredVisualization: data.VisTypeTable}
	answer := data.Frames{frame}
	if theirs, _ := frame.FieldByName("their_day"); theirs == nil || allNull(theirs) {
		frames.Notice(answer, data.NoticeSeverityWarning,
			"No figures of DShield are stored for these days: `fireplot dshield load FILE|URL` loads its port history and top ports.")
	}
	if len(set) > 0 {
		frames.Notice(answer, data.NoticeSeverityWarning, "Filters do not reach this comparison: DShield knows ports alone. Choose them by the port range.")
	}
	if j.To.Sub(j.From) > 24*time.Hour {
		frames.Notice(answer, data.NoticeSeverityInfo, "DShield counts by the day: compared are the last 24 hours of the range.")
	}
	if table.More {
		frames.Notice(answer, data.NoticeSeverityInfo, fmt.Sprintf("Only the %s ports with most sources are shown.", Thousands(uint64(limit))))
	}
	return answer, nil
}

func allNull(field *data.Field) bool {
	for i := range field.Len() {
		if _, ok := field.ConcreteAt(i); ok {
			return false
		}
	}
	return true
}

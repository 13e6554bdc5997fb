package query

import (
	"context"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
)

// rank reads the largest groups as a table of group, measure and share, and how many groups there are.
func (r *ranking) rank(ctx context.Context) (*data.Frame, uint64, error) {
	if r.item() != "" {
		return r.rankDistinct(ctx)
	}
	params := filter.Params{}
	// The group of everything comes first, and is what the shares are of.
	statement := fmt.Sprintf(`SELECT grp AS %s, sum(n) AS m, count() OVER () - 1 AS groups, grouping(grp) AS everyone
FROM (%s)
GROUP BY GROUPING SETS ((grp), ()) ORDER BY everyone DESC, m DESC, grp LIMIT %d`,
		clickhouse.Identifier(r.by.Name), r.parts(params, 0, nil), r.limit+1)
	answer, err := r.frame(ctx, statement, params, r.limit+1)
	if err != nil || answer.Rows() == 0 {
		return answer, 0, err
	}
	return r.ranked(answer, 1, frames.Float(answer.Fields[1], 0)), uint64(frames.Float(answer.Fields[2], 0)), nil
}

func (r *ranking) frame(ctx context.Context, statement string, params filter.Params, limit int) (*data.Frame, error) {
	table := &frames.Table{Words: true, Limit: limit}
	if err := r.ask(ctx, statement, params, table.Add); err != nil {
		return nil, err
	}
	return table.Frame("top"), nil
}

// ranked takes the rows of an answer from `first` on, and adds the share that each has of everything.
func (r *ranking) ranked(answer *data.Frame, first int, everyone float64) *data.Frame {
	group := data.NewFieldFromFieldType(answer.Fields[0].Type(), 0)
	group.Name = r.by.Name
	counts, shares := []float64{}, []float64{}
	for row := first; row < answer.Rows(); row++ {
		group.Append(answer.Fields[0].At(row))
		n := frames.Float(answer.Fields[1], row)
		counts, shares = append(counts, n), append(shares, n/max(everyone, 1))
	}
	share := data.NewField("share", nil, shares)
	share.Config = &data.FieldConfig{Unit: "percentunit"}
	return data.NewFrame("top", group, data.NewField(r.measure, nil, counts), share)
}

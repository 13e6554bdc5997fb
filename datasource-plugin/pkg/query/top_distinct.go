package query

import (
	"context"
	"fmt"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	// unlogged is the address that stands for "not logged": nobody.
	unlogged = "toIPv6('::')"
	// Groups whose addresses are counted exactly in the first try, for each that is shown; more in each further one.
	candidatesEach = 16
	moreCandidates = 8
	mostCandidates = 20_000
)

// total is SQL for the measure over the parts. Addresses are told apart by a hash of half their size: at a million of
// them the odds that two share one are below 1 in 10 million.
func (r *ranking) total() string {
	if r.item() == "" {
		return "sum(n)"
	}
	return fmt.Sprintf("uniqExactIf(cityHash64(item), item != %s)", unlogged)
}

// rankDistinct ranks groups by how many addresses they have, exactly, without a set of addresses for every group, for
// which the store may not have the memory. A group has no more addresses than rows; so the groups with the most rows
// are counted exactly, and when the last one shown has at least as many addresses as the next group has rows, no other
// can belong among them. Otherwise more groups are counted.
func (r *ranking) rankDistinct(ctx context.Context) (*data.Frame, uint64, error) {
	var (
		everyone float64
		trouble  error
		beside   sync.WaitGroup
	)
	beside.Go(func() { everyone, trouble = r.distinct(ctx) })
	defer beside.Wait()
	for candidates := r.limit * candidatesEach; ; candidates *= moreCandidates {
		answer, err := r.countCandidates(ctx, candidates)
		if err != nil {
			return nil, 0, err
		}
		rows, groups, err := r.rowsBeyond(ctx, candidates)
		if err != nil {
			return nil, 0, err
		}
		shown := answer.Rows()
		proven := rows == 0 || shown == r.limit && frames.Float(answer.Fields[1], shown-1) >= float64(rows)
		if proven || candidates > mostCandidates {
			beside.Wait()
			if trouble != nil || shown == 0 {
				return answer, 0, trouble
			}
			return r.ranked(answer, 0, everyone), groups, nil
		}
	}
}

// byRows lists groups by their number of rows, for which no address is read; `columns` says what of them.
func (r *ranking) byRows(params filter.Params, columns string) string {
	rows := r.union(params, nil, func(table schema.Table) (columns, groups []string) {
		return []string{r.group(table) + " AS grp"}, nil
	}, r.segments(0))
	return fmt.Sprintf("SELECT %s FROM (%s) GROUP BY grp ORDER BY count() DESC, grp", columns, rows)
}

// countCandidates counts the addresses of the groups with the most rows, and gives the largest.
func (r *ranking) countCandidates(ctx context.Context, candidates int) (*data.Frame, error) {
	params := filter.Params{}
	statement := fmt.Sprintf(`SELECT grp AS %s, %s AS m FROM (%s)
WHERE grp IS NULL OR grp IN (%s LIMIT %d)
GROUP BY grp HAVING m > 0 ORDER BY m DESC, grp LIMIT %d`,
		clickhouse.Identifier(r.by.Name), r.total(), r.parts(params, 0, nil), r.byRows(params, "grp"), candidates, r.limit)
	return r.frame(ctx, statement, params, r.limit)
}

// rowsBeyond tells how many rows the first group has that was no candidate, 0 when there is none, and how many groups
// there are.
func (r *ranking) rowsBeyond(ctx context.Context, candidates int) (rows, groups uint64, err error) {
	params := filter.Params{}
	statement := fmt.Sprintf("SELECT rows, groups FROM (%s) LIMIT 1 OFFSET %d",
		r.byRows(params, "count() AS rows, count() OVER () AS groups"), candidates)
	counts, err := r.numbers(ctx, statement, params, 2)
	if err != nil || counts[1] > 0 {
		return counts[0], counts[1], err
	}
	params = filter.Params{}
	counts, err = r.numbers(ctx, fmt.Sprintf("SELECT count() FROM (%s)", r.byRows(params, "grp")), params, 1)
	return 0, counts[0], err
}

// distinct counts the addresses of all groups together: a sum over the groups would count many of them often.
func (r *ranking) distinct(ctx context.Context) (float64, error) {
	params := filter.Params{}
	rows := r.union(params, nil, func(schema.Table) (columns, groups []string) {
		return []string{r.item() + " AS item"}, nil
	}, r.segments(0))
	counts, err := r.numbers(ctx, fmt.Sprintf("SELECT %s FROM (%s)", r.total(), rows), params, 1)
	return float64(counts[0]), err
}

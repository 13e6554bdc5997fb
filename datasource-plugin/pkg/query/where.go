package query

import (
	"fmt"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// within bounds a table's time, half-open, in ms. For events the store derives from it the range of hours that lead the
// primary key; a test reads its plan.
func within(table schema.Table, from, to int64) string {
	if table.Step > 0 {
		return fmt.Sprintf("%[1]s >= toDateTime(%[2]d) AND %[1]s < toDateTime(%[3]d)", table.Time(), from/1000, (to+999)/1000)
	}
	return fmt.Sprintf("time >= fromUnixTimestamp64Milli(%d) AND time < fromUnixTimestamp64Milli(%d)", from, to)
}

// where joins conditions.
func where(conditions ...string) string {
	kept := conditions[:0]
	for _, condition := range conditions {
		if condition != "" && condition != "1" {
			kept = append(kept, condition)
		}
	}
	return "WHERE " + strings.Join(kept, " AND ")
}

// tails hides the ends of old connections, unless they are asked for.
func (m Model) tails() string {
	if m.ShowTail {
		return ""
	}
	return fmt.Sprintf("class < %d", schema.ClassTail)
}

// timed is the usual start of a WHERE: the job's range and its filters.
func (j *job) timed(table schema.Table, params filter.Params, set filter.Set) string {
	return where(within(table, j.From.UnixMilli(), j.To.UnixMilli()), set.SQL(params, table))
}

// conditions of the editor and of the dashboard together, over the job's range.
func (j *job) conditions() (filter.Set, error) {
	set, err := j.model.conditions()
	if err != nil {
		return nil, err
	}
	return set.During(j.From, j.To), nil
}

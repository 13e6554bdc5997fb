package query

import (
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// segment is a part of a time range that one table answers, half-open, in ms.
type segment struct {
	table    schema.Table
	from, to int64
}

// cover cuts [from, to) so that each part is answered by the coarsest table whose steps fill it exactly; what is left
// at the edges falls to finer tables, and at last to events. `tables` run from coarse to fine, events not among them.
func cover(from, to int64, tables []schema.Table) []segment {
	if from >= to {
		return nil
	}
	for i, table := range tables {
		step := table.Step.Milliseconds()
		first, last := (from+step-1)/step*step, to/step*step
		if first < last {
			finer := tables[i+1:]
			parts := cover(from, first, finer)
			parts = append(parts, segment{table, first, last})
			return append(parts, cover(last, to, finer)...)
		}
	}
	return []segment{{schema.Events, from, to}}
}

// cellTables are the levels of the pyramid that a range may be covered with, coarse to fine, whose steps divide
// `bucket` (0: any). The 10 s level is left out: it does not reach back.
func cellTables(bucket int64) []schema.Table {
	return dividing(bucket, schema.Cells1h, schema.Cells10m, schema.Cells1m)
}

func sourceTables(bucket int64) []schema.Table { return dividing(bucket, schema.Sources) }

func dividing(bucket int64, tables ...schema.Table) []schema.Table {
	var fit []schema.Table
	for _, table := range tables {
		if bucket == 0 || bucket%table.Step.Milliseconds() == 0 {
			fit = append(fit, table)
		}
	}
	return fit
}

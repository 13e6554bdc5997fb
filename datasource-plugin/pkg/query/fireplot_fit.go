package query

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
)

// Classes that share a cell, on average; to make room with.
const classesACell = 1.8

// fit makes the grid coarser before anything is fetched, where its cells would be too many. It looks at a sample of the
// view, once, and at nothing when the grid is small anyway. The sample may mislead: what is fetched and still does not
// fit is made coarser here.
func (p *picture) fit(ctx context.Context) error {
	most := int64(p.most)
	if p.grid.Most(p.view) <= most {
		return nil
	}
	sample, scale, rungs := grid.Sample(p.grid, p.view)
	for i, rung := range rungs {
		if rung.Most(p.view) <= most {
			// Nothing coarser than this can be needed.
			rungs = rungs[:i+1]
			break
		}
	}
	params := filter.Params{}
	columns := []string{"count()"}
	for _, rung := range rungs {
		columns = append(columns, fmt.Sprintf("uniqHLL12(%s)", grid.PackSQL(p.column(rung), p.row(rung), "0")))
	}
	statement := fmt.Sprintf("SELECT %s FROM %s %s", strings.Join(columns, ", "), p.table(p.grid.Table), p.bounds(p.grid, params, sample...))
	counts, err := p.numbers(ctx, statement, params, len(columns))
	if err != nil || float64(counts[0])*scale <= float64(most) {
		return err
	}
	for i, rung := range rungs {
		if cells := float64(counts[i+1]) * scale; cells <= float64(most) || i == len(rungs)-1 {
			p.take(rung)
			p.expected = int(min(cells, float64(most)) * classesACell)
			break
		}
	}
	return nil
}

// take moves to a coarser grid, and remembers the one that was wanted.
func (p *picture) take(g grid.Grid) {
	if g == p.grid {
		return
	}
	if p.finer == nil {
		wanted := p.grid
		p.finer = &wanted
	}
	p.grid = g
}

// coarsen makes fetched cells coarser until they fit, and numbers them.
func (p *picture) coarsen(fetched *grid.Cells) (*grid.Cells, *grid.Index) {
	fine := p.grid
	cells, index := fetched, fetched.Index(fine, p.view)
	for _, rung := range grid.Ladder(fine, p.view)[1:] {
		if index.Len() <= p.most {
			break
		}
		cells = fetched.Coarsen(fine, rung, p.view)
		index = cells.Index(rung, p.view)
		p.take(rung)
	}
	return cells, index
}

// notice says in words that the grid is coarser than the picture could show; "" when it is not.
func (p *picture) notice() string {
	if p.finer == nil {
		return ""
	}
	return fmt.Sprintf("Drawn in cells of %s × 1/%d octave: at %s × 1/%d octave there would be more than %d. Zoom in, or raise the limit of cells.",
		stepText(p.grid.Step), p.grid.Octave, stepText(p.finer.Step), p.finer.Octave, p.most)
}

func stepText(ms int64) string {
	for _, unit := range []struct {
		name string
		ms   int64
	}{{"d", 86_400_000}, {"h", 3_600_000}, {"min", 60_000}, {"s", 1000}} {
		if ms%unit.ms == 0 {
			return fmt.Sprintf("%d %s", ms/unit.ms, unit.name)
		}
	}
	return (time.Duration(ms) * time.Millisecond).String()
}

// numbers asks for one row of counts.
func (j *job) numbers(ctx context.Context, statement string, params filter.Params, width int) ([]uint64, error) {
	counts := make([]uint64, width)
	err := j.ask(ctx, statement, params, func(b *clickhouse.Block) error {
		if b.Rows() == 0 {
			return nil
		}
		for i := range counts {
			if err := b.Columns[i].ScanRow(&counts[i], 0); err != nil {
				return err
			}
		}
		return nil
	})
	return counts, err
}

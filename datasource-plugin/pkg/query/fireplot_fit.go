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

// Estimates carry an error of about 1.6 %: a grid estimated at the limit itself is fetched, and made coarser here if
// it does not fit after all.
const estimateSlack = 1.02

// Grids to estimate at once; the last of them is coarse enough for any store.
const mostEstimates = 10

// fit makes the grid coarser before anything is fetched, where its cells would be too many. It asks as little as
// it can: nothing when the grid is small, a count of rows when those are few, else one estimate over several grids.
func (p *picture) fit(ctx context.Context) error {
	if p.grid.Most(p.view) <= int64(p.most) {
		return nil
	}
	params := filter.Params{}
	rows, err := p.numbers(ctx, fmt.Sprintf("SELECT count() FROM %s %s", p.table(p.grid.Table), p.bounds(p.grid, params)), params, 1)
	if err != nil {
		return err
	}
	// Up to twice the limit it is cheaper to fetch, and to make coarser here what is still too much.
	if rows[0] <= 2*uint64(p.most) {
		return nil
	}
	rungs := grid.Ladder(p.grid, p.view)
	rungs = rungs[:min(len(rungs), mostEstimates)]
	params = filter.Params{}
	estimates := make([]string, len(rungs))
	for i, rung := range rungs {
		estimates[i] = fmt.Sprintf("uniqHLL12(%s)", grid.PackSQL(p.column(rung), p.row(rung), "0"))
	}
	statement := fmt.Sprintf("SELECT %s FROM %s %s", strings.Join(estimates, ", "), p.table(p.grid.Table), p.bounds(p.grid, params))
	counts, err := p.numbers(ctx, statement, params, len(rungs))
	if err != nil {
		return err
	}
	for i, rung := range rungs {
		if float64(counts[i]) <= float64(p.most)*estimateSlack || i == len(rungs)-1 {
			p.take(rung)
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
func (p *picture) coarsen(cells *grid.Cells) *grid.Index {
	index := cells.Index(p.grid, p.view)
	for _, rung := range grid.Ladder(p.grid, p.view)[1:] {
		if index.Len() <= p.most {
			break
		}
		cells.Coarsen(p.grid, rung, p.view)
		p.take(rung)
		index = cells.Index(p.grid, p.view)
	}
	return index
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

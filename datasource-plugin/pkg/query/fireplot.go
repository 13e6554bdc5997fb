package query

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	defaultMaxCells = 200_000
	leastMaxCells   = 100
	mostMaxCells    = 1_000_000
	// A cell arrives as 16 bytes a class.
	fireplotBytes = 256 << 20
)

// picture is a fireplot on its way: what is looked at, through which filters, on which grid.
type picture struct {
	*job
	view  grid.View
	set   filter.Set
	most  int
	grid  grid.Grid
	finer *grid.Grid
	// expected entries of the answer, as far as the sample tells; 0 when none was taken.
	expected int
	// live tells where a stream goes on; nil for a picture that stands.
	live *Live
}

func fireplot(ctx context.Context, j *job) (data.Frames, error) {
	j.ahead()
	p, err := newPicture(j)
	if err != nil {
		return nil, err
	}
	marked := p.marksBeside(ctx)
	if err := p.fit(ctx); err != nil {
		return nil, err
	}
	cells, err := p.fetch(ctx)
	if err != nil {
		return nil, err
	}
	cells, index := p.coarsen(cells)
	if index.Len() == 0 {
		newest, err := newest(ctx, j)
		if err != nil {
			return nil, err
		}
		return data.Frames{p.empty(newest)}, nil
	}
	list := data.Frames{p.frame(cells, index)}
	marks, err := marked()
	if err != nil {
		return unmarked(list, err)
	}
	if marks != nil {
		list = append(list, marks.frame())
	}
	return list, nil
}

func newPicture(j *job) (*picture, error) {
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	most, err := j.model.MaxCells.integer("maxCells", defaultMaxCells, leastMaxCells, mostMaxCells)
	if err != nil {
		return nil, err
	}
	rows, err := j.model.RowsPerDecade.integer("rowsPerDecade", 0, 0, 1<<20)
	if err != nil {
		return nil, err
	}
	from, to, err := j.model.ports()
	if err != nil {
		return nil, err
	}
	p := &picture{job: j, set: set, most: most}
	p.view = grid.View{
		From: j.From.UnixMilli(), To: j.To.UnixMilli(), Points: j.points(),
		PortFrom: from, PortTo: to, RowsPerDecade: float64(rows),
		Now: j.Now().UnixMilli(), EventsOnly: !set.Fits(schema.Cells1m),
	}
	p.grid = grid.Choose(p.view)
	return p, nil
}

// column and row are SQL for the place of an event or rollup row in a grid; see grid.Bin.
func (p *picture) column(g grid.Grid) string {
	from, _ := g.Span(p.view)
	if g.Table.Step > 0 {
		return fmt.Sprintf("intDiv(toUInt32(t) - %d, %d)", from/1000, g.Step/1000)
	}
	return fmt.Sprintf("intDiv(toUnixTimestamp64Milli(time) - %d, %d)", from, g.Step)
}

func (p *picture) row(g grid.Grid) string {
	if g.Table.Step > 0 {
		return fmt.Sprintf("if(y = %d, 0, bitShiftRight(y, %d) + 1)", schema.NoPort, bits.TrailingZeros(uint(g.Table.Octave/g.Octave)))
	}
	return fmt.Sprintf("if(dst_port = 0, 0, toUInt32(floor(%d * log2(greatest(dst_port, 1)))) + 1)", g.Octave)
}

// bounds is the WHERE of a grid over stretches of time: whole rows of ports, the filters, and tails only where asked for.
func (p *picture) bounds(g grid.Grid, params filter.Params, times ...grid.Stretch) string {
	spans := make([]string, len(times))
	for i, s := range times {
		spans[i] = within(g.Table, s.From, s.To)
	}
	first, last, firstPort, lastPort := g.PortSpan(p.view)
	ports := ""
	if p.view.PortFrom > 1 || p.view.PortTo < grid.MaxPort {
		ports = fmt.Sprintf("dst_port BETWEEN %d AND %d", firstPort, lastPort)
		if g.Table.Step > 0 {
			ports = levelRows(first, last, g.Table.Octave/g.Octave)
		}
	}
	return where("("+strings.Join(spans, " OR ")+")", ports, p.model.tails(), p.set.SQL(params, g.Table))
}

// levelRows bounds `y` of a level whose rows are `merged` to one.
func levelRows(first, last uint32, merged int) string {
	top := int(last)*merged - 1
	if first == grid.NoPort {
		return fmt.Sprintf("(y <= %d OR y = %d)", top, schema.NoPort)
	}
	return fmt.Sprintf("y BETWEEN %d AND %d", (int(first)-1)*merged, top)
}

// fetch reads the counts.
func (p *picture) fetch(ctx context.Context) (*grid.Cells, error) {
	if p.model.Live {
		return p.fetchLive(ctx)
	}
	cells := &grid.Cells{}
	from, to := p.grid.Span(p.view)
	return cells, p.read(ctx, p.grid, grid.Stretch{From: from, To: to}, "", cells)
}

// read adds the counts of a stretch of the grid's span. Each row of the answer is a packed key and a count, the least
// that can travel. `also` is one more condition, or "".
func (p *picture) read(ctx context.Context, g grid.Grid, stretch grid.Stretch, also string, cells *grid.Cells) error {
	params := filter.Params{}
	bounds := p.bounds(g, params, stretch)
	if also != "" {
		bounds += " AND " + also
	}
	statement := fmt.Sprintf("SELECT %s AS k, %s AS n FROM %s %s GROUP BY k",
		grid.PackSQL(p.column(g), p.row(g), "class"), g.Table.Count(), p.table(g.Table), bounds)
	cells.Grow(p.expected)
	query := clickhouse.Query{SQL: statement, Params: params, Comment: p.Comment, MaxBytes: fireplotBytes}
	return p.Store.Run(ctx, query, func(b *clickhouse.Block) error {
		cells.Grow(b.Rows())
		var key, n uint64
		for row := range b.Rows() {
			if err := clickhouse.Scan(b, row, &key, &n); err != nil {
				return err
			}
			cells.Add(key, n)
		}
		return nil
	})
}

// newest is the time of the newest stored event in ms, nil in an empty store.
func newest(ctx context.Context, j *job) (*int64, error) {
	var found *int64
	err := j.ask(ctx, "SELECT toUnixTimestamp64Milli(max(time)), count() > 0 FROM "+j.table(schema.Events), nil, func(b *clickhouse.Block) error {
		var ms int64
		var any uint8
		if b.Rows() == 0 {
			return nil
		}
		if err := clickhouse.Scan(b, 0, &ms, &any); err != nil {
			return err
		}
		if any > 0 {
			found = &ms
		}
		return nil
	})
	return found, err
}

func at(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

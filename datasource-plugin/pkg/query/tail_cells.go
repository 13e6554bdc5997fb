package query

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	// Rows of one look at most, before they are merged to TailRows.
	mostLookRows = 50_000
	// Steps of a live cell in ms: what a page asks for, and what a flood is merged to.
	leastLiveStep, mostLiveStep = 100, 60_000
	floodStep                   = 1000
	// No grid gets coarser than this for a flood, rows an octave; what still is too much is skipped.
	floodOctave = 8
)

// CellsTail reads the cells of batches as they are stored: a fireplot without a range of time.
type CellsTail struct {
	picture
	step   int64
	octave int
}

// LiveCell is a cell of one batch: [Time, Time+step) and the ports of a row.
type LiveCell struct {
	Batch      uint64
	Time       int64
	YMin, YMax float64
	Class      uint8
	Count      uint64
}

// CellsTail checks a fireplot query that is to be streamed. The error is *Invalid.
func (r *Runner) CellsTail(raw json.RawMessage) (*CellsTail, error) {
	model, err := parse(raw)
	if err != nil {
		return nil, err
	}
	if model.QueryType != "fireplot" {
		return nil, invalid("only fireplots and events can be streamed, not a query of type %q", model.QueryType)
	}
	step, err := model.StepMs.integer("stepMs", floodStep, leastLiveStep, mostLiveStep)
	if err != nil {
		return nil, err
	}
	p, err := newPicture(&job{Runner: r, Request: Request{Comment: clickhouse.Comment{Query: "live"}}, model: model})
	if err != nil {
		return nil, err
	}
	// As fine in ports as any picture of the query, which may be longer or wider than another.
	finest := p.view
	finest.EventsOnly, finest.Points, finest.From, finest.To = true, 1, 0, leastLiveStep
	return &CellsTail{picture: *p, step: int64(step), octave: grid.Choose(finest).Octave}, nil
}

// Cells of the batches, oldest first and at most TailRows. Of more the grid is made coarser, and what is then left over
// is skipped and counted, oldest first.
func (t *CellsTail) Cells(ctx context.Context, batches []Batch) (cells []LiveCell, skipped uint64, err error) {
	batches, from, to := recent(t.Now(), batches)
	if len(batches) == 0 {
		return nil, 0, nil
	}
	ids := make([]uint64, len(batches))
	for i, batch := range batches {
		ids[i] = batch.ID
	}
	params := filter.Params{}
	g := grid.Grid{Table: schema.Events, Step: t.step, Octave: t.octave}
	bounds := t.bounds(g, params, grid.Stretch{From: from.UnixMilli(), To: to.UnixMilli() + 1}) + " AND batch IN (" + joinIDs(ids) + ")"
	statement := fmt.Sprintf(`SELECT batch, intDiv(toUnixTimestamp64Milli(time), %[1]d) * %[1]d AS at, toUInt32(%[2]s) AS row, class, %[3]s AS n
		FROM %[4]s %[5]s GROUP BY batch, at, row, class ORDER BY at DESC LIMIT %[6]d`,
		t.step, t.row(g), g.Table.Count(), t.table(g.Table), bounds, mostLookRows)
	found := make([]entry, 0, TailRows)
	sum := uint64(0)
	err = t.ask(ctx, statement, params, func(b *clickhouse.Block) error {
		var e entry
		for row := range b.Rows() {
			if err := clickhouse.Scan(b, row, &e.batch, &e.at, &e.row, &e.class, &e.count); err != nil {
				return err
			}
			found = append(found, e)
			sum += e.count
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	if len(found) == mostLookRows {
		counts, err := t.numbers(ctx, fmt.Sprintf("SELECT %s FROM %s %s", g.Table.Count(), t.table(g.Table), bounds), params, 1)
		if err != nil {
			return nil, 0, err
		}
		skipped = counts[0] - min(counts[0], sum)
	}
	found, octave := squeeze(found, t.octave)
	for ; len(found) > TailRows; found = found[:len(found)-1] {
		skipped += found[len(found)-1].count
	}
	edges := grid.EdgesOf(octave)
	cells = make([]LiveCell, len(found))
	for i, e := range found {
		edge := edges[e.row]
		cells[len(found)-1-i] = LiveCell{Batch: e.batch, Time: e.at, YMin: edge.Min, YMax: edge.Max, Class: e.class, Count: e.count}
	}
	return cells, skipped, nil
}

// entry of a look, newest first.
type entry struct {
	batch uint64
	at    int64
	row   uint32
	class uint8
	count uint64
}

// squeeze merges cells until a push holds them: to a second first, then rows by twos.
func squeeze(found []entry, octave int) ([]entry, int) {
	if len(found) <= TailRows {
		return found, octave
	}
	for i := range found {
		found[i].at -= found[i].at % floodStep
	}
	found = merged(found)
	for len(found) > TailRows && octave > floodOctave {
		octave /= 2
		for i := range found {
			found[i].row = grid.Coarser(found[i].row, 1)
		}
		found = merged(found)
	}
	return found, octave
}

// merged adds up entries of one cell, newest first; it reuses the slice.
func merged(found []entry) []entry {
	slices.SortFunc(found, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.row, b.row), cmp.Compare(a.class, b.class), cmp.Compare(a.batch, b.batch))
	})
	kept := found[:0]
	for _, e := range found {
		last := len(kept) - 1
		if last >= 0 && kept[last].at == e.at && kept[last].row == e.row && kept[last].class == e.class && kept[last].batch == e.batch {
			kept[last].count += e.count
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

package query

import (
	"context"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Live is `meta.custom.live` of a fireplot that a stream goes on from: it holds the batches that the ledger had told
// by then, and no event of others. A batch is in it when its stamp is no newer than `atMs` - `slackMs`, or it is told.
type Live struct {
	AtMs    int64     `json:"atMs"`
	SlackMs int64     `json:"slackMs"`
	Told    []float64 `json:"told"`
}

const (
	// liveStretch is how far back a live picture is read from events, which know their batch. What is stored right now
	// and older than this is a backfill; the pyramid, which serves the rest, may have it already.
	liveStretch = 10 * time.Minute
	// liveAhead is room for senders whose clock is fast, and for what came while the question was on its way.
	liveAhead = time.Minute
)

// ahead lets a live view end a little after now, whatever the request says.
func (j *job) ahead() {
	if until := j.Now().Add(liveAhead); j.model.Live && j.To.Before(until) {
		j.To = until
	}
}

// fetchLive reads the counts as fetch does, of told batches alone.
func (p *picture) fetchLive(ctx context.Context) (*grid.Cells, error) {
	t, err := p.told(ctx)
	if err != nil {
		return nil, err
	}
	p.live = &Live{AtMs: t.at, SlackMs: LedgerSlackMs, Told: make([]float64, len(t.recent))}
	for i, id := range t.recent {
		p.live.Told[i] = BatchNumber(id)
	}
	from, to := p.grid.Span(p.view)
	cut := min(max(from, t.at-liveStretch.Milliseconds()), to)
	// A whole number of steps, also of the table's: a row of the pyramid lies on one side.
	cut = from + (cut-from)/p.grid.Step*p.grid.Step
	cells := &grid.Cells{}
	if cut > from {
		if err := p.read(ctx, p.grid, grid.Stretch{From: from, To: cut}, "", cells); err != nil {
			return nil, err
		}
	}
	recent := p.grid
	recent.Table = schema.Events
	err = p.read(ctx, recent, grid.Stretch{From: cut, To: to}, t.sql(p.Store.Database(), cut), cells)
	return cells, err
}

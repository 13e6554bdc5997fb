package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// Send hands a frame to all who listen. It may block: what is stored meanwhile is one push, and skipped beyond its rows.
type Send func(*data.Frame) error

// Pace of a stream; tests have their own.
type Pace struct {
	Look, Retry time.Duration
}

// Usual is a push a second at most.
var Usual = Pace{Look: time.Second, Retry: 5 * time.Second}

// Run streams a tail until the context ends or nobody takes frames any more. A store that fails is asked again, and
// the failure said once; what was stored meanwhile then comes.
func Run(ctx context.Context, store *clickhouse.Client, tail *query.Tail, pace Pace, send Send) error {
	p := &producer{ledger: ledger{store: store}, tail: tail, send: send}
	for {
		wait := pace.Look
		if err := p.look(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			if p.broken {
				return err
			}
			wait = pace.Retry
			if err := p.trouble(ctx, err); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// mostWaiting bounds the batches of one look, and with them the text of its SQL.
const mostWaiting = 2000

type producer struct {
	ledger  ledger
	tail    *query.Tail
	send    Send
	started bool
	// waiting batches were told by the ledger and not sent yet; dropped counts those that were too many.
	waiting []query.Batch
	dropped int
	// away: the store failed at the last look. broken: nobody takes frames.
	away, broken bool
	notes        int
}

// look sends what is new, in one push.
func (p *producer) look(ctx context.Context) error {
	if !p.started {
		if err := p.ledger.start(ctx); err != nil {
			return err
		}
		p.started = true
		// An empty frame tells the viewer that the tail runs, and of which fields it is.
		frame, err := frames.Logs(nil)
		if err != nil {
			return err
		}
		return p.push(frame)
	}
	fresh, err := p.ledger.fresh(ctx)
	if err != nil {
		return err
	}
	p.waiting = append(p.waiting, fresh...)
	if over := len(p.waiting) - mostWaiting; over > 0 {
		p.waiting, p.dropped = p.waiting[over:], p.dropped+over
	}
	frame, skipped, err := p.tail.Rows(ctx, p.waiting)
	if err != nil {
		return err
	}
	if p.dropped > 0 {
		p.note(frame, "unknown", fmt.Sprintf("%s batches of events skipped: they came while the tail stood still.", query.Thousands(uint64(p.dropped))))
	}
	if skipped > 0 {
		p.note(frame, "unknown", fmt.Sprintf("%s events skipped: more came than a tail shows. A filter makes them fewer.", query.Thousands(skipped)))
	}
	if p.away {
		p.note(frame, "info", "The store answers again: the tail goes on.")
	}
	p.waiting, p.dropped, p.away = nil, 0, false
	if frame.Rows() == 0 {
		return nil
	}
	return p.push(frame)
}

// trouble says that the store fails, at the first look that it does.
func (p *producer) trouble(ctx context.Context, cause error) error {
	if p.away {
		return nil
	}
	p.away = true
	backend.Logger.FromContext(ctx).Warn("A live tail waits for the store", "error", cause)
	frame, err := frames.Logs(nil)
	if err != nil {
		return err
	}
	p.note(frame, "error", fmt.Sprintf("The tail stands still: %v. It is tried again.", cause))
	return p.push(frame)
}

var noteLabels = json.RawMessage(`{"fireplot":"tail"}`)

// note puts a row of the tail's own in front, and a notice beside it: Explore shows the row alone.
func (p *producer) note(frame *data.Frame, severity, text string) {
	p.notes++
	now := time.Now()
	frame.InsertRow(0, now, text, severity, fmt.Sprintf("note-%d-%d", now.UnixMilli(), p.notes), noteLabels)
	frame.AppendNotices(data.Notice{Severity: data.NoticeSeverityWarning, Text: text})
}

func (p *producer) push(frame *data.Frame) error {
	if err := p.send(frame); err != nil {
		p.broken = true
		return fmt.Errorf("sending a frame to who listens: %w", err)
	}
	return nil
}

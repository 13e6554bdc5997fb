package stream

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// Send hands a frame to all who listen. It may block: what is stored meanwhile is one push, and skipped beyond its rows.
type Send func(*data.Frame) error

// Pace of a stream; tests have their own.
type Pace struct {
	// Look is the wait between two looks while something comes, Idle after a time without.
	Look, Idle time.Duration
	// Retry is the wait after a look that failed.
	Retry time.Duration
	// Heartbeat is how long a follower that beats is silent at most.
	Heartbeat time.Duration
}

// Lines is a push a second at most, for who reads.
var Lines = Pace{Look: time.Second, Idle: time.Second, Retry: 5 * time.Second}

// Cells is four pushes a second at most, so that a probe is on the screen two seconds after it was sent; a store in
// which nothing happens is asked half as often.
var Cells = Pace{Look: 250 * time.Millisecond, Idle: 500 * time.Millisecond, Retry: 2 * time.Second, Heartbeat: 5 * time.Second}

// quiet is how long nothing came before a stream is idle.
const quiet = 10 * time.Second

// Follower makes the pushes of one kind of stream.
type Follower interface {
	// Pace that it is looked at with.
	Pace() Pace
	// Overlap is how far before its start a stream begins, for a viewer who has a picture of that time.
	Overlap() time.Duration
	// Hello is the first push: it tells that the stream runs, and of which fields it is.
	Hello() (*data.Frame, error)
	// Push shows batches. nil: there is nothing to say.
	Push(ctx context.Context, news News) (*data.Frame, error)
	// Trouble says that the store fails and is asked again.
	Trouble(cause error) (*data.Frame, error)
}

// News is what a look found.
type News struct {
	Batches []query.Batch
	// Dropped batches were too many while the stream stood still.
	Dropped int
	// Back: the store failed at the look before. Beat: nothing was sent for a heartbeat.
	Back, Beat bool
}

// Run streams until the context ends or nobody takes frames any more. A store that fails is asked again, and the
// failure said once; what was stored meanwhile then comes.
func Run(ctx context.Context, store *clickhouse.Client, follower Follower, pace Pace, send Send) error {
	p := &producer{ledger: ledger{store: store}, follower: follower, pace: pace, send: send}
	for {
		started := time.Now()
		wait := pace.Idle
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
		} else if time.Since(p.last) < quiet {
			// A store that answers slowly is not asked more than half of the time.
			took := time.Since(started)
			wait = max(pace.Look-took, took)
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
	ledger   ledger
	follower Follower
	pace     Pace
	send     Send
	started  bool
	// waiting batches were told by the ledger and not sent yet; dropped counts those that were too many.
	waiting []query.Batch
	dropped int
	// away: the store failed at the last look. broken: nobody takes frames.
	away, broken bool
	// last is when batches came, sent when a frame was pushed.
	last, sent time.Time
}

// look sends what is new, in one push.
func (p *producer) look(ctx context.Context) error {
	if !p.started {
		if err := p.ledger.start(ctx, p.follower.Overlap()); err != nil {
			return err
		}
		p.started = true
		return p.push(p.follower.Hello())
	}
	fresh, err := p.ledger.fresh(ctx)
	if err != nil {
		return err
	}
	if len(fresh) > 0 {
		p.last = time.Now()
	}
	p.waiting = append(p.waiting, fresh...)
	if over := len(p.waiting) - mostWaiting; over > 0 {
		p.waiting, p.dropped = p.waiting[over:], p.dropped+over
	}
	beat := p.pace.Heartbeat > 0 && time.Since(p.sent) >= p.pace.Heartbeat
	frame, err := p.follower.Push(ctx, News{Batches: p.waiting, Dropped: p.dropped, Back: p.away, Beat: beat})
	if err != nil {
		return err
	}
	p.waiting, p.dropped, p.away = nil, 0, false
	if frame == nil {
		return nil
	}
	return p.push(frame, nil)
}

// trouble says that the store fails, at the first look that it does.
func (p *producer) trouble(ctx context.Context, cause error) error {
	if p.away {
		return nil
	}
	p.away = true
	backend.Logger.FromContext(ctx).Warn("A live stream waits for the store", "error", cause)
	return p.push(p.follower.Trouble(cause))
}

func (p *producer) push(frame *data.Frame, err error) error {
	if err != nil {
		return err
	}
	p.sent = time.Now()
	if err := p.send(frame); err != nil {
		p.broken = true
		return fmt.Errorf("sending a frame to who listens: %w", err)
	}
	return nil
}

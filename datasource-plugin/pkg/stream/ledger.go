package stream

import (
	"context"
	"fmt"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// lookBack is how far the ledger is read again at each look. Its rows are stamped when their insert begins and seen
// when it ends, so a row may appear behind one with a later stamp.
const lookBack = query.LedgerSlackMs * time.Millisecond

// ledger tells each batch once, when it is stored whole, whatever the order in which batches come and the times of
// their events. ingest/src/feed/ledger.ts does the same.
type ledger struct {
	store *clickhouse.Client
	// mark is the newest stamp seen, by the store's clock, ms.
	mark int64
	// told holds stamps by batch, of those that can be asked for again.
	told map[uint64]int64
}

// start makes what is stored by now no news, but for the last `overlap`.
func (l *ledger) start(ctx context.Context, overlap time.Duration) error {
	l.told = map[uint64]int64{}
	q := clickhouse.Query{SQL: "SELECT toUnixTimestamp64Milli(now64(3))", Comment: clickhouse.Comment{Query: "tail"}}
	if err := l.store.Run(ctx, q, func(b *clickhouse.Block) error {
		if b.Rows() == 0 {
			return nil
		}
		return clickhouse.Scan(b, 0, &l.mark)
	}); err != nil {
		return err
	}
	known, err := l.fresh(ctx)
	for _, batch := range known {
		if batch.Stamp.UnixMilli() > l.mark-overlap.Milliseconds() {
			delete(l.told, batch.ID)
		}
	}
	return err
}

// fresh gives the batches stored since the last call; after an error the next call gives them.
func (l *ledger) fresh(ctx context.Context) ([]query.Batch, error) {
	var found []query.Batch
	stamps := map[uint64]int64{}
	statement := fmt.Sprintf(`SELECT %s, toUnixTimestamp64Milli(inserted_at),
		toUnixTimestamp64Milli(min_time), toUnixTimestamp64Milli(max_time) FROM %s.batches
		WHERE inserted_at > fromUnixTimestamp64Milli(%d) AND rows > 0 ORDER BY inserted_at, token`, query.BatchOfToken, clickhouse.Identifier(l.store.Database()), l.mark-lookBack.Milliseconds())
	err := l.store.Run(ctx, clickhouse.Query{SQL: statement, Comment: clickhouse.Comment{Query: "tail"}}, func(b *clickhouse.Block) error {
		for row := range b.Rows() {
			var id uint64
			var stamp, from, to int64
			if err := clickhouse.Scan(b, row, &id, &stamp, &from, &to); err != nil {
				return err
			}
			stamps[id] = stamp
			if _, known := l.told[id]; !known {
				found = append(found, query.Batch{ID: id, MinTime: time.UnixMilli(from), MaxTime: time.UnixMilli(to), Stamp: time.UnixMilli(stamp)})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, stamp := range stamps {
		l.mark = max(l.mark, stamp)
	}
	// What is older than the next look reaches needs no memory.
	for id, stamp := range l.told {
		if _, again := stamps[id]; !again && stamp <= l.mark-lookBack.Milliseconds() {
			delete(l.told, id)
		}
	}
	for id, stamp := range stamps {
		l.told[id] = stamp
	}
	return found, nil
}

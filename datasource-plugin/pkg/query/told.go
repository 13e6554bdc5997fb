package query

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
)

// BatchOfToken is SQL for the id that a ledger row's events carry; ingest/src/read/token.ts makes it.
const BatchOfToken = "reinterpretAsUInt64(reverse(substring(SHA256(token), 1, 8)))"

// LedgerSlackMs is how late a ledger row may be seen after its stamp: it is stamped when its insert begins.
const LedgerSlackMs = 60_000

// told is what the ledger told at a moment: a picture of exactly that is continued by a stream without gap or double.
type told struct {
	// at is the store's clock, ms.
	at int64
	// recent batches have stamps of the last LedgerSlackMs; those before are told by their stamp alone.
	recent []uint64
}

func (j *job) told(ctx context.Context) (told, error) {
	counts, err := j.numbers(ctx, "SELECT toUInt64(toUnixTimestamp64Milli(now64(3)))", nil, 1)
	if err != nil {
		return told{}, err
	}
	t := told{at: int64(counts[0])}
	statement := fmt.Sprintf("SELECT %s FROM %s.batches WHERE inserted_at > fromUnixTimestamp64Milli(%d) AND rows > 0",
		BatchOfToken, clickhouse.Identifier(j.Store.Database()), t.at-LedgerSlackMs)
	err = j.ask(ctx, statement, nil, func(b *clickhouse.Block) error {
		var id uint64
		for row := range b.Rows() {
			if err := clickhouse.Scan(b, row, &id); err != nil {
				return err
			}
			t.recent = append(t.recent, id)
		}
		return nil
	})
	return t, err
}

// sql holds for the events of the batches that were told, of those that have events from `from` ms on.
func (t told) sql(database string, from int64) string {
	condition := fmt.Sprintf("batch IN (SELECT %s FROM %s.batches WHERE inserted_at <= fromUnixTimestamp64Milli(%d) AND max_time >= fromUnixTimestamp64Milli(%d))",
		BatchOfToken, clickhouse.Identifier(database), t.at-LedgerSlackMs, from)
	if len(t.recent) == 0 {
		return condition
	}
	return "(" + condition + " OR batch IN (" + joinIDs(t.recent) + "))"
}

func joinIDs(ids []uint64) string {
	var text strings.Builder
	for i, id := range ids {
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString(strconv.FormatUint(id, 10))
	}
	return text.String()
}

// exactBits of a batch's id travel to the page, whose numbers have no more.
const exactBits = 1<<53 - 1

// BatchNumber is the id of a batch as the page knows it.
func BatchNumber(id uint64) float64 { return float64(id & exactBits) }

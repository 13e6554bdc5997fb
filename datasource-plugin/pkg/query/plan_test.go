package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// explain gives the plan of a statement and how many of the primary key's granules it reads.
func explain(t testing.TB, statement string) (plan string, read, total int) {
	t.Helper()
	err := runner.Store.Run(t.Context(), clickhouse.Query{SQL: "EXPLAIN indexes = 1 " + statement}, func(b *clickhouse.Block) error {
		var line string
		for i := range b.Rows() {
			if err := clickhouse.Scan(b, i, &line); err != nil {
				return err
			}
			plan += line + "\n"
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, key, _ := strings.Cut(plan, "PrimaryKey")
	match := regexp.MustCompile(`Granules: (\d+)/(\d+)`).FindStringSubmatch(key)
	if match == nil {
		t.Fatalf("no primary key in the plan of %s:\n%s", statement, plan)
	}
	read, _ = strconv.Atoi(match[1])
	total, _ = strconv.Atoi(match[2])
	return plan, read, total
}

// The hour leads the primary key: a bound on time alone must narrow it, or every hover would read the month.
func TestPlan_timeNarrowsThePrimaryKey(t *testing.T) {
	from := day.UnixMilli() + 18*3_600_000
	bound := within(schema.Events, from, from+60_000)
	plan, read, total := explain(t, fmt.Sprintf("SELECT sum(count) FROM fireplot.events WHERE %s AND dst_port >= 8000 AND dst_port < 8010", bound))
	if !strings.Contains(plan, "toStartOfHour(time)") || !strings.Contains(plan, "dst_port") || read >= total {
		t.Errorf("%d of %d granules:\n%s", read, total, plan)
	}
}

func TestPlan_newestRowsAreReadInOrder(t *testing.T) {
	bound := within(schema.Events, day.UnixMilli(), day.UnixMilli()+86_400_000)
	plan, _, _ := explain(t, fmt.Sprintf("SELECT time, message FROM fireplot.events %s ORDER BY toStartOfHour(time) DESC, time DESC, seq DESC LIMIT 10", where(bound)))
	if !strings.Contains(plan, "InReverseOrder") {
		t.Errorf("the plan sorts the whole range:\n%s", plan)
	}
}

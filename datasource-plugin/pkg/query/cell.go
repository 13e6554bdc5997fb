package query

import (
	"context"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const topSources = 10

// A hover that takes longer is of no use any more.
const cellTimeout = 10 * time.Second

// cell answers a hover from the events themselves: counts, distinct sources and targets, and the top sources. One
// pass; the group of all events comes first, the sources behind it.
func cell(ctx context.Context, j *job) (data.Frames, error) {
	params := filter.Params{}
	conditions, err := j.cellConditions(params)
	if err != nil {
		return nil, err
	}
	statement := fmt.Sprintf(`SELECT
	grouping(src_ip) AS everyone, src_ip AS source, sum(toUInt64(count)) AS events,
	uniqExactIf(src_ip, src_ip != toIPv6('::')) AS sources, uniqExactIf(dst_ip, dst_ip != toIPv6('::')) AS targets,
	min(time) AS first, max(time) AS last
FROM %s %s
GROUP BY GROUPING SETS ((src_ip), ()) ORDER BY everyone DESC, events DESC, last DESC, source LIMIT %d`,
		j.table(schema.Events), conditions, topSources+1)

	summary := newSummary()
	top := newTopSources()
	query := clickhouse.Query{SQL: statement, Params: params, Comment: j.Comment, Timeout: cellTimeout}
	err = j.Store.Run(ctx, query, func(b *clickhouse.Block) error {
		for row := range b.Rows() {
			var (
				source                             netip.Addr
				everyone, events, sources, targets uint64
				first, last                        time.Time
			)
			if err := clickhouse.Scan(b, row, &everyone, &source, &events, &sources, &targets, &first, &last); err != nil {
				return err
			}
			switch {
			case everyone > 0 && events > 0:
				summary.AppendRow(float64(events), float64(sources), float64(targets), &first, &last)
			case everyone > 0:
				summary.AppendRow(0.0, 0.0, 0.0, (*time.Time)(nil), (*time.Time)(nil))
			default:
				top.AppendRow(source.Unmap().String(), float64(events), last)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if summary.Rows() == 0 {
		summary.AppendRow(0.0, 0.0, 0.0, (*time.Time)(nil), (*time.Time)(nil))
	}
	return data.Frames{summary, top}, nil
}

func newSummary() *data.Frame {
	return data.NewFrame("summary",
		data.NewField("events", nil, []float64{}), data.NewField("sources", nil, []float64{}), data.NewField("targets", nil, []float64{}),
		data.NewField("first", nil, []*time.Time{}), data.NewField("last", nil, []*time.Time{}))
}

func newTopSources() *data.Frame {
	return data.NewFrame("top",
		data.NewField("source", nil, []string{}), data.NewField("events", nil, []float64{}), data.NewField("last", nil, []time.Time{}))
}

// cellConditions bounds the cell by its time, the hours that lead the primary key, and its ports.
func (j *job) cellConditions(params filter.Params) (string, error) {
	c := j.model.Cell
	if c == nil {
		return "", invalid("a query of type cell needs the field cell: {from, to, portFrom, portTo}")
	}
	if !(c.From < c.To) || !(c.PortFrom < c.PortTo) || math.Abs(c.To) > math.MaxInt64/2 || math.Abs(c.From) > math.MaxInt64/2 {
		return "", invalid("the cell is empty: time %v to %v, ports %v to %v", c.From, c.To, c.PortFrom, c.PortTo)
	}
	set, err := j.conditions()
	if err != nil {
		return "", err
	}
	ports := "dst_port = 0"
	if c.PortTo > 1 {
		least := int(math.Ceil(math.Max(c.PortFrom, 0)))
		if c.PortFrom < 1 {
			least = 0
		}
		ports = fmt.Sprintf("dst_port >= %d AND dst_port < %d", least, int(math.Ceil(math.Min(c.PortTo, 65536))))
	}
	classes, err := j.cellClasses()
	if err != nil {
		return "", err
	}
	return where(within(schema.Events, int64(c.From), int64(math.Ceil(c.To))), ports, classes, set.SQL(params, schema.Events)), nil
}

func (j *job) cellClasses() (string, error) {
	if len(j.model.Cell.Classes) == 0 {
		return j.model.tails(), nil
	}
	list := make([]string, len(j.model.Cell.Classes))
	for i, class := range j.model.Cell.Classes {
		if class < 0 || class >= schema.Classes {
			return "", invalid("the class %d is not known: classes are 0 to %d", class, schema.Classes-1)
		}
		list[i] = strconv.Itoa(class)
	}
	return "class IN (" + strings.Join(list, ", ") + ")", nil
}

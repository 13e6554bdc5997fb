package query

import (
	"context"
	"fmt"
	"math"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	// With more marks than this a picture would show nothing else: they are drawn coarser until they fit.
	mostMarks = 3000
	// Marks across and up the picture at most: less than ten pixels tell nothing.
	markColumns, markRows = 180, 128
	// The grid of source_days: 10 minutes × 1/16 octave, row 0 for no port.
	slotMs, slotOctave, slotRows = 600_000, 16, 257
)

// spot is a place of the grid of marks: its column counted from 1970, its row as grid.Bin counts.
type spot struct {
	column int64
	row    uint32
}

// mark is what the lists say of the sources that knocked in a spot.
type mark struct {
	score   uint8
	sources int
	// feeds by the number of their sources.
	feeds map[string]int
}

// marks tell where on a picture listed sources knocked.
type marks struct {
	*picture
	step   int64
	octave int
	spots  map[spot]*mark
}

// newMarks reads the marks of a picture; nil when it asks for none.
func newMarks(ctx context.Context, p *picture) (*marks, error) {
	switch p.model.Marks {
	case "":
		return nil, nil
	case "intel":
	default:
		return nil, invalid("marks is %q: it must be intel, or empty for none", p.model.Marks)
	}
	octaves := math.Log2(float64(p.view.PortTo+1) / float64(max(p.view.PortFrom, 1)))
	m := &marks{picture: p, spots: map[spot]*mark{}, step: grid.StepAtLeast((p.view.To - p.view.From) / markColumns), octave: 1}
	for m.octave < p.grid.Octave && float64(2*m.octave)*octaves <= markRows {
		m.octave *= 2
	}
	read := m.fromEvents
	if p.grid.Table.Step > 0 && p.set.Fits(schema.SourceDays) {
		m.step, m.octave = max(m.step, slotMs), min(m.octave, slotOctave)
		read = m.fromDays
	}
	if err := read(ctx); err != nil {
		return nil, err
	}
	for i := 0; len(m.spots) > mostMarks; i++ {
		m.coarsen(i%2 == 0)
	}
	return m, nil
}

// Sources that are on a list; each is looked up once.
const onAList = "dictGet('intel', 'score', tuple(src_ip)) > 0 AND dictGet('intel', 'expires', tuple(src_ip)) > now()"

// fromDays takes the slots of listed sources from the rollup.
func (m *marks) fromDays(ctx context.Context) error {
	params := filter.Params{}
	days := fmt.Sprintf("day BETWEEN toDate(toDateTime(%d, 'UTC')) AND toDate(toDateTime(%d, 'UTC'))", m.view.From/1000, (m.view.To-1)/1000)
	statement := fmt.Sprintf(`SELECT toInt64(toUInt32(toDateTime(day, 'UTC'))) * 1000 AS base, found.1 AS score, found.2 AS feeds, slots FROM (
SELECT day, slots, dictGet('intel', ('score', 'feeds'), tuple(src_ip)) AS found FROM %s %s)`,
		m.table(schema.SourceDays), where(days, m.set.SQL(params, schema.SourceDays), onAList))
	first, last, _, _ := grid.Grid{Octave: slotOctave}.PortSpan(m.view)
	shift := shiftOf(slotOctave, m.octave)
	return m.read(ctx, statement, params, func(b *clickhouse.Block, row int) error {
		var base int64
		var score uint8
		var feeds []string
		var slots []uint16
		if err := clickhouse.Scan(b, row, &base, &score, &feeds, &slots); err != nil {
			return err
		}
		seen := map[spot]bool{}
		for _, slot := range slots {
			at, place := base+int64(slot/slotRows)*slotMs, uint32(slot%slotRows)
			if at+slotMs > m.view.From && at < m.view.To && place >= first && place <= last {
				seen[spot{at / m.step, grid.Coarser(place, shift)}] = true
			}
		}
		m.add(seen, score, feeds)
		return nil
	})
}

// fromEvents finds listed sources among the events, where the rollup is too coarse or knows too little for the filters.
func (m *marks) fromEvents(ctx context.Context) error {
	g := grid.Grid{Table: schema.Events, Step: m.step, Octave: m.octave}
	from, to := g.Span(m.view)
	params := filter.Params{}
	listed := fmt.Sprintf("src_ip IN (SELECT src_ip FROM (SELECT DISTINCT src_ip FROM %s WHERE day BETWEEN toDate(toDateTime(%d, 'UTC')) AND toDate(toDateTime(%d, 'UTC'))) WHERE %s)",
		m.table(schema.SourceDays), m.view.From/1000, m.view.To/1000, onAList)
	statement := fmt.Sprintf(`SELECT toInt64(0) AS base, found.1 AS score, found.2 AS feeds, slots FROM (
SELECT dictGet('intel', ('score', 'feeds'), tuple(src_ip)) AS found, slots FROM (SELECT src_ip, groupUniqArray(%s) AS slots FROM %s %s AND %s GROUP BY src_ip))`,
		grid.PackSQL(m.column(g), m.row(g), "0"), m.table(schema.Events), m.bounds(g, params, grid.Stretch{From: from, To: to}), listed)
	return m.read(ctx, statement, params, func(b *clickhouse.Block, row int) error {
		var base int64
		var score uint8
		var feeds []string
		var keys []uint64
		if err := clickhouse.Scan(b, row, &base, &score, &feeds, &keys); err != nil {
			return err
		}
		seen := map[spot]bool{}
		for _, key := range keys {
			column, place := grid.Unpack(key)
			seen[spot{from/m.step + int64(column), place}] = true
		}
		m.add(seen, score, feeds)
		return nil
	})
}

func (m *marks) read(ctx context.Context, statement string, params filter.Params, each func(*clickhouse.Block, int) error) error {
	query := clickhouse.Query{SQL: statement, Params: params, Comment: m.Comment, MaxBytes: fireplotBytes}
	return m.Store.Run(ctx, query, func(b *clickhouse.Block) error {
		for row := range b.Rows() {
			if err := each(b, row); err != nil {
				return err
			}
		}
		return nil
	})
}

// add counts a source in the spots where it knocked.
func (m *marks) add(seen map[spot]bool, score uint8, feeds []string) {
	for place := range seen {
		one := m.spots[place]
		if one == nil {
			one = &mark{feeds: map[string]int{}}
			m.spots[place] = one
		}
		one.score = max(one.score, score)
		one.sources++
		for _, feed := range feeds {
			one.feeds[feed]++
		}
	}
}

// coarsen joins neighbours, two and two: in time, or in ports. A source that is in both is counted twice from then on,
// so that the number of sources is an upper bound.
func (m *marks) coarsen(inTime bool) {
	inTime = inTime || m.octave == 1
	if inTime {
		m.step *= 2
	} else {
		m.octave /= 2
	}
	joined := map[spot]*mark{}
	for place, one := range m.spots {
		if inTime {
			// Columns count from 1970 and are never negative.
			place.column /= 2
		} else {
			place.row = grid.Coarser(place.row, 1)
		}
		other := joined[place]
		if other == nil {
			joined[place] = one
			continue
		}
		other.score = max(other.score, one.score)
		other.sources += one.sources
		for feed, n := range one.feeds {
			other.feeds[feed] += n
		}
	}
	m.spots = joined
}

func shiftOf(fine, coarse int) uint {
	shift := uint(0)
	for ; coarse<<shift < fine; shift++ {
	}
	return shift
}

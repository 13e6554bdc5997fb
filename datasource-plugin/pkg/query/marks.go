package query

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/column"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	// With more marks than this a picture would show nothing else: they are drawn coarser until they fit.
	mostMarks = 2000
	// Marks across and up the picture at most: less than ten pixels tell nothing.
	markColumns, markRows = 180, 64
	// The grid of source_days: 10 minutes × 1/4 octave, row 0 for no port.
	slotMs, slotOctave, slotRows = 600_000, 4, 65
	dayMs                        = 86_400_000
)

// spot is a place of the grid of marks: its column counted from 1970, its row as grid.Bin counts.
type spot struct {
	column int64
	row    uint32
}

// mark is what the lists say of the sources that knocked in a spot.
type mark struct {
	score   uint8
	sources uint64
	// feeds as the sources have them together, one list of names a text.
	feeds []string
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
	// Six hours of all ports take so many events that marks of the rollup's width are the better bargain.
	wide := p.view.To-p.view.From >= 36*slotMs && p.view.PortFrom <= 1 && p.view.PortTo == grid.MaxPort
	if (p.grid.Table.Step > 0 || wide) && p.set.Fits(schema.SourceDays) {
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

// spotsOf is SQL that turns rows of `src_ip` and `spots` (of the grid of marks, packed) into what the lists say by spot:
// each source is looked up once, and what many have in common travels once.
func spotsOf(rows string) string {
	return "SELECT score, feeds, spot, count() AS n FROM (" +
		"SELECT found.1 AS score, toLowCardinality(arrayStringConcat(found.2, '\\n')) AS feeds, arrayJoin(spots) AS spot FROM (" +
		"SELECT dictGet('intel', ('score', 'feeds', 'expires'), tuple(src_ip)) AS found, spots FROM (" + rows + ")" +
		") WHERE found.3 > now()) GROUP BY score, feeds, spot"
}

// isListed holds for sources on a list, and for some whose entry has expired.
const isListed = "dictGet('intel', 'score', tuple(src_ip)) > 0"

// fromDays takes the slots of listed sources from the rollup: a row for what sources of a day have in common on the
// lists, with all their slots behind one another, which costs the store less than counting them.
func (m *marks) fromDays(ctx context.Context) error {
	params := filter.Params{}
	slots := "slots"
	if first := m.view.From / dayMs * dayMs; m.view.To <= first+dayMs && m.view.To-m.view.From < dayMs {
		slots = fmt.Sprintf("arrayFilter(s -> s >= %d AND s < %d, slots)",
			(m.view.From-first)/slotMs*slotRows, ((m.view.To-1-first)/slotMs+1)*slotRows)
	}
	days := fmt.Sprintf("day BETWEEN toDate(toDateTime(%d, 'UTC')) AND toDate(toDateTime(%d, 'UTC'))", m.view.From/1000, (m.view.To-1)/1000)
	statement := fmt.Sprintf(`SELECT toInt64(toUInt32(day)) AS at, score, feeds, groupArrayArray(some) AS slots, toUInt64(length(slots)) AS n FROM (
SELECT day, %s AS some, dictGet('intel', ('score', 'feeds', 'expires'), tuple(src_ip)) AS found, found.1 AS score, arrayStringConcat(found.2, '\n') AS feeds
FROM %s PREWHERE %s %s) WHERE found.3 > now() GROUP BY day, score, feeds`,
		slots, m.table(schema.SourceDays), isListed, where(days, m.set.SQL(params, schema.SourceDays)))
	query := clickhouse.Query{SQL: statement, Params: params, Comment: m.Comment, MaxBytes: fireplotBytes}
	if err := m.Store.Run(ctx, query, m.addDays); err != nil {
		return err
	}
	m.crop()
	return nil
}

// addDays counts the slots of the rows that fromDays asks for.
func (m *marks) addDays(b *clickhouse.Block) error {
	const slotsADay = dayMs / slotMs * slotRows
	lists, ok := b.Columns[3].(*column.Array)
	if !ok {
		return fmt.Errorf("the slots of marks came as %s", b.Columns[3].Type())
	}
	shift := shiftOf(slotOctave, m.octave)
	next := 0
	for row := range b.Rows() {
		var (
			day   int64
			score uint8
			feeds string
			n     uint64
		)
		for i, into := range map[int]any{0: &day, 1: &score, 2: &feeds, 4: &n} {
			if err := b.Columns[i].ScanRow(into, row); err != nil {
				return err
			}
		}
		var counts [slotsADay]uint64
		for end := next + int(n); next < end; next++ {
			var slot uint16
			if err := lists.Base().ScanRow(&slot, next); err != nil {
				return err
			}
			if slot < slotsADay {
				counts[slot]++
			}
		}
		for slot, sources := range counts {
			if sources > 0 {
				at := day*dayMs + int64(slot/slotRows)*slotMs
				m.add(spot{at / m.step, grid.Coarser(uint32(slot%slotRows), shift)}, &mark{score, sources, []string{feeds}})
			}
		}
	}
	return nil
}

// crop leaves out what lies beyond the view: the rollup has whole days and all ports.
func (m *marks) crop() {
	first, last, _, _ := grid.Grid{Octave: m.octave}.PortSpan(m.view)
	for place := range m.spots {
		begins := place.column * m.step
		if begins >= m.view.To || begins+m.step <= m.view.From || place.row < first || place.row > last {
			delete(m.spots, place)
		}
	}
}

// fromEvents finds listed sources among the events, where the rollup is too coarse or knows too little for the filters.
func (m *marks) fromEvents(ctx context.Context) error {
	g := grid.Grid{Table: schema.Events, Step: m.step, Octave: m.octave}
	from, to := g.Span(m.view)
	params := filter.Params{}
	listed := fmt.Sprintf("src_ip IN (SELECT src_ip FROM %s PREWHERE %s WHERE day BETWEEN toDate(toDateTime(%d, 'UTC')) AND toDate(toDateTime(%d, 'UTC')))",
		m.table(schema.SourceDays), isListed, m.view.From/1000, m.view.To/1000)
	rows := fmt.Sprintf("SELECT src_ip, groupUniqArray(%s) AS spots FROM %s %s AND %s GROUP BY src_ip",
		grid.PackSQL(m.column(g), m.row(g), "0"), m.table(schema.Events), m.bounds(g, params, grid.Stretch{From: from, To: to}), listed)
	return m.read(ctx, spotsOf(rows), params, from/m.step)
}

// read takes what spotsOf gives; columns count from `first`.
func (m *marks) read(ctx context.Context, statement string, params filter.Params, first int64) error {
	query := clickhouse.Query{SQL: statement, Params: params, Comment: m.Comment, MaxBytes: fireplotBytes}
	return m.Store.Run(ctx, query, func(b *clickhouse.Block) error {
		var (
			score  uint8
			feeds  string
			key, n uint64
		)
		for i := range b.Rows() {
			if err := clickhouse.Scan(b, i, &score, &feeds, &key, &n); err != nil {
				return err
			}
			column, row := grid.Unpack(key)
			m.add(spot{first + int64(column), row}, &mark{score, n, []string{feeds}})
		}
		return nil
	})
}

func (m *marks) add(place spot, more *mark) {
	one := m.spots[place]
	if one == nil {
		m.spots[place] = more
		return
	}
	one.score = max(one.score, more.score)
	one.sources += more.sources
	for _, feeds := range more.feeds {
		if !slices.Contains(one.feeds, feeds) {
			one.feeds = append(one.feeds, feeds)
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
	fine := m.spots
	m.spots = make(map[spot]*mark, len(fine)/2)
	for place, one := range fine {
		if inTime {
			// Columns count from 1970 and are never negative.
			place.column /= 2
		} else {
			place.row = grid.Coarser(place.row, 1)
		}
		m.add(place, one)
	}
}

func shiftOf(fine, coarse int) uint {
	shift := uint(0)
	for ; coarse<<shift < fine; shift++ {
	}
	return shift
}

package query

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
)

// namedFeeds are named by a mark; of those beyond it tells the number.
const namedFeeds = 8

// MarksCustom is `meta.custom` of the frame of marks.
type MarksCustom struct {
	Fireplot      string `json:"fireplot"`
	StepMs        int64  `json:"stepMs"`
	RowsPerOctave int    `json:"rowsPerOctave"`
}

// marksBeside reads the marks while the cells are read, and gives them when asked. The grid that it goes by is the one
// chosen before the cells are counted.
func (p *picture) marksBeside(ctx context.Context) func() (*marks, error) {
	if p.model.Marks == "" {
		return func() (*marks, error) { return nil, nil }
	}
	type answer struct {
		marks *marks
		err   error
	}
	done := make(chan answer, 1)
	as := *p
	go func() {
		m, err := newMarks(ctx, &as)
		done <- answer{m, err}
	}()
	return func() (*marks, error) {
		a := <-done
		return a.marks, a.err
	}
}

// unmarked is the picture without its marks where the lists cannot be asked: it is right as far as it goes.
func unmarked(list data.Frames, err error) (data.Frames, error) {
	var trouble *clickhouse.Error
	if !errors.As(err, &trouble) {
		return nil, err
	}
	frames.Notice(list, data.NoticeSeverityWarning, "Without the marks of listed sources. "+trouble.Error())
	return list, nil
}

// frame is a row a mark, sorted by time: the stretch and the ports that it covers, and what the lists say.
func (m *marks) frame() *data.Frame {
	places := make([]spot, 0, len(m.spots))
	for place := range m.spots {
		places = append(places, place)
	}
	sort.Slice(places, func(a, b int) bool {
		if places[a].column != places[b].column {
			return places[a].column < places[b].column
		}
		return places[a].row < places[b].row
	})
	edges := grid.EdgesOf(m.octave)
	n := len(places)
	from, to := make([]time.Time, n), make([]time.Time, n)
	yMin, yMax := make([]float64, n), make([]float64, n)
	score, sources, feeds := make([]uint8, n), make([]uint32, n), make([]string, n)
	for i, place := range places {
		one := m.spots[place]
		from[i], to[i] = at(place.column*m.step), at((place.column+1)*m.step)
		yMin[i], yMax[i] = edges[place.row].Min, edges[place.row].Max
		score[i], sources[i], feeds[i] = one.score, uint32(one.sources), one.named()
	}
	frame := data.NewFrame("marks",
		data.NewField("from", nil, from), data.NewField("to", nil, to),
		data.NewField("yMin", nil, yMin), data.NewField("yMax", nil, yMax),
		data.NewField("score", nil, score), data.NewField("listed", nil, sources), data.NewField("feeds", nil, feeds))
	frame.Meta = &data.FrameMeta{
		Type:   data.FrameTypeTable,
		Custom: MarksCustom{Fireplot: "marks", StepMs: m.step, RowsPerOctave: m.octave},
	}
	return frame
}

// named lists the feeds by name.
func (m *mark) named() string {
	var names []string
	for _, feeds := range m.feeds {
		names = append(names, strings.Split(feeds, "\n")...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > namedFeeds {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:namedFeeds], ", "), len(names)-namedFeeds)
	}
	return strings.Join(names, ", ")
}

package query

import (
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// heatmapCells is Grafana's name for the frame; the SDK has no constant for it.
const heatmapCells data.FrameType = "heatmap-cells"

// Custom is `meta.custom` of a fireplot.
type Custom struct {
	StepMs        int64  `json:"stepMs"`
	RowsPerOctave int    `json:"rowsPerOctave"`
	Source        string `json:"source"`
	FromMs        int64  `json:"fromMs"`
	ToMs          int64  `json:"toMs"`
}

// EmptyCustom is the same for a fireplot without a cell, and says where there is something to see.
type EmptyCustom struct {
	Custom
	NewestMs *int64 `json:"newestMs"`
}

// Rows before the cells that pin a cell's width for Grafana's Heatmap; count 0, so that nothing paints them.
const sentinels = 2

// frame lays cells out as columns: one row a cell, one column a class that occurs.
func (p *picture) frame(cells *grid.Cells, index *grid.Index) *data.Frame {
	length := index.Len() + sentinels
	from, _ := p.grid.Span(p.view)
	edges := grid.EdgesOf(p.grid.Octave)
	xMax := make([]time.Time, length)
	yMin, yMax := make([]float64, length), make([]float64, length)
	first, _, _, _ := p.grid.PortSpan(p.view)
	for i := range sentinels {
		// The first ends where the range starts, so that the rows stay sorted by time.
		xMax[i] = at(from + int64(i)*p.grid.Step)
		yMin[i], yMax[i] = edges[first].Min, edges[first].Max
	}
	index.Each(func(number int, column, row uint32) {
		xMax[number+sentinels] = at(from + (int64(column)+1)*p.grid.Step)
		yMin[number+sentinels], yMax[number+sentinels] = edges[row].Min, edges[row].Max
	})
	total := make([]uint64, length)
	var classes [schema.Classes][]uint64
	for i := range cells.Len() {
		column, row, class, n := cells.At(i)
		if classes[class] == nil {
			classes[class] = make([]uint64, length)
		}
		number := index.Of(column, row) + sentinels
		classes[class][number] += n
		total[number] += n
	}
	frame := data.NewFrame("fireplot",
		data.NewField("xMax", nil, xMax),
		data.NewField("yMin", nil, yMin),
		data.NewField("yMax", nil, yMax),
		data.NewField("count", nil, total))
	for class, counts := range classes {
		if counts != nil {
			labels := data.Labels{"class": strconv.Itoa(class)}
			frame.Fields = append(frame.Fields, data.NewField(schema.ClassName(class), labels, counts))
		}
	}
	frame.Meta = &data.FrameMeta{Type: heatmapCells, Custom: p.custom()}
	frames.Notice(data.Frames{frame}, data.NoticeSeverityInfo, p.notice())
	return frame
}

// empty has the columns and no row.
func (p *picture) empty(newest *int64) *data.Frame {
	frame := data.NewFrame("fireplot",
		data.NewField("xMax", nil, []time.Time{}),
		data.NewField("yMin", nil, []float64{}),
		data.NewField("yMax", nil, []float64{}),
		data.NewField("count", nil, []uint64{}))
	frame.Meta = &data.FrameMeta{Type: heatmapCells, Custom: EmptyCustom{p.custom(), newest}}
	return frame
}

func (p *picture) custom() Custom {
	return Custom{
		StepMs: p.grid.Step, RowsPerOctave: p.grid.Octave, Source: p.grid.Table.Name,
		FromMs: p.view.From, ToMs: p.view.To,
	}
}

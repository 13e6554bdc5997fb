package query

import (
	"math"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/grid"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// heatmapCells is Grafana's name for the frame; the SDK has no constant for it.
const heatmapCells data.FrameType = "heatmap-cells"

// panelID is the panel that paints the frame in Explore, which else draws the edges of cells as lines.
const panelID = "fireplot-fireplot-panel"

// Custom is `meta.custom` of a fireplot.
type Custom struct {
	StepMs        int64  `json:"stepMs"`
	RowsPerOctave int    `json:"rowsPerOctave"`
	Source        string `json:"source"`
	FromMs        int64  `json:"fromMs"`
	ToMs          int64  `json:"toMs"`
	Live          *Live  `json:"live,omitempty"`
}

// EmptyCustom is the same for a fireplot without a cell, and says where there is something to see.
type EmptyCustom struct {
	Custom
	NewestMs *int64 `json:"newestMs"`
}

// Rows before the cells that pin a cell's width for Grafana's Heatmap; count 0, so that nothing paints them.
const sentinels = 2

// frame lays cells out as columns: one row a cell, one column a class that occurs. Numbers are as narrow as they may
// be, since a frame of 200,000 cells is copied several times on its way to the page.
func (p *picture) frame(cells *grid.Cells, index *grid.Index) *data.Frame {
	from, _ := p.grid.Span(p.view)
	edges := grid.EdgesOf(p.grid.Octave)
	length := index.Len() + sentinels
	xMax := make([]time.Time, length)
	yMin, yMax := make([]float32, length), make([]float32, length)
	first, _, _, _ := p.grid.PortSpan(p.view)
	for i := range sentinels {
		// The first ends where the range starts, so that the rows stay sorted by time.
		xMax[i] = at(from + int64(i)*p.grid.Step)
		yMin[i], yMax[i] = float32(edges[first].Min), float32(edges[first].Max)
	}
	index.Each(func(number int, column, row uint32) {
		xMax[number+sentinels] = at(from + (int64(column)+1)*p.grid.Step)
		yMin[number+sentinels], yMax[number+sentinels] = float32(edges[row].Min), float32(edges[row].Max)
	})
	fields := []*data.Field{data.NewField("xMax", nil, xMax), data.NewField("yMin", nil, yMin), data.NewField("yMax", nil, yMax)}
	if cells.Sum() <= math.MaxUint32 {
		fields = append(fields, countFields[uint32](cells, index, length)...)
	} else {
		fields = append(fields, countFields[uint64](cells, index, length)...)
	}
	frame := data.NewFrame("fireplot", fields...)
	frame.Meta = &data.FrameMeta{Type: heatmapCells, PreferredVisualizationPluginID: panelID, Custom: p.custom()}
	frames.Notice(data.Frames{frame}, data.NoticeSeverityInfo, p.notice())
	return frame
}

// countFields counts all classes together, then each that occurs.
func countFields[T uint32 | uint64](cells *grid.Cells, index *grid.Index, length int) []*data.Field {
	total := make([]T, length)
	var classes [schema.Classes][]T
	for i := range cells.Len() {
		column, row, class, n := cells.At(i)
		if classes[class] == nil {
			classes[class] = make([]T, length)
		}
		number := index.Of(column, row) + sentinels
		classes[class][number] += T(n)
		total[number] += T(n)
	}
	fields := []*data.Field{data.NewField("count", nil, total)}
	for class, counts := range classes {
		if counts != nil {
			labels := data.Labels{"class": strconv.Itoa(class)}
			fields = append(fields, data.NewField(schema.ClassName(class), labels, counts))
		}
	}
	return fields
}

// empty has the columns and no row.
func (p *picture) empty(newest *int64) *data.Frame {
	frame := data.NewFrame("fireplot",
		data.NewField("xMax", nil, []time.Time{}),
		data.NewField("yMin", nil, []float32{}),
		data.NewField("yMax", nil, []float32{}),
		data.NewField("count", nil, []uint32{}))
	frame.Meta = &data.FrameMeta{Type: heatmapCells, PreferredVisualizationPluginID: panelID, Custom: EmptyCustom{p.custom(), newest}}
	return frame
}

func (p *picture) custom() Custom {
	return Custom{
		StepMs: p.grid.Step, RowsPerOctave: p.grid.Octave, Source: p.grid.Table.Name,
		FromMs: p.view.From, ToMs: p.view.To, Live: p.live,
	}
}

package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// cells is the live fireplot. Each push is a row that tells of the push (`state`, and nothing else) and a row a cell of a
// batch: a viewer whose picture has the batch already leaves it out.
type cells struct {
	tail  *query.CellsTail
	state state
}

// state is the text of a push's first row. Numbers are of this run of the stream.
type state struct {
	// Run tells runs of a stream apart; N counts its pushes, so that a lost one is noticed.
	Run int64 `json:"run"`
	N   int64 `json:"n"`
	// Sent and Skipped count events.
	Sent    uint64 `json:"sent"`
	Skipped uint64 `json:"skipped"`
	// Dropped counts batches that came while the stream stood still; how many events they held is not known.
	Dropped int `json:"dropped"`
	// Trouble is why the stream stands still; "" when it runs.
	Trouble string `json:"trouble"`
}

// overlap: a viewer reads a picture when it is told that the channel is there; the run begins somewhat later.
const overlap = 30 * time.Second

func (c *cells) Pace() Pace { return Cells }

func (c *cells) Overlap() time.Duration { return overlap }

func (c *cells) Hello() (*data.Frame, error) {
	c.state = state{Run: time.Now().UnixMilli()}
	return c.frame(nil, nil)
}

func (c *cells) Push(ctx context.Context, news News) (*data.Frame, error) {
	found, skipped, err := c.tail.Cells(ctx, news.Batches)
	if err != nil {
		return nil, err
	}
	c.state.Trouble = ""
	c.state.Skipped += skipped
	c.state.Dropped += news.Dropped
	for _, cell := range found {
		c.state.Sent += cell.Count
	}
	if len(found) == 0 && skipped == 0 && news.Dropped == 0 && !news.Back && !news.Beat {
		return nil, nil
	}
	return c.frame(found, news.Batches)
}

func (c *cells) Trouble(cause error) (*data.Frame, error) {
	c.state.Trouble = fmt.Sprintf("The store does not answer: %v. It is asked again.", cause)
	return c.frame(nil, nil)
}

// frame of a push. Every value but `state` is a number, so that a page adds them up without reading texts.
func (c *cells) frame(found []query.LiveCell, batches []query.Batch) (*data.Frame, error) {
	c.state.N++
	text, err := json.Marshal(c.state)
	if err != nil {
		return nil, err
	}
	stamps := make(map[uint64]float64, len(batches))
	for _, batch := range batches {
		stamps[batch.ID] = float64(batch.Stamp.UnixMilli())
	}
	length := len(found) + 1
	at, states := make([]time.Time, length), make([]*string, length)
	low, high, class, count := make([]float64, length), make([]float64, length), make([]uint8, length), make([]float64, length)
	batch, stamp := make([]float64, length), make([]float64, length)
	words := string(text)
	at[0], states[0] = time.Now(), &words
	for i, cell := range found {
		row := i + 1
		at[row] = time.UnixMilli(cell.Time)
		low[row], high[row], class[row], count[row] = cell.YMin, cell.YMax, cell.Class, float64(cell.Count)
		batch[row], stamp[row] = query.BatchNumber(cell.Batch), stamps[cell.Batch]
	}
	frame := data.NewFrame("live",
		data.NewField("time", nil, at), data.NewField("yMin", nil, low), data.NewField("yMax", nil, high),
		data.NewField("class", nil, class), data.NewField("count", nil, count),
		data.NewField("batch", nil, batch), data.NewField("stamp", nil, stamp), data.NewField("state", nil, states))
	frame.Meta = &data.FrameMeta{Custom: map[string]string{"fireplot": "live"}}
	if skipped := c.state.Skipped; skipped > 0 {
		frame.AppendNotices(data.Notice{Severity: data.NoticeSeverityWarning, Text: query.Thousands(skipped) + " events skipped: more came than the picture can show."})
	}
	return frame, nil
}

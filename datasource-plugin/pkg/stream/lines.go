package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// lines is Explore's tail: events as log rows.
type lines struct {
	tail  *query.Tail
	notes int
}

func (l *lines) Pace() Pace { return Lines }

func (l *lines) Overlap() time.Duration { return 0 }

func (l *lines) Hello() (*data.Frame, error) { return frames.Logs(nil) }

func (l *lines) Push(ctx context.Context, news News) (*data.Frame, error) {
	frame, skipped, err := l.tail.Rows(ctx, news.Batches)
	if err != nil {
		return nil, err
	}
	if news.Dropped > 0 {
		l.note(frame, "unknown", fmt.Sprintf("%s batches of events skipped: they came while the tail stood still.", query.Thousands(uint64(news.Dropped))))
	}
	if skipped > 0 {
		l.note(frame, "unknown", fmt.Sprintf("%s events skipped: more came than a tail shows. A filter makes them fewer.", query.Thousands(skipped)))
	}
	if news.Back {
		l.note(frame, "info", "The store answers again: the tail goes on.")
	}
	if frame.Rows() == 0 {
		return nil, nil
	}
	return frame, nil
}

func (l *lines) Trouble(cause error) (*data.Frame, error) {
	frame, err := frames.Logs(nil)
	if err != nil {
		return nil, err
	}
	l.note(frame, "error", fmt.Sprintf("The tail stands still: %v. It is tried again.", cause))
	return frame, nil
}

var noteLabels = json.RawMessage(`{"fireplot":"tail"}`)

// note puts a row of the tail's own in front, and a notice beside it: Explore shows the row alone.
func (l *lines) note(frame *data.Frame, severity, text string) {
	l.notes++
	now := time.Now()
	frame.InsertRow(0, now, text, severity, fmt.Sprintf("note-%d-%d", now.UnixMilli(), l.notes), noteLabels)
	frame.AppendNotices(data.Notice{Severity: data.NoticeSeverityWarning, Text: text})
}

package frames

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// LogRow is one line of a log view.
type LogRow struct {
	Time     time.Time
	Body     string
	Severity string
	// ID must be unique in the answer and the same each time, or Explore drops rows.
	ID     string
	Labels map[string]string
}

// Logs builds the `log-lines` frame, its fields in the order that Grafana prescribes.
func Logs(rows []LogRow) (*data.Frame, error) {
	times := make([]time.Time, len(rows))
	bodies := make([]string, len(rows))
	severities := make([]string, len(rows))
	ids := make([]string, len(rows))
	labels := make([]json.RawMessage, len(rows))
	for i, row := range rows {
		text, err := json.Marshal(row.Labels)
		if err != nil {
			return nil, fmt.Errorf("the labels of a log row cannot be written: %w", err)
		}
		times[i], bodies[i], severities[i], ids[i], labels[i] = row.Time, row.Body, row.Severity, row.ID, text
	}
	frame := data.NewFrame("logs",
		data.NewField("timestamp", nil, times),
		data.NewField("body", nil, bodies),
		data.NewField("severity", nil, severities),
		data.NewField("id", nil, ids),
		data.NewField("labels", nil, labels))
	frame.Meta = Typed(data.FrameTypeLogLines)
	frame.Meta.PreferredVisualization = data.VisTypeLogs
	return frame, nil
}

// Severity is the log level of what a firewall did.
func Severity(action string) string {
	switch action {
	case "drop", "reject":
		return "warning"
	case "alert":
		return "error"
	case "allow":
		return "info"
	}
	return "unknown"
}

// TableLogs reads log rows from a table by the names of its columns: a time, `body` or `message` (else the first
// text), `severity` or `level` (else from `action`), `id`; the rest are labels.
func TableLogs(frame *data.Frame) (*data.Frame, error) {
	if len(frame.Fields) == 0 {
		return Logs(nil)
	}
	at := pick(frame, func(f *data.Field) bool { return f.Type().Time() }, "timestamp", "time")
	body := pick(frame, isText, "body", "message")
	if at == nil || body == nil {
		return nil, fmt.Errorf("a log view needs a time column and a text column; the answer has %s", describe(frame))
	}
	level, id := named(frame, "severity", "level"), named(frame, "id")
	rows := make([]LogRow, frame.Rows())
	for i := range rows {
		rows[i] = LogRow{Labels: map[string]string{}, ID: strconv.Itoa(i)}
		rows[i].Time, _ = timeAt(at, i)
		rows[i].Body, _ = textAt(body, i)
		for _, field := range frame.Fields {
			text, ok := textAt(field, i)
			switch {
			case field == at, field == body:
			case field == level:
				rows[i].Severity = text
			case field == id && ok:
				rows[i].ID = text
			case ok && text != "":
				rows[i].Labels[field.Name] = text
			}
		}
		if level == nil {
			rows[i].Severity = Severity(rows[i].Labels["action"])
		}
	}
	return Logs(rows)
}

func named(frame *data.Frame, names ...string) *data.Field {
	for _, name := range names {
		if field, _ := frame.FieldByName(name); field != nil {
			return field
		}
	}
	return nil
}

// pick prefers a field by name, and takes the first that fits otherwise.
func pick(frame *data.Frame, fits func(*data.Field) bool, names ...string) *data.Field {
	if field := named(frame, names...); field != nil && fits(field) {
		return field
	}
	for _, field := range frame.Fields {
		if fits(field) {
			return field
		}
	}
	return nil
}

package finding

import (
	"encoding/json"
	"html"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// mark tells the fireplot panel that a frame holds overlays, in the frame's custom meta.
func mark(frame *data.Frame, what string) *data.Frame {
	frame.Meta = &data.FrameMeta{
		Type: data.FrameTypeTable, PreferredVisualization: data.VisTypeTable, Custom: map[string]any{"fireplot": what},
	}
	return frame
}

// column collects one field of a table.
func column[T any](name string, list []Finding, of func(Finding) T) *data.Field {
	values := make([]T, len(list))
	for i, each := range list {
		values[i] = of(each)
	}
	return data.NewField(name, nil, values)
}

// ScanTable is one row a scan: for the panel that draws it, and for people.
func ScanTable(list []Finding) *data.Frame {
	text := func(name string, of func(*Scan) string) *data.Field {
		return column(name, list, func(f Finding) string { return of(f.(*Scan)) })
	}
	number := func(name string, of func(*Scan) float64) *data.Field {
		return column(name, list, func(f Finding) float64 { return of(f.(*Scan)) })
	}
	frame := data.NewFrame("scans",
		column("start", list, func(f Finding) time.Time { return f.(*Scan).Start }),
		column("end", list, func(f Finding) time.Time { return f.(*Scan).End }),
		text("kind", func(s *Scan) string { return s.Kind }),
		text("severity", func(s *Scan) string { return s.Severity }),
		text("proto", func(s *Scan) string { return s.Proto }),
		text("flags", func(s *Scan) string { return s.Flags }),
		text("order", func(s *Scan) string { return s.Order }),
		text("pace", func(s *Scan) string { return s.Pace }),
		number("source_count", func(s *Scan) float64 { return float64(s.SourceCount) }),
		text("sources", func(s *Scan) string { return s.Sources }),
		number("target_count", func(s *Scan) float64 { return float64(s.TargetCount) }),
		text("targets", func(s *Scan) string { return s.Targets }),
		number("ports", func(s *Scan) float64 { return float64(s.Ports) }),
		number("min_port", func(s *Scan) float64 { return float64(s.MinPort) }),
		number("max_port", func(s *Scan) float64 { return float64(s.MaxPort) }),
		text("port_list", func(s *Scan) string { return s.PortList }),
		number("events", func(s *Scan) float64 { return float64(s.Events) }),
		number("rate", func(s *Scan) float64 { return s.Rate }),
		text("tool", func(s *Scan) string { return s.Tool }),
		text("tool_sure", func(s *Scan) string { return s.ToolSure }),
		number("score", func(s *Scan) float64 { return s.Score }),
		number("magnitude", func(s *Scan) float64 { return float64(s.Magnitude) }),
		column("ongoing", list, func(f Finding) bool { return f.(*Scan).Ongoing }),
		text("known", func(s *Scan) string { return s.Known }),
		text("sensors", func(s *Scan) string { return s.Sensors }),
		text("title", (*Scan).Title),
		text("id", func(s *Scan) string { return s.ID }),
		text("curve", func(s *Scan) string { return s.Curve }),
		text("evidence", func(s *Scan) string { return s.Evidence }),
		text("not_evaluable", func(s *Scan) string { return s.NotEvaluable }))
	return mark(frame, "scans")
}

// SpikeTable is one row a spike; its port is both ends of a range, so that the panel draws it as it draws scans.
func SpikeTable(list []Finding) *data.Frame {
	text := func(name string, of func(*Spike) string) *data.Field {
		return column(name, list, func(f Finding) string { return of(f.(*Spike)) })
	}
	number := func(name string, of func(*Spike) float64) *data.Field {
		return column(name, list, func(f Finding) float64 { return of(f.(*Spike)) })
	}
	known := func(name string, of func(*Spike) *float64) *data.Field {
		return column(name, list, func(f Finding) *float64 { return of(f.(*Spike)) })
	}
	port := func(s *Spike) float64 { return float64(s.Port) }
	frame := data.NewFrame("spikes",
		column("start", list, func(f Finding) time.Time { start, _ := f.Region(); return start }),
		column("end", list, func(f Finding) time.Time { return f.(*Spike).End }),
		text("kind", func(*Spike) string { return "spike" }),
		text("severity", func(s *Spike) string { return s.Severity }),
		number("port", port),
		text("proto", func(s *Spike) string { return s.Proto }),
		number("source_count", func(s *Spike) float64 { return float64(s.SourceCount) }),
		known("baseline", func(s *Spike) *float64 { return s.Baseline }),
		known("z", func(s *Spike) *float64 { return s.Z }),
		known("q", func(s *Spike) *float64 { return s.Q }),
		known("dshield_trend", func(s *Spike) *float64 { return s.DShieldTrend }),
		column("onset", list, func(f Finding) *time.Time { return f.(*Spike).Onset }),
		number("window_hours", func(s *Spike) float64 { return float64(s.WindowHours) }),
		number("history_days", func(s *Spike) float64 { return float64(s.HistoryDays) }),
		number("events", func(s *Spike) float64 { return float64(s.Events) }),
		number("target_count", func(s *Spike) float64 { return float64(s.TargetCount) }),
		text("countries", func(s *Spike) string { return s.Countries }),
		text("networks", func(s *Spike) string { return s.Networks }),
		text("sources", func(s *Spike) string { return s.Sources }),
		number("score", func(s *Spike) float64 { return s.Score }),
		number("magnitude", func(s *Spike) float64 { return float64(s.Magnitude) }),
		column("ongoing", list, func(f Finding) bool { return f.(*Spike).Ongoing }),
		text("known", func(s *Spike) string { return s.Known }),
		text("title", (*Spike).Title),
		text("id", func(s *Spike) string { return s.ID }),
		number("min_port", port),
		number("max_port", port),
		text("evidence", func(s *Spike) string { return s.Evidence }))
	return mark(frame, "spikes")
}

// Annotations are regions by Grafana's own field names. It shows the text as HTML, so that it is escaped here.
func Annotations(list []Finding) *data.Frame {
	region := func(at func(start, end time.Time) time.Time) func(Finding) time.Time {
		return func(f Finding) time.Time { return at(f.Region()) }
	}
	frame := data.NewFrame("annotations",
		column("time", list, region(func(start, _ time.Time) time.Time { return start })),
		column("timeEnd", list, region(func(_, end time.Time) time.Time { return end })),
		column("title", list, func(f Finding) string { return html.EscapeString(f.Title()) }),
		column("text", list, func(f Finding) string { return html.EscapeString(f.Text()) }),
		column("tags", list, func(f Finding) json.RawMessage { return mustJSON(f.Tags()) }),
		column("id", list, Finding.Ident))
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable}
	return frame
}

// mustJSON of a list of words cannot fail.
func mustJSON(words []string) json.RawMessage {
	text, err := json.Marshal(words)
	if err != nil {
		panic(err)
	}
	return text
}

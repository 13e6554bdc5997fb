package frames

import (
	"fmt"
	"sort"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// MaxSeries of one answer: a graph with more shows nothing, and a rule with more is a flood.
const MaxSeries = 1000

// roles of a table's fields: the first time, the numbers, and the texts that name a series.
type roles struct {
	time    *data.Field
	numbers []*data.Field
	labels  []*data.Field
}

func rolesOf(frame *data.Frame) roles {
	var r roles
	for _, field := range frame.Fields {
		switch {
		case field.Type().Time():
			if r.time == nil {
				r.time = field
			}
		case isNumber(field):
			r.numbers = append(r.numbers, field)
		case isText(field):
			r.labels = append(r.labels, field)
		}
	}
	return r
}

func (r roles) labelsAt(row int) data.Labels {
	labels := data.Labels{}
	for _, field := range r.labels {
		if text, ok := textAt(field, row); ok {
			labels[field.Name] = text
		}
	}
	return labels
}

// series is one line of a graph while it is collected.
type series struct {
	name   string
	labels data.Labels
	times  []time.Time
	values []*float64
}

// TimeSeries cuts a table of a time, numbers and texts into one frame a number and combination of texts.
func TimeSeries(frame *data.Frame) (data.Frames, error) {
	if len(frame.Fields) == 0 {
		return Empty(data.FrameTypeTimeSeriesMulti), nil
	}
	r := rolesOf(frame)
	if r.time == nil || len(r.numbers) == 0 {
		return nil, fmt.Errorf("a time series needs a time column and a number column; the answer has %s", describe(frame))
	}
	var list []*series
	byKey := map[string]*series{}
	for row := range frame.Rows() {
		at, ok := timeAt(r.time, row)
		if !ok {
			continue
		}
		labels := r.labelsAt(row)
		for _, number := range r.numbers {
			key := number.Name + "\x00" + labels.String()
			line, ok := byKey[key]
			if !ok {
				if len(list) == MaxSeries {
					return nil, fmt.Errorf("the answer has more than %d series: group by fewer columns, or add a LIMIT", MaxSeries)
				}
				line = &series{name: number.Name, labels: labels}
				byKey[key] = line
				list = append(list, line)
			}
			line.times = append(line.times, at)
			line.values = append(line.values, numberAt(number, row))
		}
	}
	if len(list) == 0 {
		return Empty(data.FrameTypeTimeSeriesMulti), nil
	}
	frames := make(data.Frames, len(list))
	for i, line := range list {
		sort.Stable(line)
		frames[i] = Series(line.name, line.labels, line.times, line.values)
	}
	return frames, nil
}

// Series is one `timeseries-multi` frame; times must ascend.
func Series(name string, labels data.Labels, times []time.Time, values []*float64) *data.Frame {
	frame := data.NewFrame("",
		data.NewField("time", nil, times),
		data.NewField(name, labels, values))
	frame.Meta = Typed(data.FrameTypeTimeSeriesMulti)
	return frame
}

func (s *series) Len() int           { return len(s.times) }
func (s *series) Less(i, j int) bool { return s.times[i].Before(s.times[j]) }
func (s *series) Swap(i, j int) {
	s.times[i], s.times[j] = s.times[j], s.times[i]
	s.values[i], s.values[j] = s.values[j], s.values[i]
}

// Numeric cuts a table into one frame a row and number, the row's texts as labels.
func Numeric(frame *data.Frame) (data.Frames, error) {
	if len(frame.Fields) == 0 || frame.Rows() == 0 {
		return Empty(data.FrameTypeNumericMulti), nil
	}
	r := rolesOf(frame)
	if len(r.numbers) == 0 {
		return nil, fmt.Errorf("a numeric answer needs a number column; the answer has %s", describe(frame))
	}
	seen := map[string]bool{}
	var frames data.Frames
	for row := range frame.Rows() {
		labels := r.labelsAt(row)
		if key := labels.String(); seen[key] {
			return nil, fmt.Errorf("two rows carry the same labels {%s}: group by the text columns, or choose the format time series", key)
		} else {
			seen[key] = true
		}
		for _, number := range r.numbers {
			if len(frames) == MaxSeries {
				return nil, fmt.Errorf("the answer has more than %d values: group by fewer columns, or add a LIMIT", MaxSeries)
			}
			frames = append(frames, Number(number.Name, labels, numberAt(number, row)))
		}
	}
	return frames, nil
}

// Number is one `numeric-multi` frame.
func Number(name string, labels data.Labels, value *float64) *data.Frame {
	frame := data.NewFrame("", data.NewField(name, labels, []*float64{value}))
	frame.Meta = Typed(data.FrameTypeNumericMulti)
	return frame
}

func describe(frame *data.Frame) string {
	text := ""
	for i, field := range frame.Fields {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%s (%s)", field.Name, field.Type().NonNullableType().ItemTypeString())
	}
	return text
}

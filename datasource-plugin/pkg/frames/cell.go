package frames

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// textAt is a value as a label shows it; ok is false for NULL.
func textAt(field *data.Field, row int) (text string, ok bool) {
	value, ok := field.ConcreteAt(row)
	if !ok {
		return "", false
	}
	switch v := value.(type) {
	case string:
		return v, true
	case json.RawMessage:
		return string(v), true
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	case float32:
		return strconv.FormatFloat(float64(v), 'g', -1, 32), true
	}
	return fmt.Sprint(value), true
}

// numberAt is a value as a number, nil for NULL.
func numberAt(field *data.Field, row int) *float64 {
	number, err := field.NullableFloatAt(row)
	if err != nil {
		return nil
	}
	return number
}

func timeAt(field *data.Field, row int) (time.Time, bool) {
	value, ok := field.ConcreteAt(row)
	if !ok {
		return time.Time{}, false
	}
	at, ok := value.(time.Time)
	return at, ok
}

// isNumber leaves out booleans, which the SDK can read as numbers and a person would not.
func isNumber(field *data.Field) bool { return field.Type().Numeric() }

func isText(field *data.Field) bool {
	kind := field.Type().NonNullableType()
	return kind == data.FieldTypeString || kind == data.FieldTypeBool
}

// Typed is the Meta that alerting and expressions need in order not to guess.
func Typed(kind data.FrameType) *data.FrameMeta {
	return &data.FrameMeta{Type: kind, TypeVersion: data.FrameTypeVersion{0, 1}}
}

// Empty is the answer without rows that alerting takes for "no data".
func Empty(kind data.FrameType) data.Frames {
	frame := data.NewFrame("")
	frame.Meta = Typed(kind)
	return data.Frames{frame}
}

// Notice puts a remark on the first frame.
func Notice(list data.Frames, severity data.NoticeSeverity, text string) {
	if len(list) > 0 && text != "" {
		list[0].AppendNotices(data.Notice{Severity: severity, Text: text})
	}
}

// Text is a value as text, "" for NULL.
func Text(field *data.Field, row int) string {
	text, _ := textAt(field, row)
	return text
}

// Float is a value as a number, 0 for NULL and for what is none.
func Float(field *data.Field, row int) float64 {
	if number := numberAt(field, row); number != nil {
		return *number
	}
	return 0
}

// Package frames turns answers of the store into Grafana's data frames.
package frames

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// Integers beyond this lose digits in a browser.
const safeInteger = 1 << 53

// builder collects the values of one column.
type builder interface {
	add(col column.Interface, row int) error
	field(name string) *data.Field
}

// registry gives the builder of a type without its wrappers; types that are not here become JSON.
var registry = map[string]func() builder{
	"Bool":    plain[bool],
	"UInt8":   plain[uint8],
	"UInt16":  plain[uint16],
	"UInt32":  plain[uint32],
	"Int8":    plain[int8],
	"Int16":   plain[int16],
	"Int32":   plain[int32],
	"Float32": plain[float32],
	"Float64": plain[float64],
	"UInt64": func() builder {
		return &integers[uint64]{text: formatUint, safe: func(n uint64) bool { return n <= safeInteger }}
	},
	"Int64": func() builder {
		return &integers[int64]{text: formatInt, safe: func(n int64) bool { return n <= safeInteger && n >= -safeInteger }}
	},
	"String":      plain[string],
	"FixedString": plain[string],
	"UUID":        plain[string],
	"Enum8":       plain[string],
	"Enum16":      plain[string],
	"IPv4":        plain[string],
	"IPv6":        plain[string],
	"Date":        plain[time.Time],
	"Date32":      plain[time.Time],
	"DateTime":    plain[time.Time],
	"DateTime64":  plain[time.Time],
	"Decimal":     func() builder { return &printed{} },
	"Int128":      func() builder { return &printed{} },
	"UInt128":     func() builder { return &printed{} },
	"Int256":      func() builder { return &printed{} },
	"UInt256":     func() builder { return &printed{} },
	"Nothing":     func() builder { return &printed{} },
}

// builderOf picks the builder for a column, given ClickHouse's name of its type.
func builderOf(kind string) builder {
	name := unwrap(kind)
	if open := strings.IndexByte(name, '('); open >= 0 {
		name = name[:open]
	}
	if make, ok := registry[name]; ok {
		return make()
	}
	return &encoded{}
}

// unwrap takes the wrappers off that change how values are stored, not what they are.
func unwrap(kind string) string {
	for {
		name, inner, ok := strings.Cut(strings.TrimSuffix(kind, ")"), "(")
		if !ok {
			return kind
		}
		switch name {
		case "Nullable", "LowCardinality":
			kind = inner
		case "SimpleAggregateFunction":
			_, kind, _ = strings.Cut(inner, ", ")
		default:
			return kind
		}
	}
}

// values keeps a column of one Go type; NULL makes its field a nullable one.
type values[T any] struct {
	list  []*T
	nulls bool
}

func plain[T any]() builder { return &values[T]{} }

func (v *values[T]) add(col column.Interface, row int) error {
	var value *T
	if !isNull(col, row) {
		value = new(T)
		if err := col.ScanRow(value, row); err != nil {
			return err
		}
	} else {
		v.nulls = true
	}
	v.list = append(v.list, value)
	return nil
}

func isNull(col column.Interface, row int) bool {
	kind := string(col.Type())
	return strings.Contains(kind, "Nullable(") && col.Row(row, false) == nil
}

func (v *values[T]) field(name string) *data.Field {
	if v.nulls {
		return data.NewField(name, nil, v.list)
	}
	bare := make([]T, len(v.list))
	for i, value := range v.list {
		bare[i] = *value
	}
	return data.NewField(name, nil, bare)
}

// integers of 64 bits are numbers as long as a browser can hold each of them exactly, else text.
type integers[T int64 | uint64] struct {
	values[T]
	text   func(T) string
	safe   func(T) bool
	unsafe bool
}

func formatUint(n uint64) string { return strconv.FormatUint(n, 10) }
func formatInt(n int64) string   { return strconv.FormatInt(n, 10) }

func (v *integers[T]) add(col column.Interface, row int) error {
	if err := v.values.add(col, row); err != nil {
		return err
	}
	if last := v.list[len(v.list)-1]; last != nil && !v.safe(*last) {
		v.unsafe = true
	}
	return nil
}

func (v *integers[T]) field(name string) *data.Field {
	if !v.unsafe {
		return v.values.field(name)
	}
	texts := &values[string]{nulls: v.nulls}
	for _, value := range v.list {
		if value == nil {
			texts.list = append(texts.list, nil)
			continue
		}
		text := v.text(*value)
		texts.list = append(texts.list, &text)
	}
	return texts.field(name)
}

// printed values are numbers that no Go number holds: a decimal becomes a Float64, a wide integer text.
type printed struct {
	texts    values[string]
	decimals bool
}

func (p *printed) add(col column.Interface, row int) error {
	value := col.Row(row, false)
	p.decimals = strings.HasPrefix(unwrap(string(col.Type())), "Decimal")
	if value == nil || isNull(col, row) {
		p.texts.nulls = true
		p.texts.list = append(p.texts.list, nil)
		return nil
	}
	text := fmt.Sprint(jsonable(value))
	p.texts.list = append(p.texts.list, &text)
	return nil
}

func (p *printed) field(name string) *data.Field {
	if !p.decimals {
		return p.texts.field(name)
	}
	numbers := &values[float64]{nulls: p.texts.nulls}
	for _, text := range p.texts.list {
		if text == nil {
			numbers.list = append(numbers.list, nil)
			continue
		}
		number, err := strconv.ParseFloat(*text, 64)
		if err != nil {
			number = math.NaN()
		}
		numbers.list = append(numbers.list, &number)
	}
	return numbers.field(name)
}

// encoded values (arrays, maps, tuples, JSON …) are shown as JSON.
type encoded struct{ values[json.RawMessage] }

func (e *encoded) add(col column.Interface, row int) error {
	value := col.Row(row, false)
	if value == nil {
		e.nulls = true
		e.list = append(e.list, nil)
		return nil
	}
	text, err := json.Marshal(jsonable(value))
	if err != nil {
		return fmt.Errorf("the column type %s cannot be shown: %w", col.Type(), err)
	}
	raw := json.RawMessage(text)
	e.list = append(e.list, &raw)
	return nil
}

package macro

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

type macro struct {
	name, signature, about string
	// least and most arguments.
	least, most int
	// raw macros get their arguments as written.
	raw    bool
	expand func(e *expander, args []string, depth int) (string, error)
}

// Help describes a macro for the editor's completion.
type Help struct {
	Name      string `json:"name"`
	Signature string `json:"signature"`
	About     string `json:"about"`
}

// List gives every macro, by name.
func List() []Help {
	list := make([]Help, 0, len(registry))
	for _, m := range registry {
		list = append(list, Help{"$__" + m.name, m.signature, m.about})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

func find(name string) (macro, bool) {
	for _, m := range registry {
		if m.name == name {
			return m, true
		}
	}
	return macro{}, false
}

func known() string {
	names := make([]string, 0, len(registry))
	for _, help := range List() {
		names = append(names, help.Name)
	}
	return strings.Join(names, ", ")
}

// registry is filled in init: conditionalAll expands its own argument, which refers back to it.
var registry []macro

func init() {
	registry = []macro{
		one("timeFilter", "col lies in the time range, to the second", func(e *expander, c string) string {
			return fmt.Sprintf("(%s >= %s AND %s <= %s)", c, e.from(), c, e.to())
		}),
		one("timeFilter_ms", "col (DateTime64) lies in the time range, to the millisecond", func(e *expander, c string) string {
			return fmt.Sprintf("(%s >= %s AND %s <= %s)", c, e.fromMs(), c, e.toMs())
		}),
		one("dateFilter", "col (Date) lies in the days of the time range", func(e *expander, c string) string {
			return fmt.Sprintf("(%s >= toDate('%s') AND %s <= toDate('%s'))", c, date(e.From), c, date(e.To))
		}),
		two("dateTimeFilter", "a Date and a DateTime column lie in the time range", dateTime),
		two("dt", "short for $__dateTimeFilter", dateTime),
		one("timeFrom", "col is not before the time range", func(e *expander, c string) string { return c + " >= " + e.from() }),
		one("timeTo", "col is not after the time range", func(e *expander, c string) string { return c + " <= " + e.to() }),
		none("fromTime", "start of the time range", (*expander).from),
		none("toTime", "end of the time range", (*expander).to),
		none("fromTime_ms", "start of the time range as DateTime64", (*expander).fromMs),
		none("toTime_ms", "end of the time range as DateTime64", (*expander).toMs),
		none("from", "start of the time range in ms", func(e *expander) string { return strconv.FormatInt(e.From.UnixMilli(), 10) }),
		none("to", "end of the time range in ms", func(e *expander) string { return strconv.FormatInt(e.To.UnixMilli(), 10) }),
		one("timeInterval", "col rounded down to the interval of a point, seconds", func(e *expander, c string) string {
			return fmt.Sprintf("toStartOfInterval(toDateTime(%s), INTERVAL %d second)", c, e.seconds())
		}),
		one("timeInterval_ms", "col (DateTime64) rounded down to the interval of a point", func(e *expander, c string) string {
			return fmt.Sprintf("toStartOfInterval(toDateTime64(%s, 3), INTERVAL %d millisecond)", c, e.milliseconds())
		}),
		{name: "timeGroup", signature: "$__timeGroup(col, 5m)", about: "col rounded down to an interval of your choice", least: 2, most: 2, expand: timeGroup},
		none("interval", "interval of a point, e.g. 60s", func(e *expander) string {
			if ms := e.milliseconds(); ms%1000 != 0 {
				return fmt.Sprintf("%dms", ms)
			}
			return fmt.Sprintf("%ds", e.seconds())
		}),
		none("interval_s", "interval of a point in seconds, at least 1", func(e *expander) string { return strconv.FormatInt(e.seconds(), 10) }),
		none("interval_ms", "interval of a point in ms", func(e *expander) string { return strconv.FormatInt(e.milliseconds(), 10) }),
		{name: "conditionalAll", signature: "$__conditionalAll(condition, $variable)", about: "the condition, or 1=1 when the variable selects all", least: 2, most: 2, raw: true, expand: conditionalAll},
		{name: "adHoc", signature: "$__adHoc or $__adHoc('events')", about: "the dashboard's ad-hoc filters as a condition", least: 0, most: 1, expand: adHoc},
		{name: "adHocFilters", signature: "SETTINGS $__adHocFilters('events')", about: "the dashboard's ad-hoc filters as a setting", least: 1, most: 1, expand: adHocFilters},
	}
}

func none(name, about string, expand func(*expander) string) macro {
	return macro{name: name, signature: "$__" + name, about: about, expand: func(e *expander, _ []string, _ int) (string, error) { return expand(e), nil }}
}

func one(name, about string, expand func(*expander, string) string) macro {
	return macro{name: name, signature: "$__" + name + "(col)", about: about, least: 1, most: 1, expand: func(e *expander, args []string, _ int) (string, error) {
		return expand(e, args[0]), nil
	}}
}

func two(name, about string, expand func(*expander, string, string) string) macro {
	return macro{name: name, signature: "$__" + name + "(dateCol, timeCol)", about: about, least: 2, most: 2, expand: func(e *expander, args []string, _ int) (string, error) {
		return expand(e, args[0], args[1]), nil
	}}
}

func (e *expander) from() string { return fmt.Sprintf("toDateTime(%d)", e.From.Unix()) }
func (e *expander) to() string   { return fmt.Sprintf("toDateTime(%d)", e.To.Unix()) }
func (e *expander) fromMs() string {
	return fmt.Sprintf("fromUnixTimestamp64Milli(%d)", e.From.UnixMilli())
}
func (e *expander) toMs() string {
	return fmt.Sprintf("fromUnixTimestamp64Milli(%d)", e.To.UnixMilli())
}

func (e *expander) seconds() int64      { return max(int64(e.Interval/time.Second), 1) }
func (e *expander) milliseconds() int64 { return max(e.Interval.Milliseconds(), 1) }

func date(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func dateTime(e *expander, dateColumn, timeColumn string) string {
	return fmt.Sprintf("(%s >= toDate('%s') AND %s <= toDate('%s') AND %s >= %s AND %s <= %s)",
		dateColumn, date(e.From), dateColumn, date(e.To), timeColumn, e.from(), timeColumn, e.to())
}

var units = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
	"": time.Second,
}

func timeGroup(_ *expander, args []string, _ int) (string, error) {
	text := strings.Trim(args[1], `'" `)
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, err := strconv.ParseInt(text[:digits], 10, 32)
	unit, ok := units[strings.TrimSpace(text[digits:])]
	if err != nil || n < 1 || !ok {
		return "", fmt.Errorf("%s is not an interval: write 30s, 5m, 1h, 1d or $__interval", args[1])
	}
	if length := time.Duration(n) * unit; length%time.Second == 0 {
		return fmt.Sprintf("toStartOfInterval(%s, INTERVAL %d second)", args[0], length/time.Second), nil
	}
	return fmt.Sprintf("toStartOfInterval(toDateTime64(%s, 3), INTERVAL %d millisecond)", args[0], n), nil
}

// conditionalAll: the front has put the variable's value in place of its name. What still looks like a variable has
// none, as in an alert rule, and selects all.
func conditionalAll(e *expander, args []string, depth int) (string, error) {
	if value := strings.Trim(args[1], `'"() `); value == "" || strings.HasPrefix(value, "$") {
		return "1=1", nil
	}
	condition, err := e.expand(args[0], depth+1)
	return "(" + condition + ")", err
}

func adHoc(e *expander, args []string, _ int) (string, error) {
	e.placed = true
	table := schema.Events
	if len(args) == 1 {
		var err error
		if table, err = tableOf(args[0], e.Database); err != nil {
			return "", err
		}
	}
	if !e.AdHoc.Fits(table) {
		return "", e.misfit(table)
	}
	if len(e.AdHoc) == 0 {
		return "1=1", nil
	}
	return "(" + e.AdHoc.SQL(e.Binder, table) + ")", nil
}

func adHocFilters(e *expander, args []string, _ int) (string, error) {
	e.placed = true
	if !e.Settings {
		return "", fmt.Errorf("the store's user profile (readonly=1) takes no settings: put AND $__adHoc into the WHERE clause")
	}
	table, err := tableOf(args[0], e.Database)
	if err != nil {
		return "", err
	}
	if !e.AdHoc.Fits(table) {
		return "", e.misfit(table)
	}
	filters := TableFilters(e.AdHoc, e.Database, table)
	if e.tables != "" && e.tables != filters {
		return "", fmt.Errorf("stands twice, for different tables: use $__adHoc in the WHERE clause of one")
	}
	e.tables = filters
	return "additional_table_filters = " + filters, nil
}

func (e *expander) misfit(table schema.Table) error {
	return fmt.Errorf("the filters on %s cannot reach the table %s, which has no such column", strings.Join(e.AdHoc.Columns(), ", "), table.Name)
}

// TableFilters writes the value of `additional_table_filters`: the set's conditions for each table that they fit.
func TableFilters(set filter.Set, database string, tables ...schema.Table) string {
	var entries []string
	for _, table := range tables {
		if len(set) > 0 && set.Fits(table) {
			entries = append(entries, clickhouse.Quote(database+"."+table.Name)+": "+clickhouse.Quote(set.SQL(filter.Literals{}, table)))
		}
	}
	return "{" + strings.Join(entries, ", ") + "}"
}

func tableOf(arg, database string) (schema.Table, error) {
	name := strings.Trim(arg, "'\"` ")
	name = strings.TrimPrefix(name, database+".")
	for _, table := range schema.Filterable {
		if table.Name == name {
			return table, nil
		}
	}
	names := make([]string, len(schema.Filterable))
	for i, table := range schema.Filterable {
		names[i] = table.Name
	}
	return schema.Table{}, fmt.Errorf("%s is not a table that can be filtered; those are %s", arg, strings.Join(names, ", "))
}

// Package filter turns the conditions of the editor and of a dashboard's ad-hoc filters into SQL. A key must be a
// column of `events`; a value is checked against the column's kind and travels as a parameter.
package filter

import (
	"fmt"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Filter is Grafana's ad-hoc shape, as the query carries it.
type Filter struct {
	Key      string   `json:"key"`
	Operator string   `json:"operator"`
	Value    string   `json:"value"`
	Values   []string `json:"values"`
}

// Set of conditions, all of which must hold.
type Set []Condition

// Condition is one checked filter.
type Condition struct {
	column schema.Column
	// attr is the key inside `attrs`.
	attr   string
	negate bool
	test   test
	// during is where conditions on intel look for sources; see During.
	during stretch
}

// test is what a value is held against; one type for each way to compare.
type test interface {
	// sql renders the test on an expression; negation is the caller's.
	sql(b Binder, expr string) string
}

// operator, taken apart: how to compare, and whether to negate.
type operator struct {
	compare string
	negate  bool
}

var operators = map[string]operator{
	"=": {"in", false}, "!=": {"in", true}, "=|": {"in", false}, "!=|": {"in", true},
	"=~": {"match", false}, "!~": {"match", true}, "<": {"<", false}, "<=": {"<=", false}, ">": {">", false}, ">=": {">=", false},
}

const attrsPrefix = "attrs."

// Parse checks filters. A filter without key is a row of the editor that is not filled in yet, and is left out.
func Parse(lists ...[]Filter) (Set, error) {
	var set Set
	for _, list := range lists {
		for _, filter := range list {
			if strings.TrimSpace(filter.Key) == "" {
				continue
			}
			condition, err := parse(filter)
			if err != nil {
				return nil, err
			}
			set = append(set, condition)
		}
	}
	return set, nil
}

func parse(f Filter) (Condition, error) {
	name, attr := strings.TrimSpace(f.Key), ""
	if rest, ok := strings.CutPrefix(name, attrsPrefix); ok && rest != "" {
		name, attr = "attrs", rest
	}
	column, ok := schema.Find(name)
	intel, isIntel := schema.FindIntel(name)
	if isIntel {
		column, ok = intel, true
	}
	if name == scanColumn.Name {
		column, ok = scanColumn, true
	}
	if !ok {
		return Condition{}, fmt.Errorf("the filter on %q cannot be applied: fireplot's events have no such column; they have %s; scan takes a finding's id", f.Key, columnNames())
	}
	if column.Kind == schema.Attributes && attr == "" {
		return Condition{}, fmt.Errorf("the filter on attrs needs the attribute's name: write attrs.mac, for one")
	}
	op, ok := operators[f.Operator]
	if !ok {
		return Condition{}, fmt.Errorf("the filter on %s has the operator %q: =, !=, =~, !~, <, <=, >, >=, =| and !=| are known", f.Key, f.Operator)
	}
	values := []string{f.Value}
	if strings.HasSuffix(f.Operator, "|") && len(f.Values) > 0 {
		values = f.Values
	}
	read := testOf
	if isIntel {
		read = intelTest
	}
	test, err := read(column, op.compare, values)
	if err != nil {
		return Condition{}, fmt.Errorf("the filter %s %s %s: %w", f.Key, f.Operator, strings.Join(values, ", "), err)
	}
	return Condition{column: column, attr: attr, negate: op.negate, test: test}, nil
}

func testOf(column schema.Column, compare string, values []string) (test, error) {
	switch column.Kind {
	case schema.Number:
		return numberTest(column, compare, values)
	case schema.Enum, schema.Proto, schema.Class, schema.Flags:
		return wordTest(column, compare, values)
	case schema.Address:
		return addressTest(compare, values)
	case schema.Time:
		return timeTest(compare, values)
	default:
		return textTest(compare, values)
	}
}

func columnNames() string {
	all := schema.All()
	names := make([]string, len(all))
	for i, column := range all {
		names[i] = column.Name
	}
	return strings.Join(names, ", ")
}

// Columns that the set looks at, each once.
func (s Set) Columns() []string {
	var names []string
	seen := map[string]bool{}
	for _, c := range s {
		if !seen[c.column.Name] {
			seen[c.column.Name] = true
			names = append(names, c.column.Name)
		}
	}
	return names
}

// Package macro expands `$__name(…)` in SQL. It happens here alone, so that a panel, Explore and an alert rule run the
// same statement. Names and meanings are those of Grafana's ClickHouse data source where it has them.
package macro

import (
	"fmt"
	"strings"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
)

// Context is what macros stand for in one query.
type Context struct {
	From, To time.Time
	// Interval of one point.
	Interval time.Duration
	// AdHoc filters of the dashboard, and the binder that puts their values into the SQL.
	AdHoc  filter.Set
	Binder filter.Binder
	// Database qualifies the tables of `additional_table_filters`.
	Database string
	// Settings tells whether the statement may carry a SETTINGS clause.
	Settings bool
}

// Result of an expansion.
type Result struct {
	SQL string
	// AdHocPlaced tells that the statement says itself where the ad-hoc filters go.
	AdHocPlaced bool
	// TableFilters is the value of `additional_table_filters` that stands in the statement, '' when none does. A
	// read-only query may only repeat a setting that comes with the request, so it must go there too.
	TableFilters string
}

// Expand replaces every macro. Its errors name the macro and say what is known or expected.
func Expand(sql string, ctx Context) (Result, error) {
	e := expander{Context: ctx}
	text, err := e.expand(sql, 0)
	if err != nil {
		return Result{}, err
	}
	if name := unresolved(text); name != "" {
		return Result{}, fmt.Errorf("the SQL uses the variable %s, which has no value here; alert rules know no dashboard variables", name)
	}
	return Result{SQL: text, AdHocPlaced: e.placed, TableFilters: e.tables}, nil
}

type expander struct {
	Context
	placed bool
	tables string
}

// Macros nest as arguments; deeper than this is a mistake.
const deepest = 20

func (e *expander) expand(sql string, depth int) (string, error) {
	if depth > deepest {
		return "", fmt.Errorf("macros are nested more than %d deep", deepest)
	}
	pieces, err := split(sql)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, p := range pieces {
		if p.name == "" {
			out.WriteString(p.text)
			continue
		}
		text, err := e.call(p, depth)
		if err != nil {
			return "", err
		}
		out.WriteString(text)
	}
	return out.String(), nil
}

func (e *expander) call(p piece, depth int) (string, error) {
	m, ok := find(p.name)
	if !ok {
		return "", fmt.Errorf("the macro $__%s is not known; known are %s", p.name, known())
	}
	args := p.args
	if len(args) < m.least || len(args) > m.most {
		return "", fmt.Errorf("the macro $__%s got %d arguments: write %s", m.name, len(args), m.signature)
	}
	for _, arg := range args {
		if arg == "" && !m.raw {
			return "", fmt.Errorf("the macro $__%s has an empty argument: write %s", m.name, m.signature)
		}
	}
	if !m.raw {
		expanded := make([]string, len(args))
		for i, arg := range args {
			text, err := e.expand(arg, depth+1)
			if err != nil {
				return "", err
			}
			expanded[i] = text
		}
		args = expanded
	}
	text, err := m.expand(e, args, depth)
	if err != nil {
		return "", fmt.Errorf("the macro $__%s: %w", m.name, err)
	}
	return text, nil
}

// Unclosed is the error of a macro whose parenthesis does not close.
type Unclosed struct{ Name string }

func (u *Unclosed) Error() string {
	return fmt.Sprintf("the macro $__%s has no closing parenthesis", u.Name)
}

// unresolved finds a `$name` or `${name}` that is left outside of strings and comments.
func unresolved(sql string) string {
	for at := 0; at < len(sql); {
		if end := skipQuoted(sql, at); end > at {
			at = end
			continue
		}
		if sql[at] == '$' {
			rest := sql[at+1:]
			if inner, ok := strings.CutPrefix(rest, "{"); ok {
				if closing := strings.IndexByte(inner, '}'); closing > 0 && wordLength(inner) > 0 {
					return "${" + inner[:closing] + "}"
				}
			}
			if length := wordLength(rest); length > 0 && (rest[0] < '0' || rest[0] > '9') {
				return "$" + rest[:length]
			}
		}
		at++
	}
	return ""
}

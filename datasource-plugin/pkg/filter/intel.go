package filter

import (
	"fmt"
	"strings"
	"time"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// ScoreOf is SQL for the score that the lists in force give the address `expr`: 0 when it is on none, or is allowed. An
// indicator that has expired counts no more.
func ScoreOf(expr string) string {
	return fmt.Sprintf("if(dictGet('intel', 'expires', tuple(%[1]s)) > now(), dictGet('intel', 'score', tuple(%[1]s)), 0)", expr)
}

// ListOf is SQL for one of the lists (feeds, tags) of the address that `expr` is.
func ListOf(attribute, expr string) string {
	return fmt.Sprintf("if(%s > 0, dictGet('intel', '%s', tuple(%s)), [])", ScoreOf(expr), attribute, expr)
}

// IntelOf is SQL for what one of schema.Intel is for an address; an array for feed and tag.
func IntelOf(column schema.Column, expr string) string {
	switch column.Name {
	case "intel":
		return fmt.Sprintf("toUInt8(%s > 0)", ScoreOf(expr))
	case "score":
		return ScoreOf(expr)
	}
	return ListOf(column.Name+"s", expr)
}

// stretch of time that a set's conditions are about, half-open, in ms; zero when it is not known.
type stretch struct{ from, to int64 }

// During tells the set which stretch of time it is applied to, so that sources are looked up once each and not once an
// event. Without it the look-up is an event's own.
func (s Set) During(from, to time.Time) Set {
	placed := make(Set, len(s))
	for i, condition := range s {
		condition.during = stretch{from.UnixMilli(), to.UnixMilli()}
		placed[i] = condition
	}
	return placed
}

func (c Condition) isIntel() bool { return schema.IsIntel(c.column) }

// fromIntel is the condition on the source of an event or of a row of the rollup.
func (c Condition) fromIntel(b Binder) string {
	if c.during == (stretch{}) {
		return c.listed(b, "src_ip")
	}
	negate := ""
	if c.negate {
		negate = "NOT "
		c.negate = false
	}
	return fmt.Sprintf("(src_ip %sIN (SELECT src_ip FROM (SELECT DISTINCT src_ip FROM source_days WHERE day BETWEEN toDate(toDateTime(%d, 'UTC')) AND toDate(toDateTime(%d, 'UTC'))) WHERE %s))",
		negate, c.during.from/1000, c.during.to/1000, c.listed(b, "src_ip"))
}

// listed is the condition on an address.
func (c Condition) listed(b Binder, expr string) string {
	of := IntelOf(c.column, expr)
	list := c.column.Name == "feed" || c.column.Name == "tag"
	if list {
		of, expr = "x", of
	}
	if _, isPattern := c.test.(pattern); isPattern && c.column.Kind == schema.Number {
		of = "toString(" + of + ")"
	}
	text := c.test.sql(b, of)
	if list {
		text = fmt.Sprintf("arrayExists(x -> (%s), %s)", text, expr)
	}
	if c.negate {
		return "NOT (" + text + ")"
	}
	return "(" + text + ")"
}

// intelTest reads the words of `intel`; the other columns are read as numbers and texts are.
func intelTest(column schema.Column, compare string, values []string) (test, error) {
	if column.Kind != schema.Enum {
		return testOf(column, compare, values)
	}
	if compare != "in" {
		return nil, fmt.Errorf("it is %s; choose with =", strings.Join(schema.Listed, " or "))
	}
	set := words{column: column}
	for _, value := range values {
		at := -1
		for n, word := range schema.Listed {
			if strings.EqualFold(strings.TrimSpace(value), word) {
				at = n
			}
		}
		if at < 0 {
			return nil, fmt.Errorf("%q is neither listed nor not listed", value)
		}
		set.numbers = append(set.numbers, at)
	}
	return set, nil
}

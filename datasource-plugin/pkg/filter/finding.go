package filter

import (
	"fmt"
	"strings"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// Finding tells where a finding (a scan, a spike) keeps what a column of events holds for one packet.
type Finding struct {
	// List is an expression of all values; else One is the single value.
	List, One string
}

// scanColumn is no column of events but a way to name the sources of a finding: scan = s3f9a1c0b7d21.
var scanColumn = schema.Column{Name: "scan", Kind: schema.Text, Type: "String", About: "id of a scan: the events of its sources"}

// sourcesOfScan is the condition that an event's source belongs to the scans that the test names. The table is found in
// the request's own database.
func (c Condition) sourcesOfScan(b Binder) string {
	membership := "IN"
	if c.negate {
		membership = "NOT IN"
	}
	return fmt.Sprintf("(src_ip %s (SELECT arrayJoin(sources) FROM scans FINAL WHERE %s))", membership, c.test.sql(b, "id"))
}

// OverFindings renders the conditions on columns that a finding knows: it meets one when any of its values does. The
// columns it knows nothing of come back, for the viewer to be told.
func (s Set) OverFindings(b Binder, known map[string]Finding) (sql string, unknown []string) {
	var parts []string
	seen := map[string]bool{}
	for _, condition := range s {
		name := condition.column.Name
		finding, ok := known[name]
		if condition.isIntel() {
			finding, ok = known["src_ip"]
		}
		if !ok || condition.attr != "" {
			if !seen[name] {
				seen[name] = true
				unknown = append(unknown, name)
			}
			continue
		}
		parts = append(parts, condition.overFinding(b, finding))
	}
	if len(parts) == 0 {
		return "1", unknown
	}
	return strings.Join(parts, " AND "), unknown
}

func (c Condition) overFinding(b Binder, finding Finding) string {
	if c.isIntel() {
		return c.sourcesListed(b, finding)
	}
	expr, test := finding.One, c.test
	if finding.List != "" {
		expr = "x"
	}
	if set, isWords := c.test.(words); isWords && c.column.Kind == schema.Proto {
		// Findings name the protocol.
		test = set.named()
	}
	if _, isPattern := test.(pattern); isPattern {
		expr = c.readable(expr)
	}
	text := test.sql(b, expr)
	if finding.List != "" {
		text = fmt.Sprintf("arrayExists(x -> (%s), %s)", text, finding.List)
	}
	if c.negate {
		return "NOT (" + text + ")"
	}
	return "(" + text + ")"
}

// sourcesListed holds when any source of the finding is as the condition on intel says; negated, when none is.
func (c Condition) sourcesListed(b Binder, finding Finding) string {
	not := ""
	if c.negate {
		not, c.negate = "NOT ", false
	}
	return fmt.Sprintf("(%sarrayExists(source -> %s, %s))", not, c.listed(b, "source"), finding.List)
}

package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/finding"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const (
	defaultFindings = 500
	mostFindings    = 5000
	// A rule that raises more alerts than this at once is a flood, and says nothing more than that there are many.
	mostAlerts = 100
)

// hunt is a query for findings of one table, with its parts checked.
type hunt struct {
	*job
	table  schema.Table
	limit  int
	params filter.Params
	where  string
	// unknown are the columns of filters that findings know nothing of.
	unknown []string
}

// newHunt checks what scans and spikes have in common. @param span days that a finding may reach beyond its `day`
func newHunt(j *job, table schema.Table, span int, known map[string]filter.Finding) (*hunt, error) {
	limit, err := j.model.Limit.integer("limit", defaultFindings, 1, mostFindings)
	if err != nil {
		return nil, err
	}
	if j.Alert {
		limit = min(limit, mostAlerts)
	}
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	h := &hunt{job: j, table: table, limit: limit, params: filter.Params{}}
	conditions := []string{
		fmt.Sprintf("day BETWEEN toDate(fromUnixTimestamp64Milli(%[1]d)) - %[3]d AND toDate(fromUnixTimestamp64Milli(%[2]d)) + 1", j.From.UnixMilli(), j.To.UnixMilli(), span),
		fmt.Sprintf("start < fromUnixTimestamp64Milli(%d) AND `end` >= fromUnixTimestamp64Milli(%d)", j.To.UnixMilli(), j.From.UnixMilli()),
	}
	if !j.model.ShowKnown {
		conditions = append(conditions, "known = ''")
	}
	severity, err := j.severity()
	if err != nil {
		return nil, err
	}
	conditions = append(conditions, severity)
	filters, unknown := set.OverFindings(h.params, known)
	h.unknown = unknown
	h.where = where(append(conditions, filters)...)
	return h, nil
}

// severity is the condition that a finding matters enough. What only informs never alerts.
func (j *job) severity() (string, error) {
	least := j.model.MinSeverity
	if least == "" {
		least = finding.Severities[0]
	}
	at := slices.Index(finding.Severities, least)
	if at < 0 {
		return "", invalid("minSeverity is %q: it must be one of %s", least, strings.Join(finding.Severities, ", "))
	}
	if j.Alert {
		at = max(at, 1)
	}
	if at == 0 {
		return "", nil
	}
	return "severity IN ('" + strings.Join(finding.Severities[at:], "', '") + "')", nil
}

// find runs the statement for `columns`, the weightiest findings first; more tells that there are others.
func (h *hunt) find(ctx context.Context, columns string, condition string, each func(*clickhouse.Block, int) error) (more bool, err error) {
	statement := fmt.Sprintf("SELECT %s FROM %s FINAL %s ORDER BY score DESC, start, id LIMIT %d",
		columns, h.job.table(h.table), joined(h.where, condition), h.limit+1)
	rows := 0
	err = h.ask(ctx, statement, h.params, func(b *clickhouse.Block) error {
		for row := range b.Rows() {
			if rows >= h.limit {
				more = true
				return clickhouse.ErrStop
			}
			if err := each(b, row); err != nil {
				return err
			}
			rows++
		}
		return nil
	})
	return more, err
}

func joined(where, condition string) string {
	if condition == "" {
		return where
	}
	return where + " AND " + condition
}

// shape turns findings into what the panel, an annotation or a rule takes.
func (h *hunt) shape(list []finding.Finding, more bool, table func([]finding.Finding) *data.Frame) (data.Frames, error) {
	format := h.model.Format
	if h.Alert && (format == "" || format == "table" || format == "annotations") {
		format = "numeric"
	}
	var answer data.Frames
	switch format {
	case "", "table":
		answer = data.Frames{table(list)}
	case "annotations":
		answer = data.Frames{finding.Annotations(list)}
	case "numeric":
		answer = numbers(list)
	default:
		return nil, invalid("findings are shown as table, annotations or numeric, not as %q", format)
	}
	if len(h.unknown) > 0 {
		frames.Notice(answer, data.NoticeSeverityWarning,
			fmt.Sprintf("The filters on %s do not reach findings, which keep sources, targets, ports, protocol and sensors only.", strings.Join(h.unknown, ", ")))
	}
	if more {
		frames.Notice(answer, data.NoticeSeverityWarning,
			fmt.Sprintf("Only the %s weightiest are shown. Narrow the time range or the filters.", Thousands(uint64(h.limit))))
	}
	return answer, nil
}

// numbers gives a rule one labelled number a finding. Nothing that changes may be a label but the magnitude, at whose
// every tenfold step the alert is a new one.
func numbers(list []finding.Finding) data.Frames {
	if len(list) == 0 {
		return frames.Empty(data.FrameTypeNumericMulti)
	}
	answer := make(data.Frames, len(list))
	for i, each := range list {
		value := each.Weight()
		answer[i] = frames.Number(each.Measure(), each.Labels(), &value)
	}
	return answer
}

// list of values of a closed vocabulary, as a condition; names what is not in it.
func oneOf(column, field string, values, known []string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	for _, value := range values {
		if !slices.Contains(known, value) {
			return "", invalid("%s has %q: known are %s", field, value, strings.Join(known, ", "))
		}
	}
	return fmt.Sprintf("%s IN ('%s')", column, strings.Join(values, "', '")), nil
}

package query

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/filter"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/frames"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

const defaultListed = 500

// hits is an `intel` query with its parts checked: sources that are on a list and knocked.
type hits struct {
	*job
	set   filter.Set
	limit int
}

// intel answers who on the lists knocked, and what each list is worth. The lists are those in force now, so that new
// ones tell of old events too.
func intel(ctx context.Context, j *job) (data.Frames, error) {
	limit, err := j.model.Limit.integer("limit", defaultListed, 1, mostFindings)
	if err != nil {
		return nil, err
	}
	set, err := j.conditions()
	if err != nil {
		return nil, err
	}
	listed, err := filter.Parse([]filter.Filter{{Key: "intel", Operator: "=", Value: "listed"}})
	if err != nil {
		return nil, err
	}
	h := &hits{job: j, set: append(set, listed.During(j.From, j.To)...), limit: limit}
	format := j.model.Format
	if j.Alert && format != "timeseries" {
		format = "numeric"
	}
	switch format {
	case "timeseries":
		return h.series(ctx)
	case "numeric":
		h.limit = min(h.limit, mostAlerts)
		return h.numbers(ctx)
	case "annotations":
		return h.annotations(ctx)
	case "", "table":
	default:
		return nil, invalid("threat intelligence is shown as table, timeseries, annotations or numeric, not as %q", format)
	}
	switch j.model.By {
	case "", "source":
		return h.table(ctx, h.bySource)
	case "feed":
		return h.table(ctx, h.byFeed)
	}
	return nil, invalid("threat intelligence is told by source or by feed, not by %q", j.model.By)
}

func (h *hits) table(ctx context.Context, statement func(filter.Params) string) (data.Frames, error) {
	params := filter.Params{}
	table := &frames.Table{Words: true, Limit: h.limit}
	if err := h.ask(ctx, statement(params), params, table.Add); err != nil {
		return nil, err
	}
	frame := table.Frame("intel")
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable, PreferredVisualization: data.VisTypeTable}
	list := data.Frames{frame}
	if table.More {
		frames.Notice(list, data.NoticeSeverityInfo, fmt.Sprintf("Only the first %s are shown.", Thousands(uint64(h.limit))))
	}
	return list, nil
}

// knocks is SQL for a row a listed source: what it sent in the range, from the rollup where that knows the filters, and
// from events at the range's ends.
func (h *hits) knocks(params filter.Params) string {
	var tables []schema.Table
	if h.set.Fits(schema.Sources) {
		tables = sourceTables(0)
	}
	var parts []string
	for _, s := range cover(h.From.UnixMilli(), h.To.UnixMilli(), tables) {
		columns := "n, first, last"
		if s.table.Step == 0 {
			columns = "toUInt64(count) AS n, time AS first, time AS last"
		}
		parts = append(parts, fmt.Sprintf("SELECT src_ip, dst_port, %s FROM %s %s", columns, h.job.table(s.table),
			where(within(s.table, s.from, s.to), h.set.SQL(params, s.table))))
	}
	return fmt.Sprintf(`SELECT src_ip, sum(n) AS events, uniqExact(dst_port) AS ports, arraySort(groupUniqArray(64)(dst_port)) AS port_list,
	min(k.first) AS first, max(k.last) AS last, dictGet('intel', ('network', 'score', 'feeds', 'tags'), tuple(src_ip)) AS found
FROM (%s) AS k GROUP BY src_ip`, strings.Join(parts, "\nUNION ALL "))
}

// allowed is SQL for the events of listed sources that were let through.
func (h *hits) allowed(params filter.Params) string {
	return fmt.Sprintf("SELECT src_ip, sum(toUInt64(count)) AS allowed, min(time) AS first_allowed FROM %s %s AND action = 'allow' GROUP BY src_ip",
		h.job.table(schema.Events), h.timed(schema.Events, params, h.set))
}

const (
	plainSource  = "replaceOne(toString(src_ip), '::ffff:', '')"
	plainNetwork = `if(startsWith(found.1, '::ffff:'), replaceRegexpOne(found.1, '^::ffff:(.*)/[0-9]+$', '\\1') || '/' || toString(toInt16OrZero(splitByChar('/', found.1)[2]) - 96), found.1)`
)

func (h *hits) bySource(params filter.Params) string {
	return fmt.Sprintf(`SELECT %s AS source, found.2 AS score, arrayStringConcat(found.3, ', ') AS feeds, arrayStringConcat(found.4, ', ') AS tags,
	%s AS network, events AS hits, ports, arrayStringConcat(arrayMap(p -> toString(p), port_list), ', ') AS port_list, a.allowed AS allowed,
	first, last FROM (%s) AS k LEFT JOIN (%s) AS a USING (src_ip) %s ORDER BY allowed > 0 DESC, score DESC, hits DESC, source LIMIT %d`,
		plainSource, plainNetwork, h.knocks(params), h.allowed(params), h.onlyAllowed(), h.limit+1)
}

func (h *hits) onlyAllowed() string {
	if h.model.OnlyAllowed {
		return "WHERE a.allowed > 0"
	}
	return ""
}

// byFeed has a row for every feed, also for those without a hit. `only_here` are sources that no other feed names: what
// would be missed without it.
func (h *hits) byFeed(params filter.Params) string {
	return fmt.Sprintf(`WITH knocks AS (SELECT events, found.1 AS network, found.3 AS feeds FROM (%s))
SELECT f.name AS feed, k.hits AS hits, k.sources AS sources, k.only_here AS only_here, k.only_hits AS only_hits, o.shared_with AS shared_with,
	toUInt64(f.indicators) AS indicators, if(f.indicators = 0, 0, least(1, k.matched / f.indicators)) AS hit_rate, e.expired AS expired,
	f.last_good AS last_good, if(f.last_good IS NULL, NULL, dateDiff('second', f.last_good, now())) AS age, f.state AS state, f.last_error AS last_error
FROM (SELECT * FROM feeds FINAL WHERE NOT removed) AS f
LEFT JOIN (
	SELECT feed, toUInt64(sum(events)) AS hits, count() AS sources, uniqExact(network) AS matched, countIf(length(feeds) = 1) AS only_here, toUInt64(sumIf(events, length(feeds) = 1)) AS only_hits
	FROM knocks ARRAY JOIN feeds AS feed GROUP BY feed) AS k ON k.feed = f.name
LEFT JOIN (
	SELECT feed, arrayStringConcat(arrayMap(t -> t.2 || ' ' || toString(t.1), arraySlice(arrayReverseSort(groupArray((n, other))), 1, 5)), ', ') AS shared_with
	FROM (SELECT feed, other, count() AS n FROM knocks ARRAY JOIN feeds AS feed ARRAY JOIN feeds AS other WHERE feed != other GROUP BY feed, other) GROUP BY feed
) AS o ON o.feed = f.name
LEFT JOIN (
	SELECT feed, countIf(expires <= now()) AS expired FROM indicators
	WHERE (feed, version) IN (SELECT name, version FROM feeds FINAL WHERE NOT removed) GROUP BY feed) AS e ON e.feed = f.name
ORDER BY hits DESC, feed LIMIT %d`, h.knocks(params), h.limit+1)
}

// series counts hits over time, by list or by source.
func (h *hits) series(ctx context.Context) (data.Frames, error) {
	j := *h.job
	by := schema.Intel[2]
	if j.model.By == "source" {
		by, _ = schema.Find("src_ip")
	}
	limit, err := j.model.Limit.integer("limit", defaultTop, 1, mostLines)
	if err != nil {
		return nil, err
	}
	measure := "events"
	if j.model.Measure == "sources" {
		measure = "sources"
	}
	return (&ranking{job: &j, by: by, measure: measure, limit: limit, set: h.set}).asSeries(ctx)
}

// numbers gives a rule one number a source: the events that were let through, or with `by` feed the hits of each list.
func (h *hits) numbers(ctx context.Context) (data.Frames, error) {
	if h.model.By == "feed" {
		return (&ranking{job: h.job, by: schema.Intel[2], measure: "events", limit: h.limit, set: h.set}).asNumbers(ctx)
	}
	params := filter.Params{}
	statement := fmt.Sprintf("SELECT %s AS source, toFloat64(allowed) AS allowed FROM (%s) ORDER BY allowed DESC, source LIMIT %d",
		plainSource, h.allowed(params), h.limit+1)
	if !h.model.OnlyAllowed && !h.Alert {
		statement = fmt.Sprintf("SELECT %s AS source, toFloat64(events) AS hits FROM (%s) ORDER BY hits DESC, source LIMIT %d",
			plainSource, h.knocks(params), h.limit+1)
	}
	table := &frames.Table{Limit: h.limit}
	if err := h.ask(ctx, statement, params, table.Add); err != nil {
		return nil, err
	}
	list, err := frames.Numeric(table.Frame("intel"))
	if err == nil && table.More {
		frames.Notice(list, data.NoticeSeverityWarning, fmt.Sprintf("Only the %d with the most events are told of.", h.limit))
	}
	return list, err
}

// annotations mark the first knock of each listed source in the range, and where the first one was let through.
func (h *hits) annotations(ctx context.Context) (data.Frames, error) {
	answer, err := h.table(ctx, func(params filter.Params) string {
		if h.limit == defaultListed {
			h.limit = mostAlerts
		}
		return fmt.Sprintf(`SELECT source, score, feeds, hits, ports, allowed, first, first_allowed FROM (
SELECT %s AS source, found.2 AS score, arrayStringConcat(found.3, ', ') AS feeds, events AS hits, ports, a.allowed AS allowed, first, a.first_allowed AS first_allowed
FROM (%s) AS k LEFT JOIN (%s) AS a USING (src_ip) %s) ORDER BY allowed > 0 DESC, score DESC, hits DESC, source LIMIT %d`,
			plainSource, h.knocks(params), h.allowed(params), h.onlyAllowed(), h.limit+1)
	})
	if err != nil {
		return nil, err
	}
	rows := answer[0]
	var times []time.Time
	var titles, texts, tags, ids []string
	say := func(when time.Time, source, title, text, tag string) {
		times, titles, texts = append(times, when), append(titles, html.EscapeString(title)), append(texts, html.EscapeString(text))
		tags, ids = append(tags, `["intel","`+tag+`"]`), append(ids, tag+"-"+source)
	}
	for row := range rows.Rows() {
		text := func(name string) string {
			field, _ := rows.FieldByName(name)
			return frames.Text(field, row)
		}
		moment := func(name string) time.Time {
			field, _ := rows.FieldByName(name)
			value, _ := field.ConcreteAt(row)
			when, _ := value.(time.Time)
			return when
		}
		about := fmt.Sprintf("on %s, score %s: %s events on %s ports", text("feeds"), text("score"), text("hits"), text("ports"))
		if !h.model.OnlyAllowed {
			say(moment("first"), text("source"), "Listed source "+text("source")+" knocks", about, "knock")
		}
		if text("allowed") != "0" {
			say(moment("first_allowed"), text("source"), "Listed source "+text("source")+" is let in",
				fmt.Sprintf("%s events allowed; %s", text("allowed"), about), "allow")
		}
	}
	frame := data.NewFrame("annotations", data.NewField("time", nil, orNone(times)), data.NewField("title", nil, orNone(titles)),
		data.NewField("text", nil, orNone(texts)), data.NewField("tags", nil, rawOf(tags)), data.NewField("id", nil, orNone(ids)))
	frame.Meta = &data.FrameMeta{Type: data.FrameTypeTable, Notices: rows.Meta.Notices}
	return data.Frames{frame}, nil
}

// orNone is a list that is never nil, which no field can be made of.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func rawOf(texts []string) []json.RawMessage {
	list := make([]json.RawMessage, len(texts))
	for i, text := range texts {
		list[i] = json.RawMessage(text)
	}
	return list
}

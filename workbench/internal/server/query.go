package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/gtime"
)

// What Grafana takes where a query does not say.
const (
	defaultMaxDataPoints = 100
	defaultIntervalMs    = 1000
	maxQueryBytes        = 8 << 20
)

// forwarded are the headers of a query that reach the backend, as in Grafana.
var forwarded = []string{"X-Query-Group-Id", "X-Panel-Id", "X-Dashboard-Uid", "X-Datasource-Uid", "X-Panel-Plugin-Id", "X-Grafana-Org-Id"}

type timeRange struct{ From, To string }

type metricRequest struct {
	timeRange
	Queries []json.RawMessage
}

type queryHead struct {
	RefID         string
	QueryType     string
	IntervalMs    float64
	MaxDataPoints int64
	TimeRange     *timeRange
	Datasource    json.RawMessage
}

// query is POST /api/ds/query. The answer has status 400 when any of its responses is an error.
func (s *Server) query(w http.ResponseWriter, r *http.Request) {
	var body metricRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxQueryBytes)).Decode(&body); err != nil {
		fail(w, http.StatusBadRequest, "bad request data: "+err.Error())
		return
	}
	requests, status, err := s.requestsOf(body, r.Header)
	if err != nil {
		fail(w, status, err.Error())
		return
	}
	merged, err := run(r, requests)
	if err != nil {
		failCall(w, r, err)
		return
	}
	status = http.StatusOK
	for _, response := range merged.Responses {
		if response.Error != nil {
			status = http.StatusBadRequest
		}
	}
	answer, err := merged.MarshalJSON() // not json.Marshal: that would read and copy a large answer once more
	if err != nil {
		fail(w, http.StatusInternalServerError, "encoding the frames: "+err.Error())
		return
	}
	replyJSON(w, status, answer)
}

type sourceRequest struct {
	source  source
	request *backend.QueryDataRequest
}

// requestsOf groups the queries by data source, in the order in which those appear.
func (s *Server) requestsOf(body metricRequest, header http.Header) ([]sourceRequest, int, error) {
	if len(body.Queries) == 0 {
		return nil, http.StatusBadRequest, fmt.Errorf("no queries found in query")
	}
	var out []sourceRequest
	at := map[string]int{}
	for i, text := range body.Queries {
		head := queryHead{MaxDataPoints: defaultMaxDataPoints, IntervalMs: defaultIntervalMs, RefID: "A"}
		if err := json.Unmarshal(text, &head); err != nil {
			return nil, http.StatusBadRequest, fmt.Errorf("query %d: %w", i+1, err)
		}
		ds, ok := s.sources.find(sourceRef(head.Datasource))
		if !ok {
			return nil, http.StatusNotFound, fmt.Errorf("Data source not found")
		}
		if ds.plugin.Backend == nil {
			return nil, http.StatusNotFound, fmt.Errorf("the plugin %s has no backend", ds.Type)
		}
		span, err := spanOf(body.timeRange, head.TimeRange)
		if err != nil {
			return nil, http.StatusBadRequest, fmt.Errorf("query %s: %w", head.RefID, err)
		}
		index, known := at[ds.UID]
		if !known {
			index, at[ds.UID] = len(out), len(out)
			request := &backend.QueryDataRequest{PluginContext: ds.context(), Headers: map[string]string{}}
			for _, name := range forwarded {
				if value := header.Get(name); value != "" {
					request.SetHTTPHeader(name, value)
				}
			}
			out = append(out, sourceRequest{ds, request})
		}
		out[index].request.Queries = append(out[index].request.Queries, backend.DataQuery{
			RefID: head.RefID, QueryType: head.QueryType, MaxDataPoints: head.MaxDataPoints,
			Interval: time.Duration(head.IntervalMs * float64(time.Millisecond)), TimeRange: span, JSON: text,
		})
	}
	return out, http.StatusOK, nil
}

// run asks all data sources side by side and lays their answers together.
func run(r *http.Request, requests []sourceRequest) (*backend.QueryDataResponse, error) {
	answers := make([]*backend.QueryDataResponse, len(requests))
	failures := make([]error, len(requests))
	var all sync.WaitGroup
	for i, entry := range requests {
		all.Go(func() { answers[i], failures[i] = entry.source.plugin.Backend.QueryData(r.Context(), entry.request) })
	}
	all.Wait()
	merged := backend.NewQueryDataResponse()
	for i := range requests {
		if failures[i] != nil {
			return nil, failures[i]
		}
		for refID, response := range answers[i].Responses {
			merged.Responses[refID] = response
		}
	}
	return merged, nil
}

// sourceRef reads a query's datasource: an object with a uid, or a bare uid or name.
func sourceRef(text json.RawMessage) string {
	var ref struct{ UID string }
	if json.Unmarshal(text, &ref) == nil && ref.UID != "" {
		return ref.UID
	}
	var name string
	_ = json.Unmarshal(text, &name)
	return name
}

// spanOf reads epoch milliseconds or Grafana's relative times; a query's own range wins.
func spanOf(whole timeRange, own *timeRange) (backend.TimeRange, error) {
	if own != nil && own.From != "" {
		whole = *own
	}
	parsed := gtime.NewTimeRange(whole.From, whole.To)
	from, err := parsed.ParseFrom()
	if err != nil {
		return backend.TimeRange{}, fmt.Errorf("from %q is no time: %w", whole.From, err)
	}
	to, err := parsed.ParseTo()
	if err != nil {
		return backend.TimeRange{}, fmt.Errorf("to %q is no time: %w", whole.To, err)
	}
	return backend.TimeRange{From: from, To: to}, nil
}

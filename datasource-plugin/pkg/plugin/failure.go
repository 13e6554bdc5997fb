package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// statuses of what goes wrong in the store or on the way to it.
var statuses = map[clickhouse.Kind]backend.Status{
	clickhouse.Network:       backend.StatusBadGateway,
	clickhouse.TLS:           backend.StatusBadGateway,
	clickhouse.NotClickHouse: backend.StatusBadGateway,
	clickhouse.Auth:          backend.StatusUnauthorized,
	clickhouse.Grant:         backend.StatusForbidden,
	clickhouse.Readonly:      backend.StatusForbidden,
	clickhouse.Database:      backend.StatusNotFound,
	clickhouse.Table:         backend.StatusNotFound,
	clickhouse.Syntax:        backend.StatusBadRequest,
	clickhouse.Limit:         backend.StatusBadRequest,
	clickhouse.Timeout:       backend.StatusTimeout,
	clickhouse.Busy:          backend.StatusTooManyRequests,
}

// classified tells the status, and whether the store or the viewer is at fault rather than the plugin.
func classified(err error) (status backend.Status, source backend.ErrorSource) {
	var store *clickhouse.Error
	var asked *query.Invalid
	switch {
	case errors.As(err, &store):
		status, ok := statuses[store.Kind]
		if !ok {
			status = backend.StatusBadGateway
		}
		return status, backend.ErrorSourceDownstream
	case errors.As(err, &asked):
		return backend.StatusBadRequest, backend.ErrorSourceDownstream
	}
	return backend.StatusInternal, backend.ErrorSourcePlugin
}

// Codes that tell of a table or column that is not there: UNKNOWN_TABLE, UNKNOWN_IDENTIFIER, NO_SUCH_COLUMN_IN_TABLE,
// UNKNOWN_DATABASE.
var missing = map[int]bool{60: true, 47: true, 16: true, 81: true}

// diagnose looks behind a missing table or column: when the store has no schema, or an older one, that is the news.
func (i *Instance) diagnose(ctx context.Context, err error) error {
	var store *clickhouse.Error
	if !errors.As(err, &store) || !missing[store.Code] && !store.IsIntel() {
		return err
	}
	var cause *clickhouse.Error
	if _, trouble := i.inspect(ctx); errors.As(trouble, &cause) && (cause.Kind == clickhouse.Database || cause.Kind == clickhouse.Table) {
		return cause
	}
	return err
}

func failure(err error) backend.DataResponse {
	status, source := classified(err)
	return backend.DataResponse{Error: err, Status: status, ErrorSource: source}
}

// writeFailure answers a resource call with the error's sentence.
func writeFailure(w http.ResponseWriter, err error) {
	status, _ := classified(err)
	writeJSON(w, int(status), map[string]string{"message": err.Error()})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		http.Error(w, "the answer cannot be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// withQueryType puts Grafana's own copy of the query type in where the JSON lacks it.
func withQueryType(q backend.DataQuery) json.RawMessage {
	var fields map[string]json.RawMessage
	if q.QueryType == "" || json.Unmarshal(q.JSON, &fields) != nil || fields["queryType"] != nil {
		return q.JSON
	}
	kind, err := json.Marshal(q.QueryType)
	if err != nil {
		return q.JSON
	}
	fields["queryType"] = kind
	merged, err := json.Marshal(fields)
	if err != nil {
		return q.JSON
	}
	return merged
}

package plugin

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
)

// Queries of one request that run side by side: a dashboard sends a panel's queries together.
const sideBySide = 4

// QueryData answers the queries of one panel or rule; a failing one does not keep the others from answering.
func (i *Instance) QueryData(ctx context.Context, request *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	var (
		response = backend.NewQueryDataResponse()
		mutex    sync.Mutex
		group    sync.WaitGroup
		slots    = make(chan struct{}, sideBySide)
	)
	for _, q := range request.Queries {
		group.Add(1)
		slots <- struct{}{}
		go func() {
			defer group.Done()
			defer func() { <-slots }()
			answer := i.answer(ctx, request, q)
			mutex.Lock()
			defer mutex.Unlock()
			response.Responses[q.RefID] = answer
		}()
	}
	group.Wait()
	return response, nil
}

func (i *Instance) answer(ctx context.Context, request *backend.QueryDataRequest, q backend.DataQuery) (answer backend.DataResponse) {
	defer func() {
		if trouble := recover(); trouble != nil {
			backend.Logger.FromContext(ctx).Error("A query made the backend stumble", "refId", q.RefID, "panic", trouble, "stack", string(debug.Stack()))
			answer = failure(fmt.Errorf("the data source's backend failed on this query: %v", trouble))
		}
	}()
	if i.broken != nil {
		return failure(&query.Invalid{Reason: i.broken.Error()})
	}
	list, err := i.runner.Run(ctx, query.Request{
		JSON:     withQueryType(q),
		From:     q.TimeRange.From,
		To:       q.TimeRange.To,
		Points:   q.MaxDataPoints,
		Interval: q.Interval,
		Alert:    request.Headers[backend.FromAlertHeaderName] == "true",
		Comment:  commentOf(request, q.RefID),
	})
	if err != nil {
		return failure(i.diagnose(ctx, err))
	}
	return backend.DataResponse{Frames: list, Status: backend.StatusOK}
}

// commentOf gathers who asks: Grafana sends it along as headers.
func commentOf(request *backend.QueryDataRequest, refID string) clickhouse.Comment {
	comment := clickhouse.Comment{
		Dashboard: request.GetHTTPHeader("X-Dashboard-Uid"),
		Panel:     request.GetHTTPHeader("X-Panel-Id"),
		Rule:      request.GetHTTPHeader("X-Rule-Uid"),
		Query:     refID,
	}
	if user := request.PluginContext.User; user != nil {
		comment.User = user.Login
	}
	return comment
}

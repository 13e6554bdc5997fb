// Command testplugin is a plugin backend for the host's tests: a real one, on the SDK, that says what it was asked.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// version is set by the linker, so that a test can tell one build from another.
var version = "1"

var (
	instances atomic.Int64
	runs      atomic.Int64
)

type testSource struct{ number int64 }

func newSource(context.Context, backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	return &testSource{number: instances.Add(1)}, nil
}

// asked is what a query echoes.
type asked struct {
	Version, RefID, QueryType, Login, URL, Secret, From, To string
	Headers                                                 map[string]string
	Env                                                     []string
	JSON, Settings                                          json.RawMessage
	MaxDataPoints, IntervalMs, Instance, PID                int64
}

func (s *testSource) QueryData(_ context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	out := backend.NewQueryDataResponse()
	for _, q := range req.Queries {
		switch q.QueryType {
		case "fail":
			out.Responses[q.RefID] = backend.ErrDataResponse(backend.StatusBadRequest, "the query is wrong")
		case "crash":
			os.Exit(3)
		default:
			text, err := json.Marshal(s.echo(req, q))
			if err != nil {
				return nil, err
			}
			out.Responses[q.RefID] = backend.DataResponse{Frames: data.Frames{data.NewFrame("echo", data.NewField("asked", nil, []string{string(text)}))}}
		}
	}
	return out, nil
}

func (s *testSource) echo(req *backend.QueryDataRequest, q backend.DataQuery) asked {
	var env []string
	for _, each := range os.Environ() {
		name, _, _ := strings.Cut(each, "=")
		env = append(env, name)
	}
	settings := req.PluginContext.DataSourceInstanceSettings
	return asked{
		Version: version, RefID: q.RefID, QueryType: q.QueryType, Login: req.PluginContext.User.Login, URL: settings.URL,
		Secret: settings.DecryptedSecureJSONData["secret"], From: q.TimeRange.From.UTC().Format(time.RFC3339Nano),
		To: q.TimeRange.To.UTC().Format(time.RFC3339Nano), Headers: req.Headers, Env: env, JSON: q.JSON,
		Settings: settings.JSONData, MaxDataPoints: q.MaxDataPoints, IntervalMs: q.Interval.Milliseconds(),
		Instance: s.number, PID: int64(os.Getpid()),
	}
}

func (s *testSource) CheckHealth(_ context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	var settings struct{ Ill bool }
	_ = json.Unmarshal(req.PluginContext.DataSourceInstanceSettings.JSONData, &settings)
	if settings.Ill {
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: "ill", JSONDetails: []byte(`{"hint":"rest"}`)}, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: "well"}, nil
}

func (s *testSource) CallResource(_ context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	body, err := json.Marshal(map[string]any{"method": req.Method, "path": req.Path, "url": req.URL, "body": string(req.Body), "headers": req.Headers})
	if err != nil {
		return err
	}
	headers := map[string][]string{"Content-Type": {"application/json"}, "Set-Cookie": {"a=b"}}
	return sender.Send(&backend.CallResourceResponse{Status: http.StatusTeapot, Headers: headers, Body: body})
}

func (s *testSource) SubscribeStream(_ context.Context, req *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	switch req.Path {
	case "denied":
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusPermissionDenied}, nil
	case "missing":
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusNotFound}, nil
	}
	return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusOK}, nil
}

func (s *testSource) PublishStream(context.Context, *backend.PublishStreamRequest) (*backend.PublishStreamResponse, error) {
	return &backend.PublishStreamResponse{Status: backend.PublishStreamStatusPermissionDenied}, nil
}

// RunStream sends a frame every 20 ms that names its run; `short` ends after the first.
func (s *testSource) RunStream(ctx context.Context, req *backend.RunStreamRequest, sender *backend.StreamSender) error {
	run := runs.Add(1)
	for n := int64(1); ctx.Err() == nil; n++ {
		frame := data.NewFrame(req.Path, data.NewField("run", nil, []int64{run}), data.NewField("n", nil, []int64{n}))
		frame.Meta = &data.FrameMeta{Custom: map[string]any{"data": string(req.Data)}}
		if err := sender.SendFrame(frame, data.IncludeAll); err != nil {
			return err
		}
		if req.Path == "short" {
			return fmt.Errorf("out of frames")
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

func main() {
	if err := datasource.Manage("fireplot-test-datasource", newSource, datasource.ManageOpts{}); err != nil {
		backend.Logger.Error(err.Error())
		os.Exit(1)
	}
}

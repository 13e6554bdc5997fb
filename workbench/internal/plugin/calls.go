package plugin

import (
	"context"
	"errors"
	"io"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc"
)

// maxMessage is the largest answer taken from a backend.
const maxMessage = 512 << 20

// QueryData runs queries. The answer marshals to the JSON of Grafana's /api/ds/query.
func (b *Backend) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	r, release, err := b.acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	if r.data == nil {
		return nil, ErrNoService
	}
	answer, err := r.data.QueryData(ctx, backend.ToProto().QueryDataRequest(req), grpc.MaxCallRecvMsgSize(maxMessage))
	if err != nil {
		return nil, err
	}
	return backend.FromProto().QueryDataResponse(answer)
}

// CheckHealth asks a data source whether it works.
func (b *Backend) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	r, release, err := b.acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	if r.diagnostics == nil {
		return nil, ErrNoService
	}
	answer, err := r.diagnostics.CheckHealth(ctx, &pluginv2.CheckHealthRequest{
		PluginContext: backend.ToProto().PluginContext(req.PluginContext), Headers: req.Headers,
	})
	if err != nil {
		return nil, err
	}
	return backend.FromProto().CheckHealthResponse(answer), nil
}

// CallResource forwards one HTTP request; send gets the answer in parts, the first of them with status and headers.
func (b *Backend) CallResource(ctx context.Context, req *backend.CallResourceRequest,
	send func(*backend.CallResourceResponse) error) error {
	r, release, err := b.acquire()
	if err != nil {
		return err
	}
	defer release()
	if r.resource == nil {
		return ErrNoService
	}
	stream, err := r.resource.CallResource(ctx, backend.ToProto().CallResourceRequest(req), grpc.MaxCallRecvMsgSize(maxMessage))
	if err != nil {
		return err
	}
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := send(backend.FromProto().CallResourceResponse(part)); err != nil {
			return err
		}
	}
}

// SubscribeStream asks whether a channel may be joined.
func (b *Backend) SubscribeStream(ctx context.Context, req *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	r, release, err := b.acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	if r.stream == nil {
		return nil, ErrNoService
	}
	answer, err := r.stream.SubscribeStream(ctx, backend.ToProto().SubscribeStreamRequest(req))
	if err != nil {
		return nil, err
	}
	return backend.FromProto().SubscribeStreamResponse(answer), nil
}

// RunStream runs a channel until ctx ends or the backend gives up; packet gets each frame as JSON.
func (b *Backend) RunStream(ctx context.Context, req *backend.RunStreamRequest, packet func([]byte)) error {
	r, release, err := b.acquire()
	if err != nil {
		return err
	}
	defer release()
	if r.stream == nil {
		return ErrNoService
	}
	stream, err := r.stream.RunStream(ctx, backend.ToProto().RunStreamRequest(req))
	if err != nil {
		return err
	}
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		packet(part.Data)
	}
}

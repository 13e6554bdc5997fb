package plugin

import (
	"context"
	"errors"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/stream"
)

var _ backend.StreamHandler = (*Instance)(nil)

// SubscribeStream lets a viewer follow the query that the subscription carries.
func (i *Instance) SubscribeStream(_ context.Context, request *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	status := backend.SubscribeStreamStatusOK
	_, err := i.follower(request.Path, request.Data)
	switch {
	case errors.Is(err, stream.ErrUnknown):
		status = backend.SubscribeStreamStatusNotFound
	case errors.Is(err, stream.ErrMismatch):
		status = backend.SubscribeStreamStatusPermissionDenied
	case err != nil:
		return nil, err
	}
	return &backend.SubscribeStreamResponse{Status: status}, nil
}

// RunStream runs once for all who listen to a channel, on behalf of none of them.
func (i *Instance) RunStream(ctx context.Context, request *backend.RunStreamRequest, sender *backend.StreamSender) error {
	follower, err := i.follower(request.Path, request.Data)
	if err != nil {
		return err
	}
	return stream.Run(ctx, i.store, follower, follower.Pace(), func(frame *data.Frame) error {
		// Each with its schema: who joins later has not seen the first.
		return sender.SendFrame(frame, data.IncludeAll)
	})
}

// PublishStream refuses: events come from the store alone.
func (i *Instance) PublishStream(context.Context, *backend.PublishStreamRequest) (*backend.PublishStreamResponse, error) {
	return &backend.PublishStreamResponse{Status: backend.PublishStreamStatusPermissionDenied}, nil
}

func (i *Instance) follower(path string, raw []byte) (stream.Follower, error) {
	if i.broken != nil {
		return nil, &query.Invalid{Reason: i.broken.Error()}
	}
	return stream.Open(i.runner, path, raw)
}

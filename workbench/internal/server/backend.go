package server

import (
	"context"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// Backend is a running plugin backend (internal/plugin.Backend).
type Backend interface {
	QueryData(context.Context, *backend.QueryDataRequest) (*backend.QueryDataResponse, error)
	CheckHealth(context.Context, *backend.CheckHealthRequest) (*backend.CheckHealthResult, error)
	CallResource(context.Context, *backend.CallResourceRequest, func(*backend.CallResourceResponse) error) error
	SubscribeStream(context.Context, *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error)
	RunStream(context.Context, *backend.RunStreamRequest, func(packet []byte)) error
}

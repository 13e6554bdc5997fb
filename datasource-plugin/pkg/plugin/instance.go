// Package plugin is the door to Grafana: it hands queries, health checks and resource calls of one data source on to
// the packages that answer them, and tells whose fault an error is.
package plugin

import (
	"context"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/settings"
)

var (
	_ backend.QueryDataHandler      = (*Instance)(nil)
	_ backend.CheckHealthHandler    = (*Instance)(nil)
	_ backend.CallResourceHandler   = (*Instance)(nil)
	_ instancemgmt.InstanceDisposer = (*Instance)(nil)
)

// Instance is one configured data source. Grafana makes a new one, and disposes of this, when its settings change.
type Instance struct {
	backend.CallResourceHandler
	store  *clickhouse.Client
	runner *query.Runner
	// broken is why the settings cannot be used. The instance is made all the same, so that its health check and
	// every query can say so; an error from New would reach the viewer as "plugin unavailable".
	broken error
}

// New makes an instance from what Grafana has stored. Nothing is sent to the store yet.
func New(ctx context.Context, source backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	instance := &Instance{}
	instance.CallResourceHandler = httpadapter.New(instance.routes())
	loaded, err := settings.Load(ctx, source)
	if err != nil {
		instance.broken = err
		return instance, nil
	}
	store, err := clickhouse.New(loaded.URL, loaded.Database, loaded.QueryTimeout, loaded.HTTP)
	if err != nil {
		instance.broken = err
		return instance, nil
	}
	instance.store = store
	instance.runner = &query.Runner{Store: store, MaxRows: loaded.MaxRows, Now: time.Now}
	return instance, nil
}

// Dispose closes the connections to the store.
func (i *Instance) Dispose() {
	if i.store != nil {
		i.store.Close()
	}
}

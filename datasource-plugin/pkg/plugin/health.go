package plugin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fireplot/fireplot/datasource-plugin/pkg/clickhouse"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/query"
	"github.com/fireplot/fireplot/datasource-plugin/pkg/schema"
)

// The person at the test button waits no longer than this for one step.
const healthTimeout = 10 * time.Second

// CheckHealth goes from the network up to the schema and says in one sentence where it got stuck and what to do.
func (i *Instance) CheckHealth(ctx context.Context, _ *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	if i.broken != nil {
		return unhealthy(i.broken), nil
	}
	state, err := i.inspect(ctx)
	if err != nil {
		return unhealthy(err), nil
	}
	details, err := json.Marshal(state)
	if err != nil {
		return nil, fmt.Errorf("writing the details of the health check: %w", err)
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: state.sentence(), JSONDetails: details}, nil
}

func unhealthy(err error) *backend.CheckHealthResult {
	kind := clickhouse.Other
	var store *clickhouse.Error
	if errors.As(err, &store) {
		kind = store.Kind
	}
	details, _ := json.Marshal(map[string]string{"kind": string(kind)})
	message := err.Error()
	if message != "" {
		message = strings.ToUpper(message[:1]) + message[1:]
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: message, JSONDetails: details}
}

// state of a store that answers.
type state struct {
	Version  string `json:"version"`
	Schema   uint64 `json:"schema"`
	Events   uint64 `json:"events"`
	NewestMs *int64 `json:"newestMs"`
	// Bare profiles take no settings: our limits do not hold there.
	Bare bool `json:"readonlyProfile"`
}

func (s state) sentence() string {
	parts := strings.SplitN(s.Version, ".", 3)
	version := fmt.Sprintf("schema %d", s.Schema)
	if s.Schema > schema.Needed {
		version += fmt.Sprintf(" (newer than the %d that this data source needs)", schema.Needed)
	}
	text := fmt.Sprintf("Fireplot store reached: ClickHouse %s, %s, %s events", strings.Join(parts[:min(2, len(parts))], "."), version, query.Thousands(s.Events))
	if s.NewestMs == nil {
		text += ", none yet: point a firewall's syslog at `fireplot serve`, or load a file with `fireplot load`."
	} else {
		text += ", newest " + time.UnixMilli(*s.NewestMs).UTC().Format("2006-01-02 15:04:05") + " UTC."
	}
	if s.Bare {
		text += " Its user profile has readonly=1: time-outs and row limits are the profile's own, and dashboard filters reach SQL only where it says $__adHoc. Better is a user with readonly=2 and SELECT on the database."
	}
	return text
}

// inspect asks step by step, since what is missing shows in which step fails.
func (i *Instance) inspect(ctx context.Context) (state, error) {
	var s state
	mode, err := i.store.Mode(ctx)
	if err != nil {
		return s, err
	}
	s.Bare = mode == clickhouse.Bare
	database := i.store.Database()
	// Parameters would be refused nowhere, but a server that is older than them would say something unclear.
	var exists, tables uint64
	err = i.row(ctx, fmt.Sprintf("SELECT version(), (SELECT count() FROM system.databases WHERE name = %[1]s), (SELECT count() FROM system.tables WHERE database = %[1]s AND name = 'migrations')",
		clickhouse.Quote(database)), &s.Version, &exists, &tables)
	if err != nil {
		return s, err
	}
	switch {
	case exists == 0:
		return s, &clickhouse.Error{Kind: clickhouse.Database, Message: fmt.Sprintf("ClickHouse %s answers, but has no database %q that this user may see", s.Version, database), Advice: "Check the database name, create it with `fireplot migrate`, or grant the user SELECT on it."}
	case tables == 0:
		return s, &clickhouse.Error{Kind: clickhouse.Table, Message: fmt.Sprintf("the database %q holds no fireplot schema that this user may see", database), Advice: "Run `fireplot migrate` against it, or grant the user SELECT on it."}
	}
	if err := i.row(ctx, "SELECT toUInt64(max(version)) FROM "+clickhouse.Identifier(database)+".migrations", &s.Schema); err != nil {
		return s, err
	}
	if s.Schema < schema.Needed {
		return s, &clickhouse.Error{Kind: clickhouse.Table, Message: fmt.Sprintf("the store's schema is at version %d, and this data source needs %d", s.Schema, schema.Needed), Advice: "Run `fireplot migrate` with the version of fireplot that belongs to this data source."}
	}
	stored, err := i.extent(ctx)
	s.Events, s.NewestMs = stored.Events, stored.NewestMs
	return s, err
}

// row reads the one row of an answer.
func (i *Instance) row(ctx context.Context, statement string, into ...any) error {
	q := clickhouse.Query{SQL: statement, Comment: clickhouse.Comment{Query: "health"}, Timeout: healthTimeout}
	return i.store.Run(ctx, q, func(b *clickhouse.Block) error {
		if b.Rows() == 0 {
			return nil
		}
		return clickhouse.Scan(b, 0, into...)
	})
}

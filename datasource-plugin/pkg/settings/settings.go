// Package settings reads what the configuration page or a provisioning file stored for one data source.
// Everything arrives through Grafana: the plugin reads no environment variable and no file.
package settings

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

// Defaults of the fields that a provisioning file may leave out.
const (
	DefaultDatabase     = "fireplot"
	DefaultQueryTimeout = 30 * time.Second
	DefaultMaxRows      = 10_000
)

// Bounds of the numeric fields; outside of them a setting is refused rather than bent.
const (
	maxQueryTimeout = 3600
	maxMaxRows      = 1_000_000
)

// The HTTP client outlives the query by this much, so that the store's own, clearer time-out arrives first.
const grace = 10 * time.Second

// Settings is the checked form: every field has a usable value.
type Settings struct {
	// URL of ClickHouse's HTTP interface, without user, password and query.
	URL *url.URL
	// Database that holds the events.
	Database string
	// QueryTimeout is how long one query may run in the store.
	QueryTimeout time.Duration
	// MaxRows of a table, log or SQL answer.
	MaxRows int
	// HTTP carries TLS, proxy, headers and authentication from Grafana's own fields.
	HTTP httpclient.Options
}

type stored struct {
	Database     string `json:"database"`
	QueryTimeout number `json:"queryTimeout"`
	MaxRows      number `json:"maxRows"`
}

// Load checks what Grafana stored. Its errors are sentences for the person who configures the data source.
func Load(ctx context.Context, source backend.DataSourceInstanceSettings) (*Settings, error) {
	var raw stored
	if len(source.JSONData) > 0 {
		if err := json.Unmarshal(source.JSONData, &raw); err != nil {
			return nil, fmt.Errorf("the data source's settings cannot be read: %w", err)
		}
	}
	address, err := parseURL(source.URL)
	if err != nil {
		return nil, err
	}
	timeout, err := raw.QueryTimeout.within("query timeout (seconds)", int(DefaultQueryTimeout/time.Second), maxQueryTimeout)
	if err != nil {
		return nil, err
	}
	rows, err := raw.MaxRows.within("row limit", DefaultMaxRows, maxMaxRows)
	if err != nil {
		return nil, err
	}
	options, err := source.HTTPClientOptions(ctx)
	if err != nil {
		return nil, fmt.Errorf("the HTTP settings cannot be used: %w", err)
	}
	// Provisioning switches basic auth on for every store; an unset user variable means a store without users.
	if options.BasicAuth != nil && options.BasicAuth.User == "" {
		options.BasicAuth = nil
	}
	s := &Settings{
		URL:          address,
		Database:     strings.TrimSpace(raw.Database),
		QueryTimeout: time.Duration(timeout) * time.Second,
		MaxRows:      rows,
		HTTP:         options,
	}
	if s.Database == "" {
		s.Database = DefaultDatabase
	}
	// A copy: the SDK may hand out its shared defaults.
	timeouts := httpclient.DefaultTimeoutOptions
	if options.Timeouts != nil {
		timeouts = *options.Timeouts
	}
	timeouts.Timeout = s.QueryTimeout + grace
	s.HTTP.Timeouts = &timeouts
	return s, nil
}

func parseURL(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, fmt.Errorf("no URL is set: enter the address of ClickHouse's HTTP interface, e.g. http://127.0.0.1:8123 (provisioned: set FIREPLOT_CLICKHOUSE_URL)")
	}
	address, err := url.Parse(text)
	if err != nil {
		// Not printed: a URL that cannot be taken apart may still carry a password.
		return nil, fmt.Errorf("the URL cannot be read: write it as http://host:8123 or https://host:8443")
	}
	if (address.Scheme != "http" && address.Scheme != "https") || address.Host == "" {
		return nil, fmt.Errorf("the URL %q does not name an HTTP interface: write it as http://host:8123 or https://host:8443", text)
	}
	if address.User != nil {
		return nil, fmt.Errorf("the URL of %s carries a user: take it out and use the fields of basic authentication, which keep the password secret", address.Host)
	}
	address.RawQuery, address.Fragment = "", ""
	if address.Path == "" {
		address.Path = "/"
	}
	return address, nil
}

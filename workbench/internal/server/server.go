// Package server answers the part of Grafana's HTTP API that the plugins and the workbench's page ask for, at the same
// addresses. It has no users and no rights: it belongs on loopback only.
package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/fireplot/fireplot/workbench/internal/plugin"
	"github.com/fireplot/fireplot/workbench/internal/provision"
)

// GrafanaVersion is the release whose packages the page is built from; plugins are told they run on it.
const GrafanaVersion = "13.2.2"

// Plugin is a plugin the workbench hosts; Backend is nil for one without.
type Plugin struct {
	plugin.Manifest
	Backend Backend
}

// Config is everything a Server needs; all of it was read and checked before.
type Config struct {
	Plugins     []Plugin
	DataSources []provision.DataSource
	Dashboards  *provision.Dashboards
	AlertRules  []provision.AlertRule
	PageDir     string
	Logger      hclog.Logger
	Now         func() time.Time
}

// Server is the HTTP side of the workbench.
type Server struct {
	Config
	sources *sources
	live    *hub
	handler http.Handler
}

// New builds the routes. ctx ends every live stream.
func New(ctx context.Context, config Config) *Server {
	s := &Server{Config: config}
	s.sources = newSources(config.DataSources, config.Plugins, config.Now)
	s.live = newHub(ctx, config.Logger.Named("live"))
	page := folder(config.PageDir)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/ds/query", s.query)
	mux.HandleFunc("GET /api/health", s.health)
	mux.HandleFunc("GET /api/frontend/settings", s.frontendSettings)
	mux.HandleFunc("GET /api/search", s.search)
	mux.HandleFunc("GET /api/dashboards/uid/{uid}", s.dashboard)
	mux.HandleFunc("GET /api/datasources", s.listDataSources)
	mux.HandleFunc("GET /api/datasources/uid/{uid}", s.readDataSource)
	mux.HandleFunc("PUT /api/datasources/uid/{uid}", s.updateDataSource)
	mux.HandleFunc("GET /api/datasources/uid/{uid}/health", s.dataSourceHealth)
	mux.HandleFunc("/api/datasources/uid/{uid}/resources", s.resource)
	mux.HandleFunc("/api/datasources/uid/{uid}/resources/{path...}", s.resource)
	mux.HandleFunc("POST /api/live/subscribe", s.subscribe)
	mux.HandleFunc("GET /api/workbench/state", s.state)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusNotFound, "the workbench has no "+r.Method+" "+r.URL.Path)
	})
	for _, p := range config.Plugins {
		prefix := "/public/plugins/" + p.ID + "/"
		mux.Handle("GET "+prefix, http.StripPrefix(prefix, pluginFiles(folder(p.Dir))))
	}
	mux.Handle("GET /public/", http.StripPrefix("/public/", assets(page)))
	mux.Handle("/", pages(page))
	s.handler = guard(mux)
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// reply writes value as JSON.
func reply(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		fail(w, http.StatusInternalServerError, "encoding the answer: "+err.Error())
		return
	}
	replyJSON(w, status, body)
}

func replyJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// fail answers with an error in Grafana's shape.
func fail(w http.ResponseWriter, status int, message string) {
	body, _ := json.Marshal(map[string]string{"message": message})
	replyJSON(w, status, body)
}

// failCall answers for a backend that did not.
func failCall(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case r.Context().Err() != nil: // the viewer went away: nobody reads this
		fail(w, 499, "cancelled")
	case errors.Is(err, plugin.ErrNoService):
		fail(w, http.StatusNotImplemented, err.Error())
	default:
		fail(w, http.StatusInternalServerError, "the plugin's backend failed: "+err.Error())
	}
}

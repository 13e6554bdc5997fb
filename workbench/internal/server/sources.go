package server

import (
	"encoding/json"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/useragent"

	"github.com/fireplot/fireplot/workbench/internal/provision"
)

// source is a data source with its plugin. Edits of the settings page live here, in memory, until the end.
type source struct {
	provision.DataSource
	ID      int64
	Version int
	Updated time.Time
	plugin  Plugin
}

type sources struct {
	mu    sync.RWMutex
	byUID map[string]source
	order []string
	now   func() time.Time
}

// newSources leaves out data sources whose plugin is not here.
func newSources(provisioned []provision.DataSource, plugins []Plugin, now func() time.Time) *sources {
	all := &sources{byUID: map[string]source{}, now: now}
	for i, ds := range provisioned {
		at := slices.IndexFunc(plugins, func(p Plugin) bool { return p.ID == ds.Type && p.Type == "datasource" })
		if at < 0 {
			continue
		}
		all.byUID[ds.UID] = source{DataSource: ds, ID: int64(i + 1), Version: 1, Updated: now(), plugin: plugins[at]}
		all.order = append(all.order, ds.UID)
	}
	return all
}

func (s *sources) get(uid string) (source, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found, ok := s.byUID[uid]
	return found, ok
}

// find takes a uid or, as old dashboards do, a name; ” is the default data source.
func (s *sources) find(ref string) (source, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found, ok := s.byUID[ref]; ok {
		return found, true
	}
	for _, uid := range s.order {
		if candidate := s.byUID[uid]; candidate.Name == ref || (ref == "" && candidate.IsDefault) {
			return candidate, true
		}
	}
	return source{}, false
}

func (s *sources) all() []source {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]source, 0, len(s.order))
	for _, uid := range s.order {
		out = append(out, s.byUID[uid])
	}
	return out
}

// edit changes one data source under the lock and stamps it, so that the backend makes a new instance.
func (s *sources) edit(uid string, change func(*source)) source {
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := s.byUID[uid]
	entry.SecureJSONData = maps.Clone(entry.SecureJSONData)
	change(&entry)
	entry.Version++
	entry.Updated = s.now()
	s.byUID[uid] = entry
	return entry
}

// context is what the backend is told about the request: the data source, one viewer, the release.
func (s source) context() backend.PluginContext {
	agent, err := useragent.New(GrafanaVersion, runtime.GOOS, runtime.GOARCH)
	if err != nil { // only a malformed GrafanaVersion can do this
		agent = useragent.Empty()
	}
	return backend.PluginContext{
		OrgID: 1, Namespace: "default", PluginID: s.plugin.ID, PluginVersion: s.plugin.Version, UserAgent: agent,
		User:          &backend.User{Login: "workbench", Name: "Workbench", Email: "workbench@localhost", Role: "Admin"},
		GrafanaConfig: backend.NewGrafanaCfg(map[string]string{}),
		DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{
			ID: s.ID, UID: s.UID, Type: s.Type, Name: s.Name, URL: s.URL, User: s.User, Database: s.Database,
			BasicAuthEnabled: s.BasicAuth, BasicAuthUser: s.BasicAuthUser, JSONData: s.JSONData,
			DecryptedSecureJSONData: s.SecureJSONData, Updated: s.Updated,
		},
	}
}

// dto is the data source as Grafana's API shows it: which secrets are set, never what they are.
func (s source) dto() map[string]any {
	set := map[string]bool{}
	for key, value := range s.SecureJSONData {
		set[key] = value != ""
	}
	return map[string]any{
		"id": s.ID, "uid": s.UID, "orgId": 1, "name": s.Name, "type": s.Type, "typeName": s.plugin.Name,
		"typeLogoUrl": "", "access": s.Access, "url": s.URL, "user": s.User, "database": s.Database,
		"basicAuth": s.BasicAuth, "basicAuthUser": s.BasicAuthUser, "withCredentials": s.WithCredentials,
		"isDefault": s.IsDefault, "jsonData": json.RawMessage(s.JSONData), "secureJsonFields": set,
		"version": s.Version, "readOnly": !s.Editable, "apiVersion": "",
	}
}

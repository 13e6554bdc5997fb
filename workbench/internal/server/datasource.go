package server

import (
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func (s *Server) listDataSources(w http.ResponseWriter, _ *http.Request) {
	out := []any{}
	for _, ds := range s.sources.all() {
		out = append(out, ds.dto())
	}
	reply(w, http.StatusOK, out)
}

func (s *Server) readDataSource(w http.ResponseWriter, r *http.Request) {
	if ds, ok := s.sourceOf(w, r); ok {
		reply(w, http.StatusOK, ds.dto())
	}
}

// updateDataSource takes the settings page's form. Secrets that the form leaves out stay as they are.
func (s *Server) updateDataSource(w http.ResponseWriter, r *http.Request) {
	ds, ok := s.sourceOf(w, r)
	if !ok {
		return
	}
	if !ds.Editable {
		fail(w, http.StatusForbidden, "this data source is provisioned as read-only (editable: false)")
		return
	}
	var form struct {
		URL, User, Database, BasicAuthUser string
		BasicAuth, WithCredentials         bool
		JSONData                           map[string]any
		SecureJSONData                     map[string]string
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&form); err != nil {
		fail(w, http.StatusBadRequest, "reading the settings: "+err.Error())
		return
	}
	if form.JSONData == nil {
		form.JSONData = map[string]any{}
	}
	settings, err := json.Marshal(form.JSONData)
	if err != nil {
		fail(w, http.StatusBadRequest, "reading jsonData: "+err.Error())
		return
	}
	changed := s.sources.edit(ds.UID, func(entry *source) {
		entry.URL, entry.User, entry.Database = form.URL, form.User, form.Database
		entry.BasicAuth, entry.BasicAuthUser, entry.WithCredentials = form.BasicAuth, form.BasicAuthUser, form.WithCredentials
		entry.JSONData = settings
		for key, value := range form.SecureJSONData {
			if entry.SecureJSONData == nil {
				entry.SecureJSONData = map[string]string{}
			}
			entry.SecureJSONData[key] = value
		}
	})
	reply(w, http.StatusOK, map[string]any{"datasource": changed.dto(), "id": changed.ID, "name": changed.Name,
		"message": "Datasource updated"})
}

// dataSourceHealth answers 400 when the data source says it does not work, as Grafana does.
func (s *Server) dataSourceHealth(w http.ResponseWriter, r *http.Request) {
	ds, ok := s.sourceOf(w, r)
	if !ok || !hasBackend(w, ds) {
		return
	}
	result, err := ds.plugin.Backend.CheckHealth(r.Context(), &backend.CheckHealthRequest{
		PluginContext: ds.context(), Headers: map[string]string{},
	})
	if err != nil {
		failCall(w, r, err)
		return
	}
	answer := map[string]any{"message": result.Message, "status": result.Status.String()}
	if len(result.JSONDetails) > 0 {
		answer["details"] = json.RawMessage(result.JSONDetails)
	}
	status := http.StatusOK
	if result.Status != backend.HealthStatusOk {
		status = http.StatusBadRequest
	}
	reply(w, status, answer)
}

func (s *Server) sourceOf(w http.ResponseWriter, r *http.Request) (source, bool) {
	ds, ok := s.sources.get(r.PathValue("uid"))
	if !ok {
		fail(w, http.StatusNotFound, "Data source not found")
	}
	return ds, ok
}

func hasBackend(w http.ResponseWriter, ds source) bool {
	if ds.plugin.Backend == nil {
		fail(w, http.StatusNotFound, "the plugin "+ds.Type+" has no backend")
		return false
	}
	return true
}

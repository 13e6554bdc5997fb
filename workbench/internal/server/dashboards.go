package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/fireplot/fireplot/workbench/internal/provision"
)

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug is the readable tail of a dashboard's address.
func slug(title string) string {
	return strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(title), "-"), "-")
}

func dashboardURL(d provision.Dashboard) string {
	return "/d/" + url.PathEscape(d.UID) + "/" + slug(d.Title)
}

// search lists the dashboards whose title holds `query` and that have every `tag`.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	dashboards, _ := s.Dashboards.All()
	wanted := strings.ToLower(r.URL.Query().Get("query"))
	out := []any{}
	for i, d := range dashboards {
		if !strings.Contains(strings.ToLower(d.Title), wanted) || !hasAll(d.Tags, r.URL.Query()["tag"]) {
			continue
		}
		tags := d.Tags
		if tags == nil {
			tags = []string{}
		}
		out = append(out, map[string]any{
			"id": i + 1, "uid": d.UID, "title": d.Title, "uri": "db/" + slug(d.Title), "url": dashboardURL(d),
			"slug": "", "type": "dash-db", "tags": tags, "isStarred": false, "folderTitle": d.Folder,
		})
	}
	reply(w, http.StatusOK, out)
}

func hasAll(have, want []string) bool {
	set := map[string]bool{}
	for _, tag := range have {
		set[tag] = true
	}
	for _, tag := range want {
		if !set[tag] {
			return false
		}
	}
	return true
}

func (s *Server) dashboard(w http.ResponseWriter, r *http.Request) {
	dashboards, _ := s.Dashboards.All()
	for _, d := range dashboards {
		if d.UID == r.PathValue("uid") {
			reply(w, http.StatusOK, map[string]any{
				"dashboard": json.RawMessage(d.Model),
				"meta": map[string]any{
					"type": "db", "slug": slug(d.Title), "url": dashboardURL(d), "provisioned": true, "canSave": false,
					"canEdit": false, "canStar": false, "folderTitle": d.Folder, "updated": d.Updated,
				},
			})
			return
		}
	}
	fail(w, http.StatusNotFound, "Dashboard not found")
}

// state is the workbench's own: what was provisioned but cannot be shown as a dashboard or data source.
func (s *Server) state(w http.ResponseWriter, _ *http.Request) {
	_, problems := s.Dashboards.All()
	texts := []string{}
	for _, problem := range problems {
		texts = append(texts, problem.Error())
	}
	for _, ds := range s.DataSources {
		if _, ok := s.sources.get(ds.UID); !ok {
			texts = append(texts, "the data source "+ds.Name+" needs the plugin "+ds.Type+", which is not loaded")
		}
	}
	reply(w, http.StatusOK, map[string]any{"alertRules": s.AlertRules, "problems": texts})
}

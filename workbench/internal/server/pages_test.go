package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fireplot/fireplot/workbench/internal/plugintest"
)

func TestThePageIsServedWhereGrafanaHasPages(t *testing.T) {
	h := newHost(t)
	for _, path := range []string{"/", "/d/a", "/d/a/fire-plot", "/explore?panes=x", "/dashboards", "/alerting/list", "/connections/datasources/edit/test"} {
		got := h.call("GET", path, "")
		if got.status != 200 || !strings.Contains(string(got.body), "<title>page") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		if !strings.Contains(got.header.Get("Content-Security-Policy"), "default-src 'self'") || got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, got.header)
		}
	}
	if got := h.call("GET", "/admin", ""); got.status != 404 {
		t.Errorf("an address without a page is %d", got.status)
	}
	if got := h.call("GET", "/api/admin", ""); got.status != 404 || !strings.Contains(got.header.Get("Content-Type"), "json") {
		t.Errorf("an unknown API is %d %v", got.status, got.header)
	}
	if got := h.call("POST", "/d/a", ""); got.status != 405 {
		t.Errorf("a POST to a page is %d", got.status)
	}
}

func TestFilesAreServedAndNothingOutside(t *testing.T) {
	h := newHost(t)
	if got := h.call("GET", "/public/build/boot-ABCDEFGH.js", ""); got.status != 200 || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := h.call("GET", "/public/build/img/icons/unicons/no-such.svg", ""); got.status != 200 || got.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("an icon that no package has is a placeholder: %d %v", got.status, got.header)
	}
	base := "/public/plugins/" + plugintest.ID
	if got := h.call("GET", base+"/module.js", ""); got.status != 200 {
		t.Errorf("module.js is %d", got.status)
	}
	for _, path := range []string{
		base + "/gpx_test_linux_amd64", base + "/", "/public/", "/public/build/nope.js",
		"/public/..%2foutside.txt", "/public/build/..%2f..%2foutside.txt", base + "/..%2f..%2foutside.txt",
	} {
		if got := h.call("GET", path, ""); got.status != 404 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

func TestOtherSitesAreKeptOut(t *testing.T) {
	h := newHost(t)
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	origin := func(name string) func(*http.Request) { return func(r *http.Request) { r.Header.Set("Origin", name) } }
	for _, name := range []string{"localhost:3000", "127.0.0.1", "[::1]:3000", "LOCALHOST"} {
		if got := h.call("GET", "/api/health", "", host(name)); got.status != 200 {
			t.Errorf("as %s: %d", name, got.status)
		}
	}
	for _, name := range []string{"evil.example", "localhost.evil.example:3000", "192.0.2.1", "127.0.0.1.nip.example"} {
		if got := h.call("GET", "/api/health", "", host(name)); got.status != 403 {
			t.Errorf("as %s: %d", name, got.status)
		}
	}
	if got := h.call("GET", "/api/health", "", origin(h.url)); got.status != 200 {
		t.Errorf("from its own page: %d", got.status)
	}
	for _, name := range []string{"http://evil.example", "null", "http://localhost:1"} {
		if got := h.call("POST", "/api/ds/query", "{}", origin(name)); got.status != 403 {
			t.Errorf("from %s: %d", name, got.status)
		}
	}
}

func TestSearchAndDashboards(t *testing.T) {
	h := newHost(t)
	type found struct{ UID, URL, FolderTitle string }
	search := func(query string) string {
		out := ""
		for _, each := range read[[]found](h, 200, h.call("GET", "/api/search"+query, "")) {
			out += each.UID + " " + each.URL + " " + each.FolderTitle + ";"
		}
		return out
	}
	for query, want := range map[string]string{
		"": "a /d/a/fire-plot F;b /d/b/other F;", "?query=FIRE": "a /d/a/fire-plot F;", "?tag=y": "a /d/a/fire-plot F;", "?tag=x&tag=z": "",
	} {
		if got := search(query); got != want {
			t.Errorf("search %q: %q, want %q", query, got, want)
		}
	}
	got := read[struct {
		Dashboard struct{ Title string }
		Meta      struct {
			URL         string
			Provisioned bool
		}
	}](h, 200, h.call("GET", "/api/dashboards/uid/a", ""))
	if got.Dashboard.Title != "Fire & plot" || got.Meta.URL != "/d/a/fire-plot" || !got.Meta.Provisioned {
		t.Errorf("%+v", got)
	}
	read[struct{ Message string }](h, 404, h.call("GET", "/api/dashboards/uid/nope", ""))
}

func TestFrontendSettings(t *testing.T) {
	h := newHost(t)
	got := read[struct {
		BuildInfo         struct{ Version string }
		DefaultDatasource string
		Datasources       map[string]struct {
			UID  string
			Meta struct {
				ID, Module, BaseURL string
				Info                struct{ Logos map[string]string }
			}
		}
	}](h, 200, h.call("GET", "/api/frontend/settings", ""))
	ds := got.Datasources["Test test"]
	if got.BuildInfo.Version == "" || got.DefaultDatasource != "Test test" || ds.UID != "test" {
		t.Errorf("%+v", got)
	}
	base := "public/plugins/" + plugintest.ID
	if ds.Meta.Module != base+"/module.js" || ds.Meta.BaseURL != base || ds.Meta.Info.Logos["small"] != base+"/img/logo.svg" {
		t.Errorf("%+v", ds.Meta)
	}
	if _, there := got.Datasources["Other"]; there {
		t.Error("a data source without its plugin must be left out")
	}
}

func TestStateNamesWhatIsLeftOut(t *testing.T) {
	h := newHost(t)
	got := read[struct {
		AlertRules []struct{ UID string }
		Problems   []string
	}](h, 200, h.call("GET", "/api/workbench/state", ""))
	if len(got.AlertRules) != 1 || len(got.Problems) != 1 || !strings.Contains(got.Problems[0], "not-here-datasource") {
		t.Errorf("%+v", got)
	}
}

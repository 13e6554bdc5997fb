package server

import (
	"maps"
	"net/http"
)

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]string{"database": "ok", "version": GrafanaVersion, "commit": "workbench"})
}

// frontendSettings is what Grafana puts into its page at the start, as far as the page and the plugins read it.
func (s *Server) frontendSettings(w http.ResponseWriter, _ *http.Request) {
	panels := map[string]any{}
	metas := map[string]map[string]any{}
	for i, p := range s.Plugins {
		meta := pluginMeta(p, i)
		metas[p.ID] = meta
		if p.Type == "panel" {
			panels[p.ID] = meta
		}
	}
	datasources := map[string]any{}
	defaultName := ""
	for _, ds := range s.sources.all() {
		if ds.IsDefault || defaultName == "" {
			defaultName = ds.Name
		}
		datasources[ds.Name] = map[string]any{
			"id": ds.ID, "uid": ds.UID, "type": ds.Type, "name": ds.Name, "meta": metas[ds.Type],
			"url": "/api/datasources/proxy/uid/" + ds.UID, "access": ds.Access, "isDefault": ds.IsDefault,
			"preload": false, "module": metas[ds.Type]["module"], "jsonData": ds.JSONData, "readOnly": !ds.Editable,
			"database": ds.Database,
		}
	}
	reply(w, http.StatusOK, map[string]any{
		"buildInfo": map[string]any{
			"version": GrafanaVersion, "versionString": "Workbench on Grafana " + GrafanaVersion, "commit": "workbench",
			"env": "production", "edition": "Open Source", "hideVersion": false,
		},
		"datasources": datasources, "defaultDatasource": defaultName, "panels": panels, "apps": map[string]any{},
		"featureToggles": map[string]bool{}, "appSubUrl": "", "minRefreshInterval": "1s", "liveEnabled": true,
		"exploreEnabled": true, "unifiedAlertingEnabled": false, "disableSanitizeHtml": false,
	})
}

// pluginMeta is plugin.json with what Grafana adds: where the plugin is served, and paths below that.
func pluginMeta(p Plugin, sort int) map[string]any {
	base := "public/plugins/" + p.ID
	meta := maps.Clone(p.JSON)
	meta["baseUrl"] = base
	meta["module"] = base + "/module.js"
	meta["signature"] = "unsigned"
	meta["sort"] = 100 + sort
	if info, ok := meta["info"].(map[string]any); ok {
		info = maps.Clone(info)
		meta["info"] = info
		if logos, ok := info["logos"].(map[string]any); ok {
			placed := map[string]any{}
			for size, path := range logos {
				if text, ok := path.(string); ok {
					placed[size] = base + "/" + text
				}
			}
			info["logos"] = placed
		}
	}
	return meta
}

package provision

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
)

// DataSource is one provisioned data source, expanded. JSONData is an object, never null.
type DataSource struct {
	UID             string
	Name            string
	Type            string
	Access          string
	URL             string
	User            string
	Database        string
	BasicAuth       bool
	BasicAuthUser   string
	WithCredentials bool
	IsDefault       bool
	Editable        bool
	JSONData        json.RawMessage
	SecureJSONData  map[string]string
}

type dataSourceFile struct {
	APIVersion  int `yaml:"apiVersion"`
	DataSources []struct {
		UID             string            `yaml:"uid"`
		Name            string            `yaml:"name"`
		Type            string            `yaml:"type"`
		Access          string            `yaml:"access"`
		URL             string            `yaml:"url"`
		User            string            `yaml:"user"`
		Database        string            `yaml:"database"`
		BasicAuth       bool              `yaml:"basicAuth"`
		BasicAuthUser   string            `yaml:"basicAuthUser"`
		WithCredentials bool              `yaml:"withCredentials"`
		IsDefault       bool              `yaml:"isDefault"`
		Editable        bool              `yaml:"editable"`
		JSONData        map[string]any    `yaml:"jsonData"`
		SecureJSONData  map[string]string `yaml:"secureJsonData"`
	} `yaml:"datasources"`
}

// DataSources reads every YAML file of dir (provisioning/datasources). A file that Grafana would refuse is an error.
func DataSources(dir string, env Env) ([]DataSource, error) {
	files, err := yamlFiles(dir)
	if err != nil {
		return nil, err
	}
	var all []DataSource
	defaults := ""
	seen := map[string]string{}
	for _, file := range files {
		found, err := dataSourcesOf(file, env)
		if err != nil {
			return nil, err
		}
		for _, ds := range found {
			if earlier, twice := seen[ds.UID]; twice {
				return nil, fmt.Errorf("%s: the uid %q is used twice, first in %s", file, ds.UID, earlier)
			}
			seen[ds.UID] = file
			if ds.IsDefault && defaults != "" {
				return nil, fmt.Errorf("%s: %q and %q both have isDefault: true; only one may", file, defaults, ds.Name)
			} else if ds.IsDefault {
				defaults = ds.Name
			}
			all = append(all, ds)
		}
	}
	return all, nil
}

func dataSourcesOf(file string, env Env) ([]DataSource, error) {
	var content dataSourceFile
	if err := readTree(file, dataSourceRule, env, &content); err != nil {
		return nil, err
	}
	if content.APIVersion != 1 && content.DataSources != nil {
		return nil, fmt.Errorf("%s: apiVersion is %d; the workbench reads version 1", file, content.APIVersion)
	}
	var out []DataSource
	for i, entry := range content.DataSources {
		if entry.Name == "" || entry.Type == "" {
			return nil, fmt.Errorf("%s: data source %d needs a name and a type", filepath.Base(file), i+1)
		}
		if entry.JSONData == nil {
			entry.JSONData = map[string]any{}
		}
		settings, err := json.Marshal(entry.JSONData)
		if err != nil {
			return nil, fmt.Errorf("%s: jsonData of %q: %w", file, entry.Name, err)
		}
		ds := DataSource{
			UID: entry.UID, Name: entry.Name, Type: entry.Type, Access: entry.Access, URL: entry.URL, User: entry.User,
			Database: entry.Database, BasicAuth: entry.BasicAuth, BasicAuthUser: entry.BasicAuthUser,
			WithCredentials: entry.WithCredentials, IsDefault: entry.IsDefault, Editable: entry.Editable,
			JSONData: settings, SecureJSONData: entry.SecureJSONData,
		}
		if ds.UID == "" {
			ds.UID = uidFromName(ds.Name)
		}
		if ds.Access == "" {
			ds.Access = "proxy"
		}
		out = append(out, ds)
	}
	return out, nil
}

// dataSourceRule: below datasources[].jsonData only numbers change type; everywhere else the field's type decides.
func dataSourceRule(path []string) rule {
	if len(path) > 1 && path[0] == "datasources" && path[1] == "jsonData" {
		return loose
	}
	return plain
}

// uidFromName is Grafana's own uid for a data source provisioned without one.
func uidFromName(name string) string {
	sum := sha256.Sum256([]byte(name))
	return "P" + strings.ToUpper(fmt.Sprintf("%x", sum[:8]))
}

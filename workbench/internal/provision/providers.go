package provision

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Provider is one entry of a provisioning/dashboards YAML file; Path is resolved to where the files really lie.
type Provider struct {
	Name   string
	Folder string
	Path   string
	// FoldersFromFiles names folders after the directories below Path.
	FoldersFromFiles bool
}

type providerFile struct {
	APIVersion int `yaml:"apiVersion"`
	Providers  []struct {
		Name    string `yaml:"name"`
		Folder  string `yaml:"folder"`
		Type    string `yaml:"type"`
		Options struct {
			Path                      string `yaml:"path"`
			FoldersFromFilesStructure bool   `yaml:"foldersFromFilesStructure"`
		} `yaml:"options"`
	} `yaml:"providers"`
}

// Providers reads the YAML files of dir (provisioning/dashboards). An options.path that does not exist here is one
// inside Grafana's container (/etc/grafana/provisioning/dashboards/x): the longest tail of it that exists below the
// provisioning folder is taken, and at last dir itself.
func Providers(dir string, env Env) ([]Provider, error) {
	files, err := yamlFiles(dir)
	if err != nil {
		return nil, err
	}
	var out []Provider
	for _, file := range files {
		var content providerFile
		if err := readTree(file, func([]string) rule { return plain }, env, &content); err != nil {
			return nil, err
		}
		if content.APIVersion != 1 && content.Providers != nil {
			return nil, fmt.Errorf("%s: apiVersion is %d; the workbench reads version 1", file, content.APIVersion)
		}
		for _, entry := range content.Providers {
			if entry.Type != "" && entry.Type != "file" {
				return nil, fmt.Errorf("%s: provider %q has type %q; only file is known", file, entry.Name, entry.Type)
			}
			out = append(out, Provider{
				Name: entry.Name, Folder: entry.Folder, Path: resolve(entry.Options.Path, dir),
				FoldersFromFiles: entry.Options.FoldersFromFilesStructure,
			})
		}
	}
	return out, nil
}

func resolve(path, dir string) string {
	if path == "" {
		return dir
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if isDir(path) {
		return path
	}
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i := range parts {
		if tail := filepath.Join(filepath.Dir(dir), filepath.Join(parts[i:]...)); i > 0 && i < len(parts) && isDir(tail) {
			return tail
		}
	}
	return dir
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

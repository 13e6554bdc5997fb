package provision

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Dashboard is one dashboard file. Model is the file's JSON, untouched.
type Dashboard struct {
	UID     string
	Title   string
	Tags    []string
	Folder  string
	File    string
	Updated time.Time
	Model   json.RawMessage
}

// Dashboards is the set of dashboard files below some providers, read again when a file changes.
type Dashboards struct {
	providers []Provider
	mu        sync.Mutex
	files     map[string]cached
}

type cached struct {
	stamp     time.Time
	size      int64
	dashboard Dashboard
	err       error
}

// NewDashboards reads nothing yet: All does, at each call, what changed since the last.
func NewDashboards(providers []Provider) *Dashboards {
	return &Dashboards{providers: providers, files: map[string]cached{}}
}

// All returns the dashboards, sorted by folder and title, and what is wrong with the files that are not among them.
func (d *Dashboards) All() ([]Dashboard, []error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	seen := map[string]bool{}
	var problems []error
	for _, provider := range d.providers {
		err := filepath.WalkDir(provider.Path, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" || seen[path] {
				return err
			}
			info, err := os.Stat(path) // follows links: Kubernetes mounts dashboards as such
			if err != nil {
				return err
			}
			seen[path] = true
			old, known := d.files[path]
			if !known || !old.stamp.Equal(info.ModTime()) || old.size != info.Size() {
				dashboard, err := readDashboard(path, provider)
				dashboard.Updated = info.ModTime()
				d.files[path] = cached{info.ModTime(), info.Size(), dashboard, err}
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, fmt.Errorf("listing dashboards of %q: %w", provider.Name, err))
		}
	}
	return d.collect(seen, problems)
}

func (d *Dashboards) collect(seen map[string]bool, problems []error) ([]Dashboard, []error) {
	var out []Dashboard
	uids := map[string]string{}
	paths := make([]string, 0, len(d.files))
	for path := range d.files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		entry := d.files[path]
		switch earlier, twice := uids[entry.dashboard.UID]; {
		case !seen[path]:
			delete(d.files, path)
		case entry.err != nil:
			problems = append(problems, entry.err)
		case twice:
			problems = append(problems, fmt.Errorf("%s: the uid %q is taken by %s", path, entry.dashboard.UID, earlier))
		default:
			uids[entry.dashboard.UID] = path
			out = append(out, entry.dashboard)
		}
	}
	slices.SortStableFunc(out, func(a, b Dashboard) int {
		return strings.Compare(a.Folder+"\x00"+a.Title, b.Folder+"\x00"+b.Title)
	})
	return out, problems
}

func readDashboard(path string, provider Provider) (Dashboard, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Dashboard{}, fmt.Errorf("reading a dashboard: %w", err)
	}
	var head struct {
		UID    string            `json:"uid"`
		Title  string            `json:"title"`
		Tags   []string          `json:"tags"`
		Panels []json.RawMessage `json:"panels"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return Dashboard{}, fmt.Errorf("%s is not a dashboard: %w", path, err)
	}
	if head.UID == "" || head.Title == "" {
		return Dashboard{}, fmt.Errorf("%s: a provisioned dashboard needs a uid and a title (classic JSON)", path)
	}
	folder := provider.Folder
	if below, err := filepath.Rel(provider.Path, filepath.Dir(path)); err == nil && provider.FoldersFromFiles && below != "." {
		folder = filepath.ToSlash(below)
	}
	return Dashboard{UID: head.UID, Title: head.Title, Tags: head.Tags, Folder: folder, File: path, Model: text}, nil
}

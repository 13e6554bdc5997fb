package server

import (
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
)

// hashed are the bundler's own names: their content never changes.
var hashed = regexp.MustCompile(`-[A-Z0-9]{8}\.(js|css|ttf|woff2)$`)

// pageRoutes are the addresses at which the page starts; it does the rest itself.
var pageRoutes = regexp.MustCompile(`^/($|d/[^/]+(/[^/]*)?/?$|explore/?$|dashboards/?$|alerting(/list)?/?$|connections/datasources(/edit/[^/]+)?/?$)`)

// folder is a directory tree that nothing leads out of, neither dots nor links. It is opened anew each time: a new
// build may have put another directory in its place.
type folder string

func (f folder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.FS().Open(name)
}

// pages serves index.html wherever the page has something to show.
func pages(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := http.StatusOK
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			fail(w, http.StatusMethodNotAllowed, "pages are read with GET")
			return
		}
		if !pageRoutes.MatchString(r.URL.Path) {
			status = http.StatusNotFound
		}
		text, err := fs.ReadFile(files, "index.html")
		if err != nil {
			fail(w, http.StatusInternalServerError, "the page is not built: npm run build -w workbench")
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.WriteHeader(status)
		_, _ = w.Write(text)
	})
}

// icons are the names under which Grafana's components ask for icons; its packages lack a few of them.
var icons = regexp.MustCompile(`^build/img/icons/\w+/[\w-]+\.svg$`)

// assets serves the page's own files, below /public/ as in Grafana. An icon that no package has is a placeholder.
func assets(files fs.FS) http.Handler {
	served := assetFiles(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := fs.Stat(files, r.URL.Path); err != nil && icons.MatchString(r.URL.Path) {
			r = r.Clone(r.Context())
			r.URL.Path = "build/img/icons/missing.svg"
		}
		served.ServeHTTP(w, r)
	})
}

func assetFiles(files fs.FS) http.Handler {
	return serve(files, func(name string) string {
		if hashed.MatchString(name) {
			return "public, max-age=31536000, immutable"
		}
		return "no-cache"
	}, func(string) bool { return true })
}

// pluginFiles serves what a plugin's front end loads, but not its backend.
func pluginFiles(files fs.FS) http.Handler {
	return serve(files, func(string) string { return "no-cache" }, func(name string) bool {
		return !strings.HasPrefix(path.Base(name), "gpx_")
	})
}

func serve(files fs.FS, cache func(name string) string, allowed func(name string) bool) http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		info, err := fs.Stat(files, name)
		if err != nil || info.IsDir() || !allowed(name) {
			w.Header().Set("Cache-Control", "no-store")
			http.Error(w, "there is no file "+name, http.StatusNotFound)
			return
		}
		w.Header().Set("Cache-Control", cache(name))
		server.ServeHTTP(w, r)
	})
}

package server

import (
	"io"
	"net/http"
	"net/url"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// private are headers that stay between browser and host, in both directions.
var private = map[string]bool{
	"Cookie": true, "Set-Cookie": true, "Authorization": true, "Connection": true, "Keep-Alive": true, "Te": true,
	"Trailer": true, "Transfer-Encoding": true, "Upgrade": true, "Proxy-Authenticate": true, "Proxy-Authorization": true,
	"Content-Length": true, "Content-Security-Policy": true,
}

// resource forwards a request to the backend's CallResource. The answer may hold anything a plugin read somewhere, so
// it is sandboxed should someone open it as a page.
func (s *Server) resource(w http.ResponseWriter, r *http.Request) {
	ds, ok := s.sourceOf(w, r)
	if !ok || !hasBackend(w, ds) {
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQueryBytes))
	if err != nil {
		fail(w, http.StatusBadRequest, "reading the request: "+err.Error())
		return
	}
	path := r.PathValue("path")
	request := &backend.CallResourceRequest{
		PluginContext: ds.context(), Path: path, Method: r.Method, URL: (&url.URL{Path: path, RawQuery: r.URL.RawQuery}).String(),
		Headers: map[string][]string{}, Body: body,
	}
	for name, values := range r.Header {
		if !private[name] {
			request.Headers[name] = values
		}
	}
	started := false
	err = ds.plugin.Backend.CallResource(r.Context(), request, func(part *backend.CallResourceResponse) error {
		if !started {
			started = true
			writeHead(w, part)
		}
		_, err := w.Write(part.Body)
		return err
	})
	if err != nil && !started {
		failCall(w, r, err)
	}
}

func writeHead(w http.ResponseWriter, part *backend.CallResourceResponse) {
	for name, values := range part.Headers {
		if canonical := http.CanonicalHeaderKey(name); !private[canonical] {
			w.Header()[canonical] = values
		}
	}
	w.Header().Set("Content-Security-Policy", "sandbox")
	w.Header().Set("Cache-Control", "no-store")
	status := part.Status
	if status < 100 || status > 999 {
		status = http.StatusInternalServerError
	}
	w.WriteHeader(status)
}
